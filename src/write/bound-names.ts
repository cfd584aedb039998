/** Bound indices get names that clash with nothing else on the page. */
import { array, bound, type Formula, family, symbol } from '../expression/formula.js';
import { children, freeNames, mapChildren, mapCondition, substitute } from '../expression/walk.js';

/** Letters for indices, in the order in which a reader expects them. */
const LETTERS = 'ijkmnpqrstlabcdghuv';

/** Names made by renaming end in a digit (`k1`); on paper they get a letter. */
const isGenerated = (name: string): boolean => /\d$/.test(name);

function letterFor(stem: string, taken: ReadonlySet<string>): string {
  const start = Math.max(0, LETTERS.indexOf(stem.charAt(0)));
  const order = `${LETTERS.slice(start)}${LETTERS.slice(0, start)}`;
  for (const letter of order) if (!taken.has(letter)) return letter;
  for (let count = 1; ; count += 1) {
    const name = `${stem.charAt(0)}${count}`;
    if (!taken.has(name)) return name;
  }
}

function functionNames(formula: Formula, names: Set<string>): void {
  if (formula.kind === 'call') names.add(formula.name);
  for (const part of children(formula)) functionNames(part, names);
}

function rename(formula: Formula, taken: ReadonlySet<string>): Formula {
  switch (formula.kind) {
    case 'sum':
    case 'product': {
      if (!taken.has(formula.index) && !isGenerated(formula.index)) {
        const inside = new Set([...taken, formula.index]);
        return mapChildren(formula, (part) => rename(part, inside));
      }
      const avoid = new Set([...taken, ...freeNames(formula.body), formula.index]);
      const letter = letterFor(formula.index, avoid);
      const renaming = new Map([[formula.index, symbol(letter)]]);
      const where = formula.where.map((condition) =>
        mapCondition(condition, (part) => substitute(part, renaming)),
      );
      const body = substitute(formula.body, renaming);
      return rename(bound(formula.kind, letter, formula.bounds, body, where), taken);
    }
    case 'family':
    case 'array': {
      const inside = new Set(taken);
      const avoid = new Set([...taken, ...freeNames(formula.body)]);
      const renaming = new Map<string, Formula>();
      const binders = formula.binders.map((binder) => {
        const clashes = taken.has(binder.index) || isGenerated(binder.index);
        const index = clashes ? letterFor(binder.index, avoid) : binder.index;
        const moved = {
          index,
          lower: substitute(binder.lower, renaming),
          upper: substitute(binder.upper, renaming),
        };
        if (clashes) renaming.set(binder.index, symbol(index));
        inside.add(index);
        avoid.add(index);
        return moved;
      });
      const body = rename(substitute(formula.body, renaming), inside);
      return formula.kind === 'array'
        ? array(binders, body)
        : family(
            formula.name,
            binders,
            body,
            formula.at.map((index) => rename(index, taken)),
          );
    }
    default:
      return mapChildren(formula, (part) => rename(part, taken));
  }
}

/**
 * The same formula with bound indices renamed where their name also occurs free in the formula, is
 * bound around them or was made by renaming (`k1`): `k sum_k x_k` becomes `k sum_m x_m`.
 */
export function politeBoundNames(formula: Formula): Formula {
  const taken = new Set(freeNames(formula));
  functionNames(formula, taken);
  return rename(formula, taken);
}
