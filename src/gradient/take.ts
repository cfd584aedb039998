/** Derivatives of a core formula taken through the definitions of a network, with their lines. */
import { type DerivativeFormula, derivative, type Formula, symbol } from '../expression/formula.js';
import { same } from '../expression/same.js';
import { Unsupported } from '../expression/unsupported.js';
import { contains, freeNames, mapChildren, rewriteUp, substitute } from '../expression/walk.js';
import { openSlopesWrittenOut } from '../laws/slopes-written-out.js';
import type { Assumption, Network } from '../network/network.js';
import { answerOf, type Derivation, derivationOf, type Step } from '../rewrite/step.js';
import { told } from '../rewrite/told.js';
import { withAdjoints } from './adjoint-families.js';
import { plainBoundNames } from './bound-names.js';
import { caseByCase } from './case-lines.js';
import { pins, shortest, splitByGuards } from './cases.js';
import {
  atLeast,
  type Constraint,
  equal,
  toCondition,
  toConstraints,
} from './conditions/constraint.js';
import { implied, impossible } from './conditions/decide.js';
import { type Ground, groundOf, sharedContext } from './ground.js';
import { labelDomains } from './labels.js';
import { shiftedLetters } from './letter-ranges.js';
import { linesOf } from './lines.js';
import { localLines } from './local-lines.js';
import { match } from './match.js';
import type { Policy, Taken, TakenCase } from './policy.js';
import { type NamedDerivative, openDefinition } from './prepared.js';
import { domainOf, questionOf } from './question.js';
import { tidyIndices } from './settle.js';
import { asking, changed, from, relocated, stepTo } from './steps.js';
import { stepsWithin, type Within } from './within.js';
import { withDerivativesWritten } from './written-derivatives.js';

/**
 * Replaces every derivative node of a core formula by its value through the definitions, in the
 * names that the policy allows. A formula that is the name of a derivative (`delta^l_j`) is asked
 * about as that derivative. For every use of `x` in a definition of `u` it adds `dC/du` times the
 * local derivative (the chain rule through a graph of definitions, as in reverse accumulation).
 *
 * @param formula scalar, every index written out (see {@link lower}); free indices are asked about
 *   as they stand, and the answer has the same ones
 * @throws Unsupported for what is not understood (never answered by zero)
 */
export function takeDerivatives(formula: Formula, network: Network, policy: Policy = {}): Taken {
  const written = mapDerivatives(formula, (part) => openSlopesWrittenOut(part, network));
  const taken = takeThrough(written, network, policy);
  // Every line carries the question, so that it can be made again.
  const recorded = (derivation: Derivation): Derivation => {
    const asked = from(
      written,
      derivationOf(derivation.start, () => derivation.steps.map((step) => asking(step, formula))),
    );
    if (written === formula) return asked;
    const lead = asking(stepTo('slopes-put-in', SLOPES_PUT_IN, written), formula);
    return derivationOf(formula, () => [lead, ...asked.steps]);
  };
  return {
    ...taken,
    cases: taken.cases.map((one) => ({ ...one, derivation: recorded(one.derivation) })),
    derivation: recorded(taken.derivation),
  };
}

function takeThrough(formula: Formula, network: Network, policy: Policy): Taken {
  const { ground, depths } = groundOf(network, formula);
  const start = tidyIndices(substitute(formula, depths));
  const named = namedBehind(start, ground);
  const asked = named?.derivative ?? start;
  const given: readonly Constraint[] = [
    ...(policy.ranges ?? []).flatMap((range) => [
      atLeast(symbol(range.index), range.lower),
      atLeast(range.upper, symbol(range.index)),
    ]),
    ...(policy.where ?? []).flatMap(toConstraints),
  ];
  // The letters of the definitions say what a shifted index is about; the answer then says so too.
  const { facts } = ground.room;
  const extra = shiftedLetters(asked, ground.prepared).filter(
    (constraint) =>
      !implied(constraint, given, facts) && !impossible([...given, constraint], facts),
  );
  const context = [...given, ...extra];
  const lead = named ? [nameStep(asked, named.named.definition.name)] : [];
  if (asked.kind !== 'derivative') return takeInside(start, asked, policy, context, ground);
  const of = withDerivativesWritten(asked.of, ground);
  if (contains(of, isDerivative))
    return takeNested(start, { ...asked, of }, lead, policy, context, ground);
  const taken = takeOne(start, asked, lead, policy, named?.named, context, ground);
  const beyond = extra.filter(
    (constraint) => !implied(constraint, withDomains(asked, given, ground), facts),
  );
  if (beyond.length === 0) return taken;
  const also = beyond.map((constraint) => toCondition(constraint, facts.isSize));
  return {
    ...taken,
    cases: taken.cases.map((one) => ({ ...one, where: [...also, ...one.where] })),
  };
}

