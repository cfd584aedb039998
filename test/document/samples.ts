/** Hand-made results: what the engine hands to the writers, one of every kind. */
import type { DocumentView, FormulaView, ResultView } from '../../src/document/view.js';

export const formula = (text: string, latex = text, unicode = text): FormulaView => ({
  text,
  latex,
  unicode,
});

const weight = formula('dC/dw_1', '\\frac{\\partial C}{\\partial w_1}', '∂C/∂w₁');
const answer = formula(
  '(y - t) y (1 - y) w_2 1{z_1 > 0} x',
  '(y - t)\\, y\\, (1 - y)\\, w_2\\, \\mathbf{1}\\{z_1 > 0\\}\\, x',
  '(y − t) y (1 − y) w₂ 1{z₁ > 0} x',
);

export const find: ResultView = {
  kind: 'find',
  line: 12,
  ask: weight,
  answer,
  verdict: 'proved',
  points: 24,
  value: 2.0809165621704553,
  assumed: [],
  forms: {
    scalar: answer,
    unrolled: formula('dC/dy dy/dz_2 w_2', '\\frac{\\partial C}{\\partial y} w_2', '∂C/∂y w₂'),
  },
  steps: [
    {
      law: 'chain-rule',
      because: 'Chain rule through y, z_2, a_1 and z_1',
      formula: formula(
        'dC/dy dy/dz_2 dz_2/da_1 da_1/dz_1 dz_1/dw_1',
        '\\frac{\\partial C}{\\partial y} \\frac{\\partial y}{\\partial z_2} \\frac{\\partial z_2}{\\partial a_1} \\frac{\\partial a_1}{\\partial z_1} \\frac{\\partial z_1}{\\partial w_1}',
        '∂C/∂y ∂y/∂z₂ ∂z₂/∂a₁ ∂a₁/∂z₁ ∂z₁/∂w₁',
      ),
      verdict: 'proved',
    },
    {
      law: 'local-derivatives',
      because: 'Each local derivative, the slope of the sigmoid through its own output',
      formula: answer,
      verdict: 'proved',
      inner: [
        {
          law: 'power',
          because: 'd/du u^2 = 2 u',
          formula: formula('(y - t) dy/dz_2', '(y - t) \\frac{\\partial y}{\\partial z_2}'),
          verdict: 'agrees',
        },
      ],
    },
  ],
  checked: [
    { how: 'points', message: 'Equal to the exact derivative at 24 random points.' },
    {
      how: 'differences',
      message: 'Central differences with 64 digits agree to 31 digits at 3 points.',
    },
  ],
  notes: ["At z_1 = 0 the convention relu'(0) = 0 was used."],
};

