/** Random core formulas for property tests, with few names so that they clash often. */
import fc from 'fast-check';
import {
  add,
  array,
  call,
  cases,
  compare,
  delta,
  type Formula,
  family,
  indicator,
  multiply,
  number,
  one,
  power,
  product,
  sum,
  symbol,
} from '../../src/expression/formula.js';

const indexName = fc.constantFrom('k', 'm', 'k1');
const index: fc.Arbitrary<Formula> = fc.oneof(
  indexName.map((name) => symbol(name)),
  fc.integer({ min: 1, max: 3 }).map((value) => number(value)),
  fc
    .tuple(indexName, fc.constantFrom(-1, 1))
    .map(([name, shift]) => add(symbol(name), number(shift))),
);

const leaf: fc.Arbitrary<Formula> = fc.oneof(
  fc.integer({ min: -3, max: 3 }).map((value) => number(value)),
  fc.constantFrom(symbol('x'), symbol('k'), symbol('m')),
  index.map((at) => symbol('w', [at])),
  fc.tuple(index, index).map(([left, right]) => delta(left, right)),
);

const condition = fc
  .tuple(index, fc.constantFrom('=', '!=', '<', '>=' as const), index)
  .map(([left, relation, right]) => compare(left, relation as '=', right));

/** Formulas that the evaluator of the tests can compute wherever sizes and indices have numbers. */
export const coreFormula: fc.Arbitrary<Formula> = fc.letrec<{ formula: Formula }>((tie) => {
  const inner = tie('formula');
  const range = fc.record({
    lower: fc.constant<Formula>(one),
    upper: fc.oneof(index, fc.constant<Formula>(number(2))),
  });
  return {
    formula: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.array(inner, { minLength: 2, maxLength: 3 }).map((terms) => add(...terms)),
      fc.array(inner, { minLength: 2, maxLength: 3 }).map((factors) => multiply(...factors)),
      inner.map((base) => power(base, number(2))),
      inner.map((argument) => call('tanh', [argument])),
      fc
        .tuple(inner, index)
        .map(([argument, at]) => call('f', [argument], { slots: [{ argument: 0, at: [at] }] })),
      fc
        .tuple(indexName, range, inner, fc.array(condition, { maxLength: 1 }))
        .map(([name, bounds, body, where]) => sum(name, bounds, body, where)),
      fc
        .tuple(indexName, range, inner)
        .map(([name, bounds, body]) => product(name, bounds, call('sin', [body]))),
      condition.map((when) => indicator(when)),
      fc
        .tuple(condition, inner, inner)
        .map(([when, value, otherwise]) => cases([{ when, value }], otherwise)),
      fc
        .tuple(indexName, inner)
        .map(([name, body]) =>
          family('softmax', [{ index: name, lower: one, upper: number(3) }], call('sin', [body]), [
            number(2),
          ]),
        ),
      fc.tuple(indexName, indexName, inner).map(([first, second, body]) =>
        call('C', [
          array(
            [
              { index: first, lower: one, upper: number(2) },
              { index: second, lower: one, upper: symbol(first) },
            ],
            body,
          ),
        ]),
      ),
    ),
  };
}).formula;
