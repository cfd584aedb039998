/**
 * Bound indices eliminated from one product, in the order of least degree.
 *
 * A product is a graph: indices are its nodes, a factor with two indices is an edge, a factor with
 * one a label on its node. Contracting a node of degree 0, 1 or 2 is a dot product, a matrix times
 * a vector, a product of matrices. (Variable elimination; Laue, Mitterreiter and Giesen 2018 and
 * 2020 treat matrix calculus by such index notation.)
 */
import {
  add,
  type Bounds,
  type Formula,
  negate,
  number,
  operation,
} from '../expression/formula.js';
import { same } from '../expression/same.js';
import {
  chain,
  contract,
  diagonal,
  hadamard,
  identity,
  ones,
  termOf,
  traceOf,
  transpose,
} from './build.js';
import { type Labelled, labelled, oriented, type Scope, scalarFactor } from './factors.js';
import { freeIndices } from './free-indices.js';
import {
  type Dimension,
  type Matrix,
  matrixFormula,
  NoMatrixForm,
  type Term,
  UNIT,
} from './matrix.js';
import { type ProductTerm, rangeKey } from './product-terms.js';

/** A factor in the graph; `order` is its place in the product, so that it can be kept. */
interface Placed {
  readonly matrix: Matrix;
  readonly order: number;
}

interface Edge extends Placed {
  readonly ends: readonly [string, string];
}

interface Graph {
  readonly bound: Map<string, Bounds>;
  readonly labels: Map<string, Placed[]>;
  edges: Edge[];
  scalars: Formula[];
}

/** How many values an index takes. */
const countOf = (bounds: Bounds): Formula =>
  bounds.lower.kind === 'number' && bounds.lower.value.equals(1)
    ? bounds.upper
    : add(bounds.upper, number(1), negate(bounds.lower));

function graphOf(term: ProductTerm, axes: readonly string[], scope: Scope): Graph {
  const graph: Graph = { bound: new Map(term.bound), labels: new Map(), edges: [], scalars: [] };
  const names = new Set([...term.bound.keys(), ...axes]);
  for (const [order, factor] of term.factors.entries()) {
    const active = [...freeIndices(factor)].filter((name) => names.has(name));
    if (active.length === 0) {
      graph.scalars.push(scalarFactor(factor, scope));
      continue;
    }
    place(graph, deltaOrFactor(factor, active, scope), order);
  }
  return graph;
}

function deltaOrFactor(factor: Formula, active: readonly string[], scope: Scope): Labelled {
  if (factor.kind !== 'delta') return labelled(factor, active, scope);
  const [left, right] = active;
  const [one, other] = [left, right].map((name) =>
    name === undefined ? undefined : scope.ranges.get(name),
  );
  if (active.length !== 2 || left === undefined || right === undefined || !one || !other)
    throw new NoMatrixForm('a delta at a written index');
  if (!same(one.lower, other.lower) || !same(one.upper, other.upper))
    throw new NoMatrixForm('a delta between two ranges');
  return { indices: [left, right], matrix: identity(rangeKey(one)) };
}

/** Puts a factor into the graph, merging it with an edge between the same nodes. */
function place(graph: Graph, item: Labelled, order: number): void {
  const [first, second] = item.indices;
  if (second === undefined) {
    graph.labels.set(first, [...(graph.labels.get(first) ?? []), { matrix: item.matrix, order }]);
    return;
  }
  graph.edges.push({ ends: [first, second], matrix: item.matrix, order });
}

const touches = (edge: Edge, node: string): boolean => edge.ends.includes(node);
const across = (edge: Edge, node: string): string =>
  edge.ends[0] === node ? edge.ends[1] : edge.ends[0];
const towards = (edge: Edge, row: string): Matrix =>
  oriented({ indices: edge.ends, matrix: edge.matrix }, row);

/** Whether nothing but the edges given touches its two nodes, and both are bound. */
const isClosedPair = (graph: Graph, edge: Edge, rest: readonly Edge[]): boolean =>
  edge.ends.every(
    (node) =>
      graph.bound.has(node) &&
      (graph.labels.get(node) ?? []).length === 0 &&
      !rest.some((item) => touches(item, node)),
  );

