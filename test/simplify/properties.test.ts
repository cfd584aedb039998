/** Normal form and presentable form keep the value; the presentable form is settled. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { number, symbol } from '../../src/expression/formula.js';
import { BudgetExceeded, NowhereDefined } from '../../src/simplify/context.js';
import { expand } from '../../src/simplify/expand.js';
import { normalForm } from '../../src/simplify/normal-form.js';
import { present, replayPresentation } from '../../src/simplify/present.js';
import { write } from './mini-writer.js';
import { agreeByNumbers } from './number-of.js';
import { formulas } from './random-formulas.js';

const range = (index: string) => ({ index, lower: number(1), upper: symbol('n') });
const context = { ranges: [range('i'), range('j'), range('k')] };
const runs = {
  numRuns: Number(process.env.RUNS ?? 150),
  ...(process.env.SEED ? { seed: Number(process.env.SEED) } : {}),
};

/** The form, or the formula itself where the budget ends or there is no value. */
const orItself = <T>(compute: () => T, otherwise: T): T => {
  try {
    return compute();
  } catch (error) {
    if (error instanceof BudgetExceeded || error instanceof NowhereDefined) return otherwise;
    throw error;
  }
};

describe('the value is kept', () => {
  test('by the normal form', () => {
    fc.assert(
      fc.property(formulas, (formula) => {
        const form = orItself(() => normalForm(formula, context), formula);
        expect(agreeByNumbers(formula, form).agrees, `${write(formula)}  ->  ${write(form)}`).toBe(
          true,
        );
      }),
      runs,
    );
  });
  test('by expanding', () => {
    fc.assert(
      fc.property(formulas, (formula) => {
        const form = expand(formula, context) ?? formula;
        expect(agreeByNumbers(formula, form).agrees, `${write(formula)}  ->  ${write(form)}`).toBe(
          true,
        );
      }),
      runs,
    );
  });
  test('by presenting, in every step', () => {
    fc.assert(
      fc.property(formulas, (formula) => {
        const { derivation } = present(formula, context);
        let before = formula;
        for (const step of derivation.steps) {
          const text = `${step.law}: ${write(before)}  ->  ${write(step.after)}`;
          expect(agreeByNumbers(before, step.after).agrees, text).toBe(true);
          before = step.after;
        }
      }),
      runs,
    );
  });
});

describe('the presentable form', () => {
  test('is settled: presenting it again changes nothing', () => {
    fc.assert(
      fc.property(formulas, (formula) => {
        const once = present(formula, context).formula;
        const twice = present(once, context);
        expect(write(twice.formula)).toBe(write(once));
      }),
      runs,
    );
  });
  test('can be replayed', () => {
    fc.assert(
      fc.property(formulas, (formula) => {
        const { derivation } = present(formula, context);
        expect(replayPresentation(derivation, context)).toBeUndefined();
      }),
      runs,
    );
  });
});
