/**
 * A small evaluator for tests of matrix forms: core formulas entry by entry, surface formulas as
 * matrices. It shares no code with the program's own numbers or lowering.
 */
import type { Condition, Formula } from '../../src/expression/formula.js';
import { functionTable } from '../../src/expression/functions.js';

/** A value that must be there. */
function sure<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('out of range');
  return value;
}

export interface World {
  readonly sizes: ReadonlyMap<string, number>;
  /** The sizes of each family, one letter for each index. */
  readonly dims: ReadonlyMap<string, string>;
}

/** An entry of a family: some number between 0.2 and 1.4, the same each time. */
function entryOf(name: string, indices: readonly number[]): number {
  let hash = 7;
  for (const character of `${name}|${indices.join(',')}`)
    hash = (hash * 31 + character.charCodeAt(0) * 17) % 100_003;
  const scrambled = Math.abs(Math.sin(hash) * 43_758.5453) % 1;
  const symmetric = name === 'S' && (indices[0] ?? 0) < (indices[1] ?? 0);
  if (symmetric) return entryOf(name, indices.toReversed());
  return 0.2 + 1.2 * scrambled;
}

type Matrix = readonly (readonly number[])[];

const slope = (name: string, order: number, x: number): number => {
  if (order === 0) return functionTable.get(name)?.value(x) ?? Math.sin(x) + x * x;
  const step = 1e-4;
  return (slope(name, order - 1, x + step) - slope(name, order - 1, x - step)) / (2 * step);
};

const holds = (condition: Condition, at: (part: Formula) => number): boolean => {
  if (condition.kind !== 'compare') throw new Error('only comparisons');
  const [left, right] = [at(condition.left), at(condition.right)];
  switch (condition.relation) {
    case '>':
      return left > right;
    case '<':
      return left < right;
    default:
      throw new Error(`no ${condition.relation} here`);
  }
};

export function inverseOf(matrix: Matrix): number[][] {
  const n = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let column = 0; column < n; column += 1) {
    let pivot = column;
    for (let row = column; row < n; row += 1)
      if (Math.abs(sure(sure(rows[row])[column])) > Math.abs(sure(sure(rows[pivot])[column])))
        pivot = row;
    [rows[column], rows[pivot]] = [sure(rows[pivot]), sure(rows[column])];
    const lead = sure(sure(rows[column])[column]);
    rows[column] = sure(rows[column]).map((x) => x / lead);
    for (let row = 0; row < n; row += 1) {
      if (row === column) continue;
      const factor = sure(sure(rows[row])[column]);
      rows[row] = sure(rows[row]).map((x, j) => x - factor * sure(sure(rows[column])[j]));
    }
  }
  return rows.map((row) => row.slice(n));
}

export function determinantOf(matrix: Matrix): number {
  if (matrix.length === 0) return 1;
  return sure(matrix[0]).reduce(
    (total, x, j) =>
      total +
      (j % 2 === 0 ? 1 : -1) *
        x *
        determinantOf(matrix.slice(1).map((row) => row.filter((_, k) => k !== j))),
    0,
  );
}

const softmaxOf = (values: readonly number[]): number[] => {
  const total = values.reduce((sum, x) => sum + Math.exp(x), 0);
  return values.map((x) => Math.exp(x) / total);
};

