/** Slips of sign. */
import {
  call,
  compare,
  indicator,
  negate,
  type Relation,
  rawAdd,
} from '../../expression/formula.js';
import { told } from '../../rewrite/told.js';
import { quantityPlaces, type SlipRow } from './slip.js';

const wholeSide: SlipRow = {
  name: 'sign-of-side',
  kind: 'sign',
  example: ['2(y - f)', '2(f - y)'],
  *changes({ suspect }) {
    const formula = negate(suspect);
    yield { formula, message: told`the sign is wrong: it should be ${formula}` };
  },
};

const termSign: SlipRow = {
  name: 'sign-of-term',
  kind: 'sign',
  example: ['a + b - c', 'a - b - c'],
  *changes({ suspect }) {
    for (const place of quantityPlaces(suspect)) {
      if (place.part.kind !== 'add') continue;
      const { terms } = place.part;
      for (const [position, term] of terms.entries()) {
        const formula = place.put(rawAdd(terms.with(position, negate(term))));
        yield { formula, message: told`the sign of the term ${term} is wrong` };
      }
    }
  },
};

const argumentSign: SlipRow = {
  name: 'sign-of-argument',
  kind: 'sign',
  example: ['e^x/(1 + e^(-x))^2', 'e^(-x)/(1 + e^(-x))^2'],
  *changes({ suspect }) {
    for (const { part, put } of quantityPlaces(suspect)) {
      if (part.kind !== 'call') continue;
      for (const [position, argument] of part.args.entries()) {
        const args = part.args.with(position, negate(argument));
        const formula = call(part.name, args, { indices: part.indices, slots: part.slots });
        yield {
          formula: put(formula),
          message: told`the sign inside ${part} is wrong: it should be ${formula}`,
        };
      }
    }
  },
};

const turned: Partial<Record<Relation, Relation>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };

const inequality: SlipRow = {
  name: 'inequality-turned',
  kind: 'sign',
  example: ['1{m > 1} x', '1{m < 1} x'],
  *changes({ suspect }) {
    for (const { part, put } of quantityPlaces(suspect)) {
      if (part.kind !== 'indicator' || part.when.kind !== 'compare') continue;
      const relation = turned[part.when.relation];
      if (!relation) continue;
      const formula = indicator(compare(part.when.left, relation, part.when.right));
      yield {
        formula: put(formula),
        message: told`the inequality in ${part} points the wrong way: it should be ${formula}`,
      };
    }
  },
};

export const signRows: readonly SlipRow[] = [wholeSide, termSign, argumentSign, inequality];
