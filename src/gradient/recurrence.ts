/**
 * First-order recurrences solved into products. With one unit per layer
 *
 *     D[l] = sum_r g_r(l) [G_r(l)] + c(l) D[l + s],   s = 1 or -1
 *
 * has the solution (by induction over the steps)
 *
 *     D[l] = sum_r sum_{m from l on, G_r(m)} g_r(m) prod_{p = l}^{m - s} c(p).
 *
 * The border is just another source: `[m = L]` collapses the sum.
 */
import {
  add,
  type Formula,
  multiply,
  number,
  product,
  type SymbolFormula,
  symbol,
} from '../expression/formula.js';
import { same, structureKey } from '../expression/same.js';
import { contains, freeNames, substitute } from '../expression/walk.js';
import { minus, tidyIndex, toAffine } from './conditions/affine.js';
import {
  atLeast,
  type Constraint,
  constraintKey,
  constraintMentions,
  substituteConstraint,
} from './conditions/constraint.js';
import { implied } from './conditions/decide.js';
import { settle, substituteTidy, tidyIndices } from './settle.js';
import { type Room, splitCoefficient, type Term } from './term.js';
import type { SolvedFamily } from './walk.js';

/** The recurrence of one family: its terms in the parameters, some holding the family's own derivative. */
export interface Recurrence {
  readonly target: SymbolFormula;
  readonly family: string;
  readonly parameters: readonly string[];
  readonly terms: readonly Term[];
  /** What holds of the parameters. */
  readonly context: readonly Constraint[];
}

/** The solution, or the reason why there is none in closed form. */
export type Solution =
  | { readonly solved: SolvedFamily }
  | { readonly solved: undefined; readonly reason: string };

const fails = (reason: string): Solution => ({ solved: undefined, reason });

export function solveRecurrence(recurrence: Recurrence, room: Room): Solution {
  const { target, family, parameters, terms, context } = recurrence;
  const own = (part: Formula): boolean =>
    part.kind === 'derivative' && part.by.kind === 'symbol' && same(part.of, target);
  const selfTerms = terms.filter((term) => term.factors.some((factor) => contains(factor, own)));
  const sources = terms.filter((term) => !selfTerms.includes(term));
  if (selfTerms.length === 0) return { solved: { parameters, terms } };
  const self = gathered(selfTerms, own);
  if (!self) return fails(`the derivative by ${family} is met at several shifts, or inside a sum`);
  const { node } = self;
  if (node.by.name !== family) return fails(`${family} and ${node.by.name} need each other`);
  const shifts = parameters.map((name, slot) => {
    const form = minus(toAffine(node.by.indices[slot] as Formula), toAffine(symbol(name)));
    return form.terms.size === 0 ? form.constant : undefined;
  });
  const moved = shifts.flatMap((shift, slot) => (shift === 0 ? [] : [slot]));
  const [slot] = moved;
  if (slot === undefined || moved.length > 1) return fails('more than one index moves');
  const shift = shifts[slot];
  if (shift !== 1 && shift !== -1) return fails('the step is not one');
  const letter = parameters[slot] as string;
  const step = { letter, shift, coefficient: self.coefficient, guard: self.guard } as const;
  const solved: Term[] = [];
  for (const source of sources) {
    const term = sourceTerm(source, step, context, room);
    if (!term) return fails('the step of the recurrence does not hold all the way');
    solved.push(...term);
  }
  return { solved: { parameters, terms: solved } };
}

interface SelfTerm {
  readonly node: { readonly by: SymbolFormula };
  readonly coefficient: readonly Formula[];
  readonly guard: readonly Constraint[];
}

/** All terms with the family's own derivative as one: the node, and what it is multiplied by. */
function gathered(terms: readonly Term[], own: (part: Formula) => boolean): SelfTerm | undefined {
  const parts = terms.map((term) => {
    const place = term.factors.findIndex(own);
    const node = term.factors[place];
    if (term.variables.length > 0 || node?.kind !== 'derivative' || node.by.kind !== 'symbol')
      return undefined;
    const coefficient = term.factors.filter((_, other) => other !== place);
    if (coefficient.some((factor) => contains(factor, own))) return undefined;
    return { node: { by: node.by }, coefficient, guard: term.constraints };
  });
  const [first] = parts;
  if (!first) return undefined;
  const keyOf = (guard: readonly Constraint[]) => guard.map(constraintKey).sort().join('&');
  const alike = parts.every(
    (part) => part && same(part.node.by, first.node.by) && keyOf(part.guard) === keyOf(first.guard),
  );
  if (!alike) return undefined;
  if (parts.length === 1) return first;
  const total = add(...parts.map((part) => multiply(...(part as SelfTerm).coefficient)));
  return { ...first, coefficient: [total] };
}

interface StepOf {
  readonly letter: string;
  readonly shift: 1 | -1;
  readonly coefficient: readonly Formula[];
  readonly guard: readonly Constraint[];
}