/** Sums of squares of all entries of a matrix. */
function takeSquares(graph: Graph): void {
  for (const edge of graph.edges) {
    const { matrix } = edge;
    if (matrix.kind !== 'power' || matrix.exponent !== 2) continue;
    const rest = graph.edges.filter((item) => item !== edge);
    if (edge.ends[0] === edge.ends[1] || !isClosedPair(graph, edge, rest)) continue;
    graph.scalars.push(...traceOf(matrix.of, transpose(matrix.of)));
    for (const node of edge.ends) graph.bound.delete(node);
    graph.edges = rest;
  }
}

/** Edges between the same two nodes become one, elementwise; a closed pair becomes a trace. */
function mergeParallel(graph: Graph): void {
  takeSquares(graph);
  for (const [at, edge] of graph.edges.entries()) {
    const twin = graph.edges.findIndex(
      (other, place) => place > at && touches(other, edge.ends[0]) && touches(other, edge.ends[1]),
    );
    if (twin < 0) continue;
    const other = graph.edges[twin] as Edge;
    const [row, column] = edge.ends;
    const rest = graph.edges.filter((item) => item !== edge && item !== other);
    if (isClosedPair(graph, edge, rest)) {
      graph.scalars.push(...traceOf(towards(edge, row), towards(other, column)));
      graph.bound.delete(row);
      graph.bound.delete(column);
      graph.edges = rest;
    } else {
      const [one, two] = edge.order <= other.order ? [edge, other] : [other, edge];
      const matrix = mergedEdge(towards(one, row), towards(two, row), row, graph);
      const order = Math.min(edge.order, other.order);
      graph.edges = [...rest, { ends: [row, column], matrix, order }];
    }
    mergeParallel(graph);
    return;
  }
}

/** The elementwise product of two edges; with an identity, the diagonal goes to the label. */
function mergedEdge(left: Matrix, right: Matrix, row: string, graph: Graph): Matrix {
  const other = left.kind === 'identity' ? right : right.kind === 'identity' ? left : undefined;
  if (other === undefined) return hadamard([left, right], left);
  const formula = operation('diagonal', matrixFormula(other));
  const label: Matrix = { kind: 'leaf', formula, symmetric: false, rows: other.rows, cols: UNIT };
  place(graph, { indices: [row], matrix: label }, Number.MAX_SAFE_INTEGER);
  return identity(other.rows);
}

/** The labels of a node in the order of the product. */
const labelsOf = (graph: Graph, node: string): readonly Matrix[] =>
  (graph.labels.get(node) ?? [])
    .toSorted((left, right) => left.order - right.order)
    .map((label) => label.matrix);

/** The first place in the product of what stands at a node. */
const orderAt = (graph: Graph, node: string, edges: readonly Edge[]): number =>
  Math.min(...[...(graph.labels.get(node) ?? []), ...edges].map((item) => item.order));

/** `A[k, k]` summed with nothing else attached is a trace. */
function soleDiagonal(labels: readonly Matrix[]): Formula | undefined {
  const [label] = labels;
  if (labels.length !== 1 || label?.kind !== 'leaf') return undefined;
  const { formula } = label;
  const inner =
    formula.kind === 'operation' && formula.name === 'diagonal' ? formula.args[0] : undefined;
  return inner && operation('trace', inner);
}

function eliminateNode(graph: Graph, node: string, bounds: Bounds): void {
  const labels = labelsOf(graph, node);
  const edges = graph.edges.filter((edge) => touches(edge, node));
  const size: Dimension = rangeKey(bounds);
  const order = orderAt(graph, node, edges);
  graph.labels.delete(node);
  graph.bound.delete(node);
  graph.edges = graph.edges.filter((edge) => !edges.includes(edge));
  const [one, other] = edges;
  if (one === undefined) {
    if (labels.length === 0) graph.scalars.push(countOf(bounds));
    else {
      const trace = soleDiagonal(labels);
      graph.scalars.push(...(trace ? [trace] : contract(labels, size)));
    }
    return;
  }
  const column: Matrix = { kind: 'ones', rows: size, cols: UNIT };
  const label = labels.length === 0 ? undefined : hadamard(labels, labels[0] ?? column);
  if (other === undefined) {
    const end = across(one, node);
    const term = chain([towards(one, end), label ?? ones(size, UNIT)]);
    attach(graph, term, { indices: [end] }, order);
    return;
  }
  if (edges.length > 2)
    throw new NoMatrixForm(`${node} stands in ${edges.length} factors with two indices`);
  const [start, end] = [across(one, node), across(other, node)];
  const middle = label ? [diagonal(label)] : [];
  const term = chain([towards(one, start), ...middle, towards(other, node)]);
  attach(graph, term, { indices: [start, end] }, order);
}

