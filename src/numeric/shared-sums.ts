/**
 * Sums and families that were worked out, by the values of the letters in them: in a sum over k of
 * sums over i, each inner one is worked out once, however many entries ask for it.
 */
import type { Formula } from '../expression/formula.js';
import { freeNames } from '../expression/walk.js';
import { bindingOf, type Scope } from './scope.js';
import type { Node } from './tape.js';

export class SharedSums {
  private readonly known = new WeakMap<Formula, Map<string, Node>>();

  /** The node of a formula in a scope, worked out unless it was before. */
  node(formula: Formula, scope: Scope, work: () => Node): Node {
    const key = lettersOf(formula, scope);
    if (key === undefined) return work();
    const places = this.known.get(formula) ?? new Map<string, Node>();
    const known = places.get(key);
    if (known !== undefined) return known;
    const node = work();
    places.set(key, node);
    this.known.set(formula, places);
    return node;
  }
}

/** The values of the letters that a formula mentions; `undefined` if it mentions a parameter. */
function lettersOf(formula: Formula, scope: Scope): string | undefined {
  const values: string[] = [];
  for (const name of freeNames(formula)) {
    const bound = bindingOf(scope, name);
    if (bound?.parameter) return undefined;
    if (bound?.index !== undefined) values.push(`${name}=${bound.index}`);
  }
  return values.join(';');
}
