/** Ways to write the same thing otherwise, one row each. */
import {
  bound,
  type Formula,
  minusOne,
  number,
  one,
  operation,
  rawAdd,
  rawMultiply,
  rawPower,
  symbol,
} from '../../src/expression/formula.js';
import { boundNames, freeNames, substitute } from '../../src/expression/walk.js';
import { isIndexPlace, type Place, placesOf } from '../../src/judge/places.js';
import { lower } from '../../src/network/lower.js';
import { readFormula } from '../../src/read/read.js';
import { definitionOf } from '../../src/simplify/unfold.js';
import { writeLatex, writePlain } from '../../src/write/write.js';
import type { RightLine } from './derivations.js';

/** A way to write a side otherwise, with the same meaning. */
export interface Rewriting {
  readonly name: string;
  readonly same: (side: Formula, line: RightLine) => Iterable<Formula>;
}

const quantities = (formula: Formula): readonly Place[] =>
  placesOf(formula).filter(
    (place) =>
      !isIndexPlace(place) && !place.above.some((formula) => formula.kind === 'derivative'),
  );

/** Whether a part is one number (not a family), so that products commute and distribute. */
function isNumberIn(part: Formula, line: RightLine): boolean {
  try {
    return lower(part, line.setting.network, { where: line.where }).axes.length === 0;
  } catch {
    return false;
  }
}

const letters = ['m', 'p', 'q', 's', 'r'];

/** A letter that nothing in the line or the sheet is called. */
const spare = (side: Formula, line: RightLine): string | undefined => {
  const { network, sheet } = line.setting;
  const inside = new Set([
    ...freeNames(side),
    ...freeNames(line.left),
    ...placesOf(side).flatMap(({ part }) => boundNames(part)),
  ]);
  return letters.find(
    (letter) =>
      !inside.has(letter) &&
      !network.families.has(letter) &&
      !network.functions.has(letter) &&
      !sheet.names.has(letter),
  );
};

