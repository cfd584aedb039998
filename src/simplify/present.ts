/**
 * The presentable form: what a teacher would write. Laws are applied in a fixed order until none
 * changes anything; the multiplied-out form is taken instead where it costs less (see `cost.ts`).
 *
 * The laws keep the order of factors, never open a bracket without need, and never leave the
 * functions a reader knows (`1 - tanh^2`, not `sech^2`).
 */
import type { Condition, Formula } from '../expression/formula.js';
import { structureKey } from '../expression/same.js';
import { contains } from '../expression/walk.js';
import type { Assumption, Definition } from '../network/network.js';
import type { Rewriting } from '../rewrite/law.js';
import { lawBook, replay } from '../rewrite/replay.js';
import type { Derivation, Step } from '../rewrite/step.js';
import type { NamedFunction, SimplifyContext } from './context.js';
import { cost } from './cost.js';
import { expand } from './expand.js';
import { openSession } from './normal-form.js';
import { arithmeticLaws } from './presentable/arithmetic.js';
import { assumptionLaw } from './presentable/assumed.js';
import { everywhere } from './presentable/everywhere.js';
import { commonFactors, signLaws } from './presentable/factor.js';
import { foldDefinitions } from './presentable/fold.js';
import { foldFunctions } from './presentable/fold-function.js';
import { joinLaws } from './presentable/join.js';
import { knownValueLaws } from './presentable/known-values.js';
import type { PresentLaw, Surroundings } from './presentable/law.js';
import { oneName } from './presentable/one-name.js';
import { openBracket } from './presentable/open-bracket.js';
import { recognitionLaws } from './presentable/recognise.js';
import { sumLaws } from './presentable/sums.js';
import { vanishingSums } from './presentable/vanishing.js';

/** A formula as a person would write it, and how it was come by. */
export interface Presented {
  readonly formula: Formula;
  /** Every change as a step at the top; the last one's `after` is the formula. */
  readonly derivation: Derivation;
  readonly used: readonly Assumption[];
}

/** The laws in the order in which they are tried. */
export const presentLaws: readonly PresentLaw[] = [
  oneName,
  openBracket,
  ...arithmeticLaws,
  ...knownValueLaws,
  assumptionLaw,
  ...sumLaws,
  ...recognitionLaws,
  foldDefinitions,
  foldFunctions,
  vanishingSums,
  commonFactors,
  ...joinLaws,
  ...signLaws,
];

/** Laws used when only what was assumed is to be applied. */
const assumptionLaws: readonly PresentLaw[] = [
  ...arithmeticLaws,
  ...knownValueLaws,
  assumptionLaw,
  ...sumLaws,
];

/** Laws applied to the right sides of definitions before they are looked for. */
const definitionLaws: readonly PresentLaw[] = [
  ...arithmeticLaws,
  ...knownValueLaws,
  ...sumLaws,
  ...recognitionLaws,
  commonFactors,
  ...signLaws,
];

/** Changes made to one formula, at most. */
const STEP_LIMIT = 300;
/** Formulas beyond this cost are not multiplied out to look for a shorter form. */
const EXPAND_LIMIT = 120;

/** What multiplying out must save: brackets are not opened for less. */
const EXPANDED_GAIN = 1.5;

/** The law that takes the multiplied-out form. */
const multiplyOut = (context: SimplifyContext): PresentLaw => ({
  name: 'multiply-out',
  because: 'multiplied out, the formula is shorter',
  level: 'main',
  apply: (formula) => expand(formula, { ...context, assumptions: [] }),
});

/**
 * The formula as a teacher would write it. Same value everywhere both are defined; idempotent.
 */
export function present(formula: Formula, context: SimplifyContext = {}): Presented {
  const kept = settle(formula, presentLaws, context);
  const shorter = multipliedOut(kept.formula, context);
  if (!shorter) return kept;
  const step = stepOf(multiplyOut(context), formula, shorter.opened, []);
  const used = new Set([...kept.used, ...shorter.settled.used]);
  return {
    formula: shorter.settled.formula,
    derivation: {
      start: formula,
      steps: [...kept.derivation.steps, step, ...shorter.settled.derivation.steps],
    },
    used: [...used],
  };
}

/** Rewrites by the assumptions only: equalities, signs, and what collapses because of them. */
export function applyAssumptions(formula: Formula, context: SimplifyContext): Presented {
  return settle(formula, assumptionLaws, context);
}

