/**
 * What a formula is: one closed union of frozen plain objects.
 *
 * There is one way to write each thing: no minus, no division, no brackets. `a - b` is
 * `add(a, multiply(-1, b))`, `a / b` is `multiply(a, power(b, -1))`. Nodes carry no positions,
 * parents or flags; results about nodes are remembered by identity (`WeakMap`).
 *
 * Two levels live in the union:
 *
 * - **core**: scalar formulas in which every index is written out. Derivatives, normal forms and
 *   numbers work on these only.
 * - **surface**: what people write. Here a symbol may stand for a whole family (an index that is
 *   `whole`), a `multiply` may be a matrix product (decided by the shapes), and the `operation`
 *   nodes (transpose, trace, ...) occur. `network/lower` turns surface into core.
 */
import Fraction from 'fraction.js';

/** An exact rational number. */
export interface NumberFormula {
  readonly kind: 'number';
  readonly value: Fraction;
}

/** A constant that is not rational; `infinity` occurs in limits only. */
export interface ConstantFormula {
  readonly kind: 'constant';
  readonly name: 'pi' | 'infinity';
}

/**
 * A name, with all of its indices: those written above first, then those below, each group in the
 * order of writing. `w^l_jk` is `symbol('w', [l, j, k])`; an index variable or a size is a symbol
 * without indices. In surface formulas an index may be `whole` (`W^(l)` is `W[l, whole, whole]`).
 */
export interface SymbolFormula {
  readonly kind: 'symbol';
  readonly name: string;
  readonly indices: readonly Formula[];
}

/** Surface: all entries along one index of a family. */
export interface WholeFormula {
  readonly kind: 'whole';
}

/** A sum of at least two terms. A difference is a sum with a term times -1. */
export interface AddFormula {
  readonly kind: 'add';
  readonly terms: readonly Formula[];
}

/** A product; in surface formulas with families the order counts and the shapes decide the kind. */
export interface MultiplyFormula {
  readonly kind: 'multiply';
  readonly factors: readonly Formula[];
}

/** A power. A quotient is a product with a power whose exponent is -1. */
export interface PowerFormula {
  readonly kind: 'power';
  readonly base: Formula;
  readonly exponent: Formula;
}

/** One derivative of a function taken: by which argument, and, if that is a family, by which entry. */
export interface DerivativeSlot {
  readonly argument: number;
  readonly at: readonly Formula[];
}

/**
 * A function applied: a known one (see `functions.ts`), a defined one or an abstract one.
 * `indices` are the function's own (`phi_j(t)`, or the entries of a vector-valued one);
 * `slots` lists derivatives taken: `f'(z)` has one slot `{argument: 0, at: []}`, `f''(z)` two.
 * An argument that is a whole family is an `array` in core formulas (`C(a^L)`).
 */
export interface CallFormula {
  readonly kind: 'call';
  readonly name: string;
  readonly indices: readonly Formula[];
  readonly args: readonly Formula[];
  readonly slots: readonly DerivativeSlot[];
}

/** The inclusive range of an index. */
export interface Bounds {
  readonly lower: Formula;
  readonly upper: Formula;
}

/**
 * A bounded sum or product. `bounds` is absent only in surface formulas, where it means the whole
 * range of that index; `where` restricts the index further (`j != i`).
 */
export interface BoundFormula {
  readonly kind: 'sum' | 'product';
  readonly index: string;
  readonly bounds: Bounds | undefined;
  readonly where: readonly Condition[];
  readonly body: Formula;
}

/** Kronecker's delta of two indices. */
export interface DeltaFormula {
  readonly kind: 'delta';
  readonly left: Formula;
  readonly right: Formula;
}

/** One where the condition holds, zero elsewhere. */
export interface IndicatorFormula {
  readonly kind: 'indicator';
  readonly when: Condition;
}

/**
 * The value of the first branch whose condition holds, else `otherwise`; without that the formula
 * is undefined there.
 */
export interface CasesFormula {
  readonly kind: 'cases';
  readonly branches: readonly { readonly when: Condition; readonly value: Formula }[];
  readonly otherwise: Formula | undefined;
}

/**
 * A derivative not yet taken, through all definitions that lie between, with everything upstream
 * of `by` held fixed. `by` is a symbol (with `whole` indices in surface formulas: a gradient).
 */
export interface DerivativeFormula {
  readonly kind: 'derivative';
  readonly of: Formula;
  readonly by: Formula;
}

/** A bound index with its range. */
export interface Binder extends Bounds {
  readonly index: string;
}

