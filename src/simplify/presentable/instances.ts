/** Finding a pattern with index variables in a formula: guess the indices, then compare keys. */
import type { Formula } from '../../expression/formula.js';
import { boundNames, children, freeNames, substitute } from '../../expression/walk.js';
import { canonicalKey } from '../canonical-key.js';
import { type Binding, matchIndex } from '../match.js';

type Variables = ReadonlyMap<string, undefined>;

/** Bindings tried for one pattern and one formula, at most. */
const BINDING_LIMIT = 64;

interface Indexed {
  readonly label: string;
  readonly indices: readonly Formula[];
}

const remembered = new WeakMap<Formula, readonly Indexed[]>();

/** Everything in a formula that carries indices, with the names bound around it left out. */
function indexed(formula: Formula): readonly Indexed[] {
  const known = remembered.get(formula);
  if (known) return known;
  const found = collected(formula, []);
  remembered.set(formula, found);
  return found;
}

function collected(formula: Formula, bound: readonly string[]): readonly Indexed[] {
  const inside = [...bound, ...boundNames(formula)];
  const own: Indexed[] = [];
  if (formula.kind === 'symbol' && formula.indices.length > 0)
    own.push({ label: formula.name, indices: formula.indices });
  if (formula.kind === 'family') own.push({ label: `${formula.name}!`, indices: formula.at });
  if (formula.kind === 'call' && formula.indices.length > 0)
    own.push({ label: `${formula.name}()`, indices: formula.indices });
  if (formula.kind === 'delta')
    own.push({ label: 'delta!', indices: [formula.left, formula.right] });
  return [
    ...own.map((entry) => ({
      ...entry,
      indices: entry.indices.map((index) =>
        [...freeNames(index)].some((name) => inside.includes(name)) ? HIDDEN : index,
      ),
    })),
    ...children(formula).flatMap((part) => collected(part, inside)),
  ];
}

const HIDDEN: Formula = Object.freeze({ kind: 'blank' });

/** Values of the variables under which the pattern may be the formula; they still must be checked. */
export function bindingsBetween(
  pattern: Formula,
  formula: Formula,
  variables: Variables,
): readonly Binding[] {
  const wanted = indexed(pattern).filter((entry) =>
    entry.indices.some((index) => [...freeNames(index)].some((name) => variables.has(name))),
  );
  if (wanted.length === 0) return [new Map()];
  const present = indexed(formula);
  let bindings: readonly Binding[] = [new Map()];
  for (const entry of wanted) {
    const next: Binding[] = [];
    const known = new Set<string>();
    for (const binding of bindings)
      for (const candidate of present) {
        if (candidate.label !== entry.label) continue;
        const extended = matchIndices(entry.indices, candidate.indices, variables, binding);
        if (!extended) continue;
        const key = [...extended]
          .map(([name, value]) => `${name}=${canonicalKey(value)}`)
          .join(';');
        if (known.has(key)) continue;
        known.add(key);
        next.push(extended);
      }
    bindings = next.slice(0, BINDING_LIMIT);
    if (bindings.length === 0) return [];
  }
  return bindings;
}

function matchIndices(
  patterns: readonly Formula[],
  indices: readonly Formula[],
  variables: Variables,
  binding: Binding,
): Binding | undefined {
  if (patterns.length !== indices.length) return undefined;
  let current: Binding | undefined = binding;
  for (const [at, pattern] of patterns.entries()) {
    const index = indices[at] as Formula;
    if (pattern.kind === 'blank' || index.kind === 'blank') continue;
    current = current && matchIndex(pattern, index, variables as never, current);
  }
  return current;
}

/** Values of the variables under which the pattern is the formula. */
export function instanceOf(
  pattern: Formula,
  formula: Formula,
  variables: readonly string[],
): Binding | undefined {
  const open: Variables = new Map(variables.map((name) => [name, undefined]));
  const key = canonicalKey(formula);
  return bindingsBetween(pattern, formula, open).find((binding) => {
    const used = [...freeNames(pattern)].filter((name) => open.has(name));
    if (used.some((name) => !binding.has(name))) return false;
    return canonicalKey(substitute(pattern, binding)) === key;
  });
}
