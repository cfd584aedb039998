/** Slips of sign, power and of f against f'. */
import {
  type CallFormula,
  call,
  type Formula,
  minusOne,
  multiply,
  negate,
  number,
  one,
  power,
  rawAdd,
  rawMultiply,
  rawPower,
} from '../../expression/formula.js';
import { type Change, quantityPlaces, type SlipRow } from './slip.js';

const integer = (formula: Formula): number | undefined =>
  formula.kind === 'number' && formula.value.d === 1n ? formula.value.valueOf() : undefined;

const wholeSide: SlipRow = {
  name: 'sign-of-side',
  kind: 'sign',
  example: ['2(y - f)', '2(f - y)'],
  *changes({ suspect, print }) {
    const formula = negate(suspect);
    yield { formula, message: `the sign is wrong: it should be ${print(formula)}` };
  },
};

const termSign: SlipRow = {
  name: 'sign-of-term',
  kind: 'sign',
  example: ['a + b - c', 'a - b - c'],
  *changes({ suspect, print }) {
    for (const place of quantityPlaces(suspect)) {
      if (place.part.kind !== 'add') continue;
      const { terms } = place.part;
      for (const [position, term] of terms.entries()) {
        const formula = place.put(rawAdd(terms.with(position, negate(term))));
        yield { formula, message: `the sign of the term ${print(term)} is wrong` };
      }
    }
  },
};

const exponentSign: SlipRow = {
  name: 'sign-of-exponent',
  kind: 'power',
  example: ['e^(-x)/(1 + e^(-x))^(-2)', 'e^(-x)/(1 + e^(-x))^2'],
  *changes({ suspect, print }) {
    for (const { part, put } of quantityPlaces(suspect)) {
      if (part.kind !== 'power') continue;
      yield {
        formula: put(rawPower(part.base, negate(part.exponent))),
        message: `the sign of the exponent of ${print(part.base)} is wrong`,
      };
    }
  },
};

const argumentSign: SlipRow = {
  name: 'sign-of-argument',
  kind: 'sign',
  example: ['e^x/(1 + e^(-x))^2', 'e^(-x)/(1 + e^(-x))^2'],
  *changes({ suspect, print }) {
    for (const { part, put } of quantityPlaces(suspect)) {
      if (part.kind !== 'call') continue;
      for (const [position, argument] of part.args.entries()) {
        const args = part.args.with(position, negate(argument));
        const formula = call(part.name, args, { indices: part.indices, slots: part.slots });
        yield {
          formula: put(formula),
          message: `the sign inside ${print(part)} is wrong: it should be ${print(formula)}`,
        };
      }
    }
  },
};

const withSlots = (formula: CallFormula, slots: CallFormula['slots']): CallFormula =>
  call(formula.name, formula.args, { indices: formula.indices, slots });

const primeMissing: SlipRow = {
  name: 'function-for-derivative',
  kind: 'derivative',
  example: ['sum_k w_kj delta_k f(z_j)', "sum_k w_kj delta_k f'(z_j)"],
  *changes({ suspect, print }) {
    for (const { part, put } of quantityPlaces(suspect)) {
      if (part.kind !== 'call') continue;
      for (const argument of part.args.keys()) {
        const primed = withSlots(part, [...part.slots, { argument, at: [] }]);
        yield { formula: put(primed), message: `${print(primed)} should stand for ${print(part)}` };
      }
    }
  },
};

const primeExtra: SlipRow = {
  name: 'derivative-for-function',
  kind: 'derivative',
  example: ["f'(z) - y", 'f(z) - y'],
  *changes({ suspect, print }) {
    for (const { part, put } of quantityPlaces(suspect)) {
      if (part.kind !== 'call' || part.slots.length === 0) continue;
      const plain = withSlots(part, part.slots.slice(1));
      yield { formula: put(plain), message: `${print(plain)} should stand for ${print(part)}` };
    }
  },
};

const exponentChanged: SlipRow = {
  name: 'exponent',
  kind: 'power',
  example: ['1 - f^3', '1 - f^2'],
  *changes({ suspect, print }) {
    for (const { part, put } of quantityPlaces(suspect)) {
      if (part.kind !== 'power') continue;
      const exponent = integer(part.exponent);
      const candidates =
        exponent === undefined
          ? [rawAdd([part.exponent, minusOne]), rawAdd([part.exponent, one])]
          : [exponent - 1, exponent + 1, 2, 1, -1, -2]
              .filter((candidate) => candidate !== exponent)
              .map((candidate) => number(candidate));
      for (const candidate of candidates) {
        const formula = power(part.base, candidate);
        yield {
          formula: put(formula),
          message: `the exponent of ${print(part.base)} is wrong: it should be ${print(candidate)}`,
        };
      }
    }
  },
};

const powerLost: SlipRow = {
  name: 'power-lost',
  kind: 'power',
  example: ['1 - f', '1 - f^2'],
  *changes({ suspect, print }): Iterable<Change> {
    for (const { part, put, above } of quantityPlaces(suspect)) {
      const base = ['symbol', 'call', 'add', 'operation'].includes(part.kind);
      const parent = above.at(-1);
      if (!base || parent?.kind === 'power' || parent?.kind === 'derivative') continue;
      // A term of a sum, a factor, a base: the places where a square is lost.
      yield {
        formula: put(rawPower(part, number(2))),
        message: `${print(part)} should be squared`,
      };
      yield {
        formula: put(rawPower(part, minusOne)),
        message: `${print(part)} should stand below the fraction bar`,
      };
    }
  },
};

const oneMinus: SlipRow = {
  name: 'one-minus',
  kind: 'derivative',
  example: ['y y', 'y (1 - y)'],
  *changes({ suspect, print }): Iterable<Change> {
    for (const { part, put, above } of quantityPlaces(suspect)) {
      const parent = above.at(-1);
      if (parent?.kind !== 'multiply' && parent?.kind !== 'power' && parent !== undefined) continue;
      if (part.kind === 'symbol' || part.kind === 'power' || part.kind === 'call') {
        const formula = rawAdd([one, rawMultiply([minusOne, part])]);
        yield { formula: put(formula), message: `${print(part)} should be ${print(formula)}` };
      }
      if (part.kind === 'add' && part.terms.some((term) => term.kind === 'number')) {
        const rest = part.terms.filter((term) => term.kind !== 'number');
        const formula = multiply(minusOne, rawAdd(rest));
        yield { formula: put(formula), message: `${print(part)} should be ${print(formula)}` };
      }
    }
  },
};

export const signRows: readonly SlipRow[] = [wholeSide, termSign, exponentSign, argumentSign];
export const derivativeRows: readonly SlipRow[] = [primeMissing, primeExtra];
export const powerRows: readonly SlipRow[] = [exponentChanged, powerLost];
export const slopeRows: readonly SlipRow[] = [oneMinus];