/** One source carried back to the parameter; `undefined` if the step fails somewhere on the way. */
function sourceTerm(
  source: Term,
  step: StepOf,
  context: readonly Constraint[],
  room: Room,
): readonly Term[] | undefined {
  const { letter, shift, coefficient } = step;
  const start = symbol(letter);
  const end = symbol(room.names.fresh(letter));
  const there = new Map([[letter, end]]);
  const order = shift === 1 ? atLeast(end, start) : atLeast(start, end);
  const guards = source.constraints.map((c) => substituteConstraint(c, there));
  if (!holdsBetween(end, step, [...context, ...guards], context, room)) return undefined;
  const bounds =
    shift === 1
      ? { lower: start, upper: add(end, number(-1)) }
      : { lower: add(end, number(1)), upper: start };
  const products = coefficient.map((factor) => productOver(factor, letter, bounds, room));
  const domain = context
    .filter((constraint) => constraintMentions(constraint, letter))
    .map((constraint) => substituteConstraint(constraint, there));
  const settled = settle(
    {
      variables: [end.name, ...source.variables],
      constraints: [order, ...domain, ...guards],
      factors: [...source.factors.map((factor) => substituteTidy(factor, there)), ...products],
    },
    context,
    room,
  );
  return settled
    ? [
        {
          ...settled,
          factors: absorbed(settled.factors, [...context, ...settled.constraints], room),
        },
      ]
    : [];
}

/** Whether the step of a recurrence holds at every place between the parameter and an end. */
export function holdsBetween(
  end: SymbolFormula,
  { letter, shift, guard }: Pick<StepOf, 'letter' | 'shift' | 'guard'>,
  known: readonly Constraint[],
  context: readonly Constraint[],
  room: Room,
): boolean {
  const start = symbol(letter);
  const there = new Map([[letter, end]]);
  const middle = symbol(room.names.fresh(letter));
  const between =
    shift === 1
      ? [atLeast(middle, start), atLeast(add(end, number(-1)), middle)]
      : [atLeast(start, middle), atLeast(middle, add(end, number(1)))];
  const at = new Map([[letter, middle]]);
  const throughout = [...known, ...context.map((c) => substituteConstraint(c, there))];
  return guard
    .map((constraint) => substituteConstraint(constraint, at))
    .every((c) => implied(c, [...throughout, ...between], room.facts));
}

/** `prod_p w_{p+1}` is written over the index that stands in the factor. */
function productOver(
  factor: Formula,
  letter: string,
  bounds: { readonly lower: Formula; readonly upper: Formula },
  room: Room,
): Formula {
  const index = room.names.fresh(letter);
  if (!freeNames(factor).has(letter)) {
    const count = add(bounds.upper, number(1), tidyIndex(negated(bounds.lower)));
    return { kind: 'power', base: factor, exponent: tidyIndex(count) };
  }
  const shift = commonShift(factor, letter);
  const body = tidyIndices(
    substitute(factor, new Map([[letter, add(symbol(index), number(-shift))]])),
  );
  return product(
    index,
    {
      lower: tidyIndex(add(bounds.lower, number(shift))),
      upper: tidyIndex(add(bounds.upper, number(shift))),
    },
    body,
  );
}

const negated = (formula: Formula): Formula => ({
  kind: 'multiply',
  factors: [number(-1), formula],
});

/** The shift at which the letter stands in every index of the factor; 0 if they differ. */
function commonShift(factor: Formula, letter: string): number {
  const found = new Set<number>();
  contains(factor, (part) => {
    if (part.kind !== 'symbol') return false;
    for (const index of part.indices) {
      if (!freeNames(index).has(letter)) continue;
      const rest = minus(toAffine(index), toAffine(symbol(letter)));
      found.add(rest.terms.size === 0 ? rest.constant : Number.NaN);
    }
    return false;
  });
  const [only] = found;
  return found.size === 1 && only !== undefined && Number.isInteger(only) ? only : 0;
}

/** A factor that is the product's own next entry is taken into the product: `p(L) prod^{L-1} p`. */
export function absorbed(
  factors: readonly Formula[],
  context: readonly Constraint[],
  room: Room,
): readonly Formula[] {
  let current = factors;
  for (const candidate of factors) {
    if (candidate.kind !== 'product' || !candidate.bounds || candidate.where.length > 0) continue;
    const { lower, upper } = candidate.bounds;
    // The range must be empty at most by one, so that the longer product adds just one entry.
    if (!implied(atLeast(add(upper, number(1)), lower), context, room.facts)) continue;
    const entryAt = (value: Formula): Formula =>
      tidyIndices(substitute(candidate.body, new Map([[candidate.index, tidyIndex(value)]])));
    const above = tidyIndex(add(upper, number(1)));
    const below = tidyIndex(add(lower, number(-1)));
    const { coefficient, rest } = splitCoefficient(current);
    for (const [value, bounds] of [
      [above, { lower, upper: above }],
      [below, { lower: below, upper }],
    ] as const) {
      const place = rest.findIndex(
        (factor) => structureKey(factor) === structureKey(entryAt(value)),
      );
      if (place === -1 || !rest.includes(candidate)) continue;
      const longer = product(candidate.index, bounds, candidate.body);
      const others = rest.filter((_, other) => other !== place);
      current = [
        ...(coefficient.kind === 'number' && coefficient.value.equals(1) ? [] : [coefficient]),
        ...others.map((factor) => (factor === candidate ? longer : factor)),
      ];
      break;
    }
  }
  return current;
}
