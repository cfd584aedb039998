/**
 * The kinds of lines of a derivative through definitions, in the order in which they come. Names are
 * stable; each has a worksheet that shows it.
 */
export interface GradientRule {
  readonly says: string;
  /** A worksheet whose derivation has a line of this kind; none is known for the rarest. */
  readonly example?: string;
}

const chain = 'y = w x\nC = (y - t)^2\n';
const layers = 'f_l = tanh(w_l f_{l-1}) for l = 1..L\nC = (y - f_L)^2\n';

export const gradientRules: ReadonlyMap<string, GradientRule> = new Map<string, GradientRule>([
  [
    'slopes-put-in',
    {
      says: 'the slope of a function whose formula mentions more than its arguments is written out',
      example: "D(x) = sigma(w x)\nfind d/dw D'(x)",
    },
  ],
  ['depth-put-in', { says: 'a known depth is put in', example: `${layers}L = 3\nfind dC/dw_L` }],
  [
    'name-of-derivative',
    {
      says: 'delta = dC/dz: a derivative for its name',
      example: `${chain}delta = dC/dy\nfind delta`,
    },
  ],
  [
    'sum-over-uses',
    { says: 'dC/dx = sum over the uses u of x of dC/du du/dx', example: `${chain}find dC/dw` },
  ],
  [
    'local-derivatives',
    { says: 'du/dx of every definition, by the laws of calculus', example: `${chain}find dC/dw` },
  ],
  ['local-derivative', { says: 'one of the local derivatives', example: `${chain}find dC/dw` }],
  [
    'put-in-order',
    {
      says: 'a sum over a delta has one term; factors in the order of the network',
      example: 'find d/dv_2 sum_{i=1}^{3} v_i^2 u_i',
    },
  ],
  [
    'recurrence-solved',
    { says: 'g_l = c_l g_(l+1) gives a product of the c', example: `${layers}find dC/dw_1` },
  ],
  [
    'names-written-out',
    {
      says: 'names that may not stand are written by their definitions',
    },
  ],
  [
    'assumption-used',
    {
      says: 'what the sheet assumes is put in',
      example: 'p = softmax(z)\nC = -sum_k y_k log(p_k)\nassume sum_k y_k = 1\nfind dC/dz_i',
    },
  ],
  [
    'inner-derivative',
    { says: 'of a second derivative the inner one first', example: `${chain}find d2C/dw^2` },
  ],
  [
    'derivative-within',
    { says: 'one of several derivatives, in its place', example: `${chain}find dC/dw + dC/dx` },
  ],
  ['case-by-case', { says: 'each range of the indices by itself' }],
]);