const SLOPES_PUT_IN = 'the derivative of the function is written out';

/** A formula with what its derivatives are taken of changed; the very formula if nothing changed. */
const mapDerivatives = (formula: Formula, change: (of: Formula) => Formula): Formula =>
  rewriteUp(formula, (part) => {
    if (part.kind !== 'derivative') return part;
    const of = change(part.of);
    return of === part.of ? part : derivative(of, part.by);
  });

const isDerivative = (part: Formula): boolean => part.kind === 'derivative';

/** `delta^l_j` asked by name: the derivative that the name stands for, at the asked indices. */
function namedBehind(
  formula: Formula,
  { prepared, room }: Ground,
): { readonly derivative: DerivativeFormula; readonly named: NamedDerivative } | undefined {
  if (formula.kind !== 'symbol') return undefined;
  for (const definition of prepared.namesOfDerivatives.at(formula.name, formula.indices)) {
    const named = prepared.named.find((one) => one.definition === definition);
    if (!named) continue;
    const opened = openDefinition(named.definition, room.names);
    const head = symbol(opened.name, opened.head);
    const bindings = match(head, formula, new Set(opened.variables));
    if (!bindings || opened.right.kind !== 'derivative') continue;
    const derivative = tidyIndices(substitute(opened.right, bindings));
    if (derivative.kind === 'derivative') return { derivative, named };
  }
  return undefined;
}

const nameStep = (after: Formula, name: string): Step =>
  stepTo('name-of-derivative', told`${symbol(name)} is the name of this derivative`, after);

function takeOne(
  start: Formula,
  asked: DerivativeFormula,
  lead: readonly Step[],
  policy: Policy,
  withheld: NamedDerivative | undefined,
  around: readonly Constraint[],
  ground: Ground,
): Taken {
  const { prepared, room } = ground;
  const context = sharedContext(withDomains(asked, around, ground), ground);
  const question = questionOf(asked, policy, withheld, ground);
  const terms = question.walk.answer(question.entry, context);
  const regions = splitByGuards(terms, context, room);
  const found: TakenCase[] = [];
  const assumed: Assumption[] = [];
  const outside = new Set<string>();
  for (const region of regions) {
    const where = shortest(region.where, context, room.facts);
    const pinned = pins(where, room.facts);
    const inside = where.length === 0 ? context : [...context, ...where];
    const local = same(start, asked) ? localLines(asked, prepared.network) : [];
    const lines = linesOf({
      question,
      terms: region.terms,
      context: inside,
      pinned,
      start,
      asked,
      local,
      policy,
      ground,
      derivativeNamed: (part) => namedBehind(part, ground)?.derivative,
    });
    for (const used of lines.assumed) if (!assumed.includes(used)) assumed.push(used);
    for (const name of lines.outside) outside.add(name);
    const derivation = derivationOf(start, () => [...lead, ...lines.steps()]);
    found.push({
      where: where.map((one) => toCondition(one, room.facts.isSize)),
      formula: lines.answer,
      derivation,
    });
  }
  const merged = mergedCases(found);
  const kept = new Set<string>();
  for (const { formula } of merged)
    contains(formula, (part) => {
      if (part.kind === 'derivative' && part.by.kind === 'symbol') kept.add(part.by.name);
      return false;
    });
  return {
    cases: merged,
    derivation: wholeDerivation(start, merged, () => lead),
    assumed,
    kept: [...kept],
    outside: [...outside],
  };
}

/**
 * The conditions of the ask, and that the asked entries exist. A range that excludes an entry which
 * is written in the ask is too narrow, so it is left aside: nothing may become 0 for lack of room.
 */