/** Functions of a whole family; `body` is the entry named by the binders, `at` the entry taken. */
export type FamilyFunctionName =
  | 'softmax'
  | 'log_softmax'
  | 'logsumexp'
  | 'max'
  | 'min'
  | 'inverse'
  | 'determinant'
  | 'chain';

/**
 * A function of a whole family, as an application with binders: `softmax(i. z_i)[j]` has one binder
 * and one `at`; `logsumexp`, `max`, `min` one binder and no `at`; `inverse` two of each,
 * `determinant` two binders and no `at`.
 *
 * `chain` is an ordered product of matrices, `prod_{m=a}^{b} M^m` from left to right as m grows: its
 * three binders are the level m, the row and the column of one factor (whose ranges may depend on
 * m), `body` is the entry of the factor, and `at` the row and column taken of the product. An
 * empty product is the identity.
 */
export interface FamilyFormula {
  readonly kind: 'family';
  readonly name: FamilyFunctionName;
  readonly binders: readonly Binder[];
  readonly body: Formula;
  readonly at: readonly Formula[];
}

/** A whole family as the argument of an abstract function: `C(a^L)` has `array(j: 1..n_L. a^L_j)`. */
export interface ArrayFormula {
  readonly kind: 'array';
  readonly binders: readonly Binder[];
  readonly body: Formula;
}

/** Surface operations on families. `entry` takes the family and the indices; `list` its items. */
export type OperationName =
  | 'transpose'
  | 'elementwise'
  | 'elementwise_divide'
  | 'elementwise_power'
  | 'inverse'
  | 'determinant'
  | 'trace'
  | 'diagonal'
  | 'norm'
  | 'norm1'
  | 'frobenius'
  | 'identity'
  | 'ones'
  | 'entry'
  | 'list';

/**
 * Surface: an operation on whole families; the shapes are checked when it is lowered. A transpose
 * whose letter is a number of the sheet too has it as a second argument: see `w^T`.
 */
export interface OperationFormula {
  readonly kind: 'operation';
  readonly name: OperationName;
  readonly args: readonly Formula[];
}

/** Surface: the blank of a `fill` statement. */
export interface BlankFormula {
  readonly kind: 'blank';
}

/** Any formula: closed, so that a `switch` over `kind` can be checked to be complete. */
export type Formula =
  | NumberFormula
  | ConstantFormula
  | SymbolFormula
  | WholeFormula
  | AddFormula
  | MultiplyFormula
  | PowerFormula
  | CallFormula
  | BoundFormula
  | DeltaFormula
  | IndicatorFormula
  | CasesFormula
  | DerivativeFormula
  | FamilyFormula
  | ArrayFormula
  | OperationFormula
  | BlankFormula;

/** How the sides of a comparison stand to each other. */
export type Relation = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** A condition on numbers or indices. */
export type Condition =
  | {
      readonly kind: 'compare';
      readonly relation: Relation;
      readonly left: Formula;
      readonly right: Formula;
    }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  /** `i in S` for a set of indices that nobody listed. */
  | { readonly kind: 'member'; readonly element: Formula; readonly set: string };

const frozen = <T extends object>(node: T): T => Object.freeze(node);

/** A rational from an integer, a decimal number or a text such as `1/3` or `1e-3`. */
export function number(value: number | bigint | string | Fraction): NumberFormula {
  const text = typeof value === 'number' ? String(value) : value;
  return frozen({
    kind: 'number',
    value: typeof text === 'string' ? decimal(text) : new Fraction(text),
  });
}

/**
 * A fraction from a text; fraction.js reads no exponents, and takes small floating-point numbers
 * for 0.
 */
function decimal(text: string): Fraction {
  if (/^\d{1,15}$/.test(text)) return new Fraction(Number(text));
  const [mantissa, exponent] = text.toLowerCase().split('e') as [string, string | undefined];
  if (exponent === undefined) return new Fraction(text);
  const scale = 10n ** BigInt(Math.min(Math.abs(Number(exponent)), LARGEST_DECIMAL_EXPONENT));
  return Number(exponent) < 0
    ? new Fraction(mantissa).div(scale)
    : new Fraction(mantissa).mul(scale);
}

/** Beyond this power of ten (that of floating point, and more) numbers are cut off. */
const LARGEST_DECIMAL_EXPONENT = 1000;

/** The number 0. */
export const zero: NumberFormula = number(0);
/** The number 1. */
export const one: NumberFormula = number(1);
/** The number -1. */
export const minusOne: NumberFormula = number(-1);