function multipliedOut(
  formula: Formula,
  context: SimplifyContext,
): { readonly opened: Formula; readonly settled: Presented } | undefined {
  if (cost(formula) > EXPAND_LIMIT || !contains(formula, (part) => part.kind === 'add'))
    return undefined;
  const opened = expand(formula, { ...context, assumptions: [] });
  if (!opened) return undefined;
  const settled = settle(opened, presentLaws, context);
  return cost(settled.formula) < cost(formula) - EXPANDED_GAIN ? { opened, settled } : undefined;
}

const recognisedDefinitions = new WeakMap<Definition, Definition>();

/** A definition whose right side is written like a presented formula, so that it can be met. */
function recognised(definition: Definition): Definition {
  const known = recognisedDefinitions.get(definition);
  if (known) return known;
  const ranges = definition.ranges;
  const { formula } = settle(definition.right, definitionLaws, { ranges });
  const result = { ...definition, right: formula };
  recognisedDefinitions.set(definition, result);
  return result;
}

const recognisedFunctions = new WeakMap<NamedFunction, readonly NamedFunction[]>();

/** A function as it was defined, and as its formula would be presented. */
function bothWays(definition: NamedFunction): readonly NamedFunction[] {
  const known = recognisedFunctions.get(definition);
  if (known) return known;
  const { formula } = settle(definition.body, definitionLaws, {});
  const result =
    formula === definition.body ? [definition] : [definition, { ...definition, body: formula }];
  recognisedFunctions.set(definition, result);
  return result;
}

/** What the laws see of the context. */
function surroundingsOf(
  formula: Formula,
  context: SimplifyContext,
  note: (assumption: Assumption) => void,
): Surroundings {
  const session = openSession(context, { functions: 'as atoms', ranges: 'kept', ends: 'kept' }, [
    formula,
  ]);
  return {
    known: session.knowledge,
    definitions: (context.definitions ?? []).map(recognised),
    functions: (context.functions ?? []).flatMap(bothWays),
    assumptions: context.assumptions ?? [],
    isAllowed: (name) => context.allowed === undefined || context.allowed.has(name),
    parent: undefined,
    note,
  };
}

function settle(
  formula: Formula,
  laws: readonly PresentLaw[],
  context: SimplifyContext,
): Presented {
  const used = new Set<Assumption>();
  let noted: Assumption[] = [];
  const note = (assumption: Assumption): void => {
    used.add(assumption);
    noted.push(assumption);
  };
  const steps: Step[] = [];
  const seen = new Set<string>([structureKey(formula)]);
  let current = formula;
  let around = surroundingsOf(current, context, note);
  for (let at = 0; at < laws.length && steps.length < STEP_LIMIT; at += 1) {
    const law = laws[at] as PresentLaw;
    noted = [];
    const next = everywhere(law, current, around);
    if (next === current) continue;
    const key = structureKey(next);
    if (key === structureKey(current)) continue;
    // A form met before would be met again: the laws then stop where they are.
    if (seen.has(key)) continue;
    seen.add(key);
    steps.push(stepOf(law, current, next, noted));
    current = next;
    around = surroundingsOf(current, context, note);
    at = -1;
  }
  return { formula: current, derivation: { start: formula, steps }, used: [...used] };
}

function stepOf(
  law: PresentLaw,
  before: Formula,
  after: Formula,
  used: readonly Assumption[],
): Step {
  const assumes: readonly Condition[] = [...new Set(used)].map(
    (assumption) => assumption.condition,
  );
  const because = law.tell?.(before, after, assumes) ?? law.because;
  return { law: law.name, because, at: [], bindings: new Map(), after, assumes, level: law.level };
}

/** The laws of presentation in one context, each applied everywhere at once, for replay. */
export function presentationLaws(context: SimplifyContext = {}): readonly Rewriting[] {
  const whole = multiplyOut(context);
  const open: Rewriting = {
    name: whole.name,
    apply(formula) {
      const after = expand(formula, { ...context, assumptions: [] });
      return after && { after, bindings: new Map(), assumes: [] };
    },
  };
  const lawsOfPresentation = presentLaws.map(
    (law): Rewriting => ({
      name: law.name,
      apply(formula) {
        const noted = new Set<Assumption>();
        const around = surroundingsOf(formula, context, (assumption) => noted.add(assumption));
        const after = everywhere(law, formula, around);
        if (structureKey(after) === structureKey(formula)) return undefined;
        const assumes = [...noted].map((assumption) => assumption.condition);
        return { after, bindings: new Map(), assumes };
      },
    }),
  );
  return [...lawsOfPresentation, open];
}

/** The position of the first step that applying its law again does not give, or `undefined`. */
export function replayPresentation(
  derivation: Derivation,
  context: SimplifyContext = {},
): number | undefined {
  const again = replay(derivation, lawBook(presentationLaws(context)));
  return again.holds ? undefined : again.step[0];
}
