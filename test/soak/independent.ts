/**
 * A second opinion on whether two sides are the same, by arithmetic in 64 digits at points of its own
 * seed; derivatives are central differences there.
 */
import type { Formula } from '../../src/expression/formula.js';
import { lower } from '../../src/network/lower.js';
import { IndexOutOfRange, UnknownSize } from '../../src/numeric/errors.js';
import { exactArithmetic } from '../../src/numeric/exact.js';
import { indexValues, models } from '../../src/numeric/models.js';
import { pair } from '../../src/numeric/pairing.js';
import type { RightLine } from './derivations.js';

const SEED = 90210;
const MODELS = 3;
const ENTRIES = 30;

/** `equal`, `differs`, or `undecided` where no number of 64 digits could be had. */
export function secondOpinion(
  changed: Formula,
  line: RightLine,
): 'equal' | 'differs' | 'undecided' {
  const { network } = line.setting;
  const [left, right] = [line.right, changed].map((side) =>
    lower(side, network, { where: line.where }),
  );
  const pairing = left && right && pair(left, right);
  if (!pairing) return 'differs';
  const exact = exactArithmetic();
  let decided = 0;
  let tried = 0;
  for (const { machine } of models(network, {
    formulas: [pairing.left, pairing.right],
    conditions: line.where,
    seed: SEED,
  })) {
    tried += 1;
    if (tried > MODELS) break;
    const seen = new Set<string>();
    const free = pairing.free.filter((range) => !seen.has(range.index) && seen.add(range.index));
    const entries = [...indexValues(machine, [...pairing.axes, ...free])].filter((entry) =>
      line.where.every((condition) => machine.test(condition, entry)),
    );
    for (const entry of entries.slice(0, ENTRIES)) {
      const question = { ...pairing, relation: '=' as const, where: line.where };
      const answer = decided64(() => exact.decide(machine, question, [entry]).kind);
      if (answer === 'differs') return 'differs';
      if (answer === 'equal') decided += 1;
    }
  }
  return decided > 0 ? 'equal' : 'undecided';
}

/** What does not exist in a model (an entry, a size) says nothing there. */
function decided64<T>(decide: () => T): T | 'undecided' {
  try {
    return decide();
  } catch (problem) {
    if (problem instanceof UnknownSize || problem instanceof IndexOutOfRange) return 'undecided';
    throw problem;
  }
}
