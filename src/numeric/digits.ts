/** Numbers compared to the digits given. */

/** Floating point carries no more digits than this. */
const MOST_DIGITS = 15;
/** How closely a whole number must be met, relative to it. */
const WHOLE = 1e-12;
/** A number given as zero has no digits to compare; this is as close as it must be. */
const ZERO = 1e-12;

/**
 * Whether a value is the number given, to the digits given (15 at most): it rounds to it, or the
 * digits given are the value cut off (`0.376` for 0.37698).
 */
export function matchesDigits(value: number, given: number, digits: number): boolean {
  if (!Number.isFinite(value) || !Number.isFinite(given)) return false;
  if (given === 0) return Math.abs(value) < ZERO;
  // A whole number without a decimal point is meant as it stands: 3.4 is not 3.
  if (Number.isInteger(given) && digits <= String(Math.abs(given)).length)
    return Math.abs(value - given) <= WHOLE * Math.abs(given);
  const compared = Math.min(Math.max(digits, 1), MOST_DIGITS);
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(given))) + 1 - compared);
  const difference = value - given;
  // Rounding takes half a unit either way, cutting off up to a whole one away from zero.
  const away = Math.sign(given) * difference;
  const slack = 1e-9 * unit + 4 * Number.EPSILON * Math.abs(given);
  return Math.abs(difference) <= unit / 2 + slack || (away >= 0 && away < unit - slack);
}

/** Significant digits of a number as written: `0.376` has 3, `2.0810` has 5, `100` has 3. */
export function digitsOf(written: string): number {
  const mantissa = written.toLowerCase().split('e')[0] ?? '';
  const digits = mantissa.replace(/[^0-9]/g, '').replace(/^0+/, '');
  return Math.max(1, digits.length);
}
