/**
 * First-order recurrences of wide layers solved into ordered products of matrices. With
 *
 *     D[l,i] = sum_r g_r(l,i) [G_r(l)] + sum_k M(l)_{i,k} D[l + s,k],   s = 1 or -1
 *
 * the solution is, by induction over the steps (for s = 1; the other way round the factors turn),
 *
 *     D[l,i] = sum_r sum_{m from l on, G_r(m)} sum_k ( prod_{p = l}^{m - 1} M(p) )_{i,k} g_r(m,k).
 *
 * An entry of the product is a sum over paths: one index for every level between.
 */
import {
  add,
  delta,
  type Formula,
  family,
  number,
  type SymbolFormula,
  symbol,
} from '../expression/formula.js';
import { same } from '../expression/same.js';
import { contains, freeNames, substitute } from '../expression/walk.js';
import type { Network } from '../network/network.js';
import { isPlain, minus, tidyIndex, toAffine } from './conditions/affine.js';
import {
  atLeast,
  type Constraint,
  constraintKey,
  constraintMentions,
  substituteConstraint,
} from './conditions/constraint.js';
import { implied } from './conditions/decide.js';
import { bodyOf } from './print.js';
import { holdsBetween, type Recurrence, type Solution } from './recurrence.js';
import { settle, substituteTidy } from './settle.js';
import type { Room, Term } from './term.js';

/** Letters for the units on a path, and for the levels: layers or times. */
const UNIT_LETTER = 'k';
const LAYER_LETTER = 'm';
const TIME_LETTER = 's';

const fails = (reason: string): Solution => ({ solved: undefined, reason });

/** The recurrence as products of matrices, or the reason why it is none. */
export function solveWideRecurrence(
  recurrence: Recurrence,
  network: Network,
  room: Room,
): Solution {
  const { target, family: name, parameters, terms, context } = recurrence;
  const own = (part: Formula): boolean =>
    part.kind === 'derivative' && part.by.kind === 'symbol' && same(part.of, target);
  const selfTerms = terms.filter((term) => term.factors.some((factor) => contains(factor, own)));
  const sources = terms.filter((term) => !selfTerms.includes(term));
  const links = selfTerms.map((term) => linkOf(term, name, parameters, own));
  const [first] = links;
  if (!first) return fails(`the derivative by ${name} is not met again`);
  const level = first.level;
  const unit = links.find((link) => link?.unit !== undefined)?.unit;
  if (unit === undefined) return fails('no index of the units is summed over');
  const alike = links.every(
    (link) =>
      link &&
      link.level === level &&
      link.shift === first.shift &&
      (link.unit === undefined || link.unit === unit) &&
      guardKey(link.guard) === guardKey(first.guard),
  );
  if (!alike) return fails(`the derivative by ${name} is met at several shifts`);
  const step = stepMatrix(links as readonly Link[], { level, unit }, recurrence, network, room);
  if (!step) return fails('the units of one step do not run over a whole layer');
  const solved: Term[] = [];
  for (const source of sources) {
    const found = sourceTerms(source, step, context, room);
    if (!found) return fails('the step of the recurrence does not hold all the way');
    solved.push(...found);
  }
  return { solved: { parameters, terms: solved } };
}

const guardKey = (guard: readonly Constraint[]): string =>
  guard.map(constraintKey).sort().join('&');

/** One term with the family's own derivative. */
interface Link {
  readonly term: Term;
  readonly place: number;
  readonly by: SymbolFormula;
  /** The slot of the layer or time, and how far it moves. */
  readonly level: number;
  readonly shift: 1 | -1;
  /** The slot that is summed over; none if the units stay the same (`z^(l+1) = z^l + ...`). */
  readonly unit: number | undefined;
  readonly guard: readonly Constraint[];
}

function linkOf(
  term: Term,
  name: string,
  parameters: readonly string[],
  own: (part: Formula) => boolean,
): Link | undefined {
  const place = term.factors.findIndex(own);
  const node = term.factors[place];
  if (node?.kind !== 'derivative' || node.by.kind !== 'symbol' || node.by.name !== name)
    return undefined;
  if (term.factors.some((factor, other) => other !== place && contains(factor, own)))
    return undefined;
  let level: number | undefined;
  let shift = 0;
  let unit: number | undefined;
  for (const [slot, parameter] of parameters.entries()) {
    const index = node.by.indices[slot] as Formula;
    const form = minus(toAffine(index), toAffine(symbol(parameter)));
    if (form.terms.size === 0 && form.constant === 0) continue;
    if (form.terms.size === 0 && level === undefined) {
      level = slot;
      shift = form.constant;
    } else if (isPlain(index) && term.variables.includes(index.name) && unit === undefined)
      unit = slot;
    else return undefined;
  }
  if (level === undefined || (shift !== 1 && shift !== -1)) return undefined;
  const guard = term.constraints.filter(
    (constraint) => !term.variables.some((variable) => constraintMentions(constraint, variable)),
  );
  return { term, place, by: node.by, level, shift, unit, guard };
}

/** One step of the recurrence: the entry of its matrix in the letters for row and column. */
interface StepMatrix {
  readonly letter: string;
  readonly levelLetter: string;
  readonly unit: string;
  readonly shift: 1 | -1;
  readonly guard: readonly Constraint[];
  readonly row: string;
  readonly column: string;
  readonly body: Formula;
  readonly range: (
    index: string,
    level: Formula,
  ) => { index: string; lower: Formula; upper: Formula };
}

