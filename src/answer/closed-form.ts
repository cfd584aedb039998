/** The closed form of what was asked, with the lines that lead to it. */
import type { Condition, Formula } from '../expression/formula.js';
import { functionNamed } from '../expression/functions.js';
import { same } from '../expression/same.js';
import { contains, freeNames } from '../expression/walk.js';
import type { Taken } from '../gradient/policy.js';
import { takeDerivatives } from '../gradient/take.js';
import { slopesWrittenOut } from '../laws/slopes-written-out.js';
import type { Assumption, Lowered, Network } from '../network/network.js';
import type { Derivation, Reason, Step } from '../rewrite/step.js';
import { present } from '../simplify/present.js';
import { definitionOf } from '../simplify/unfold.js';
import { arrangedLaw } from './laws.js';
import { lined, withProvenInner } from './lines.js';
import { formulaOfCall, namesDerivative, unfolded } from './unfolding.js';
import { policyOf, presentationOf, type Wanted } from './wanted.js';

export interface ClosedForm {
  readonly body: Formula;
  /** From the ask to the body; its steps go by the laws of the answer (see `laws.ts`). */
  readonly derivation: Derivation;
  /** The derivations through definitions that it holds. */
  readonly taken: readonly Derivation[];
  readonly assumed: readonly Assumption[];
  readonly notes: readonly string[];
  /** Conditions on the asked indices under which the answer is meant, beside those of the ask. */
  readonly where: readonly Condition[];
}

/** Works out what a lowered formula is in the names that may stand. */
export function closedForm(lowered: Lowered, network: Network, wanted: Wanted): ClosedForm {
  const start = lowered.body;
  const steps: Step[] = [];
  const derivations: Derivation[] = [];
  let body = start;
  const add = (more: readonly Step[]): void => {
    steps.push(...more);
    body = steps.at(-1)?.after ?? body;
  };
  const say = (law: string, because: Reason, after: Formula): void => {
    if (same(after, body)) return;
    add([{ law, because, at: [], bindings: new Map(), after, assumes: [], level: 'main' }]);
  };
  const writtenOut = (): void =>
    say(
      'definitions-written-out',
      unfoldedBecause(wanted),
      unfolded(body, network, wanted.allowed),
    );

  if (body.kind === 'symbol' && !namesDerivative(body.name, network)) {
    const right = definitionOf(body, network.definitions);
    if (right) say('definition', ['the definition of ', body], right);
  }
  const formula = formulaOfCall(body, network);
  if (formula) say('definition', ['the definition of ', body], formula);
  const outright = wanted.allowed !== undefined && !wanted.restricted;
  if (wanted.as === 'unrolled' || outright) writtenOut();

  const assumed: Assumption[] = [];
  const notes: string[] = [];
  const where: Condition[] = [];
  if (
    contains(body, isTakable) ||
    (body.kind === 'symbol' && namesDerivative(body.name, network))
  ) {
    const taken = takeDerivatives(body, network, policyOf(lowered, wanted));
    assumed.push(...taken.assumed);
    const allowed = outright ? wanted.allowed : undefined;
    const chosen = onlyAllowedCase(taken, allowed) ?? onlyCase(taken);
    const derivation = chosen?.derivation ?? taken.derivation;
    derivations.push(derivation);
    add(derivation.steps);
    if (chosen) where.push(...chosen.where);
    const outside = taken.cases.length > 1 && chosen ? [] : taken.outside;
    if (outside.length > 0)
      notes.push(
        `${outside.join(', ')} could not be avoided: nothing among the names asked for says it`,
      );
  }
  const slopes = 'the derivatives of the functions are written out';
  say('slopes-written-out', slopes, slopesWrittenOut(body, network));
  if (outright) writtenOut();

  const context = presentationOf(lowered, network, wanted);
  const shown = present(body, context);
  add(shown.derivation.steps);
  for (const used of shown.used) if (!assumed.includes(used)) assumed.push(used);
  const proven = withProvenInner(start, steps, arrangedLaw(context));
  const derivation = { start, steps: lined(proven) };
  return { body, derivation, taken: derivations, assumed, notes, where };
}

/**
 * The closed form in the allowed names. Where some of them do not come up, or others could not be
 * avoided, it is tried whether the answer in all names comes to the allowed ones in the end.
 */
export function closedFormIn(
  lowered: Lowered,
  network: Network,
  wanted: Wanted,
): { readonly form: ClosedForm; readonly wanted: Wanted } {
  const form = closedForm(lowered, network, wanted);
  const { allowed } = wanted;
  if (!allowed || form.where.length > 0) return { form, wanted };
  const met = freeNames(form.body);
  const isDefined = (name: string): boolean =>
    network.definitions.some((definition) => definition.name === name);
  const missing = [...allowed].some((name) => isDefined(name) && !met.has(name));
  if (!missing && form.notes.length === 0) return { form, wanted };
  const later: Wanted = { ...wanted, restricted: 'last' };
  const other = closedForm(lowered, network, later);
  const isSayable = [...freeNames(other.body)].every(
    (name) => allowed.has(name) || network.families.get(name)?.role !== 'quantity',
  );
  return isSayable && other.where.length === 0 && !contains(other.body, isTakable)
    ? { form: other, wanted: later }
    : { form, wanted };
}

const unfoldedBecause = ({ allowed }: Wanted): Reason =>
  allowed
    ? `by their definitions: only ${[...allowed].join(', ')} may stand in the answer`
    : 'names are written out by their definitions';

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

/** The one case there is; its conditions narrow what the ask's letters may be. */
const onlyCase = (taken: Taken) => (taken.cases.length === 1 ? taken.cases[0] : undefined);

/** Whether a symbol stands in a derivative not yet taken, which names it without using its value. */
const mentioned = (formula: Formula, symbolPart: Formula): boolean =>
  contains(formula, (part) => part.kind === 'derivative' && part.by === symbolPart);

const isTakable = (part: Formula): boolean => part.kind === 'derivative';
