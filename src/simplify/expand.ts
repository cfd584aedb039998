/** Multiplying out, with the names and the order of the formula kept as far as they can be. */
import { add, type Formula, multiply, number, power, sum, symbol } from '../expression/formula.js';
import {
  boundNames,
  children,
  freeNames,
  freshName,
  mapChildren,
  substitute,
} from '../expression/walk.js';
import { canonicalKey } from './canonical-key.js';
import { BudgetExceeded, NowhereDefined, type SimplifyContext } from './context.js';
import { startsNegative } from './cost.js';
import { openSession } from './normal-form.js';
import { innermostFirst, type Polynomial, type Term } from './term.js';

/** The first place of every sub-formula, by key: the order in which a reader has met things. */
function firstPlaces(formula: Formula): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const visit = (part: Formula): void => {
    const key = canonicalKey(part);
    if (places.has(key)) return;
    places.set(key, places.size);
    for (const child of children(part)) visit(child);
  };
  visit(formula);
  return places;
}

const FAR = 1e9;

/** Letters for bound indices, those of the formula first. */
function lettersOf(formula: Formula): readonly string[] {
  const letters = new Set<string>();
  const visit = (part: Formula): void => {
    for (const name of boundNames(part)) letters.add(name);
    for (const child of children(part)) visit(child);
  };
  visit(formula);
  return [...letters, 'i', 'j', 'k', 'm', 'p', 'q', 'r', 's'];
}

/** A normal form as a formula that a person can read. */
function readable(value: Polynomial, original: Formula): Formula {
  const places = firstPlaces(original);
  const letters = lettersOf(original);
  const placeOf = (part: Formula): number => places.get(canonicalKey(part)) ?? FAR;
  const terms = [...value.values()].map((term) => readableTerm(term, letters, placeOf));
  const firstPlace = (part: Formula): number => {
    if (part.kind === 'number') return FAR;
    const own = placeOf(part);
    if (own < FAR) return own;
    if (part.kind === 'multiply') return Math.min(...part.factors.map(firstPlace));
    if (part.kind === 'power') return firstPlace(part.base);
    return part.kind === 'sum' ? firstPlace(part.body) : FAR;
  };
  terms.sort((left, right) => firstPlace(left) - firstPlace(right));
  const lead = terms.findIndex((term) => !startsNegative(term));
  return add(...terms.slice(Math.max(lead, 0), lead + 1), ...terms.filter((_, at) => at !== lead));
}

function readableTerm(
  term: Term,
  letters: readonly string[],
  placeOf: (part: Formula) => number,
): Formula {
  const taken = new Set<string>();
  for (const factor of term.factors.values())
    for (const name of freeNames(factor.base)) taken.add(name);
  for (const range of term.bounds)
    for (const name of [...freeNames(range.lower), ...freeNames(range.upper)]) taken.add(name);
  const renaming = new Map<string, Formula>();
  for (const range of term.bounds) {
    const letter = letters.find((name) => !taken.has(name)) ?? freshName('i', taken);
    taken.add(letter);
    renaming.set(range.index, symbol(letter));
  }
  const rename = (part: Formula) => substitute(part, renaming);
  const factors = [...term.factors.values()]
    .map((factor) => ({ base: readableInside(rename(factor.base), letters), factor }))
    .sort((left, right) => placeOf(left.base) - placeOf(right.base))
    .map(({ base, factor }) => power(base, number(factor.exponent)));
  const bound = new Set([...renaming.values()].map((name) => (name as { name: string }).name));
  const inside = factors.filter((part) => [...freeNames(part)].some((name) => bound.has(name)));
  const outside = factors.filter((part) => !inside.includes(part));
  let body = multiply(...inside);
  for (const range of innermostFirst(term.bounds)) {
    const name = renaming.get(range.index) as { name: string };
    body = sum(name.name, { lower: rename(range.lower), upper: rename(range.upper) }, body);
  }
  return multiply(number(term.coefficient), ...outside, body);
}

/** Bound indices inside atoms get letters too. */
function readableInside(formula: Formula, letters: readonly string[]): Formula {
  if (formula.kind === 'sum' || formula.kind === 'product') {
    const body = readableInside(formula.body, letters);
    if (!/^[#~]/.test(formula.index)) return { ...formula, body };
    const taken = new Set(freeNames(formula.body));
    const letter = letters.find((name) => !taken.has(name)) ?? freshName('i', taken);
    const renaming = new Map([[formula.index, symbol(letter)]]);
    return { ...formula, index: letter, body: substitute(body, renaming) };
  }
  return mapInside(formula, letters);
}

const mapInside = (formula: Formula, letters: readonly string[]): Formula =>
  mapChildren(formula, (part) => readableInside(part, letters));

/**
 * The formula multiplied out, like terms added, functions left as they stand; `undefined` if that
 * takes more than the budget.
 */
export function expand(formula: Formula, context: SimplifyContext = {}): Formula | undefined {
  try {
    const session = openSession(context, { functions: 'as atoms', ranges: 'kept', ends: 'kept' }, [
      formula,
    ]);
    return readable(session.normalise(formula), formula);
  } catch (error) {
    if (error instanceof BudgetExceeded || error instanceof NowhereDefined) return undefined;
    throw error;
  }
}
