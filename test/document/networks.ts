/** Networks made by hand, to be drawn. */
import {
  add,
  type Bounds,
  call,
  type Formula,
  multiply,
  number,
  power,
  rawAdd,
  sum,
  symbol,
} from '../../src/expression/formula.js';
import type { Definition, Family, Network, Slot } from '../../src/network/network.js';

const s = symbol;
const n = number;
const bounds = (lower: Formula, upper: Formula): Bounds => ({ lower, upper });

function family(name: string, kind: Family['kind'], slots: readonly Slot[] = []): Family {
  return { name, slots, kind, role: 'quantity', row: false, guessed: false, latex: name };
}

function networkOf(
  families: readonly Family[],
  definitions: readonly Definition[],
  sizes: ReadonlyMap<string, number> = new Map(),
): Network {
  return {
    families: new Map(families.map((one) => [one.name, one])),
    definitions,
    functions: new Map(),
    sizes,
    assumptions: [],
    conventions: [],
    givens: [],
    layout: 'numerator',
    softmaxOver: 'rows',
    equalSizes: [],
    notes: [],
    // Drawing needs no vocabulary: it is for lowering.
    vocabulary: {} as Network['vocabulary'],
  };
}

const scalar = (name: string, head: readonly Formula[], right: Formula): Definition => ({
  name,
  head,
  ranges: [],
  where: [],
  right,
  line: 1,
});

const lower = (variable: string, range?: Bounds): Slot => ({
  place: 'lower',
  variable,
  bounds: range,
});
const upper = (variable: string, range?: Bounds): Slot => ({
  place: 'upper',
  variable,
  bounds: range,
});

/** z_1 = w_1 x, a_1 = relu(z_1), z_2 = w_2 a_1 + b, y = sigmoid(z_2), C = 1/2 (y - t)^2. */
export const twoUnits: Network = networkOf(
  [
    family('x', 'leaf'),
    family('t', 'leaf'),
    family('b', 'leaf'),
    family('w', 'leaf', [lower('i')]),
    family('z', 'defined', [lower('i')]),
    family('a', 'defined', [lower('i')]),
    family('y', 'defined'),
    family('C', 'defined'),
  ],
  [
    scalar('z', [n(1)], multiply(s('w', [n(1)]), s('x'))),
    scalar('a', [n(1)], call('relu', [s('z', [n(1)])])),
    scalar('z', [n(2)], rawAdd([multiply(s('w', [n(2)]), s('a', [n(1)])), s('b')])),
    scalar('y', [], call('sigmoid', [s('z', [n(2)])])),
    scalar('C', [], multiply(n('1/2'), power(add(s('y'), multiply(n(-1), s('t'))), n(2)))),
  ],
);

/** z^l_j = sum_k w^l_jk a^(l-1)_k + b^l_j, a^l_j = f(z^l_j), C = sum_j (a^L_j - y_j)^2. */
export function deep(sizes: ReadonlyMap<string, number> = new Map()): Network {
  const [l, j, k, L] = [s('l'), s('j'), s('k'), s('L')];
  const layers = bounds(n(1), L);
  const units = (layer: Formula) => bounds(n(1), s('n', [layer]));
  const before = add(l, n(-1));
  const ranges = [
    { index: 'l', ...layers },
    { index: 'j', ...units(l) },
  ];
  const define = (name: string, right: Formula): Definition => ({
    name,
    head: [l, j],
    ranges,
    where: [],
    right,
    line: 1,
  });
  const product = multiply(s('w', [l, j, k]), s('a', [before, k]));
  return networkOf(
    [
      family('w', 'leaf', [upper('l', layers), lower('j', units(l)), lower('k', units(before))]),
      family('b', 'leaf', [upper('l', layers), lower('j', units(l))]),
      family('z', 'defined', [upper('l', layers), lower('j', units(l))]),
      family('a', 'mixed', [upper('l', bounds(n(0), L)), lower('j', units(l))]),
      family('y', 'leaf', [lower('j', units(L))]),
      family('C', 'defined'),
    ],
    [
      define('z', rawAdd([sum('k', units(before), product), s('b', [l, j])])),
      define('a', call('f', [s('z', [l, j])])),
      scalar(
        'C',
        [],
        sum('j', units(L), power(add(s('a', [L, j]), multiply(n(-1), s('y', [j]))), n(2))),
      ),
    ],
    sizes,
  );
}

export const upperOfDeep = (name: string): number => ('zawb'.includes(name) ? 1 : 0);
