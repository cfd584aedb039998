/** Fresh names of opened binders written as people write them again: `k~12` as `k`, or `k1`. */
import { array, bound, type Formula, family, symbol } from '../expression/formula.js';
import {
  boundNames,
  freeNames,
  freshName,
  mapChildren,
  mapCondition,
  substitute,
} from '../expression/walk.js';

/**
 * Renames every bound name that holds the mark `~`. No bound name equals a free name of the whole
 * formula or one of `avoid` (the letters of the question).
 */
export function plainBoundNames(formula: Formula, avoid: Iterable<string>): Formula {
  if (!hasMarked(formula)) return formula;
  const scope = new Set([...avoid, ...freeNames(formula)]);
  return rename(formula, scope);
}

function rename(formula: Formula, scope: ReadonlySet<string>): Formula {
  if (!hasMarked(formula)) return formula;
  switch (formula.kind) {
    case 'sum':
    case 'product': {
      const [index, inside] = chosen(formula.index, scope);
      const renaming = new Map([[formula.index, symbol(index)]]);
      const change = (part: Formula) => rename(substitute(part, renaming), inside);
      const bounds = formula.bounds && {
        lower: rename(formula.bounds.lower, scope),
        upper: rename(formula.bounds.upper, scope),
      };
      const where = formula.where.map((condition) => mapCondition(condition, change));
      return bound(formula.kind, index, bounds, change(formula.body), where);
    }
    case 'family':
    case 'array': {
      let inside = scope;
      const renaming = new Map<string, Formula>();
      const binders = formula.binders.map((binder) => {
        const lower = substitute(binder.lower, renaming);
        const upper = substitute(binder.upper, renaming);
        const [index, wider] = chosen(binder.index, inside);
        inside = wider;
        renaming.set(binder.index, symbol(index));
        return { index, lower, upper };
      });
      const body = rename(substitute(formula.body, renaming), inside);
      if (formula.kind === 'array') return array(binders, body);
      return family(
        formula.name,
        binders,
        body,
        formula.at.map((part) => rename(part, scope)),
      );
    }
    default:
      return mapChildren(formula, (part) => rename(part, scope));
  }
}

const marked = new WeakMap<Formula, boolean>();

function hasMarked(formula: Formula): boolean {
  if (formula.kind === 'number') return false;
  if (formula.kind === 'symbol' && formula.indices.every(({ kind }) => kind === 'number'))
    return false;
  const known = marked.get(formula);
  if (known !== undefined) return known;
  let result = boundNames(formula).some((name) => name.includes('~'));
  if (!result)
    mapChildren(formula, (part) => {
      result ||= hasMarked(part);
      return part;
    });
  marked.set(formula, result);
  return result;
}

function chosen(name: string, scope: ReadonlySet<string>): readonly [string, ReadonlySet<string>] {
  const index = name.includes('~') ? freshName(name.replace(/~.*$/, ''), scope) : name;
  return [index, new Set([...scope, index])];
}