function stepMatrix(
  links: readonly Link[],
  at: { readonly level: number; readonly unit: number },
  { family: name, parameters, context }: Recurrence,
  network: Network,
  room: Room,
): StepMatrix | undefined {
  const letter = parameters[at.level] as string;
  const unit = parameters[at.unit] as string;
  const slots = network.families.get(name)?.slots ?? [];
  const bounds = slots[at.unit]?.bounds;
  const { shift, guard } = links[0] as Link;
  if (!bounds) return undefined;
  const range: StepMatrix['range'] = (index, level) => {
    const known = new Map<string, Formula>();
    for (const [place, slot] of slots.entries())
      if (place !== at.unit)
        known.set(slot.variable, place === at.level ? level : symbol(parameters[place] as string));
    return {
      index,
      lower: substituteTidy(bounds.lower, known),
      upper: substituteTidy(bounds.upper, known),
    };
  };
  // A range that depends on an index which is still open has no one matrix.
  const probe = range(unit, symbol(letter));
  if (freeNames(probe.lower).has(unit) || freeNames(probe.upper).has(unit)) return undefined;
  const row = room.names.fresh(UNIT_LETTER);
  const column = room.names.fresh(UNIT_LETTER);
  const next = add(symbol(letter), number(shift));
  const reached = range(column, tidyIndex(next));
  const inRange = [atLeast(symbol(column), reached.lower), atLeast(reached.upper, symbol(column))];
  const onRow = new Map([[unit, symbol(row)]]);
  const parts: Formula[] = [];
  for (const { term, place, by, unit: moved, guard: own } of links) {
    const rest = term.factors.filter((_, other) => other !== place);
    const constraints = term.constraints.filter((constraint) => !own.includes(constraint));
    if (moved === undefined) {
      const same = { variables: term.variables, constraints, factors: rest };
      parts.push(
        substitute(bodyOf(same, context, room), onRow),
        delta(symbol(row), symbol(column)),
      );
      continue;
    }
    const variable = (by.indices[moved] as SymbolFormula).name;
    const renamed = new Map<string, Formula>([[variable, symbol(column)]]);
    const open = constraints.map((c) => substituteConstraint(c, renamed));
    const within = [...context, ...own, ...inRange];
    const others = term.variables.filter((one) => one !== variable);
    const left = open.filter((constraint) => !implied(constraint, within, room.facts));
    const isOpen = (constraint: Constraint) =>
      others.some((one) => constraintMentions(constraint, one));
    if (!left.every(isOpen)) return undefined;
    const inner: Term = {
      variables: others,
      constraints: left,
      factors: rest.map((factor) => substituteTidy(factor, renamed)),
    };
    parts.push(substitute(bodyOf(inner, within, room), onRow));
  }
  const levelLetter = slots[at.level]?.variable.startsWith('t') ? TIME_LETTER : LAYER_LETTER;
  return {
    letter,
    levelLetter,
    unit,
    shift,
    guard,
    row,
    column,
    body: joined(parts, links),
    range,
  };
}

/** The parts of the matrix added up; a part that keeps the units stands on the diagonal. */
function joined(parts: readonly Formula[], links: readonly Link[]): Formula {
  const terms: Formula[] = [];
  let place = 0;
  for (const link of links) {
    if (link.unit !== undefined) {
      terms.push(parts[place] as Formula);
      place += 1;
      continue;
    }
    const [value, onDiagonal] = [parts[place] as Formula, parts[place + 1] as Formula];
    const isOne = value.kind === 'number' && value.value.equals(1);
    terms.push(isOne ? onDiagonal : { kind: 'multiply', factors: [value, onDiagonal] });
    place += 2;
  }
  return add(...terms);
}

/** One source carried back to the parameter; `undefined` if the step fails somewhere on the way. */
function sourceTerms(
  source: Term,
  step: StepMatrix,
  context: readonly Constraint[],
  room: Room,
): readonly Term[] | undefined {
  const { letter, unit, shift } = step;
  const start = symbol(letter);
  const end = symbol(room.names.fresh(step.levelLetter));
  const reached = symbol(room.names.fresh(UNIT_LETTER));
  const there = new Map<string, Formula>([
    [letter, end],
    [unit, reached],
  ]);
  const order = shift === 1 ? atLeast(end, start) : atLeast(start, end);
  const guards = source.constraints.map((c) => substituteConstraint(c, there));
  if (!holdsBetween(end, step, [...context, ...guards], context, room)) return undefined;
  const p = room.names.fresh(step.levelLetter);
  const level = symbol(p);
  const next = tidyIndex(add(level, number(shift)));
  const here = new Map<string, Formula>([[letter, level]]);
  const body = substituteTidy(step.body, here);
  const rows = step.range(step.row, level);
  const columns = step.range(step.column, next);
  const chain =
    shift === 1
      ? family(
          'chain',
          [{ index: p, lower: start, upper: tidyIndex(add(end, number(-1))) }, rows, columns],
          body,
          [symbol(unit), reached],
        )
      : family(
          'chain',
          [{ index: p, lower: tidyIndex(add(end, number(1))), upper: start }, columns, rows],
          body,
          [reached, symbol(unit)],
        );
  const domain = context
    .filter((c) => constraintMentions(c, letter) || constraintMentions(c, unit))
    .map((c) => substituteConstraint(c, there));
  const settled = settle(
    {
      variables: [end.name, reached.name, ...source.variables],
      constraints: [order, ...domain, ...guards],
      factors: [...source.factors.map((factor) => substituteTidy(factor, there)), chain],
    },
    context,
    room,
  );
  return settled ? [settled] : [];
}
