/** Plain math, as the reader takes it. */
import type { Notation } from './notation.js';

const isShort = (text: string): boolean => /^([A-Za-z\u0370-\u03ff]|\d)$/.test(text);

/**
 * Indices above: `^l`, `^(l-1)`, `^(2)`. Digits get brackets because `z^2` is a power, and `T`
 * because `h^T` is a transpose.
 */
const upper = (indices: readonly string[]): string =>
  indices.length === 1 && /^[A-SU-Za-z]$/.test(indices[0] as string)
    ? `^${indices[0]}`
    : `^(${indices.join(',')})`;

/** Indices below: `_jk`, `_12`, `_{1,12}`, `_{i+1}`, `_{i:}`. */
const lower = (indices: readonly string[]): string => {
  if (indices.every(isShort)) return `_${indices.join('')}`;
  if (indices.every((text) => isShort(text) || text === ':')) return `_{${indices.join('')}}`;
  return `_{${indices.join(',')}}`;
};

export const plain: Notation = {
  name: (name) => name,
  functionName: (name) => name,
  digits: (text) => text,
  constants: { pi: 'pi', infinity: 'infinity' },
  upper,
  lower,
  indexed: (name, above, below) => `${name}${above}${below}`,
  exponent: (text) => (/^(\d+|[A-SU-Za-z]+)$/.test(text) ? `^${text}` : `^(${text})`),
  transpose: '^T',
  prime: "'",
  brackets: (inside) => `(${inside})`,
  stacked: undefined,
  beside: () => ' ',
  times: { juxtaposed: ' ', explicit: ' * ' },
  elementwise: { times: ' .* ', divide: ' ./ ', power: '.^' },
  sign: { sum: 'sum', product: 'prod' },
  limits: (below, above) => {
    const under = isShort(below) ? `_${below}` : `_{${below}}`;
    if (above === undefined) return under;
    return isShort(above) ? `${under}^${above}` : `${under}^{${above}}`;
  },
  afterSign: ' ',
  pathComma: ', ',
  pathDots: '...',
  ellipsis: { sum: ' + ... + ', product: ' ... ' },
  relations: { '=': ' = ', '!=': ' != ', '<': ' < ', '<=': ' <= ', '>': ' > ', '>=': ' >= ' },
  and: ' and ',
  or: ' or ',
  member: ' in ',
  indicator: (condition) => `1{${condition}}`,
  delta: (left, right) => `delta(${left},${right})`,
  cases: (branches, otherwise) => {
    const rows = branches.map(({ value, when }) => `${value} if ${when}`);
    return `cases(${[...rows, ...(otherwise === undefined ? [] : [`${otherwise} otherwise`])].join(', ')})`;
  },
  derivative: (of, by) => {
    const order = by.reduce((total, { times }) => total + times, 0);
    const above = order === 1 ? `d${of}` : `d${order}${of}`;
    const below = by.map(({ text, times }) => (times === 1 ? `d${text}` : `d${text}^${times}`));
    return `${above}/${below.join(' ')}`;
  },
  calls: {},
  euler: undefined,
  norm: (argument, kind) => `${{ '1': 'norm1', '2': 'norm', F: 'fro' }[kind]}(${argument})`,
  inverse: () => undefined,
  identity: 'I',
  ones: 'ones',
  list: (items) => `[${items.join(', ')}]`,
  blank: '___',
};
