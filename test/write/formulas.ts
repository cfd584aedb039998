/** Generated formulas for tests of writing and of reading back. */
import fc from 'fast-check';
import {
  add,
  type Condition,
  call,
  compare,
  delta,
  derivative,
  type Formula,
  indicator,
  multiply,
  number,
  power,
  product,
  sum,
  symbol,
} from '../../src/expression/formula.js';

const variables = ['i', 'j', 'k'] as const;
const scalars = ['x', 'y', 'c', 'N'] as const;

/** Affine indices over the variables in scope. */
const index = (scope: readonly string[]): fc.Arbitrary<Formula> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...scope).map((name) => symbol(name)) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 12 }).map((value) => number(value)) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom(...scope), fc.constantFrom(-1, 1, 2))
        .map(([name, shift]) => add(symbol(name), number(shift))),
    },
  );

/** `v` has one index below, `A` two, `w` one above and two below, `h` one above and one below. */
const entry = (scope: readonly string[]): fc.Arbitrary<Formula> => {
  const at = index(scope);
  const layer = index(['l', ...scope]);
  return fc.oneof(
    at.map((first) => symbol('v', [first])),
    fc.tuple(at, at).map((indices) => symbol('A', indices)),
    fc.tuple(layer, at, at).map((indices) => symbol('w', indices)),
    fc.tuple(layer, at).map((indices) => symbol('h', indices)),
    fc.constantFrom(...scalars).map((name) => symbol(name)),
  );
};

const rational = fc
  .tuple(fc.integer({ min: -12, max: 12 }), fc.integer({ min: 1, max: 25 }))
  .map(([above, below]) => number(`${above}/${below}`));

const condition = (left: Formula, right: Formula): fc.Arbitrary<Condition> =>
  fc.constantFrom('>', '<', '>=', '<=').map((relation) => compare(left, relation, right));

/** Core formulas to the depth given, over families of a layered sheet. */
export function formulas(depth: number, scope: readonly string[] = ['i']): fc.Arbitrary<Formula> {
  const leaf = fc.oneof({ weight: 5, arbitrary: entry(scope) }, { weight: 1, arbitrary: rational });
  if (depth === 0) return leaf;
  const part = formulas(depth - 1, scope);
  const fresh = variables.filter((name) => !scope.includes(name));
  const bounded = fresh.map((name) =>
    fc
      .tuple(fc.constantFrom('sum', 'product'), formulas(depth - 1, [...scope, name]))
      .map(([kind, body]): Formula => {
        const bounds = { lower: number(1), upper: symbol('N') };
        return kind === 'sum' ? sum(name, bounds, body) : product(name, bounds, body);
      }),
  );
  return fc.oneof(
    { weight: 2, arbitrary: leaf },
    {
      weight: 3,
      arbitrary: fc.array(part, { minLength: 2, maxLength: 3 }).map((list) => add(...list)),
    },
    {
      weight: 4,
      arbitrary: fc.array(part, { minLength: 2, maxLength: 4 }).map((list) => multiply(...list)),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(part, fc.constantFrom(2, 3, -1, -2, '1/2'))
        .map(([base, exponent]) => power(base, number(exponent))),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom('exp', 'log', 'tanh', 'sigmoid', 'sqrt', 'abs', 'relu'), part)
        .map(([name, argument]) => call(name, [argument])),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.integer({ min: 0, max: 2 }), part).map(([order, argument]) =>
        call('g', [argument], {
          slots: Array.from({ length: order }, () => ({ argument: 0, at: [] })),
        }),
      ),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(part, part)
        .chain(([left, right]) => condition(left, right).map(indicator)),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(index(scope), index(scope)).map(([left, right]) => delta(left, right)),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          entry(scope).filter((by) => by.kind === 'symbol'),
          fc.boolean(),
          part,
        )
        .map(([by, quotient, of]) => derivative(quotient ? symbol('Loss') : of, by)),
    },
    ...bounded.map((arbitrary) => ({ weight: 2, arbitrary })),
  );
}