export const rewritings: readonly Rewriting[] = [
  {
    name: 'bound indices renamed',
    *same(side, line) {
      const letter = spare(side, line);
      if (!letter) return;
      for (const { part, put } of quantities(side)) {
        if (part.kind !== 'sum' && part.kind !== 'product') continue;
        if (part.where.length > 0) continue;
        const body = substitute(part.body, new Map([[part.index, symbol(letter)]]));
        yield put(bound(part.kind, letter, part.bounds, body));
      }
    },
  },
  {
    name: 'terms reordered',
    *same(side) {
      for (const { part, put } of quantities(side))
        if (part.kind === 'add') {
          yield put(rawAdd(part.terms.toReversed()));
          if (part.terms.length > 2)
            yield put(rawAdd([...part.terms.slice(1), part.terms[0] as Formula]));
        }
    },
  },
  {
    name: 'factors reordered',
    *same(side, line) {
      for (const { part, put } of quantities(side))
        if (part.kind === 'multiply' && part.factors.every((factor) => isNumberIn(factor, line)))
          yield put(rawMultiply(part.factors.toReversed()));
    },
  },
  {
    name: 'multiplied out',
    *same(side, line) {
      for (const { part, put } of quantities(side)) {
        if (part.kind !== 'multiply') continue;
        for (const [at, factor] of part.factors.entries()) {
          if (factor.kind !== 'add') continue;
          if (!part.factors.every((other) => isNumberIn(other, line))) continue;
          yield put(rawAdd(factor.terms.map((term) => rawMultiply(part.factors.with(at, term)))));
        }
      }
    },
  },
  {
    name: 'a factor minus one taken out',
    *same(side) {
      for (const { part, put } of quantities(side))
        if (part.kind === 'add')
          yield put(
            rawMultiply([
              minusOne,
              rawAdd(part.terms.map((term) => rawMultiply([minusOne, term]))),
            ]),
          );
    },
  },
  {
    name: 'a factor two taken out',
    *same(side, line) {
      if (isNumberIn(side, line))
        yield rawMultiply([number(2), side, rawPower(number(2), minusOne)]);
      yield rawAdd([side, side, rawMultiply([minusOne, side])]);
    },
  },
  {
    name: 'squares written out',
    *same(side, line) {
      for (const { part, put } of quantities(side))
        if (part.kind === 'power' && isNumberIn(part.base, line)) {
          const { exponent } = part;
          if (exponent.kind !== 'number' || !exponent.value.equals(2)) continue;
          yield put(rawMultiply([part.base, part.base]));
        }
    },
  },
  {
    name: 'a sum split',
    *same(side) {
      for (const { part, put } of quantities(side))
        if (part.kind === 'sum' && part.body.kind === 'add')
          yield put(
            rawAdd(
              part.body.terms.map((term) =>
                bound('sum', part.index, part.bounds, term, part.where),
              ),
            ),
          );
    },
  },
  {
    name: 'a factor taken into a sum',
    *same(side, line) {
      for (const { part, put } of quantities(side)) {
        if (part.kind !== 'multiply') continue;
        const last = part.factors.at(-1);
        if (last?.kind !== 'sum' || !part.factors.every((one) => isNumberIn(one, line))) continue;
        const rest = part.factors.slice(0, -1);
        if (rest.some((factor) => freeNames(factor).has(last.index))) continue;
        const body = rawMultiply([...rest, last.body]);
        yield put(bound('sum', last.index, last.bounds, body, last.where));
      }
    },
  },
  {
    name: 'sums exchanged',
    *same(side) {
      for (const { part, put } of quantities(side)) {
        if (part.kind !== 'sum' || part.body.kind !== 'sum') continue;
        const inner = part.body;
        if (
          inner.bounds &&
          [inner.bounds.lower, inner.bounds.upper].some((end) => freeNames(end).has(part.index))
        )
          continue;
        if (part.where.length > 0 || inner.where.length > 0) continue;
        yield put(
          bound(
            'sum',
            inner.index,
            inner.bounds,
            bound('sum', part.index, part.bounds, inner.body),
          ),
        );
      }
    },
  },
  {
    name: 'definitions written out',
    *same(side, line) {
      for (const { part, put, above } of quantities(side)) {
        if (part.kind !== 'symbol' || part.indices.some((index) => index.kind === 'whole'))
          continue;
        // A shifted index may leave the range of the definition (`h_(t-1)` at t = 1).
        if (part.indices.some((index) => index.kind === 'add')) continue;
        const rank = line.setting.network.families.get(part.name)?.slots.length;
        if (rank !== part.indices.length) continue;
        const right = definitionOf(part, line.setting.network.definitions);
        const bounds = above.flatMap(boundNames);
        // Letters of the definition's sums must not be those around it.
        const taken = new Set([...freeNames(side), ...bounds]);
        const clashes =
          right &&
          placesOf(right).some(({ part: one }) => boundNames(one).some((x) => taken.has(x)));
        if (right && !clashes) yield put(right);
      }
    },
  },
  {
    name: 'elementwise products turned',
    *same(side) {
      for (const { part, put } of quantities(side))
        if (part.kind === 'operation' && part.name === 'elementwise')
          yield put(operation('elementwise', ...part.args.toReversed()));
    },
  },
  {
    name: 'transposed twice',
    *same(side, line) {
      for (const { part, put, above } of quantities(side)) {
        if (part.kind !== 'symbol' || above.at(-1)?.kind === 'operation') continue;
        if (isNumberIn(part, line)) continue;
        yield put(operation('transpose', operation('transpose', part)));
      }
    },
  },
  {
    name: 'a quotient by one',
    *same(side) {
      yield rawMultiply([side, rawPower(one, minusOne)]);
    },
  },
  {
    name: 'plain notation',
    *same(side, { setting }) {
      yield readFormula(writePlain(side, setting.display), setting.sheet);
    },
  },
  {
    name: 'LaTeX',
    *same(side, { setting }) {
      yield readFormula(writeLatex(side, setting.display), setting.sheet);
    },
  },
];
