/** One factor of a product as a vector over its index, or a matrix over its two indices. */
import {
  type Binder,
  type Bounds,
  type CallFormula,
  call,
  derivative,
  type Formula,
  indicator,
  number,
  operation,
  power,
  product,
  symbol,
  whole,
} from '../expression/formula.js';
import { same } from '../expression/same.js';
import { substitute } from '../expression/walk.js';
import { asMatrix, raised, transpose } from './build.js';
import { freeIndices } from './free-indices.js';
import {
  type Dimension,
  type Matrix,
  matrixFormula,
  NoMatrixForm,
  UNIT,
  type Value,
  valueFormula,
} from './matrix.js';
import { rangeKey } from './product-terms.js';

/** What raising a part within a whole needs. */
export interface Scope {
  /** Ranges of all indices that are being eliminated or stay as axes. */
  readonly ranges: ReadonlyMap<string, Bounds>;
  readonly isSymmetric: (name: string) => boolean;
  readonly layout: 'numerator' | 'denominator';
  /** How many indices of a name stand above it; those below follow. */
  readonly upperSlots: (name: string) => number;
  /** Where the entries of a name begin at one of its indices, if that is one formula for all. */
  readonly firstEntry: (name: string, place: number) => Formula | undefined;
  /** Raises a part by itself, with the given axes. */
  readonly raise: (
    formula: Formula,
    axes: readonly string[],
    more?: ReadonlyMap<string, Bounds>,
  ) => Value;
}

/** A factor over one index (`cols` is a unit) or two, rows first. */
export interface Labelled {
  readonly indices: readonly [string] | readonly [string, string];
  readonly matrix: Matrix;
}

const dimension = (index: string, scope: Scope): Dimension => {
  const bounds = scope.ranges.get(index);
  if (!bounds) throw new NoMatrixForm(`nothing is known about the range of ${index}`);
  return rangeKey(bounds);
};

const shapeOf = (indices: Labelled['indices'], scope: Scope) => ({
  rows: dimension(indices[0], scope),
  cols: indices[1] === undefined ? UNIT : dimension(indices[1], scope),
});

const indexName = (formula: Formula): string | undefined =>
  formula.kind === 'symbol' && formula.indices.length === 0 ? formula.name : undefined;

/** A name with the given active indices made whole, in the order in which they stand. */
function wholeSymbol(
  formula: Formula,
  active: readonly string[],
  scope: Scope,
): { readonly formula: Formula; readonly order: readonly string[] } {
  if (formula.kind !== 'symbol') throw new NoMatrixForm('an entry of something that has no name');
  const order: string[] = [];
  const indices = formula.indices.map((index, place) => {
    const name = indexName(index);
    if (name !== undefined && active.includes(name)) {
      const begins = scope.firstEntry(formula.name, place);
      const lower = scope.ranges.get(name)?.lower;
      // `h_t` for t = 1..T is not the whole of `h_0, ..., h_T`.
      if (begins && lower && !same(begins, lower))
        throw new NoMatrixForm(`${formula.name} has entries that the sum over ${name} leaves out`);
      order.push(name);
      return whole;
    }
    if (active.some((other) => freeIndices(index).has(other)))
      throw new NoMatrixForm(`${formula.name} has a shifted index, which no matrix has`);
    return index;
  });
  return { formula: symbol(formula.name, withoutPadding(formula.name, indices, scope)), order };
}

/** `W_2` and `x_n` for whole matrices and columns: `W_{2::}` is a row, and how nobody writes it. */
function withoutPadding(
  name: string,
  indices: readonly Formula[],
  scope: Scope,
): readonly Formula[] {
  const start = scope.upperSlots(name);
  const first = indices.findIndex((index, place) => place >= start && index.kind === 'whole');
  const isPadded = first > start && indices.slice(first).every((index) => index.kind === 'whole');
  return isPadded ? indices.slice(0, first) : indices;
}

function leaf(
  formula: Formula,
  order: readonly string[],
  symmetric: boolean,
  scope: Scope,
): Labelled {
  const [first, second] = order;
  if (first === undefined || order.length > 2)
    throw new NoMatrixForm(`a family with ${order.length} indices has no matrix form`);
  if (second === undefined) {
    const shape = shapeOf([first], scope);
    return { indices: [first], matrix: { kind: 'leaf', formula, symmetric: false, ...shape } };
  }
  const shape = shapeOf([first, second], scope);
  const matrix: Matrix = { kind: 'leaf', formula, symmetric, ...shape };
  if (first !== second) return { indices: [first, second], matrix };
  // The diagonal of a matrix is a column.
  const diagonal = operation('diagonal', formula);
  return {
    indices: [first],
    matrix: { kind: 'leaf', formula: diagonal, symmetric: false, rows: shape.rows, cols: UNIT },
  };
}