function withDomains(
  asked: DerivativeFormula,
  around: readonly Constraint[],
  ground: Ground,
): readonly Constraint[] {
  const { prepared, room } = ground;
  if (impossible(around, room.facts))
    throw new Unsupported('no index satisfies the conditions of the ask; widen its range', asked);
  const context = [...around];
  const sizes = prepared.network.equalSizes.map(({ left, right }) => equal(left, right));
  const domains = [
    ...sizes,
    ...[asked.by, asked.of].flatMap((side) => domainOf(side, prepared.network)),
  ];
  for (const constraint of [...domains, ...labelDomains(ground)]) {
    if (implied(constraint, context, room.facts)) continue;
    if (!impossible([...context, constraint], room.facts)) context.push(constraint);
  }
  return context;
}

/** Neighbouring cases with one formula are one case: `l < L` and `l = L` together say nothing. */
function mergedCases(found: readonly TakenCase[]): readonly TakenCase[] {
  const [first, ...others] = found;
  if (!first || others.length === 0) return found;
  if (others.every((other) => same(other.formula, first.formula))) return [{ ...first, where: [] }];
  return found;
}

function wholeDerivation(
  start: Formula,
  found: readonly TakenCase[],
  lead: () => readonly Step[],
): Derivation {
  const [only] = found;
  if (found.length === 1 && only) return only.derivation;
  return derivationOf(start, () => [...lead(), ...caseByCase(start, found, lead().length)]);
}

/** A derivative of a derivative: the inner one first, without names that hide what it depends on. */
function takeNested(
  start: Formula,
  asked: DerivativeFormula,
  lead: readonly Step[],
  policy: Policy,
  around: readonly Constraint[],
  ground: Ground,
): Taken {
  const first = takeInside(asked.of, asked.of, { reach: 'inner' }, around, ground);
  const inner = (first.cases[0] as TakenCase).formula;
  const wider = withAdjoints(inner, ground);
  const again = { ...asked, of: wider.formula };
  const taken = takeOne(again, again, [], policy, undefined, around, wider.ground);
  const before = (): readonly Step[] => {
    const small = relocated(first.derivation.steps, (of) => ({ ...asked, of }));
    const innerStep: Step = {
      ...stepTo('inner-derivative', 'the inner derivative first', { ...asked, of: inner }),
      ...(small.length > 0 ? { inner: small } : {}),
    };
    return [...lead, innerStep];
  };
  const found = taken.cases.map((one): TakenCase => {
    const steps = () => one.derivation.steps.map((step) => changed(step, wider.back));
    return {
      where: one.where,
      formula: wider.back(one.formula),
      derivation: derivationOf(start, () => [...before(), ...steps()]),
    };
  });
  return {
    ...taken,
    cases: found,
    derivation: wholeDerivation(start, found, before),
    assumed: [...new Set([...first.assumed, ...taken.assumed])],
  };
}

/** A formula with derivatives somewhere inside: each is replaced by its value, innermost first. */
function takeInside(
  start: Formula,
  asked: Formula,
  policy: Policy,
  context: readonly Constraint[],
  ground: Ground,
): Taken {
  const assumed: Assumption[] = [];
  const kept = new Set<string>();
  const outside = new Set<string>();
  const within: Within[] = [];
  const visit = (part: Formula, around: readonly Constraint[]): Formula => {
    if (part.kind === 'derivative') {
      const of = withDerivativesWritten(part.of, ground);
      const taken = contains(of, isDerivative)
        ? takeNested(part, { ...part, of }, [], policy, around, ground)
        : takeOne(part, part, [], policy, undefined, around, ground);
      for (const used of taken.assumed) if (!assumed.includes(used)) assumed.push(used);
      for (const name of taken.kept) kept.add(name);
      for (const name of taken.outside) outside.add(name);
      const [only] = taken.cases;
      const value = taken.cases.length === 1 && only ? only.formula : answerOf(taken.derivation);
      within.push({ derivative: part, value, steps: () => taken.derivation.steps });
      return value;
    }
    if ((part.kind === 'sum' || part.kind === 'product') && part.bounds) {
      const variable = symbol(part.index);
      const inside = [
        ...around,
        atLeast(variable, part.bounds.lower),
        atLeast(part.bounds.upper, variable),
        ...part.where.flatMap(toConstraints),
      ];
      return mapChildren(part, (child) => visit(child, inside));
    }
    return mapChildren(part, (child) => visit(child, around));
  };
  const answer = plainBoundNames(tidyIndices(visit(asked, context)), freeNames(start));
  const derivation = derivationOf(start, () => stepsWithin(start, within, answer));
  return {
    cases: [{ where: [], formula: answer, derivation }],
    derivation,
    assumed,
    kept: [...kept],
    outside: [...outside],
  };
}
