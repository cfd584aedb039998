/** Networks for these tests, written with a few letters; sizes are what the ranges say. */
import {
  add,
  array,
  type Condition,
  call,
  compare,
  derivative,
  divide,
  exp,
  type Formula,
  indicator,
  log,
  multiply,
  negate,
  number,
  power,
  reciprocal,
  type SymbolFormula,
  subtract,
  sum,
  symbol,
} from '../../src/expression/formula.js';
import { freeNames } from '../../src/expression/walk.js';
import type {
  Assumption,
  Definition,
  Family,
  FunctionDeclaration,
  Given,
  Network,
  Range,
} from '../../src/network/network.js';

type Index = Formula | string | number;

export const at = (index: Index): Formula =>
  typeof index === 'string' ? plus(index) : typeof index === 'number' ? number(index) : index;

/** `l`, `l+1`, `l-1` or a number as a text. */
function plus(text: string): Formula {
  const parts = /^([A-Za-z]\w*|\d+)(?:([+-])(\d+))?$/.exec(text);
  if (!parts) throw new Error(`not an index: ${text}`);
  const [, name = '', sign, shift = '0'] = parts;
  const base = /^\d/.test(name) ? number(name) : symbol(name);
  return sign ? add(base, number(`${sign}${shift}`)) : base;
}

/** An entry: `x('w', 'l', 'j', 'k-1')`. */
export const x = (name: string, ...indices: readonly Index[]): SymbolFormula =>
  symbol(name, indices.map(at));

export const range = (index: string, lower: Index, upper: Index): Range => ({
  index,
  lower: at(lower),
  upper: at(upper),
});

export const total = (index: string, lower: Index, upper: Index, body: Formula): Formula =>
  sum(index, { lower: at(lower), upper: at(upper) }, body);

export const define = (
  head: SymbolFormula,
  right: Formula,
  ranges: readonly Range[] = [],
  where: readonly Condition[] = [],
): Definition => ({ name: head.name, head: head.indices, right, ranges, where, line: 1 });

export const f = (argument: Formula, name = 'f'): Formula => call(name, [argument]);
export const d = (of: Formula, by: Formula): Formula => derivative(of, by);
export const half: Formula = number('1/2');
export {
  add,
  array,
  call,
  compare,
  divide,
  exp,
  indicator,
  log,
  multiply,
  negate,
  number,
  power,
  reciprocal,
  subtract,
  symbol,
};
export const square = (formula: Formula): Formula => power(formula, number(2));

const bound = (family: string): SymbolFormula => symbol(family);

/** A family with ranges for its indices; later ranges may mention earlier letters. */
export const family = (name: string, ...ranges: readonly Range[]): Family => ({
  name,
  slots: ranges.map((one) => ({
    place: 'lower',
    variable: one.index,
    bounds: { lower: one.lower, upper: one.upper },
  })),
  kind: 'leaf',
  role: 'quantity',
  row: false,
  guessed: false,
  latex: name,
});

export interface Extra {
  readonly sizes?: readonly string[];
  readonly values?: ReadonlyMap<string, number>;
  readonly assumptions?: readonly Assumption[];
  readonly givens?: readonly Given[];
  readonly functions?: readonly string[];
}

/** A network from families and definitions; kinds are found out, names of sizes are given. */
export function network(
  families: readonly Family[],
  definitions: readonly Definition[],
  extra: Extra = {},
): Network {
  const defined = new Set(definitions.map((one) => one.name));
  const all = new Map<string, Family>();
  for (const one of families)
    all.set(one.name, { ...one, kind: defined.has(one.name) ? 'mixed' : 'leaf' });
  for (const size of extra.sizes ?? [])
    all.set(size, { ...family(size), role: 'size', kind: 'leaf' });
  // Names without a declared range are scalars.
  for (const definition of definitions)
    for (const name of [definition.name, ...freeNames(definition.right)])
      if (!all.has(name) && !definition.ranges.some((one) => one.index === name))
        all.set(name, { ...family(name), kind: defined.has(name) ? 'defined' : 'leaf' });
  const functions = new Map<string, FunctionDeclaration>(
    (extra.functions ?? []).map((name) => [
      name,
      { name, latex: name, parameters: [], body: undefined },
    ]),
  );
  return {
    families: all,
    definitions,
    functions,
    sizes: extra.values ?? new Map(),
    assumptions: extra.assumptions ?? [],
    conventions: [],
    givens: extra.givens ?? [],
    layout: 'numerator',
    softmaxOver: 'rows',
    equalSizes: [],
    notes: [],
    vocabulary: {
      ranks: new Map(),
      manners: new Map(),
      bodies: new Map(),
      calls: new Map(),
      powers: new Set(),
      entries: new Map(),
      numbered: new Map(),
    },
  };
}

