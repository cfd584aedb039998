/** Laws of Kronecker's delta apart from sums. */
import { add, delta, type Formula, multiply, one, symbol, zero } from '../expression/formula.js';
import { same } from '../expression/same.js';
import type { Law } from '../rewrite/law.js';
import { plainly } from './application.js';

const [i, k, x] = [symbol('i'), symbol('k'), symbol('x')];

const sameDelta: Law = {
  name: 'delta-of-same',
  statement: 'delta(i, i) = 1',
  example: delta(i, i),
  apply: (formula) =>
    formula.kind === 'delta' && same(formula.left, formula.right) ? plainly(one) : undefined,
};

const otherDelta: Law = {
  name: 'delta-of-different',
  statement: 'delta(i, i + 1) = 0',
  example: delta(i, add(i, one)),
  apply(formula) {
    if (formula.kind !== 'delta') return undefined;
    const apart = shiftBetween(formula.left, formula.right);
    return apart !== undefined && apart !== 0 ? plainly(zero) : undefined;
  },
};

/** How far apart two indices are, if they are one index with two shifts. */
function shiftBetween(left: Formula, right: Formula): number | undefined {
  const [first, second] = [left, right].map(shifted) as [Shifted, Shifted];
  return same(first.base, second.base) ? second.shift - first.shift : undefined;
}

interface Shifted {
  readonly base: Formula;
  readonly shift: number;
}

function shifted(index: Formula): Shifted {
  if (index.kind === 'number') return { base: zero, shift: index.value.valueOf() };
  if (index.kind !== 'add') return { base: index, shift: 0 };
  const shift = index.terms.reduce(
    (total, term) => total + (term.kind === 'number' ? term.value.valueOf() : 0),
    0,
  );
  return { base: add(...index.terms.filter((term) => term.kind !== 'number')), shift };
}

const squaredDelta: Law = {
  name: 'delta-squared',
  statement: 'delta(i, j) delta(i, j) = delta(i, j)',
  example: multiply(delta(i, k), x, delta(i, k)),
  apply(formula) {
    if (formula.kind === 'power') {
      const { base, exponent } = formula;
      const positive = exponent.kind === 'number' && exponent.value.compare(0) > 0;
      return base.kind === 'delta' && positive ? plainly(base) : undefined;
    }
    if (formula.kind !== 'multiply') return undefined;
    const { factors } = formula;
    const kept = factors.filter(
      (factor, place) =>
        factor.kind !== 'delta' || factors.findIndex((other) => same(other, factor)) === place,
    );
    return kept.length < factors.length ? plainly(multiply(...kept)) : undefined;
  },
};

export const deltaLaws: readonly Law[] = [sameDelta, otherDelta, squaredDelta];