/** Adds what a contraction left: its scalars, and its matrix as a label or an edge. */
function attach(
  graph: Graph,
  term: Term,
  { indices }: Pick<Labelled, 'indices'>,
  order: number,
): void {
  graph.scalars.push(number(term.coefficient), ...term.scalars);
  if (term.matrix === undefined) return;
  const [first, second] = indices;
  if (second !== undefined && first === second) {
    const formula = operation('diagonal', matrixFormula(term.matrix));
    const matrix: Matrix = {
      kind: 'leaf',
      formula,
      symmetric: false,
      rows: term.matrix.rows,
      cols: UNIT,
    };
    place(graph, { indices: [first], matrix }, order);
    return;
  }
  place(graph, { indices, matrix: term.matrix } as Labelled, order);
}

/** The next index to eliminate: least degree first, those with labels before those without. */
function nextNode(graph: Graph): string | undefined {
  const cost = (node: string): number =>
    2 * graph.edges.filter((edge) => touches(edge, node)).length -
    (labelsOf(graph, node).length > 0 ? 1 : 0);
  let best: string | undefined;
  for (const node of graph.bound.keys())
    if (best === undefined || cost(node) < cost(best)) best = node;
  return best;
}

/** One product over the axes (none, one or two), with all bound indices gone. */
export function eliminate(term: ProductTerm, axes: readonly string[], scope: Scope): Term {
  const graph = graphOf(term, axes, scope);
  mergeParallel(graph);
  for (let node = nextNode(graph); node !== undefined; node = nextNode(graph)) {
    eliminateNode(graph, node, graph.bound.get(node) as Bounds);
    mergeParallel(graph);
  }
  const rest = remaining(graph, axes, scope);
  const scalars = termOf(undefined, [...graph.scalars, ...rest.scalars]);
  return {
    coefficient: term.coefficient.mul(rest.coefficient).mul(scalars.coefficient),
    scalars: scalars.scalars,
    matrix: rest.matrix,
  };
}

function remaining(graph: Graph, axes: readonly string[], scope: Scope): Term {
  const [row, column] = axes;
  if (row === undefined) return termOf(undefined);
  const onRows = labelsOf(graph, row);
  if (column === undefined) {
    if (onRows.length === 0) return termOf(undefined);
    return termOf(hadamard(onRows, onRows[0] as Matrix));
  }
  const onColumns = labelsOf(graph, column);
  const [edge] = graph.edges;
  const size = (axis: string) => rangeKey(scope.ranges.get(axis) as Bounds);
  if (edge) {
    const middle = towards(edge, row);
    if (middle.kind === 'identity') {
      const labels = [...onRows, ...onColumns];
      return termOf(labels.length === 0 ? middle : diagonal(hadamard(labels, labels[0] as Matrix)));
    }
    return chain([
      ...onRows.slice(0, 1).map(() => diagonal(hadamard(onRows, onRows[0] as Matrix))),
      middle,
      ...onColumns.slice(0, 1).map(() => diagonal(hadamard(onColumns, onColumns[0] as Matrix))),
    ]);
  }
  if (onRows.length === 0 && onColumns.length === 0) return termOf(undefined);
  const left = onRows.length === 0 ? ones(size(row), UNIT) : hadamard(onRows, onRows[0] as Matrix);
  const right =
    onColumns.length === 0 ? ones(size(column), UNIT) : hadamard(onColumns, onColumns[0] as Matrix);
  return chain([left, transpose(right)]);
}
