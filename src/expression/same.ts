/** Sameness of formulas: equal structure, up to the names of bound indices. */
import { digest } from './digest.js';
import type { Condition, Formula, NumberFormula } from './formula.js';
import { freeNames } from './walk.js';

/** The binders around a part, from outside in, and the keys of parts that were met under them. */
interface Around {
  readonly levels: ReadonlyMap<string, number>;
  readonly count: number;
  readonly known: {
    get(part: Formula): string | undefined;
    set(part: Formula, key: string): unknown;
  };
}

const nothing: Around = { levels: new Map(), count: 0, known: new WeakMap<Formula, string>() };

/** Longer keys are replaced by their digests, so that shared parts are not written out again. */
const LONGEST_KEY = 2000;

/**
 * A text that two formulas share exactly if they have the same structure up to the names of bound
 * indices (no law of algebra is used: `a + b` and `b + a` differ).
 */
export const structureKey = (formula: Formula): string => keyOf(formula, nothing);

/** Whether two formulas have the same structure up to the names of bound indices. */
export function same(left: Formula, right: Formula): boolean {
  if (left === right) return true;
  if (left.kind !== right.kind) return false;
  if (left.kind === 'number' && right.kind === 'number') return sameNumber(left, right);
  if (left.kind !== 'symbol' || right.kind !== 'symbol')
    return structureKey(left) === structureKey(right);
  return (
    left.name === right.name &&
    left.indices.length === right.indices.length &&
    left.indices.every((index, place) => same(index, right.indices[place] as Formula))
  );
}

const sameNumber = ({ value: one }: NumberFormula, { value: other }: NumberFormula): boolean =>
  one.s === other.s && one.n === other.n && one.d === other.d;

/** The structural key of a condition. */
export const conditionKey = (condition: Condition): string => keyOfCondition(condition, nothing);

const open = ({ levels, count }: Around, index: string): Around => ({
  levels: new Map([...levels, [index, count + 1]]),
  count: count + 1,
  known: new Map<Formula, string>(),
});

function keyOfCondition(condition: Condition, around: Around): string {
  switch (condition.kind) {
    case 'compare':
      return `(${keyOf(condition.left, around)}${condition.relation}${keyOf(condition.right, around)})`;
    case 'member':
      return `(${keyOf(condition.element, around)} in ${condition.set})`;
    default:
      return `${condition.kind}(${condition.parts.map((part) => keyOfCondition(part, around)).join(';')})`;
  }
}

/** Whether a binder around the part binds a name in it. */
function isOpen(part: Formula, { levels }: Around): boolean {
  const free = freeNames(part);
  for (const name of levels.keys()) if (free.has(name)) return true;
  return false;
}

function keyOf(formula: Formula, around: Around): string {
  if (formula.kind === 'number') return formula.value.toFraction();
  const known = around.known.get(formula);
  if (known !== undefined) return known;
  if (around !== nothing && !isOpen(formula, around)) return keyOf(formula, nothing);
  const written = keyOfKind(formula, around);
  const key = written.length > LONGEST_KEY ? `#${digest(written)}` : written;
  around.known.set(formula, key);
  return key;
}

function keyOfKind(formula: Formula, around: Around): string {
  const list = (parts: readonly Formula[]) => parts.map((part) => keyOf(part, around)).join(',');
  switch (formula.kind) {
    case 'number':
      return formula.value.toFraction();
    case 'constant':
      return `#${formula.name}`;
    case 'whole':
      return ':';
    case 'blank':
      return '___';
    case 'symbol': {
      // How many binders further out: what stands inside has one key wherever it stands.
      const level = formula.indices.length === 0 ? around.levels.get(formula.name) : undefined;
      return level !== undefined
        ? `@${around.count - level + 1}`
        : `${formula.name}[${list(formula.indices)}]`;
    }
    case 'add':
      return `+(${list(formula.terms)})`;
    case 'multiply':
      return `*(${list(formula.factors)})`;
    case 'power':
      return `^(${keyOf(formula.base, around)},${keyOf(formula.exponent, around)})`;
    case 'call': {
      const slots = formula.slots.map((slot) => `'${slot.argument}[${list(slot.at)}]`).join('');
      return `${formula.name}{${list(formula.indices)}}${slots}(${list(formula.args)})`;
    }
    case 'sum':
    case 'product': {
      const range = formula.bounds ? list([formula.bounds.lower, formula.bounds.upper]) : '?';
      const inside = open(around, formula.index);
      const where = formula.where.map((condition) => keyOfCondition(condition, inside)).join(';');
      return `${formula.kind}<${range}|${where}>(${keyOf(formula.body, inside)})`;
    }
    case 'delta':
      return `delta(${list([formula.left, formula.right])})`;
    case 'indicator':
      return `1{${keyOfCondition(formula.when, around)}}`;
    case 'cases': {
      const branches = formula.branches.map(
        (branch) => `${keyOfCondition(branch.when, around)}:${keyOf(branch.value, around)}`,
      );
      return `cases(${branches.join(';')};${formula.otherwise ? keyOf(formula.otherwise, around) : ''})`;
    }
    case 'derivative':
      return `d(${keyOf(formula.of, around)}/${keyOf(formula.by, around)})`;
    case 'family':
    case 'array': {
      let inside = around;
      const ranges = formula.binders.map((binder) => {
        const range = `${keyOf(binder.lower, inside)}..${keyOf(binder.upper, inside)}`;
        inside = open(inside, binder.index);
        return range;
      });
      const at = formula.kind === 'family' ? list(formula.at) : '';
      const name = formula.kind === 'family' ? formula.name : 'array';
      return `${name}<${ranges.join(';')}>(${keyOf(formula.body, inside)})[${at}]`;
    }
    case 'operation':
      return `${formula.name}!(${list(formula.args)})`;
  }
}
