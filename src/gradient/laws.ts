/** The lines of a derivative through definitions as laws: each can be made again and compared. */
import type { Formula } from '../expression/formula.js';
import { same, structureKey } from '../expression/same.js';
import { Unsupported } from '../expression/unsupported.js';
import type { Network } from '../network/network.js';
import type { Application, Bindings, Rewriting } from '../rewrite/law.js';
import { partAt } from '../rewrite/place.js';
import type { Derivation, Step } from '../rewrite/step.js';
import type { Policy } from './policy.js';
import { gradientRules } from './rules.js';
import { ASKED_FOR } from './steps.js';
import { takeDerivatives } from './take.js';

/** One step with the line it starts from. */
interface Made {
  readonly before: Formula;
  readonly step: Step;
}

function madeIn(start: Formula, steps: readonly Step[]): readonly Made[] {
  let before = start;
  return steps.flatMap((step) => {
    const inner = step.inner ? madeIn(before, step.inner) : [];
    const made = { before, step };
    before = step.after;
    return [made, ...inner];
  });
}

/**
 * Laws that make a line of a derivation again: from the network, the question that the step carries,
 * and the line before. A line that the network does not give is no application of its law. `taken`
 * are derivations that need not be made again.
 */
export function gradientLaws(
  network: Network,
  policy: Policy,
  taken: readonly Derivation[] = [],
): readonly Rewriting[] {
  const known = new Map<string, readonly Made[]>();
  for (const { start, steps } of taken) known.set(structureKey(start), madeIn(start, steps));
  const stepsFor = (question: Formula): readonly Made[] => {
    const key = structureKey(question);
    const made = known.get(key) ?? allSteps(question, network, policy);
    known.set(key, made);
    return made;
  };
  return [...gradientRules.keys()].map((name) => ({
    name,
    apply: (formula, _context, meant) => again(name, formula, meant, stepsFor),
  }));
}

function allSteps(question: Formula, network: Network, policy: Policy): readonly Made[] {
  try {
    const taken = takeDerivatives(question, network, policy);
    const derivations: readonly Derivation[] = [
      taken.derivation,
      ...taken.cases.map((one) => one.derivation),
    ];
    return derivations.flatMap(({ start, steps }) => madeIn(start, steps));
  } catch (problem) {
    if (problem instanceof Unsupported) return [];
    throw problem;
  }
}

function again(
  name: string,
  formula: Formula,
  meant: Bindings | undefined,
  stepsFor: (question: Formula) => readonly Made[],
): Application | undefined {
  const question = meant?.get(ASKED_FOR);
  if (!meant || !question) return undefined;
  for (const { before, step } of stepsFor(question)) {
    if (step.law !== name) continue;
    const part = partAt(before, step.at);
    // A product put into another flows into it, so the value at a place is carried by the step.
    const after = step.at.length === 0 ? step.after : step.bindings.get('value');
    if (part && after && same(part, formula))
      return { after, bindings: step.bindings, assumes: step.assumes };
  }
  return undefined;
}
