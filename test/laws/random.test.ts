import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { derivative, number, symbol } from '../../src/expression/formula.js';
import { same } from '../../src/expression/same.js';
import { allLawsByName } from '../../src/laws/all.js';
import { differentiate } from '../../src/laws/differentiate.js';
import { differentiateSteps } from '../../src/laws/differentiate-steps.js';
import { tidy } from '../../src/laws/tidy.js';
import { replay } from '../../src/rewrite/replay.js';
import { answerOf } from '../../src/rewrite/step.js';
import { coreFormula } from '../expression/arbitrary.js';
import { close, evaluate, type Point } from './evaluator.js';

const variables = [symbol('w', [symbol('k')]), symbol('w', [number(2)]), symbol('x')];
const variable = fc.constantFrom(...variables);
const point: Point = {
  seed: 5,
  indices: new Map([
    ['k', 2],
    ['m', 1],
    ['k1', 3],
  ]),
};
/** Beyond this the differences of the evaluator lose too many digits. */
const small = (value: number): boolean => Math.abs(value) < 100;

describe('random formulas', () => {
  test('the derivative has the number of the difference', () => {
    let compared = 0;
    fc.assert(
      fc.property(coreFormula, variable, (formula, by) => {
        const measured = evaluate(derivative(formula, by), point);
        if (!small(measured) || !small(evaluate(formula, point))) return true;
        compared += 1;
        return close(evaluate(differentiate(formula, by), point), measured, 1e-5);
      }),
      { numRuns: 400 },
    );
    expect(compared).toBeGreaterThan(200);
  });

  test('the steps replay, and end where the derivative is', () => {
    fc.assert(
      fc.property(coreFormula, variable, (formula, by) => {
        const derivation = differentiateSteps(formula, by);
        const value = evaluate(answerOf(derivation), point);
        const taken = evaluate(differentiate(formula, by), point);
        return replay(derivation, allLawsByName).holds && (close(value, taken) || !small(taken));
      }),
      { numRuns: 200 },
    );
  });

  test('tidying keeps the number, and does nothing twice', () => {
    fc.assert(
      fc.property(coreFormula, (formula) => {
        const once = tidy(formula);
        const value = evaluate(formula, point);
        return (
          tidy(once) === once &&
          same(once, tidy(formula)) &&
          (close(evaluate(once, point), value) || !small(value))
        );
      }),
      { numRuns: 300 },
    );
  });
});