export const every: readonly ResultView[] = [
  find,
  {
    kind: 'find',
    line: 13,
    ask: formula('dL/dz_i', '\\frac{\\partial L}{\\partial z_i}', '∂L/∂zᵢ'),
    where: formula('for i < K', '\\text{for } i < K', 'for i < K'),
    answer: formula('softmax(z)_i - y_i', '\\operatorname{softmax}(z)_i - y_i', 'softmax(z)ᵢ − yᵢ'),
    verdict: 'agrees',
    points: 32,
    value: [
      [0.5, -0.25],
      [1e-7, 3],
    ],
    assumed: [formula('sum_k y_k = 1', '\\sum_k y_k = 1', '∑ₖ yₖ = 1')],
    forms: {},
    steps: [],
  },
  {
    kind: 'simplify',
    line: 15,
    ask: formula('e^(-z)/(1+e^(-z))^2', '\\frac{e^{-z}}{(1 + e^{-z})^2}'),
    answer: formula('sigmoid(z) (1 - sigmoid(z))', '\\sigma(z) (1 - \\sigma(z))'),
    verdict: 'proved',
    steps: [
      {
        law: 'sigmoid',
        because: 'sigmoid(z) = 1/(1 + e^(-z))',
        formula: formula('sigmoid(z) (1 - sigmoid(z))', '\\sigma(z) (1 - \\sigma(z))'),
        verdict: 'proved',
      },
    ],
  },
  {
    kind: 'limit',
    line: 16,
    ask: formula('d/dz sigmoid(z)', '\\frac{d}{dz} \\sigma(z)'),
    where: formula('as z -> infinity', '\\text{as } z \\to \\infty', 'as z → ∞'),
    answer: formula('0', '0'),
  },
  {
    kind: 'update',
    line: 17,
    ask: formula('w_1', 'w_1', 'w₁'),
    answer: formula(
      'w_1 <- w_1 - eta dC/dw_1',
      'w_1 \\leftarrow w_1 - \\eta \\frac{\\partial C}{\\partial w_1}',
    ),
    value: -0.19809165621704553,
  },
  {
    kind: 'check',
    line: 19,
    verdict: 'differs',
    lines: [
      {
        line: 20,
        formula: formula(
          'dC/db = (y - t) y (1 - y)',
          '\\frac{\\partial C}{\\partial b} = (y - t) y (1 - y)',
        ),
        verdict: 'proved',
        head: 'proved',
        assumed: [],
      },
      {
        line: 21,
        source: '    = (t - y) y (1 - y)',
        formula: formula('(t - y) y (1 - y)', '= (t - y) y (1 - y)'),
        verdict: 'differs',
        head: 'differs',
        assumed: [formula('sum_k y_k = 1', '\\sum_k y_k = 1')],
        left: 0.25,
        right: -0.25,
        witness: { y: 0.5, t: -0.5 },
        slip: {
          kind: 'sign',
          message: 'the sign of the whole line is turned',
          suggestion: formula('(y - t) y (1 - y)', '(y - t) y (1 - y)'),
        },
      },
      {
        line: 22,
        source: '    = ((y - t',
        formula: formula('((y - t', '\\texttt{((y - t}'),
        verdict: 'unread',
        head: 'unread',
        assumed: [],
        error: { line: 22, column: 7, message: 'a bracket is not closed' },
      },
    ],
  },
  {
    kind: 'choose',
    line: 24,
    ask: formula('delta^L_j', '\\delta^{L}_j', 'δᴸⱼ'),
    options: [
      {
        label: 'a',
        formula: formula("dC/da^L_j f'(z^L_j)", "\\frac{\\partial C}{\\partial a^L_j} f'(z^L_j)"),
        verdict: 'proved',
        equal: true,
      },
      {
        label: 'b',
        formula: formula('dC/da^L_j f(z^L_j)', '\\frac{\\partial C}{\\partial a^L_j} f(z^L_j)'),
        verdict: 'differs',
        equal: false,
        slip: { kind: 'derivative', message: "f stands where f' belongs" },
        witness: { n_L: 2, z: [0.5, 1] },
      },
      { label: 'c', verdict: 'unknown', equal: null },
    ],
  },
  {
    kind: 'claim',
    line: 28,
    formula: formula('dH/dx_1 = w_1', '\\frac{\\partial H}{\\partial x_1} = w_1'),
    holds: false,
    verdict: 'differs',
    left: 1,
    right: 2,
    witness: { w_1: 2 },
  },
  {
    kind: 'expect',
    line: 29,
    formula: formula('C = 0.2672', 'C = 0.2672'),
    holds: false,
    verdict: 'differs',
    value: 0.28842841648243966,
  },
  {
    kind: 'fill',
    line: 30,
    formula: formula(
      'dH/dx_1 = w_1 w_2 + ___',
      '\\frac{\\partial H}{\\partial x_1} = w_1 w_2 + \\square',
    ),
    answer: formula('w_3 w_4', 'w_3 w_4', 'w₃ w₄'),
    verdict: 'proved',
  },
  {
    kind: 'count',
    line: 31,
    what: 'parameters',
    value: 47,
    by: [
      { name: 'W^(1)', count: 16 },
      { name: 'b^(1)', count: 4 },
      { name: 'W^(2)', count: 27 },
    ],
  },
  {
    kind: 'shape',
    line: 32,
    ask: formula('dL/dW^3', '\\frac{\\partial L}{\\partial W^{3}}', '∂L/∂W³'),
    answer: formula('3 x 4', '3 \\times 4', '3 × 4'),
    sizes: [3, 4],
  },
  {
    kind: 'draw',
    line: 33,
    svg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" role="img" aria-label="The network"><circle cx="5" cy="5" r="4"/></svg>',
    tikz: '\\begin{tikzpicture}\\draw (0,0) circle (1);\\end{tikzpicture}',
  },
  {
    kind: 'error',
    line: 35,
    column: 9,
    message: 'unknown statement "fnid" (did you mean "find"?)\n  fnid dC/dw_1\n  ^^^^',
  },
];

/** A document around them. */
export const document: DocumentView = {
  version: 1,
  file: 'sheet.md',
  title: 'A network with two units',
  parts: [
    {
      part: 'prose',
      line: 1,
      markdown:
        '# A network with two units\n\nOne *rectified* unit feeds one `sigmoid` unit: $z_1 = w_1 x$.',
    },
    {
      part: 'statements',
      line: 4,
      items: [
        {
          line: 5,
          role: 'definition',
          formula: formula('z_1 = w_1 x', 'z_1 = w_1 x', 'z₁ = w₁ x'),
        },
        {
          line: 6,
          role: 'definition',
          formula: formula('a_j = f(z_j)', 'a_j = f(z_j)'),
          where: formula('for j = 1..n', '\\text{for } j = 1, \\dots, n'),
        },
        { line: 9, role: 'given', formula: formula('x = 3', 'x = 3') },
        { line: 10, role: 'assume', formula: formula('sum_k y_k = 1', '\\sum_k y_k = 1') },
        {
          line: 11,
          role: 'convention',
          formula: formula("relu'(0) = 0", "\\operatorname{relu}'(0) = 0"),
        },
      ],
    },
    ...every.map((result) => ({ part: 'result' as const, line: result.line, result })),
  ],
  results: every,
  picture: {
    svg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" role="img" aria-label="The network"><circle cx="5" cy="5" r="4"/></svg>',
    tikz: '\\begin{tikzpicture}\\draw (0,0) circle (1);\\end{tikzpicture}',
  },
};