/** A gradient `dC/da`, also of an abstract function of a family. */
function derivativeLeaf(
  formula: Formula,
  by: Formula,
  active: readonly string[],
  scope: Scope,
): Labelled {
  const above = wholeOrSame(formula, active, scope);
  const below = wholeOrSame(by, active, scope);
  if (above.order.length > 0 && below.order.length > 0 && scope.layout === 'denominator') {
    const turned = leaf(
      derivative(above.formula, below.formula),
      [...below.order, ...above.order],
      false,
      scope,
    );
    return turned;
  }
  return leaf(
    derivative(above.formula, below.formula),
    [...above.order, ...below.order],
    false,
    scope,
  );
}

const wholeOrSame = (formula: Formula, active: readonly string[], scope: Scope) =>
  active.some((name) => freeIndices(formula).has(name))
    ? wholeSymbol(formula, active, scope)
    : { formula, order: [] as readonly string[] };

/** The quantity that an abstract function of one family is differentiated by. */
function slotEntry(formula: CallFormula): Formula | undefined {
  const [slot] = formula.slots;
  const argument = slot && formula.args[slot.argument];
  if (formula.slots.length !== 1 || !slot || argument?.kind !== 'array') return undefined;
  const at = new Map(
    argument.binders.map((binder, place) => [binder.index, slot.at[place] as Formula]),
  );
  return substitute(argument.body, at);
}

function callFactor(formula: CallFormula, active: readonly string[], scope: Scope): Labelled {
  const entry = slotEntry(formula);
  if (entry?.kind === 'symbol')
    return derivativeLeaf(wholeArguments(formula, scope), entry, active, scope);
  const [argument] = formula.args;
  if (formula.args.length !== 1 || argument === undefined || argument.kind === 'array')
    throw new NoMatrixForm(`${formula.name} is not a function of one number`);
  if (formula.indices.some((index) => active.some((name) => freeIndices(index).has(name))))
    throw new NoMatrixForm(`${formula.name} has an index of its own`);
  const indices = ordered(active);
  const of = asMatrix(scope.raise(argument, indices));
  return { indices, matrix: { kind: 'each', function: formula, of, rows: of.rows, cols: of.cols } };
}

const ordered = (active: readonly string[]): Labelled['indices'] => {
  const [first, second] = active;
  if (first === undefined || active.length > 2)
    throw new NoMatrixForm(
      `one factor has ${active.length} indices (${active.join(', ')}); matrices have two`,
    );
  return second === undefined ? [first] : [first, second];
};

function familyFactor(
  formula: Extract<Formula, { kind: 'family' }>,
  active: readonly string[],
  scope: Scope,
): Labelled {
  const binders = new Map(formula.binders.map((binder) => [binder.index, binder]));
  const at = formula.at.map((index) => {
    const name = indexName(index);
    if (name === undefined) throw new NoMatrixForm(`${formula.name} at a written index`);
    return name;
  });
  if (formula.name === 'inverse') {
    const [row, column] = formula.binders.map((binder) => binder.index) as [string, string];
    const of = asMatrix(scope.raise(formula.body, [row, column], binders));
    const matrix: Matrix = { kind: 'inverse', of, rows: of.rows, cols: of.cols };
    const [first, second] = at as [string, string];
    if (first === second) throw new NoMatrixForm('the diagonal of an inverse');
    return { indices: [first, second], matrix };
  }
  if (formula.name === 'chain') return orderedProduct(formula, at, scope);
  if (formula.name !== 'softmax' && formula.name !== 'log_softmax')
    throw new NoMatrixForm(`${formula.name} over one index of several`);
  const [binder] = formula.binders.map((item) => item.index) as [string];
  const [entry] = at as [string];
  const rows = active.filter((name) => name !== binder && freeIndices(formula.body).has(name));
  const [row] = rows;
  if (rows.length > 1)
    throw new NoMatrixForm(`${formula.name} with ${rows.length} further indices`);
  const of = asMatrix(
    scope.raise(formula.body, row === undefined ? [binder] : [row, binder], binders),
  );
  const matrix: Matrix = { kind: 'family', name: formula.name, of, rows: of.rows, cols: of.cols };
  if (row === entry) throw new NoMatrixForm(`the diagonal of a ${formula.name}`);
  return { indices: row === undefined ? [entry] : [row, entry], matrix };
}

/** A product of matrices over layers or times: each factor has a matrix form of its own. */
function orderedProduct(
  formula: Extract<Formula, { kind: 'family' }>,
  at: readonly string[],
  scope: Scope,
): Labelled {
  const [level, row, column] = formula.binders as readonly [Binder, Binder, Binder];
  const [first, second] = at as [string, string];
  if (first === second) throw new NoMatrixForm('the diagonal of a product over layers');
  const binders = new Map(formula.binders.map((binder) => [binder.index, binder]));
  const factor = matrixFormula(
    asMatrix(scope.raise(formula.body, [row.index, column.index], binders)),
  );
  const { lower, upper } = level;
  const matrix: Matrix = {
    kind: 'leaf',
    formula: product(level.index, { lower, upper }, factor),
    symmetric: false,
    ...shapeOf([first, second], scope),
  };
  return { indices: [first, second], matrix };
}

