/** Slips of power: an exponent that is wrong, a square that is lost, a factor on the wrong side of the bar. */
import {
  type Formula,
  minusOne,
  negate,
  number,
  one,
  power,
  rawAdd,
  rawPower,
} from '../../expression/formula.js';
import { told } from '../../rewrite/told.js';
import { type Change, quantityPlaces, type SlipRow } from './slip.js';

const integer = (formula: Formula): number | undefined =>
  formula.kind === 'number' && formula.value.d === 1n ? formula.value.valueOf() : undefined;

const exponentSign: SlipRow = {
  name: 'sign-of-exponent',
  kind: 'power',
  example: ['e^(-x)/(1 + e^(-x))^(-2)', 'e^(-x)/(1 + e^(-x))^2'],
  *changes({ suspect }) {
    for (const { part, put } of quantityPlaces(suspect)) {
      if (part.kind !== 'power') continue;
      yield {
        formula: put(rawPower(part.base, negate(part.exponent))),
        message: told`the sign of the exponent of ${part.base} is wrong`,
      };
    }
  },
};

/** Exponents that a student may have meant instead. */
function exponentsNear(exponent: Formula): readonly Formula[] {
  const written = integer(exponent);
  if (written === undefined) return [rawAdd([exponent, minusOne]), rawAdd([exponent, one])];
  return [written - 1, written + 1, 2, 1, -1, -2, -3]
    .filter((candidate) => candidate !== written)
    .map((candidate) => number(candidate));
}

const exponentChanged: SlipRow = {
  name: 'exponent',
  kind: 'power',
  example: ['1 - f^3', '1 - f^2'],
  *changes({ suspect }) {
    for (const { part, put } of quantityPlaces(suspect)) {
      if (part.kind !== 'power') continue;
      for (const candidate of exponentsNear(part.exponent))
        yield {
          formula: put(power(part.base, candidate)),
          message: told`the exponent of ${part.base} is wrong: it should be ${candidate}`,
        };
    }
  },
};

const bases: ReadonlySet<Formula['kind']> = new Set(['symbol', 'call', 'add', 'operation']);

const powerLost: SlipRow = {
  name: 'power-lost',
  kind: 'power',
  example: ['1 - f', '1 - f^2'],
  *changes({ suspect }): Iterable<Change> {
    for (const { part, put, above } of quantityPlaces(suspect)) {
      const parent = above.at(-1)?.kind;
      if (!bases.has(part.kind) || parent === 'power' || parent === 'derivative') continue;
      yield {
        formula: put(rawPower(part, number(2))),
        message: told`${part} should be squared`,
      };
      yield {
        formula: put(rawPower(part, minusOne)),
        message: told`${part} should stand below the fraction bar`,
      };
    }
  },
};

export const powerRows: readonly SlipRow[] = [exponentSign, exponentChanged, powerLost];
