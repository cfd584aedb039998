/** Compares taken derivatives with the exact reverse sweep of the evaluator, entry by entry. */
import type { Condition, Formula } from '../../src/expression/formula.js';
import type { Policy, Taken } from '../../src/gradient/policy.js';
import { takeDerivatives } from '../../src/gradient/take.js';
import type { Network, Range } from '../../src/network/network.js';
import { evaluate } from '../../src/numeric/evaluate.js';
import { indexValues, type Model, makeModels } from '../../src/numeric/models.js';
import { writeCondition, writePlain } from '../../src/write/write.js';

export interface Swept {
  readonly taken: Taken;
  /** Entries compared. */
  readonly entries: number;
  /** What was wrong, in words; empty if all entries agree. */
  readonly wrong: readonly string[];
}

const close = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-7 * (1 + Math.abs(a) + Math.abs(b));

export function sweep(
  formula: Formula,
  network: Network,
  options: {
    readonly ranges?: readonly Range[];
    readonly where?: readonly Condition[];
    readonly policy?: Policy;
    readonly models?: number;
  } = {},
): Swept {
  const { ranges = [], where = [], policy = {} } = options;
  const taken = takeDerivatives(formula, network, { ranges, where, ...policy });
  const lines = taken.cases.flatMap((one) => one.derivation.steps.map((step) => step.after));
  const models = makeModels(network, {
    formulas: [formula, ...taken.cases.map((one) => one.formula), ...lines],
    conditions: [...where, ...taken.cases.flatMap((one) => one.where)],
    seed: 5,
    count: options.models ?? 6,
  });
  if (models.length === 0) return { taken, entries: 0, wrong: ['no model satisfies the sheet'] };
  const wrong: string[] = [];
  let entries = 0;
  for (const model of models)
    for (const indices of indexValues(model.machine, ranges)) {
      if (!where.every((condition) => model.machine.test(condition, indices))) continue;
      entries += 1;
      const problem = compareAt(formula, taken, model, indices);
      if (problem) wrong.push(problem);
    }
  return { taken, entries, wrong };
}

function compareAt(
  formula: Formula,
  taken: Taken,
  model: Model,
  indices: ReadonlyMap<string, number>,
): string | undefined {
  const place = `${[...indices].map(([name, value]) => `${name}=${value}`).join(' ')} sizes ${[...model.sizes].map(([name, value]) => `${name}=${value}`).join(' ')}`;
  const holding = taken.cases.filter((one) =>
    one.where.every((condition) => model.machine.test(condition, indices)),
  );
  const [only] = holding;
  if (!only || holding.length > 1)
    return `${holding.length} cases hold at ${place}: ${taken.cases.map((one) => one.where.map((c) => writeCondition(c)).join(' and ')).join('; ')}`;
  const expected = evaluate(formula, model, indices);
  const lines = [...only.derivation.steps.map((step) => step.after), only.formula];
  for (const line of lines) {
    const value = evaluate(line, model, indices);
    if (!close(value, expected))
      return `${writePlain(line)} is ${value}, the sweep says ${expected} at ${place}`;
  }
  return undefined;
}