/**
 * The factor as a vector or matrix over the active indices (those being eliminated or kept as
 * axes). Throws {@link NoMatrixForm} with the reason.
 */
export function labelled(formula: Formula, active: readonly string[], scope: Scope): Labelled {
  switch (formula.kind) {
    case 'symbol': {
      const { formula: family, order } = wholeSymbol(formula, active, scope);
      return leaf(family, order, scope.isSymmetric(formula.name), scope);
    }
    case 'derivative':
      return derivativeLeaf(formula.of, formula.by, active, scope);
    case 'call':
      return callFactor(formula, active, scope);
    case 'family':
      return familyFactor(formula, active, scope);
    case 'add':
    case 'multiply':
    case 'sum': {
      const indices = ordered(active);
      return { indices, matrix: asMatrix(scope.raise(formula, indices)) };
    }
    case 'power': {
      const indices = ordered(active);
      const { exponent } = formula;
      if (exponent.kind !== 'number' || freeIndices(exponent).size > 0)
        throw new NoMatrixForm('a power whose exponent is not a number');
      const base = asMatrix(scope.raise(formula.base, indices));
      if (exponent.value.equals('1/2')) return { indices, matrix: root(base) };
      if (exponent.value.equals('-1/2')) return { indices, matrix: raised(root(base), -1) };
      if (exponent.value.d !== 1n) throw new NoMatrixForm('a power that is not whole');
      return { indices, matrix: raised(base, exponent.value.valueOf()) };
    }
    case 'indicator': {
      const { when } = formula;
      if (when.kind !== 'compare') throw new NoMatrixForm('an indicator of several conditions');
      const indices = ordered(active);
      const [left, right] = [when.left, when.right].map((side) => {
        const own = indices.filter((name) => freeIndices(side).has(name));
        if (own.length === 0) return side;
        if (own.length < indices.length) throw new NoMatrixForm('an indicator of unequal shapes');
        return matrixFormula(asMatrix(scope.raise(side, indices)));
      }) as [Formula, Formula];
      const shape = shapeOf(indices, scope);
      const made = indicator({ ...when, left, right });
      return { indices, matrix: { kind: 'leaf', formula: made, symmetric: false, ...shape } };
    }
    default:
      throw new NoMatrixForm(`${formula.kind} with an index has no matrix form`);
  }
}

const root = (of: Matrix): Matrix => ({
  kind: 'each',
  function: call('sqrt', [number(0)]),
  of,
  rows: of.rows,
  cols: of.cols,
});

/** A factor without active indices, with the matrices inside it raised (`log(1 + x^T x)`). */
export function scalarFactor(formula: Formula, scope: Scope): Formula {
  const inner = (part: Formula): Formula => valueFormula(scope.raise(part, []));
  switch (formula.kind) {
    case 'call':
      if (formula.args.some((argument) => argument.kind === 'array')) {
        if (formula.slots.length > 0)
          throw new NoMatrixForm(`one entry of the slope of ${formula.name}`);
        return wholeArguments(formula, scope);
      }
      return call(formula.name, formula.args.map(inner), {
        indices: formula.indices,
        slots: formula.slots,
      });
    case 'power':
      return power(inner(formula.base), formula.exponent);
    case 'family': {
      const binders = new Map(formula.binders.map((binder) => [binder.index, binder]));
      const names = formula.binders.map((binder) => binder.index);
      const argument = valueFormula(scope.raise(formula.body, names, binders));
      if (formula.name === 'determinant') return operation('determinant', argument);
      const applied = call(formula.name === 'inverse' ? 'inv' : formula.name, [argument]);
      return formula.at.length === 0 ? applied : operation('entry', applied, ...formula.at);
    }
    case 'add':
      return inner(formula);
    case 'sum':
    case 'product':
    case 'cases':
    case 'array':
      throw new NoMatrixForm(`a ${formula.kind} that stays`);
    default:
      return formula;
  }
}

/** `C(a^L)`: the function, no derivative taken, with the families themselves as arguments. */
function wholeArguments(formula: CallFormula, scope: Scope): Formula {
  const args = formula.args.map((argument) => {
    if (argument.kind !== 'array') return valueFormula(scope.raise(argument, []));
    const binders = new Map(argument.binders.map((binder) => [binder.index, binder]));
    const names = argument.binders.map((binder) => binder.index);
    return valueFormula(scope.raise(argument.body, names, binders));
  });
  return call(formula.name, args, { indices: formula.indices });
}

/** The matrix with the given index on its rows. */
export const oriented = (edge: Labelled, row: string): Matrix =>
  edge.indices[0] === row ? edge.matrix : transpose(edge.matrix);
