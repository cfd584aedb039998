/** Slips of f against f', and of the slope `y (1 - y)` of an activation. */
import {
  type CallFormula,
  call,
  type Formula,
  minusOne,
  multiply,
  one,
  rawAdd,
  rawMultiply,
} from '../../expression/formula.js';
import { told } from '../../rewrite/told.js';
import { type Change, quantityPlaces, type SlipRow } from './slip.js';

const withSlots = (formula: CallFormula, slots: CallFormula['slots']): CallFormula =>
  call(formula.name, formula.args, { indices: formula.indices, slots });

const primeMissing: SlipRow = {
  name: 'function-for-derivative',
  kind: 'derivative',
  example: ['sum_k w_kj delta_k f(z_j)', "sum_k w_kj delta_k f'(z_j)"],
  *changes({ suspect }) {
    for (const { part, put } of quantityPlaces(suspect)) {
      if (part.kind !== 'call') continue;
      for (const argument of part.args.keys()) {
        const primed = withSlots(part, [...part.slots, { argument, at: [] }]);
        yield { formula: put(primed), message: told`${primed} should stand for ${part}` };
      }
    }
  },
};

const primeExtra: SlipRow = {
  name: 'derivative-for-function',
  kind: 'derivative',
  example: ["f'(z) - y", 'f(z) - y'],
  *changes({ suspect }) {
    for (const { part, put } of quantityPlaces(suspect)) {
      if (part.kind !== 'call' || part.slots.length === 0) continue;
      const plain = withSlots(part, part.slots.slice(1));
      yield { formula: put(plain), message: told`${plain} should stand for ${part}` };
    }
  },
};

/** `1 - y` for `y`; `y` for `1 - y`. */
function otherOf(part: Formula): Formula | undefined {
  if (part.kind === 'symbol' || part.kind === 'power' || part.kind === 'call')
    return rawAdd([one, rawMultiply([minusOne, part])]);
  if (part.kind !== 'add' || !part.terms.some((term) => term.kind === 'number')) return undefined;
  return multiply(minusOne, rawAdd(part.terms.filter((term) => term.kind !== 'number')));
}

const oneMinus: SlipRow = {
  name: 'one-minus',
  kind: 'derivative',
  example: ['y y', 'y (1 - y)'],
  *changes({ suspect }): Iterable<Change> {
    for (const { part, put, above } of quantityPlaces(suspect)) {
      const parent = above.at(-1)?.kind;
      if (parent !== undefined && parent !== 'multiply' && parent !== 'power') continue;
      const formula = otherOf(part);
      if (formula) yield { formula: put(formula), message: told`${part} should be ${formula}` };
    }
  },
};

export const primeRows: readonly SlipRow[] = [primeMissing, primeExtra];
export const slopeRows: readonly SlipRow[] = [oneMinus];