export const scalar = (name: string): Family => family(name);
export const sizeOf = bound;

/** `z^l_j = sum_k w^l_jk a^(l-1)_k + b^l_j`, `a = f(z)`, `Loss = C(a^L)`, any width, any depth. */
export function deepNetwork(options: { readonly named: 'named' | 'unnamed' }): Network {
  const n = (index: Index) => symbol('n', [at(index)]);
  const l = range('l', 1, 'L');
  const units = (letter: string, layer: Index) => range(letter, 1, n(layer));
  const definitions = [
    define(
      x('z', 'l', 'j'),
      add(
        total('k', 1, n('l-1'), multiply(x('w', 'l', 'j', 'k'), x('a', 'l-1', 'k'))),
        x('b', 'l', 'j'),
      ),
      [l, units('j', 'l')],
    ),
    define(x('a', 'l', 'j'), f(x('z', 'l', 'j')), [l, units('j', 'l')]),
    define(
      x('Loss'),
      call('C', [array([{ index: 'j', lower: number(1), upper: n('L') }], x('a', 'L', 'j'))]),
    ),
    ...(options.named === 'named'
      ? [define(x('delta', 'l', 'j'), d(x('Loss'), x('z', 'l', 'j')), [l, units('j', 'l')])]
      : []),
  ];
  return network(
    [
      family('z', l, units('j', 'l')),
      family('a', range('l', 0, 'L'), units('j', 'l')),
      family('b', l, units('j', 'l')),
      family('w', l, units('j', 'l'), range('k', 1, n('l-1'))),
      family('delta', l, units('j', 'l')),
    ],
    definitions,
    { sizes: ['L', 'n'], functions: ['f', 'C'] },
  );
}

/** `z_1 = x w_1`, `z_i = f_{i-1} w_i`, `f_i = tanh(z_i)`, `Loss = (y - f_L)^2`. */
export function chain(options: {
  readonly named: 'named' | 'unnamed';
  readonly depth?: number;
}): Network {
  const i = range('i', 1, 'L');
  const definitions = [
    define(x('z', 1), multiply(x('x'), x('w', 1))),
    define(x('z', 'i'), multiply(x('f', 'i-1'), x('w', 'i')), [range('i', 2, 'L')]),
    define(x('f', 'i'), call('tanh', [x('z', 'i')]), [i]),
    define(x('Loss'), square(subtract(x('y'), x('f', 'L')))),
    ...(options.named === 'named' ? [define(x('delta', 'i'), d(x('Loss'), x('z', 'i')), [i])] : []),
  ];
  return network(
    [family('z', i), family('f', i), family('w', i), family('delta', i), family('x'), family('y')],
    definitions,
    {
      sizes: ['L'],
      values: options.depth === undefined ? new Map() : new Map([['L[]', options.depth]]),
    },
  );
}

/** `z_1 = w_1 x`, `a_1 = relu(z_1)`, `z_2 = w_2 a_1 + b`, `y = sigmoid(z_2)`, `C = 1/2 (y - t)^2`. */
export function twoUnits(): Network {
  const layer = range('i', 1, 2);
  return network(
    [family('z', layer), family('a', range('i', 1, 1)), family('w', layer)],
    [
      define(x('z', 1), multiply(x('w', 1), x('x'))),
      define(x('a', 1), call('relu', [x('z', 1)])),
      define(x('z', 2), add(multiply(x('w', 2), x('a', 1)), x('b'))),
      define(x('y'), call('sigmoid', [x('z', 2)])),
      define(x('C'), multiply(half, square(subtract(x('y'), x('t'))))),
    ],
  );
}