/** Surface: all entries along one index. */
export const whole: WholeFormula = frozen({ kind: 'whole' });
/** Surface: the blank of a `fill`. */
export const blank: BlankFormula = frozen({ kind: 'blank' });
/** The constant pi. */
export const pi: ConstantFormula = frozen({ kind: 'constant', name: 'pi' });
/** Infinity; it occurs in limits only. */
export const infinity: ConstantFormula = frozen({ kind: 'constant', name: 'infinity' });

/** A name with its indices: those written above first, then those below (none for a number). */
export function symbol(name: string, indices: readonly Formula[] = []): SymbolFormula {
  return frozen({ kind: 'symbol', name, indices: frozen([...indices]) });
}

/** Whether a formula is that number. */
export function isNumber(formula: Formula, value: number): boolean {
  if (formula.kind !== 'number') return false;
  // A fraction is first made of a number to be compared; most are compared with whole ones.
  const { s, n, d } = formula.value;
  return Number.isSafeInteger(value)
    ? d === 1n && Number(s * n) === value
    : formula.value.equals(value);
}

/** A sum as written: nested sums are flattened, nothing else is done. */
export function rawAdd(terms: readonly Formula[]): Formula {
  const flat: Formula[] = [];
  for (const term of terms)
    if (term.kind === 'add') for (const inner of term.terms) flat.push(inner);
    else flat.push(term);
  if (flat.length === 0) return zero;
  return flat.length === 1 ? (flat[0] as Formula) : frozen({ kind: 'add', terms: frozen(flat) });
}

/** A product as written: nested products are flattened, nothing else is done. */
export function rawMultiply(factors: readonly Formula[]): Formula {
  const flat: Formula[] = [];
  for (const factor of factors)
    if (factor.kind === 'multiply') for (const inner of factor.factors) flat.push(inner);
    else flat.push(factor);
  if (flat.length === 0) return one;
  return flat.length === 1
    ? (flat[0] as Formula)
    : frozen({ kind: 'multiply', factors: frozen(flat) });
}

/** A power as written. */
export function rawPower(base: Formula, exponent: Formula): Formula {
  return frozen({ kind: 'power', base, exponent });
}

const flatTerms = (terms: readonly Formula[]): readonly Formula[] =>
  terms.some((term) => term.kind === 'add')
    ? terms.flatMap((term) => (term.kind === 'add' ? term.terms : [term]))
    : terms;

/** A sum: flattened, numbers folded into one (kept at the place of the first), zeros dropped. */
export function add(...terms: readonly Formula[]): Formula {
  const flat = flatTerms(terms);
  const constants = flat.filter((term): term is NumberFormula => term.kind === 'number');
  if (constants.length === 0) return rawAdd(flat);
  const total = constants.reduce((sum, term) => sum.add(term.value), new Fraction(0));
  const first = flat.findIndex((term) => term.kind === 'number');
  const folded = flat.flatMap((term, place): readonly Formula[] =>
    term.kind !== 'number' ? [term] : place === first && !total.equals(0) ? [number(total)] : [],
  );
  return rawAdd(folded);
}

/** A product: flattened, numbers folded into one in front, ones dropped, zero absorbing. */
export function multiply(...factors: readonly Formula[]): Formula {
  let coefficient: NumberFormula | undefined;
  const rest: Formula[] = [];
  for (const outer of factors)
    for (const factor of outer.kind === 'multiply' ? outer.factors : [outer])
      if (factor.kind !== 'number') rest.push(factor);
      else coefficient = coefficient ? number(coefficient.value.mul(factor.value)) : factor;
  if (!coefficient) return rawMultiply(rest);
  if (coefficient.value.n === 0n) return zero;
  return rawMultiply(isNumber(coefficient, 1) ? rest : [coefficient, ...rest]);
}

/** Largest exponent and number of digits to which powers of numbers are worked out. */
const LARGEST_EXPONENT = 512;
const LARGEST_POWER_DIGITS = 2000;

/** A whole power of a rational, `undefined` if it has none or too many digits to be worked out. */
export function wholePower(base: Fraction, exponent: Fraction): Fraction | undefined {
  if (base.equals(1)) return base;
  const size = Math.abs(exponent.valueOf());
  const digits = base.toFraction().length * size;
  if (exponent.d !== 1n || size > LARGEST_EXPONENT || digits > LARGEST_POWER_DIGITS)
    return undefined;
  if (base.equals(0) && exponent.compare(0) <= 0) return undefined;
  return base.pow(exponent) ?? undefined;
}