/** The value of a core formula at index values. */
export function coreValue(
  formula: Formula,
  world: World,
  at: ReadonlyMap<string, number> = new Map(),
): number {
  const value = (part: Formula): number => coreValue(part, world, at);
  const range = (binder: { lower: Formula; upper: Formula }): number[] => {
    const [from, to] = [value(binder.lower), value(binder.upper)];
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
  };
  switch (formula.kind) {
    case 'number':
      return formula.value.valueOf();
    case 'symbol': {
      if (formula.indices.length > 0) return entryOf(formula.name, formula.indices.map(value));
      return at.get(formula.name) ?? world.sizes.get(formula.name) ?? entryOf(formula.name, []);
    }
    case 'add':
      return formula.terms.reduce((total, term) => total + value(term), 0);
    case 'multiply':
      return formula.factors.reduce((total, factor) => total * value(factor), 1);
    case 'power':
      return value(formula.base) ** value(formula.exponent);
    case 'delta':
      return value(formula.left) === value(formula.right) ? 1 : 0;
    case 'indicator':
      return holds(formula.when, value) ? 1 : 0;
    case 'sum':
      if (!formula.bounds) throw new Error('a sum needs bounds');
      return range(formula.bounds).reduce(
        (total, i) => total + coreValue(formula.body, world, new Map([...at, [formula.index, i]])),
        0,
      );
    case 'call':
      return slope(formula.name, formula.slots.length, value(sure(formula.args[0])));
    case 'family': {
      const [first, second] = formula.binders;
      const entry = (i: number, j?: number): number =>
        coreValue(
          formula.body,
          world,
          new Map([
            ...at,
            [sure(first).index, i] as const,
            ...(second && j !== undefined ? [[second.index, j] as const] : []),
          ]),
        );
      const places = formula.at.map(value);
      if (second) {
        const matrix = range(sure(first)).map((i) => range(second).map((j) => entry(i, j)));
        return formula.name === 'determinant'
          ? determinantOf(matrix)
          : sure(sure(inverseOf(matrix)[sure(places[0]) - 1])[sure(places[1]) - 1]);
      }
      const list = range(sure(first)).map((i) => entry(i));
      if (formula.name === 'softmax') return sure(softmaxOf(list)[sure(places[0]) - 1]);
      if (formula.name === 'logsumexp')
        return Math.log(list.reduce((total, x) => total + Math.exp(x), 0));
      throw new Error(`no ${formula.name} here`);
    }
    default:
      throw new Error(`no ${formula.kind} in core`);
  }
}

type Sized = {
  readonly rows: number;
  readonly cols: number;
  readonly at: (i: number, j: number) => number;
  /** `u ones^T`: as many columns as fit. */
  readonly wide?: boolean;
};

/** A matrix of unknown size (a number, `ones`, `I`) or a known one. */
type Shown =
  | Sized
  | { readonly any: 'number' | 'ones' | 'ones-row' | 'identity'; readonly value: number };

const isSized = (shown: Shown): shown is Sized => 'rows' in shown;
const entry = (shown: Shown, i: number, j: number): number => {
  if (isSized(shown)) return shown.at(i, j);
  return shown.any === 'identity' ? (i === j ? shown.value : 0) : shown.value;
};

const make = (rows: number, cols: number, at: (i: number, j: number) => number): Sized => {
  const cells = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: cols }, (_unused, j) => at(i, j)),
  );
  return { rows, cols, at: (i, j) => sure(sure(cells[i])[j]) };
};

function spread(parts: readonly Shown[], combine: (values: number[]) => number): Shown {
  const families = parts.filter(isSized).filter((part) => part.rows > 1 || part.cols > 1);
  const sizes = families.some((part) => !part.wide)
    ? families.filter((part) => !part.wide)
    : families;
  const isIdentity = parts.some((part) => !isSized(part) && part.any === 'identity');
  const largest = sizes.toSorted((a, b) => b.rows * b.cols - a.rows * a.cols)[0];
  const shape = largest ?? (isIdentity ? undefined : parts.find(isSized));
  if (!shape)
    return {
      any:
        parts.flatMap((part) => (isSized(part) || part.any === 'number' ? [] : [part.any]))[0] ??
        'number',
      value: combine(parts.map((part) => (isSized(part) ? part.at(0, 0) : part.value))),
    };
  for (const part of sizes) {
    const rowsFit = part.rows === shape.rows || (part.rows === 1 && shape.cols > 1);
    const colsFit = part.cols === shape.cols || (part.cols === 1 && shape.cols > 1);
    if (!rowsFit || !colsFit)
      throw new Error(`shapes ${part.rows}x${part.cols} and ${shape.rows}x${shape.cols}`);
  }
  // A column spreads over the columns of a matrix, a row over its rows.
  const scalarOrEntry = (part: Shown, i: number, j: number): number =>
    isSized(part)
      ? part.at(part.rows === 1 ? 0 : i, part.cols === 1 || part.wide ? 0 : j)
      : entry(part, i, j);
  if (shape.wide)
    return {
      ...make(shape.rows, 1, (i) => combine(parts.map((part) => scalarOrEntry(part, i, 0)))),
      wide: true,
    };
  return make(shape.rows, shape.cols, (i, j) =>
    combine(parts.map((part) => scalarOrEntry(part, i, j))),
  );
}

