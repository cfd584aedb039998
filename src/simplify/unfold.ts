/** Replacing names by the right sides of their definitions, one level at a time. */
import type { Bounds, Formula, SymbolFormula } from '../expression/formula.js';
import { mapChildren, substitute } from '../expression/walk.js';
import { headsOf } from '../network/heads.js';
import type { Definition } from '../network/network.js';
import { difference } from './affine.js';
import { type Binding, matchIndex } from './match.js';

/** The right side for one entry of a family, if exactly one definition can be meant. */
export function definitionOf(
  entry: SymbolFormula,
  definitions: readonly Definition[],
): Formula | undefined {
  const { name, indices } = entry;
  const matches = headsOf(definitions)
    .at(name, indices)
    .flatMap((definition) => {
      const binding = headBinding(entry, definition);
      return binding ? [{ definition, binding }] : [];
    });
  const [match] = matches;
  if (!match || matches.length > 1 || match.definition.where.length > 0) return undefined;
  return substitute(match.definition.right, match.binding);
}

function headBinding(entry: SymbolFormula, definition: Definition): Binding | undefined {
  if (definition.name !== entry.name || definition.head.length !== entry.indices.length)
    return undefined;
  const variables = new Map<string, Bounds>(
    definition.ranges.map((range) => [range.index, range] as const),
  );
  let binding: Binding | undefined = new Map();
  for (const [at, head] of definition.head.entries()) {
    binding = matchIndex(head, entry.indices[at] as Formula, variables, binding);
    if (!binding) return undefined;
  }
  for (const [name, value] of binding) {
    const range = variables.get(name);
    if (range && isSurelyOutside(value, range)) return undefined;
  }
  return binding;
}

/** Whether a difference with an end of the range is a number on the wrong side. */
function isSurelyOutside(value: Formula, range: Bounds): boolean {
  const below = difference(value, range.lower);
  const above = difference(range.upper, value);
  return [below, above].some((gap) => gap.parts.size === 0 && gap.constant.compare(0) < 0);
}

/**
 * Every defined name that occurs, replaced once. Names inside derivatives not yet taken stay: the
 * derivative is by the name, whatever its value.
 */
export function unfoldOnce(formula: Formula, definitions: readonly Definition[]): Formula {
  const remembered = new Map<Formula, Formula>();
  const visit = (part: Formula): Formula => {
    const known = remembered.get(part);
    if (known) return known;
    const result =
      part.kind === 'derivative'
        ? part
        : part.kind === 'symbol'
          ? (definitionOf(part, definitions) ?? part)
          : mapChildren(part, visit);
    remembered.set(part, result);
    return result;
  };
  return visit(formula);
}
