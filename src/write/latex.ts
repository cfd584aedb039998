/** LaTeX that KaTeX takes with `strict: 'error'` and that the reader takes back. */
import { functionNamed } from '../expression/functions.js';
import type { Notation } from './notation.js';
import { Level, type Piece } from './piece.js';

/** Whether brackets around it should grow with it. */
const isTall = (text: string): boolean => /\\(frac|sum|prod|begin)/.test(text);

const brackets = (inside: string): string =>
  isTall(inside) ? `\\left(${inside}\\right)` : `(${inside})`;

const braced = (text: string): string => (text.length === 1 ? text : `{${text}}`);

/** Several indices: letters and digits side by side, others with commas. */
const below = (indices: readonly string[]): string =>
  indices.every((text) => /^([A-Za-z:]|\d|\\[A-Za-z]+)$/.test(text))
    ? indices
        .map((text, place) =>
          text.startsWith('\\') && place < indices.length - 1 ? `${text} ` : text,
        )
        .join('')
    : indices.join(',');

const OTHER_FUNCTIONS: Readonly<Record<string, string>> = {
  softmax: '\\operatorname{softmax}',
  log_softmax: '\\operatorname{log\\_softmax}',
  logsumexp: '\\operatorname{logsumexp}',
  // With a prime the root sign cannot stand.
  sqrt: '\\operatorname{sqrt}',
  inv: '\\operatorname{inv}',
  det: '\\det',
  tr: '\\operatorname{tr}',
  diag: '\\operatorname{diag}',
};

const isRoot = ({ text }: Piece): boolean => text.startsWith('\\sqrt');
const isCoefficient = ({ text }: Piece): boolean => /^\\frac\{\d+\}/.test(text);

/**
 * Fractions and roots beside other factors need a little space; a coefficient stands close to what
 * follows, and sum signs and tall brackets bring their own space.
 */
const wouldTouch = (left: Piece, right: Piece): boolean =>
  !left.text.endsWith('\\right)') &&
  (right.level === Level.fraction ||
    (right.first !== 'bounded' &&
      (isRoot(left) || (left.level === Level.fraction && !isCoefficient(left)))));

/** What stands above and below the line of a quotient of differentials. */
export function differentials(
  of: string,
  by: readonly { readonly text: string; readonly times: number }[],
): { readonly above: string; readonly under: string } {
  const order = by.reduce((total, { times }) => total + times, 0);
  const above = order === 1 ? `\\partial ${of}` : `\\partial^${order} ${of}`;
  const under = by.map(({ text, times }) =>
    times === 1 ? `\\partial ${text}` : `\\partial ${text}^${times}`,
  );
  return { above: above.trimEnd(), under: under.join(' \\, ') };
}

export const latex: Notation = {
  name: (name, display) => display.latexName(name),
  functionName: (name, display) =>
    OTHER_FUNCTIONS[name] ?? functionNamed(name)?.latex ?? display.latexName(name),
  digits: (text) => text,
  constants: { pi: '\\pi', infinity: '\\infty' },
  upper: (indices) =>
    indices.length === 1 && /^[A-SU-Za-z]$/.test(indices[0] as string)
      ? `^${indices[0]}`
      : `^{(${indices.join(',')})}`,
  lower: (indices) => `_${braced(below(indices))}`,
  // A name that ends in a label (`W_{xh}`) shares its subscript with the indices.
  indexed: (name, above, below) => {
    if (below === '' || !/_\{[^{}]*\}$/.test(name)) return `${name}${above}${below}`;
    const inside = below.slice(1).replace(/^\{(.*)\}$/, '$1');
    return `${name.slice(0, -1)},${inside}}${above}`;
  },
  exponent: (text) => `^${braced(text)}`,
  transpose: '^{\\top}',
  prime: "'",
  brackets,
  stacked: (numerator, denominator) => `\\frac{${numerator}}{${denominator}}`,
  beside: (left, right) => (wouldTouch(left, right) ? ' \\, ' : ' '),
  times: { juxtaposed: ' ', explicit: ' \\cdot ' },
  elementwise: { times: ' \\odot ', divide: ' \\oslash ', power: '.^' },
  sign: { sum: '\\sum', product: '\\prod' },
  limits: (under, above) => (above === undefined ? `_{${under}}` : `_{${under}}^{${above}}`),
  afterSign: ' ',
  pathComma: ',\\, ',
  pathDots: '\\dots',
  ellipsis: { sum: ' + \\cdots + ', product: ' \\cdots ' },
  relations: {
    '=': ' = ',
    '!=': ' \\neq ',
    '<': ' < ',
    '<=': ' \\leq ',
    '>': ' > ',
    '>=': ' \\geq ',
  },
  and: ' \\text{ and } ',
  or: ' \\text{ or } ',
  member: ' \\in ',
  indicator: (condition) => `\\mathbf{1}\\{${condition}\\}`,
  delta: (left, right, deltaIsTaken) =>
    deltaIsTaken
      ? `\\delta(${left},${right})`
      : `\\delta_{${/^[A-Za-z]$/.test(left) ? below([left, right]) : `${left},${right}`}}`,
  cases: (branches, otherwise) => {
    const rows = branches.map(({ value, when }) => `${value} & \\text{if } ${when}`);
    if (otherwise !== undefined) rows.push(`${otherwise} & \\text{otherwise}`);
    return `\\begin{cases} ${rows.join(' \\\\ ')} \\end{cases}`;
  },
  derivative: (of, by) => {
    const { above, under } = differentials(of, by);
    return `\\frac{${above}}{${under}}`;
  },
  calls: {
    sqrt: (argument) => `\\sqrt{${argument}}`,
    abs: (argument) => `\\lvert ${argument}\\rvert`,
  },
  euler: 'e',
  // In one another the bars have to tell which way they open.
  norm: (argument, kind) =>
    argument.includes('\\|') || argument.includes('\\lVert')
      ? `\\lVert ${argument}\\rVert_${kind}`
      : `\\|${argument}\\|_${kind}`,
  inverse: (argument) => `${argument}^{-1}`,
  identity: 'I',
  ones: '\\mathrm{ones}',
  list: (items) => `[${items.join(', ')}]`,
  blank: '\\_\\_\\_',
};