const isScalar = (part: Shown): boolean =>
  isSized(part) ? part.rows === 1 && part.cols === 1 : part.any === 'number';

function product(left: Shown, right: Shown): Shown {
  if (isScalar(left) || isScalar(right))
    return spread([left, right], ([a, b]) => sure(a) * sure(b));
  if (!isSized(left) && left.any === 'identity') return right;
  if (!isSized(right) && right.any === 'identity') return left;
  if (!isSized(left)) {
    if (!isSized(right)) throw new Error('two families without size');
    if (left.any !== 'ones-row' && right.rows === 1) return right;
    if (left.any !== 'ones-row') throw new Error('a column of ones left of a matrix');
    return product(
      make(1, right.rows, () => left.value),
      right,
    );
  }
  if (!isSized(right))
    // `u ones^T` cannot be told the width; it spreads.
    return right.any === 'ones-row'
      ? { ...left, wide: true }
      : product(
          left,
          make(left.cols, 1, () => right.value),
        );
  if (left.cols !== right.rows)
    throw new Error(`product of ${left.rows}x${left.cols} and ${right.rows}x${right.cols}`);
  return make(left.rows, right.cols, (i, j) =>
    Array.from({ length: left.cols }, (_, k) => left.at(i, k) * right.at(k, j)).reduce(
      (total, x) => total + x,
      0,
    ),
  );
}

/** The value of a surface formula as a matrix. */
export function surfaceValue(formula: Formula, world: World): Shown {
  const value = (part: Formula): Shown => surfaceValue(part, world);
  switch (formula.kind) {
    case 'number':
      return { any: 'number', value: formula.value.valueOf() };
    case 'symbol': {
      const size = world.sizes.get(formula.name);
      if (size !== undefined) return { any: 'number', value: size };
      const dims = [...(world.dims.get(formula.name) ?? '')].map((letter) =>
        sure(world.sizes.get(letter)),
      );
      const [rows, cols] = [dims[0] ?? 1, dims[1] ?? 1];
      return make(rows, cols, (i, j) =>
        entryOf(formula.name, [i + 1, j + 1].slice(0, dims.length)),
      );
    }
    case 'add':
      return formula.terms
        .map(value)
        .reduce((a, b) => spread([a, b], ([x, y]) => sure(x) + sure(y)));
    case 'multiply':
      return formula.factors.map(value).reduce(product);
    case 'power': {
      const exponent = value(formula.exponent);
      return spread([value(formula.base)], ([x]) => sure(x) ** entry(exponent, 0, 0));
    }
    case 'call': {
      const inner = value(sure(formula.args[0]));
      if (formula.name === 'softmax' && isSized(inner)) {
        const rows =
          inner.cols === 1
            ? [Array.from({ length: inner.rows }, (_, i) => inner.at(i, 0))]
            : rowsOf(inner);
        const done = rows.map(softmaxOf);
        return inner.cols === 1
          ? make(inner.rows, 1, (i) => sure(sure(done[0])[i]))
          : make(inner.rows, inner.cols, (i, j) => sure(sure(done[i])[j]));
      }
      return spread([inner], ([x]) => slope(formula.name, formula.slots.length, sure(x)));
    }
    case 'indicator': {
      const { when } = formula;
      if (when.kind !== 'compare') throw new Error('only comparisons');
      return spread([value(when.left), value(when.right)], ([a, b]) =>
        (when.relation === '>' ? sure(a) > sure(b) : sure(a) < sure(b)) ? 1 : 0,
      );
    }
    case 'operation':
      return operationValue(formula, value);
    default:
      throw new Error(`no ${formula.kind} in surface formulas here`);
  }
}

