/** Functions of a whole family, and conditions, in 64 digits. */
import type { Decimal } from 'decimal.js';
import type { Binder, Condition, FamilyFormula } from '../expression/formula.js';
import { bigDeterminant, bigInverse } from './big-matrix.js';
import { avoid, type BigWorking, NotExact, once, type Place } from './big-working.js';
import { IndexOutOfRange } from './errors.js';
import { bindIndex } from './scope.js';

/** A function of a whole family in 64 digits. */
export function bigFamily(working: BigWorking, formula: FamilyFormula, place: Place): Decimal {
  if (formula.name === 'chain') return bigChain(working, formula, place);
  const entries = working.entriesOf(formula.binders, formula.body, place);
  const all = [...entries.values()];
  const at = formula.at.map((index) => working.whole(index, place));
  const own = (): Decimal => {
    const value = entries.get(at.join());
    if (!value) throw new IndexOutOfRange(formula.name, at, 'the family has no such entry');
    return value;
  };
  const exp = (value: Decimal) => once(working, 'exp', value, () => value.exp());
  const total = () => all.reduce((sum, value) => sum.plus(exp(value)), working.make(0));
  switch (formula.name) {
    case 'softmax':
      return exp(own()).div(total());
    case 'log_softmax':
      return own().minus(total().ln());
    case 'logsumexp':
      return total().ln();
    case 'max':
    case 'min': {
      const sign = formula.name === 'max' ? 1 : -1;
      const sorted = [...all].sort((a, b) => sign * b.cmp(a));
      if (sorted[0] && sorted[1]) avoid(working, sorted[0], sorted[1]);
      return sorted[0] ?? working.make('NaN');
    }
    case 'determinant':
      return bigDeterminant(working.make, rows(working, formula, place, all));
    case 'inverse': {
      own();
      const [row, column] = formula.binders.map(
        (binder, position) => (at[position] as number) - working.whole(binder.lower, place),
      );
      return bigInverse(
        working.make,
        rows(working, formula, place, all),
        row as number,
        column as number,
      );
    }
  }
}

/** An entry of an ordered product by the sum over all paths, which its definition says. */
function bigChain(
  working: BigWorking,
  { binders, body, at }: FamilyFormula,
  place: Place,
): Decimal {
  const [level, row, column] = binders as readonly [Binder, Binder, Binder];
  const [start, end] = at.map((index) => working.whole(index, place)) as [number, number];
  const top = working.whole(level.upper, place);
  const from = (m: number, at: number): Decimal => {
    if (m > top) return working.make(at === end ? 1 : 0);
    const onRow = {
      ...place,
      scope: bindIndex(bindIndex(place.scope, level.index, m), row.index, at),
    };
    if (at < working.whole(row.lower, onRow) || at > working.whole(row.upper, onRow))
      throw new IndexOutOfRange('the product', [at], 'a factor has no such row');
    let total = working.make(0);
    const last = working.whole(column.upper, onRow);
    if (m === top && (end < working.whole(column.lower, onRow) || end > last))
      throw new IndexOutOfRange('the product', [end], 'a factor has no such column');
    for (let next = working.whole(column.lower, onRow); next <= last; next += 1) {
      if (m === top && next !== end) continue;
      const there = { ...onRow, scope: bindIndex(onRow.scope, column.index, next) };
      total = total.plus(working.of(body, there).times(from(m + 1, next)));
    }
    return total;
  };
  return from(working.whole(level.lower, place), start);
}

function rows(
  working: BigWorking,
  formula: FamilyFormula,
  place: Place,
  all: readonly Decimal[],
): readonly (readonly Decimal[])[] {
  const [first] = formula.binders;
  const count = first
    ? working.whole(first.upper, place) - working.whole(first.lower, place) + 1
    : 0;
  const width = all.length / Math.max(1, count);
  return Array.from({ length: count }, (_, row) => all.slice(row * width, (row + 1) * width));
}

/** Whether a condition holds. */
export function bigHolds(working: BigWorking, condition: Condition, place: Place): boolean {
  switch (condition.kind) {
    case 'member':
      return working.world.member(condition.set, working.whole(condition.element, place));
    case 'and':
      return condition.parts.every((part) => bigHolds(working, part, place));
    case 'or':
      return condition.parts.some((part) => bigHolds(working, part, place));
    case 'compare': {
      const left = working.of(condition.left, place);
      const right = working.of(condition.right, place);
      if (left.isNaN() || right.isNaN())
        throw new NotExact('a condition compares with a number that is not defined', 'this point');
      if (!left.isInteger() || !right.isInteger()) avoid(working, left, right);
      const order = left.cmp(right);
      switch (condition.relation) {
        case '=':
          return order === 0;
        case '!=':
          return order !== 0;
        case '<':
          return order < 0;
        case '<=':
          return order <= 0;
        case '>':
          return order > 0;
        case '>=':
          return order >= 0;
      }
    }
  }
}
