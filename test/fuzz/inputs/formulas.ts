/** Formulas by a grammar, as text: plain math, LaTeX and both mixed, most of them well formed. */
import type { Random } from '../random.js';

/** The sheet in whose names formulas are made; every name in {@link names} stands in it. */
export const scopeText = [
  'function g',
  'h^l_i = sum_{j=1}^N w^l_ij h^(l-1)_j for l = 1..L, i = 1..N',
  'v in R^N',
  'A in R^(N x N)',
  'x in R',
  'y in R',
  'c in R',
  'Loss = sum_{i=1}^N v_i h^L_i + sum_{i=1}^N sum_{k=1}^N A_ik',
].join('\n');

const functions =
  'exp log ln log2 log10 log1p expm1 sqrt cbrt abs sign sin cos tan cot sec csc asin acos atan sinh cosh tanh coth asinh atanh sinc erf sigmoid relu leaky_relu elu selu softplus softsign silu gelu mish hardtanh g'.split(
    ' ',
  );
const latexFunctions = ['\\exp', '\\log', '\\ln', '\\sin', '\\cos', '\\tanh', '\\sigma'];
const greek = ['\\alpha', '\\eta', '\\delta', '\\theta', '\\mathcal{L}', '\\hat{y}', '\\bar x'];
const numbers = ['0', '1', '2', '3', '-1', '1/2', '0.5', '1e-3', '12', '3.14', '0.1', '7/3', '10'];

/** An index over the letters in scope. */
function index(random: Random, letters: readonly string[]): string {
  const letter = random.pick(letters);
  if (random.chance(0.6)) return letter;
  return random.pick([`${letter}+1`, `${letter}-1`, '1', '2', 'N', `${letter}+2`, `N-${letter}`]);
}

const below = (parts: readonly string[]) => `_{${parts.join(',')}}`;

function name(random: Random, letters: readonly string[]): string {
  const at = () => index(random, letters);
  switch (random.below(7)) {
    case 0:
      return `v${below([at()])}`;
    case 1:
      return `A${below([at(), at()])}`;
    case 2:
      return `w^{(${index(random, ['l', 'L'])})}${below([at(), at()])}`;
    case 3:
      return `h^{(${index(random, ['l', 'L'])})}${below([at()])}`;
    default:
      return random.pick(['x', 'y', 'c', 'N', 'x', 'y']);
  }
}

const relation = (random: Random) => random.pick(['>', '<', '>=', '<=', '=', '!=']);

/** A formula in plain math. */
export function plainFormula(random: Random, depth: number, letters = ['i']): string {
  const part = () => plainFormula(random, depth - 1, letters);
  if (depth <= 0) return random.chance(0.25) ? random.pick(numbers) : name(random, letters);
  switch (random.below(16)) {
    case 0:
    case 1:
      return `${part()} + ${part()}`;
    case 2:
      return `${part()} - ${part()}`;
    case 3:
      return `(${part()}) (${part()})`;
    case 4:
      return `${part()} * ${part()}`;
    case 5:
      return `(${part()})/(${part()})`;
    case 6:
      return `${part()}/${part()}`;
    case 7:
      return `(${part()})^${random.pick(['2', '3', '-1', '(-2)', '(1/2)', 'N', '(N-1)', '0.5'])}`;
    case 8:
    case 9:
      return `${random.pick(functions)}(${part()})`;
    case 10: {
      const letter = random.pick(['j', 'k', 'm']);
      const body = plainFormula(random, depth - 1, [...letters, letter]);
      const range = random.pick([`{${letter}=1}^N`, letter, `{${letter} != i}`, `{${letter}=1}^3`]);
      return `${random.pick(['sum', 'prod'])}_${range} ${random.chance(0.5) ? `(${body})` : body}`;
    }
    case 11:
      return `1{${part()} ${relation(random)} ${part()}}`;
    case 12:
      return `d/d${random.pick(['x', 'y', 'c', 'v_i', 'A_ij'])} (${part()})`;
    case 13:
      return `-${part()}`;
    case 14:
      return random.pick(['dLoss/dx', 'dLoss/dv_i', 'dLoss/dw^l_ij', 'dLoss/dA_ik', "g'(x)"]);
    default:
      return random.pick([
        `delta(i,${index(random, letters)})`,
        `max(${part()}, ${part()})`,
        `abs(${part()})`,
        `pow(${part()}, 2)`,
        `e^(${part()})`,
        `|${part()}|`,
      ]);
  }
}

/** A formula in LaTeX. */
export function latexFormula(random: Random, depth: number, letters = ['i']): string {
  const part = () => latexFormula(random, depth - 1, letters);
  if (depth <= 0)
    return random.chance(0.2)
      ? random.pick(numbers)
      : random.chance(0.2)
        ? random.pick(greek)
        : name(random, letters);
  switch (random.below(14)) {
    case 0:
    case 1:
      return `${part()} + ${part()}`;
    case 2:
      return `${part()} - ${part()}`;
    case 3:
      return `\\frac{${part()}}{${part()}}`;
    case 4:
      return `\\left(${part()}\\right)${random.pick(['', '^2', '^{-1}', '^{N}', '^\\top'])}`;
    case 5:
      return `${part()} ${random.pick(['\\cdot', '\\times', '\\,', '\\odot', ''])} ${part()}`;
    case 6:
      return `${random.pick(latexFunctions)}${random.pick(['', '^2', "'"])}(${part()})`;
    case 7:
      return `\\sqrt{${part()}}`;
    case 8: {
      const letter = random.pick(['j', 'k', 'm']);
      const body = latexFormula(random, depth - 1, [...letters, letter]);
      return `\\${random.pick(['sum', 'prod'])}_{${letter}=1}^{${random.pick(['N', '3', 'N-1'])}} ${body}`;
    }
    case 9:
      return `\\mathbf{1}\\{${part()} ${random.pick(['>', '\\le', '\\neq'])} ${part()}\\}`;
    case 10:
      return `\\frac{\\partial ${random.pick(['Loss', 'h^L_i', '\\mathcal{L}'])}}{\\partial ${name(random, letters)}}`;
    case 11:
      return `\\begin{cases} ${part()} & \\text{if } ${part()} > 0 \\\\ ${part()} & \\text{otherwise} \\end{cases}`;
    case 12:
      return `e^{${part()}}`;
    default:
      return random.pick([
        `\\lvert ${part()} \\rvert`,
        `\\underbrace{${part()}}_{\\text{error}}`,
        `\\operatorname{ReLU}(${part()})`,
        `\\delta_{ij}`,
        `\\mathrm{d}${part()}`,
        `\\|${part()}\\|_2^2`,
        `${part()} + \\cdots + ${part()}`,
      ]);
  }
}

export const anyFormula = (random: Random, depth: number): string =>
  random.chance(0.6) ? plainFormula(random, depth) : latexFormula(random, depth);
