/** Determinant and inverse in 64 digits, by cofactors of rows eliminated with the largest pivot. */
import type { Decimal } from 'decimal.js';
import type { MakeBig } from './big-functions.js';

type Rows = readonly (readonly Decimal[])[];

/** The determinant by elimination. */
export function bigDeterminant(make: MakeBig, rows: Rows): Decimal {
  const work = rows.map((row) => [...row]);
  let determinant = make(1);
  for (let step = 0; step < work.length; step += 1) {
    let best = step;
    for (let row = step + 1; row < work.length; row += 1)
      if (
        entry(work, row, step)
          .abs()
          .gt(entry(work, best, step).abs())
      )
        best = row;
    const pivot = entry(work, best, step);
    if (pivot.isZero()) return make(0);
    if (best !== step) {
      [work[step], work[best]] = [work[best] as Decimal[], work[step] as Decimal[]];
      determinant = determinant.neg();
    }
    determinant = determinant.times(pivot);
    for (let row = step + 1; row < work.length; row += 1) {
      const factor = entry(work, row, step).div(pivot);
      for (let column = step; column < work.length; column += 1)
        (work[row] as Decimal[])[column] = entry(work, row, column).minus(
          factor.times(entry(work, step, column)),
        );
    }
  }
  return determinant;
}

/** One entry of the inverse, by Cramer's rule. */
export function bigInverse(make: MakeBig, rows: Rows, row: number, column: number): Decimal {
  const minor = rows
    .filter((_, place) => place !== column)
    .map((line) => line.filter((_, place) => place !== row));
  const sign = (row + column) % 2 === 0 ? 1 : -1;
  return bigDeterminant(make, minor).times(sign).div(bigDeterminant(make, rows));
}

const entry = (rows: Rows, row: number, column: number): Decimal =>
  (rows[row] as readonly Decimal[])[column] as Decimal;
