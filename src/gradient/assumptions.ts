/** Using what the sheet allows to be assumed: equations from left to right, signs in indicators. */
import {
  type Condition,
  compare,
  type Formula,
  one,
  type SymbolFormula,
  zero,
} from '../expression/formula.js';
import { conditionKey } from '../expression/same.js';
import { contains, freeNames, rewriteUp, substitute } from '../expression/walk.js';
import { tidy } from '../laws/tidy.js';
import type { Assumption } from '../network/network.js';
import { match } from './match.js';
import { tidyIndices } from './settle.js';

export interface Assumed {
  readonly formula: Formula;
  readonly used: readonly Assumption[];
}

const opposite = { '<': '>=', '>=': '<', '>': '<=', '<=': '>', '=': '!=', '!=': '=' } as const;

/** What a strict or loose comparison says in the other writing: `z > 0` is `0 < z`. */
const mirrored = { '<': '>', '>': '<', '<=': '>=', '>=': '<=', '=': '=', '!=': '!=' } as const;

function decided(when: Condition, assumption: Condition): Formula | undefined {
  if (when.kind !== 'compare' || assumption.kind !== 'compare') return undefined;
  const key = conditionKey(when);
  const known = [
    assumption,
    compare(assumption.right, mirrored[assumption.relation], assumption.left),
  ];
  for (const condition of known) {
    if (condition.kind !== 'compare') continue;
    const { left, right, relation } = condition;
    const holding = weaker[relation].map((other) => conditionKey(compare(left, other, right)));
    if (holding.includes(key)) return one;
    const failing = weaker[relation].map((other) =>
      conditionKey(compare(left, opposite[other], right)),
    );
    if (failing.includes(key)) return zero;
  }
  return undefined;
}

/** Relations that follow from a relation. */
const weaker = {
  '<': ['<', '<=', '!='],
  '>': ['>', '>=', '!='],
  '<=': ['<='],
  '>=': ['>='],
  '=': ['=', '<=', '>='],
  '!=': ['!='],
} as const;

/** The formula with every assumption used where it fits; each assumption at most once around. */
export function useAssumptions(formula: Formula, assumptions: readonly Assumption[]): Assumed {
  const used: Assumption[] = [];
  let current = formula;
  for (const assumption of assumptions) {
    const next = tidy(useOne(current, assumption));
    if (next === current) continue;
    current = next;
    used.push(assumption);
  }
  return { formula: current, used };
}

function useOne(formula: Formula, { condition, ranges }: Assumption): Formula {
  const free = freeNames(formula);
  const holds = (part: Formula): boolean =>
    [...freeNames(part)].every((name) => free.has(name) || ranges.some((r) => r.index === name));
  const isMet = condition.kind === 'compare' && condition.relation === '=' && holds(condition.left);
  if (!isMet && !contains(formula, ({ kind }) => kind === 'indicator')) return formula;
  const variables = new Set(ranges.map((range) => range.index));
  return rewriteUp(formula, (part) => {
    if (part.kind === 'indicator') return decided(part.when, condition) ?? part;
    if (condition.kind !== 'compare' || condition.relation !== '=') return part;
    if (part.kind !== condition.left.kind || isBareIndex(part)) return part;
    const bindings = match(condition.left, part, variables);
    if (!bindings || bindings.size < variables.size) return part;
    // An equation that leads back to itself would go round for ever.
    if (freeNames(condition.right).has((condition.left as SymbolFormula).name)) return part;
    return tidyIndices(substitute(condition.right, bindings));
  });
}

const isBareIndex = (part: Formula): boolean => part.kind === 'number' || part.kind === 'constant';
