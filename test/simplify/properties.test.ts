/** Normal form and presentable form keep the value; the presentable form is settled. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  call,
  compare,
  type Formula,
  indicator,
  negate,
  number,
  sum,
  symbol,
} from '../../src/expression/formula.js';
import { mapChildren } from '../../src/expression/walk.js';
import { BudgetExceeded, NowhereDefined } from '../../src/simplify/context.js';
import { expand } from '../../src/simplify/expand.js';
import { normalForm, openSession } from '../../src/simplify/normal-form.js';
import { present, replayPresentation } from '../../src/simplify/present.js';
import { proveEqual, views } from '../../src/simplify/prove.js';
import { polynomialFormula } from '../../src/simplify/term.js';
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

/** A formula with one small thing changed: a number, an index, a function, two parts swapped. */
function spoiled(formula: Formula, choice: number): Formula {
  let left = choice;
  const visit = (part: Formula): Formula => {
    const changes = changesOf(part);
    if (changes.length > 0) {
      if (left < changes.length) {
        const change = changes[left] as Formula;
        left = Number.POSITIVE_INFINITY;
        return change;
      }
      left -= changes.length;
    }
    return mapChildren(part, visit);
  };
  return visit(formula);
}

function changesOf(part: Formula): readonly Formula[] {
  switch (part.kind) {
    case 'number':
      return [number(part.value.add(1)), number(part.value.neg())];
    case 'symbol':
      return part.indices.length === 2 ? [symbol(part.name, [...part.indices].reverse())] : [];
    case 'call':
      return part.name === 'tanh' ? [call('sigmoid', part.args)] : [call('tanh', part.args)];
    case 'indicator':
      return part.when.kind === 'compare'
        ? [indicator(compare(part.when.left, '>=', part.when.right)), negate(part)]
        : [];
    case 'sum':
      return part.bounds
        ? [
            sum(part.index, { lower: number(2), upper: part.bounds.upper }, part.body),
            sum('i', part.bounds, part.body),
          ]
        : [];
    default:
      return [];
  }
}

describe('proofs', () => {
  test('never prove what numbers refute', () => {
    fc.assert(
      fc.property(formulas, fc.nat(30), (formula, choice) => {
        const other = spoiled(formula, choice);
        const proof = proveEqual(formula, other, context);
        if (proof.proved)
          expect(
            agreeByNumbers(formula, other).agrees,
            `${write(formula)}  ->  ${write(other)}`,
          ).toBe(true);
      }),
      runs,
    );
  });
  test('keep the value in every view', () => {
    fc.assert(
      fc.property(formulas, fc.constantFrom(...views), (formula, view) => {
        const form = orItself(
          () => polynomialFormula(openSession(context, view, [formula]).normalise(formula)),
          formula,
        );
        expect(agreeByNumbers(formula, form).agrees, `${write(formula)}  ->  ${write(form)}`).toBe(
          true,
        );
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