const rowsOf = (matrix: Sized): number[][] =>
  Array.from({ length: matrix.rows }, (_, i) =>
    Array.from({ length: matrix.cols }, (_unused, j) => matrix.at(i, j)),
  );

function operationValue(
  formula: Extract<Formula, { kind: 'operation' }>,
  value: (part: Formula) => Shown,
): Shown {
  const args = formula.args.map(value);
  const [first, second] = args as [Shown, Shown];
  const sized = (): Sized => {
    if (!isSized(first)) throw new Error(`${formula.name} of a number`);
    return first;
  };
  const all = (): number[] => rowsOf(sized()).flat();
  const scalar = (x: number): Shown => ({ any: 'number', value: x });
  switch (formula.name) {
    case 'transpose':
      if (!isSized(first)) return first.any === 'ones' ? { ...first, any: 'ones-row' } : first;
      return make(first.cols, first.rows, (i, j) => first.at(j, i));
    case 'elementwise':
      return spread([first, second], ([x, y]) => sure(x) * sure(y));
    case 'elementwise_divide':
      return spread([first, second], ([x, y]) => sure(x) / sure(y));
    case 'inverse': {
      const inverse = inverseOf(rowsOf(sized()));
      return make(sized().rows, sized().cols, (i, j) => sure(sure(inverse[i])[j]));
    }
    case 'determinant':
      return scalar(determinantOf(rowsOf(sized())));
    case 'trace':
      return scalar(rowsOf(sized()).reduce((total, row, i) => total + sure(row[i]), 0));
    case 'diagonal':
      return sized().cols === 1
        ? make(sized().rows, sized().rows, (i, j) => (i === j ? sized().at(i, 0) : 0))
        : make(sized().rows, 1, (i) => sized().at(i, i));
    case 'norm':
    case 'frobenius':
      return scalar(Math.sqrt(all().reduce((total, x) => total + x * x, 0)));
    case 'ones':
      return { any: 'ones', value: 1 };
    case 'identity':
      return { any: 'identity', value: 1 };
    default:
      throw new Error(`no ${formula.name} here`);
  }
}

/** The largest difference between a surface formula and a core formula over its axes. */
export function largestDifference(
  surface: Formula,
  core: Formula,
  axes: readonly { readonly index: string; readonly size: string }[],
  world: World,
): number {
  const shown = surfaceValue(surface, world);
  const [rows, cols] = [0, 1].map((axis) => world.sizes.get(axes[axis]?.size ?? '') ?? 1) as [
    number,
    number,
  ];
  if (
    isSized(shown) &&
    !shown.wide &&
    (shown.rows > 1 || shown.cols > 1) &&
    (shown.rows !== rows || shown.cols !== cols)
  )
    throw new Error(`shape ${shown.rows}x${shown.cols}, expected ${rows}x${cols}`);
  let worst = 0;
  for (let i = 0; i < rows; i += 1)
    for (let j = 0; j < cols; j += 1) {
      const at = new Map(axes.map(({ index }, axis) => [index, (axis === 0 ? i : j) + 1]));
      const right = coreValue(core, world, at);
      const isWide = isSized(shown) && shown.wide;
      const left = isScalar(shown) ? entry(shown, 0, 0) : entry(shown, i, isWide ? 0 : j);
      worst = Math.max(worst, Math.abs(left - right) / Math.max(1, Math.abs(right)));
    }
  return worst;
}
