/** The reasons of the lines of a derivative, naming what they are about. */
import type { DerivativeFormula, Formula } from '../expression/formula.js';
import { structureKey } from '../expression/same.js';
import { children, freeNames } from '../expression/walk.js';
import type { Reason } from '../rewrite/step.js';
import { treeSize } from './tree-size.js';

type Piece = Exclude<Reason, string>[number];

/** More equations than these are not said in one sentence. */
const MOST_EQUATIONS = 7;
/** Nor are longer ones. */
const LONGEST_EQUATIONS = 110;

/** More names than these are told by their first and last ones. */
const MOST_NAMES = 8;
const FIRST_NAMES = 3;

/** Formulas with commas between them. */
export function listed(formulas: readonly Formula[]): readonly Piece[] {
  const short = formulas.length <= MOST_NAMES;
  const told: readonly Piece[] = short
    ? formulas
    : [...formulas.slice(0, FIRST_NAMES), '...', ...formulas.slice(-1)];
  return told.flatMap((piece, place): Piece[] => (place === 0 ? [piece] : [', ', piece]));
}

/** All parts that pass a test, in the order of writing, each once. */
export function partsOf(formula: Formula, test: (part: Formula) => boolean): readonly Formula[] {
  const found = new Map<string, Formula>();
  const seen = new Set<Formula>();
  const visit = (part: Formula): void => {
    if (seen.has(part)) return;
    seen.add(part);
    if (test(part)) found.set(structureKey(part), part);
    else for (const child of children(part)) visit(child);
  };
  visit(formula);
  return [...found.values()];
}

const isDerivative = (part: Formula): part is DerivativeFormula => part.kind === 'derivative';

/** Derivatives not yet taken, in the order of writing. */
export const derivativesIn = (formula: Formula): readonly DerivativeFormula[] =>
  partsOf(formula, isDerivative).filter(isDerivative);

/** A derivative that the author gave a name: `delta^l_j` for `dC/dz^l_j`. */
export interface NamedPart {
  readonly name: Formula;
  readonly derivative: Formula;
}

/** `chain rule: C depends on w_1 through z_1, a_1, z_2, y`. */
export function reasonOfUses(
  asked: DerivativeFormula,
  uses: Formula,
  named: readonly NamedPart[],
): Reason {
  const target = structureKey(asked.of);
  const between = new Map<string, Formula>();
  for (const { of, by } of [...derivativesIn(uses)].reverse()) {
    const link = structureKey(of) === target ? by : of;
    if (link.kind !== 'symbol' || structureKey(link) === structureKey(asked.by)) continue;
    between.set(structureKey(link), link);
  }
  const names = named.flatMap(({ name, derivative }): Piece[] => ['; ', derivative, ' is ', name]);
  if (between.size === 0)
    return named.length > 0
      ? ['the derivative', ...names]
      : asked.of.kind === 'symbol'
        ? ['the derivative of the definition of ', asked.of]
        : 'differentiated by the rules of calculus';
  const outside = freeNames(uses);
  const isBound = (entry: Formula) => [...freeNames(entry)].some((name) => !outside.has(name));
  const single = [...between.values()].filter((entry) => !isBound(entry));
  const every = [...between.values()].filter(isBound);
  const several = uses.kind === 'add' && uses.terms.length > 1;
  const isDirect = several && uses.terms.some((term) => derivativesIn(term).length === 0);
  const subject: Piece = asked.of.kind === 'symbol' ? asked.of : 'the formula';
  return [
    'chain rule: ',
    subject,
    ' depends on ',
    asked.by,
    isDirect ? ' directly and through ' : ' through ',
    ...listed(single),
    ...(every.length > 0 ? [single.length > 0 ? ' and every ' : 'every ', ...listed(every)] : []),
    ...names,
    several ? '; each way adds a term' : '',
  ];
}

/** A derivative with what it is. */
export interface Slope {
  readonly derivative: DerivativeFormula;
  readonly value: Formula;
}

/** `the local derivatives: dy/dz_2 = y (1 - y), dz_2/da_1 = w_2`; the bare words where it is much. */
export function reasonOfSlopes(slopes: readonly Slope[]): Reason {
  const lead = slopes.length === 1 ? 'the local derivative' : 'the local derivatives';
  const size = slopes.reduce(
    (sum, { derivative, value }) => sum + treeSize(derivative) + treeSize(value),
    0,
  );
  if (slopes.length === 0 || slopes.length > MOST_EQUATIONS || size > LONGEST_EQUATIONS)
    return lead;
  return [
    `${lead}: `,
    ...slopes.flatMap(({ derivative, value }, place): Piece[] => [
      ...(place === 0 ? [] : [', ']),
      derivative,
      ' = ',
      value,
    ]),
  ];
}

/** `dC/dw = 2 (z - t) x`; the derivative alone where its value is long. */
export function reasonOfValue({ derivative, value }: Slope): Reason {
  const isLong = treeSize(derivative) + treeSize(value) > LONGEST_EQUATIONS;
  return isLong ? ['the derivative ', derivative] : [derivative, ' = ', value];
}

/** `dy/dz_2 = y (1 - y), since y = sigmoid(z_2)`. */
export function reasonOfSlope({ derivative, value }: Slope, right: Formula | undefined): Reason {
  const rule = right && ruleFor(right);
  return [
    derivative,
    ' = ',
    value,
    ...(right ? [', since ', derivative.of, ' = ', right] : []),
    ...(rule ? [` (${rule})`] : []),
  ];
}

/** `the derivative of C = (y - f_L)^2 (power rule)`: there is nothing between the two. */
export function reasonOfOnly(asked: DerivativeFormula, right: Formula | undefined): Reason {
  if (!right || treeSize(right) > LONGEST_EQUATIONS) return 'the local derivative';
  const rule = ruleFor(right);
  return ['the derivative of ', asked.of, ' = ', right, ...(rule ? [` (${rule})`] : [])];
}

/** The rule that a right side is differentiated by, where it has a name. */
function ruleFor(right: Formula): string | undefined {
  switch (right.kind) {
    case 'power':
      return 'power rule';
    case 'call':
      return `derivative of ${right.name}`;
    case 'family':
      return `derivative of ${right.name}`;
    case 'sum':
      return ruleFor(right.body);
    case 'multiply': {
      const rest = right.factors.filter((factor) => factor.kind !== 'number');
      const [only] = rest;
      return only && rest.length === 1 ? ruleFor(only) : undefined;
    }
    default:
      return undefined;
  }
}
