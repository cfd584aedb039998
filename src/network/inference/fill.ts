/** Ranges put in where nobody wrote them, and readable letters for the variables made on the way. */
import {
  add,
  array,
  type Binder,
  type Bounds,
  bound,
  type Formula,
  family,
  isNumber,
  number,
  subtract,
  symbol,
} from '../../expression/formula.js';
import { freeNames, mapChildren, mapCondition, substitute } from '../../expression/walk.js';
import { tidyIndex } from '../affine.js';
import { isMade, stemOf } from '../indexing/context.js';

const letters = ['i', 'j', 'k', 'm', 'p', 'q', 'r', 's', 'u', 'v'];

/** Picks a letter that no quantity and no index in scope has. */
export function pickLetter(
  stem: string,
  taken: { has(name: string): boolean },
  scope: ReadonlySet<string>,
): string {
  if (stem && !scope.has(stem)) return stem;
  const free = letters.find((letter) => !taken.has(letter) && !scope.has(letter));
  if (free) return free;
  for (let count = 1; ; count += 1) {
    const name = `${stem || 'i'}${count}`;
    if (!taken.has(name) && !scope.has(name)) return name;
  }
}

export interface Filling {
  /** The range of a variable made by indexing. */
  readonly rangeOf: (variable: string) => Bounds | undefined;
  /** Variables of sums of ones, which are their size. */
  readonly counters: ReadonlySet<string>;
  /** Names that letters must avoid. */
  readonly taken: { has(name: string): boolean };
  /** What to do about a variable whose range nothing tells. */
  readonly unknown: (variable: string) => Error;
  /** What to do about a range that needs an index which is bound further inside. */
  readonly outside: (variable: string, needs: string) => Error;
}

type Renaming = ReadonlyMap<string, Formula>;

/** Fills in a formula whose free variables are already called as `renaming` says. */
export function fill(formula: Formula, renaming: Renaming, filling: Filling): Formula {
  const visit = (part: Formula, scope: Renaming): Formula => {
    switch (part.kind) {
      case 'symbol': {
        if (part.indices.length === 0) return scope.get(part.name) ?? part;
        return symbol(
          part.name,
          part.indices.map((index) => tidyIndex(substitute(index, scope))),
        );
      }
      case 'sum':
      case 'product': {
        const bounds = boundsOf(part.index, part.bounds, scope);
        if (part.kind === 'sum' && filling.counters.has(part.index) && isNumber(part.body, 1))
          return tidyIndex(add(subtract(bounds.upper, bounds.lower), number(1)));
        const inner = opened(part.index, scope);
        const where = part.where.map((condition) =>
          mapCondition(condition, (inside) => visit(inside, inner.scope)),
        );
        return bound(part.kind, inner.letter, bounds, visit(part.body, inner.scope), where);
      }
      case 'family': {
        const inner = openedAll(part.binders, scope);
        const at = part.at.map((index) => visit(index, scope));
        return family(part.name, inner.binders, visit(part.body, inner.scope), at);
      }
      case 'array': {
        const inner = openedAll(part.binders, scope);
        return array(inner.binders, visit(part.body, inner.scope));
      }
      default:
        return mapChildren(part, (inside) => visit(inside, scope));
    }
  };

  function boundsOf(variable: string, written: Bounds | undefined, scope: Renaming): Bounds {
    const open = !written || written.lower.kind === 'whole';
    const range = open ? filling.rangeOf(variable) : written;
    if (!range) throw filling.unknown(stemOf(variable) || variable);
    return {
      lower: inScope(range.lower, variable, scope),
      upper: inScope(range.upper, variable, scope),
    };
  }

  function inScope(end: Formula, variable: string, scope: Renaming): Formula {
    const result = substitute(end, scope);
    for (const name of freeNames(result))
      if (isMade(name))
        throw filling.outside(stemOf(variable) || 'an index', stemOf(name) || 'another');
    return visit(result, scope);
  }

  function opened(variable: string, scope: Renaming): { letter: string; scope: Renaming } {
    const used = new Set([...scope.values()].flatMap((value) => [...freeNames(value)]));
    const letter = pickLetter(stemOf(variable), filling.taken, used);
    return { letter, scope: new Map([...scope, [variable, symbol(letter)]]) };
  }

  function openedAll(
    binders: readonly Binder[],
    scope: Renaming,
  ): { binders: readonly Binder[]; scope: Renaming } {
    let inner = scope;
    const result = binders.map((binder) => {
      const range = boundsOf(binder.index, binder, inner);
      const next = opened(binder.index, inner);
      inner = next.scope;
      return { index: next.letter, ...range };
    });
    return { binders: result, scope: inner };
  }

  return visit(formula, renaming);
}
