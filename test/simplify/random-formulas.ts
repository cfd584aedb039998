/** Random core formulas for property tests. */
import fc from 'fast-check';
import * as F from '../../src/expression/formula.js';

const index = (name: string): F.Formula => F.symbol(name);
const n = F.symbol('n');
const between = (name: string) => ({ name, lower: F.one, upper: n });

/** Indices that may stand in a body: free ones, and those bound around. */
const indices = fc.constantFrom('i', 'j', 'k');

const leaf: fc.Arbitrary<F.Formula> = fc.oneof(
  fc.integer({ min: -3, max: 3 }).map((value) => F.number(value)),
  fc.constantFrom('a', 'b', 'c').map((name) => F.symbol(name)),
  indices.map((name) => F.symbol('x', [index(name)])),
  fc.tuple(indices, indices).map(([one, two]) => F.symbol('w', [index(one), index(two)])),
  indices.map((name) => F.delta(index(name), index('k'))),
);

/** Formulas of bounded depth with every kind of core node the laws look at. */
export const formulas: fc.Arbitrary<F.Formula> = fc.letrec<{ node: F.Formula }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie('node'), { minLength: 2, maxLength: 3 }).map((parts) => F.rawAdd(parts)),
    fc.array(tie('node'), { minLength: 2, maxLength: 3 }).map((parts) => F.rawMultiply(parts)),
    fc
      .tuple(tie('node'), fc.constantFrom(2, -1, -2, 3))
      .map(([base, exponent]) => F.rawPower(base, F.number(exponent))),
    fc
      .tuple(
        tie('node'),
        fc.constantFrom('exp', 'tanh', 'sigmoid', 'relu', 'abs', 'f', 'log', 'sqrt', 'softplus'),
      )
      .map(([body, name]) => F.call(name, [body])),
    fc.tuple(tie('node'), indices).map(([body, name]) => {
      const range = between(name);
      return F.sum(name, range, body);
    }),
    tie('node').map((body) => F.indicator(F.compare(body, '>', F.zero))),
    tie('node').map((body) =>
      F.family('softmax', [{ index: 'j', lower: F.one, upper: n }], body, [index('i')]),
    ),
  ),
})).node;