/** A power: `x^1`, `x^0`, `1^x` and integer powers of numbers are worked out. */
export function power(base: Formula, exponent: Formula): Formula {
  if (isNumber(exponent, 1)) return base;
  if (isNumber(exponent, 0)) return one;
  if (isNumber(base, 1)) return one;
  if (base.kind === 'number' && exponent.kind === 'number') {
    const result = wholePower(base.value, exponent.value);
    if (result) return number(result);
  }
  if (base.kind === 'power' && base.exponent.kind === 'number' && exponent.kind === 'number') {
    const whole = base.exponent.value.d === 1n && exponent.value.d === 1n;
    if (whole) return power(base.base, number(base.exponent.value.mul(exponent.value)));
  }
  return rawPower(base, exponent);
}

/** `-formula`, as a product with -1. */
export const negate = (formula: Formula): Formula => multiply(minusOne, formula);
/** `left - right`, as a sum. */
export const subtract = (left: Formula, right: Formula): Formula => add(left, negate(right));
/** `1/formula`, as a power. */
export const reciprocal = (formula: Formula): Formula => power(formula, minusOne);
/** `left / right`, as a product. */
export const divide = (left: Formula, right: Formula): Formula => multiply(left, reciprocal(right));

/** A function applied; see {@link CallFormula}. */
export function call(
  name: string,
  args: readonly Formula[],
  options: {
    readonly indices?: readonly Formula[];
    readonly slots?: readonly DerivativeSlot[];
  } = {},
): CallFormula {
  const slots = (options.slots ?? []).map((slot) =>
    frozen({ argument: slot.argument, at: frozen([...slot.at]) }),
  );
  return frozen({
    kind: 'call',
    name,
    indices: frozen([...(options.indices ?? [])]),
    args: frozen([...args]),
    slots: frozen(slots),
  });
}

/** Euler's number to the power of the argument. */
export const exp = (argument: Formula): Formula => call('exp', [argument]);
/** The natural logarithm. */
export const log = (argument: Formula): Formula => call('log', [argument]);

/** A bounded sum. */
export function sum(
  index: string,
  bounds: Bounds | undefined,
  body: Formula,
  where: readonly Condition[] = [],
): BoundFormula {
  return bound('sum', index, bounds, body, where);
}

/** A bounded product. */
export function product(
  index: string,
  bounds: Bounds | undefined,
  body: Formula,
  where: readonly Condition[] = [],
): BoundFormula {
  return bound('product', index, bounds, body, where);
}

/** A bounded sum or product. */
export function bound(
  kind: 'sum' | 'product',
  index: string,
  bounds: Bounds | undefined,
  body: Formula,
  where: readonly Condition[] = [],
): BoundFormula {
  const range = bounds && frozen({ lower: bounds.lower, upper: bounds.upper });
  return frozen({ kind, index, bounds: range, where: frozen([...where]), body });
}

/** Kronecker's delta: 1 where the two indices are equal, 0 elsewhere. */
export const delta = (left: Formula, right: Formula): DeltaFormula =>
  frozen({ kind: 'delta', left, right });

/** 1 where the condition holds, 0 elsewhere. */
export const indicator = (when: Condition): IndicatorFormula => frozen({ kind: 'indicator', when });

/** A formula by cases; see {@link CasesFormula}. */
export function cases(
  branches: readonly { readonly when: Condition; readonly value: Formula }[],
  otherwise?: Formula,
): CasesFormula {
  return frozen({ kind: 'cases', branches: frozen([...branches]), otherwise });
}

/** A derivative not yet taken; see {@link DerivativeFormula}. */
export const derivative = (of: Formula, by: Formula): DerivativeFormula =>
  frozen({ kind: 'derivative', of, by });

/** A function of a whole family; see {@link FamilyFormula}. */
export function family(
  name: FamilyFunctionName,
  binders: readonly Binder[],
  body: Formula,
  at: readonly Formula[],
): FamilyFormula {
  return frozen({ kind: 'family', name, binders: frozen([...binders]), body, at: frozen([...at]) });
}

/** A whole family as an argument; see {@link ArrayFormula}. */
export const array = (binders: readonly Binder[], body: Formula): ArrayFormula =>
  frozen({ kind: 'array', binders: frozen([...binders]), body });

/** Surface: an operation on families; see {@link OperationName}. */
export const operation = (name: OperationName, ...args: readonly Formula[]): OperationFormula =>
  frozen({ kind: 'operation', name, args: frozen([...args]) });

/** A comparison as a condition. */
export const compare = (left: Formula, relation: Relation, right: Formula): Condition =>
  frozen({ kind: 'compare', relation, left, right });

/** All of the conditions together. */
export const all = (...parts: readonly Condition[]): Condition =>
  parts.length === 1 ? (parts[0] as Condition) : frozen({ kind: 'and', parts: frozen([...parts]) });
