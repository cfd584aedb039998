/** The local derivatives of a line, each with its own step: `dy/dz_2 = y (1 - y)`. */
import { type DerivativeFormula, type Formula, symbol } from '../expression/formula.js';
import { same, structureKey } from '../expression/same.js';
import { Unsupported } from '../expression/unsupported.js';
import { children, contains, freeNames, substitute } from '../expression/walk.js';
import { tidy } from '../laws/tidy.js';
import { partAt, placesOf, replaceAt } from '../rewrite/place.js';
import type { Path, Step } from '../rewrite/step.js';
import { plainBoundNames } from './bound-names.js';
import { atLeast, type Constraint, toConstraints } from './conditions/constraint.js';
import { definitionAt } from './definition-at.js';
import type { Ground } from './ground.js';
import type { Policy } from './policy.js';
import { questionOf } from './question.js';
import { derivativesIn, reasonOfSlope, type Slope } from './reasons.js';
import { settle, tidyIndices } from './settle.js';
import { arranged } from './steps.js';

/** Lines with more derivatives are not taken apart. */
const MOST_SLOPES = 24;

export interface Slopes {
  readonly slopes: readonly Slope[];
  /** From the line with the derivatives untaken to the line with them taken. */
  readonly steps: readonly Step[];
}

/**
 * The derivatives of a line that the next line has taken. Empty where there are too many, or where
 * one of them is not understood by itself.
 */
export function slopesOf(
  line: Formula,
  next: Formula,
  policy: Policy,
  context: readonly Constraint[],
  ground: Ground,
): Slopes {
  const left = new Set(derivativesIn(next).map((part) => keyWithin(part, next)));
  const isTaken = (part: Formula): boolean =>
    part.kind === 'derivative' && !left.has(keyWithin(part, line));
  const places = placesOf(line, isTaken);
  if (places.length === 0 || places.length > MOST_SLOPES) return { slopes: [], steps: [] };
  const known = new Map<string, Slope>();
  for (const place of places) {
    const derivative = partAt(line, place) as DerivativeFormula;
    const key = structureKey(derivative);
    if (known.has(key)) continue;
    const around = [...context, ...constraintsAround(line, place)];
    const value = slopeValue(derivative, policy, around, ground);
    if (!value) return { slopes: [], steps: [] };
    known.set(key, { derivative, value });
  }
  return { slopes: [...known.values()], steps: stepsOf(line, next, known, isTaken, ground) };
}

/** A text that parts of two lines share if they differ in the letters of sums around them only. */
function keyWithin(part: Formula, line: Formula): string {
  const free = freeNames(line);
  const bound = [...freeNames(part)].filter((name) => !free.has(name));
  const renaming = new Map(bound.map((name, place) => [name, symbol(`~${place}`)] as const));
  return structureKey(substitute(part, renaming));
}

function stepsOf(
  line: Formula,
  next: Formula,
  known: ReadonlyMap<string, Slope>,
  isTaken: (part: Formula) => boolean,
  ground: Ground,
): readonly Step[] {
  const steps: Step[] = [];
  let current = line;
  for (let count = 0; count < MOST_SLOPES; count += 1) {
    const [place] = placesOf(current, isTaken);
    const slope = place && known.get(structureKey(partAt(current, place) as Formula));
    if (!place || !slope) break;
    const { of } = slope.derivative;
    const right = of.kind === 'symbol' ? definitionAt(of, ground) : undefined;
    current = replaceAt(current, place, slope.value);
    steps.push({
      law: 'local-derivative',
      because: reasonOfSlope(slope, right),
      at: place,
      bindings: new Map([['value', slope.value]]),
      after: current,
      assumes: [],
      level: 'main',
    });
  }
  if (same(current, next)) return steps;
  return [...steps, arranged(next)];
}

const pendingOrKept = (factors: readonly Formula[]): boolean =>
  factors.some((factor) => contains(factor, (part) => part.kind === 'derivative'));

/** The derivative by itself, through what lies between; `undefined` where it splits into cases. */
function slopeValue(
  derivative: DerivativeFormula,
  policy: Policy,
  context: readonly Constraint[],
  ground: Ground,
): Formula | undefined {
  try {
    const { allowed } = policy;
    const question = questionOf(derivative, allowed ? { allowed } : {}, undefined, ground);
    const { walk, entry, names } = question;
    const direct = question.plain.expand(entry, context);
    const isOpen = direct.some((term) => pendingOrKept(term.factors));
    const terms = (isOpen ? walk.answer(entry, context) : direct).flatMap((term) => {
      const settled = settle(term, context, walk.room);
      return settled ? [settled] : [];
    });
    const { formula } = names.rewrite(walk.formulaOf(terms, context), context);
    const value = plainBoundNames(
      tidyIndices(tidy(question.shown(formula))),
      freeNames(derivative),
    );
    return same(value, derivative) ? undefined : value;
  } catch (problem) {
    if (problem instanceof Unsupported) return undefined;
    throw problem;
  }
}

/** What holds at a place because of the sums and products around it. */
function constraintsAround(formula: Formula, path: Path): readonly Constraint[] {
  const found: Constraint[] = [];
  let part: Formula | undefined = formula;
  for (const position of path) {
    if (!part) break;
    if ((part.kind === 'sum' || part.kind === 'product') && part.bounds) {
      const variable = symbol(part.index);
      found.push(atLeast(variable, part.bounds.lower), atLeast(part.bounds.upper, variable));
      found.push(...part.where.flatMap(toConstraints));
    }
    part = children(part)[position];
  }
  return found;
}
