/** The closed form of what was asked, with the lines that lead to it. */
import type { Condition, Formula } from '../expression/formula.js';
import { functionNamed } from '../expression/functions.js';
import { same } from '../expression/same.js';
import { contains, mapChildren, rewriteUp } from '../expression/walk.js';
import type { Extent, Policy, Taken } from '../gradient/policy.js';
import { takeDerivatives } from '../gradient/take.js';
import { slopesWrittenOut } from '../laws/slopes-written-out.js';
import type { Assumption, Lowered, Network } from '../network/network.js';
import type { FormName } from '../read/statement.js';
import type { Step } from '../rewrite/step.js';
import { present } from '../simplify/present.js';
import { definitionOf } from '../simplify/unfold.js';

/** One line: the formula after it and why. */
export interface Line {
  readonly law: string;
  readonly because: string;
  readonly formula: Formula;
  readonly inner: readonly Line[];
}

export interface ClosedForm {
  readonly body: Formula;
  readonly lines: readonly Line[];
  readonly assumed: readonly Assumption[];
  readonly notes: readonly string[];
  /** Conditions on the asked indices under which the answer is meant, beside those of the ask. */
  readonly where: readonly Condition[];
}

/** What the ask wants of its answer. */
export interface Wanted {
  readonly allowed: ReadonlySet<string> | undefined;
  readonly as: FormName | undefined;
  readonly where: readonly Condition[];
}

/** Definitions unfolded for one answer. */
const MOST_UNFOLDINGS = 200;

/** Works out what a lowered formula is in the names that may stand. */
export function closedForm(lowered: Lowered, network: Network, wanted: Wanted): ClosedForm {
  const lines: Line[] = [];
  let body = lowered.body;
  const say = (law: string, because: string, formula: Formula, inner: readonly Line[] = []) => {
    if (same(formula, body)) return;
    lines.push({ law, because, formula, inner });
    body = formula;
  };

  if (body.kind === 'symbol' && !namesDerivative(body.name, network)) {
    const right = definitionOf(body, network.definitions);
    if (right) say('definition', `the definition of ${body.name}`, right);
  }
  if (wanted.as === 'unrolled' || wanted.allowed)
    say('definitions', 'names are replaced by their definitions', unfolded(body, network, wanted));

  const assumed: Assumption[] = [];
  const notes: string[] = [];
  const where: Condition[] = [];
  if (
    contains(body, isTakable) ||
    (body.kind === 'symbol' && namesDerivative(body.name, network))
  ) {
    const policy: Policy = {
      ...(wanted.allowed ? { allowed: wanted.allowed } : {}),
      extent: extentOf(wanted.as),
      ranges: [...lowered.axes, ...lowered.free],
      where: wanted.where,
    };
    const taken = takeDerivatives(body, network, policy);
    assumed.push(...taken.assumed);
    const chosen = onlyAllowedCase(taken, wanted.allowed);
    for (const step of (chosen?.derivation ?? taken.derivation).steps) {
      lines.push(lineOf(step));
      body = step.after;
    }
    if (chosen) where.push(...chosen.where);
    const outside = chosen ? [] : taken.outside;
    if (outside.length > 0)
      notes.push(
        `${outside.join(', ')} could not be avoided: nothing among the names asked for says it`,
      );
  }
  say('derivative', 'the derivatives of the functions', slopesWrittenOut(body, network));
  if (wanted.allowed)
    say('definitions', 'names are replaced by their definitions', unfolded(body, network, wanted));

  // An answer never says of a name that it is itself.
  const asked = lowered.body.kind === 'symbol' ? lowered.body.name : undefined;
  const shown = present(body, {
    ranges: [...lowered.axes, ...lowered.free],
    assumptions: network.assumptions,
    definitions:
      wanted.as === 'unrolled'
        ? []
        : network.definitions.filter((definition) => definition.name !== asked),
    sizes: sizesOf(network),
    ...(wanted.allowed ? { allowed: wanted.allowed } : {}),
  });
  for (const step of shown.derivation.steps) {
    lines.push(lineOf(step));
    body = step.after;
  }
  for (const used of shown.used) if (!assumed.includes(used)) assumed.push(used);
  return { body, lines, assumed, notes, where };
}

/**
 * Of several cases the one that can be said in the names asked for, if the others cannot: its
 * conditions then stand beside the answer.
 */
function onlyAllowedCase(taken: Taken, allowed: ReadonlySet<string> | undefined) {
  if (!allowed || taken.cases.length < 2) return undefined;
  const sayable = taken.cases.filter(
    ({ formula }) =>
      !contains(
        formula,
        (part) => part.kind === 'call' && !functionNamed(part.name) && !allowed.has(part.name),
      ) &&
      !contains(
        formula,
        (part) =>
          part.kind === 'symbol' &&
          part.indices.length > 0 &&
          !allowed.has(part.name) &&
          !mentioned(formula, part),
      ),
  );
  return sayable.length === 1 ? sayable[0] : undefined;
}

/** Whether a symbol stands in a derivative not yet taken, which names it without using its value. */
const mentioned = (formula: Formula, symbolPart: Formula): boolean =>
  contains(formula, (part) => part.kind === 'derivative' && part.by === symbolPart);

const lineOf = (step: Step): Line => ({
  law: step.law,
  because: step.because,
  formula: step.after,
  inner: (step.inner ?? []).map(lineOf),
});

const isTakable = (part: Formula): boolean => part.kind === 'derivative';

const extentOf = (as: FormName | undefined): Extent =>
  as === 'recurrence' ? 'recurrence' : as === 'unrolled' || as === 'scalar' ? 'whole' : 'usual';

export const sizesOf = (network: Network): ReadonlySet<string> =>
  new Set(
    [...network.families.values()].filter((one) => one.role === 'size').map((one) => one.name),
  );

/** Whether a name is defined as a derivative (`delta^l_j = dC/dz^l_j`). */
export const namesDerivative = (name: string, network: Network): boolean =>
  network.definitions.some(
    (definition) => definition.name === name && definition.right.kind === 'derivative',
  );

/** Names that may not stand are replaced by their definitions, again and again. */
function unfolded(formula: Formula, network: Network, wanted: Wanted): Formula {
  let count = 0;
  const mayStand = (name: string): boolean =>
    wanted.allowed ? wanted.allowed.has(name) : namesDerivative(name, network);
  const visit = (part: Formula): Formula => {
    if (part.kind === 'derivative') return part;
    if (part.kind !== 'symbol' || mayStand(part.name)) return part;
    if (namesDerivative(part.name, network) || count >= MOST_UNFOLDINGS) return part;
    const right = definitionOf(part, network.definitions);
    if (!right) return part;
    count += 1;
    return outsideDerivatives(right, visit);
  };
  return outsideDerivatives(formula, visit);
}

/** Changes a formula from the leaves up, leaving derivatives not yet taken alone. */
function outsideDerivatives(formula: Formula, change: (part: Formula) => Formula): Formula {
  if (formula.kind === 'derivative') return formula;
  if (!contains(formula, (part) => part.kind === 'derivative')) return rewriteUp(formula, change);
  return change(mapOutside(formula, change));
}

function mapOutside(formula: Formula, change: (part: Formula) => Formula): Formula {
  return mapChildren(formula, (child) => outsideDerivatives(child, change));
}
