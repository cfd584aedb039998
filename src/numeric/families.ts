/** Functions of a whole family on the tape. */
import type { FamilyFormula } from '../expression/formula.js';
import { Unsupported } from '../expression/unsupported.js';
import { distance } from './conditions.js';
import { applyElementary } from './elementary.js';
import { IndexOutOfRange } from './errors.js';
import type { Node, Tape } from './tape.js';
import type { FamilyEntries, Working } from './working.js';

/** Largest matrix whose inverse or determinant is worked out. */
const LARGEST_MATRIX = 12;

/** Applies a family function. */
export function applyFamily(
  working: Working,
  formula: FamilyFormula,
  entries: FamilyEntries,
  at: readonly number[],
): Node {
  const { tape } = working;
  const { name } = formula;
  const nodes = entries.map((entry) => entry.node);
  const place = (): Node => {
    const found = entries.find((entry) => entry.indices.join() === at.join());
    if (!found) throw new IndexOutOfRange(name, at, 'the family has no such entry');
    return found.node;
  };
  switch (name) {
    case 'max':
    case 'min':
      return extreme(working, formula, nodes);
    case 'logsumexp':
      return logSumExp(tape, nodes);
    case 'log_softmax':
      return tape.add([place(), tape.negate(logSumExp(tape, nodes))]);
    case 'softmax': {
      const shift = largest(tape, nodes);
      const numerator = raised(tape, place(), shift);
      const total = tape.add(nodes.map((node) => raised(tape, node, shift)));
      return tape.divide(numerator, total);
    }
    case 'chain':
      throw new Unsupported('a product of matrices is worked out level by level');
    case 'determinant':
      return eliminate(tape, matrix(entries)).determinant;
    case 'inverse': {
      const rows = matrix(entries);
      const first = entries[0]?.indices ?? [];
      place();
      const row = (at[0] as number) - (first[0] as number);
      const column = (at[1] as number) - (first[1] as number);
      return inverseEntry(tape, rows, row, column);
    }
  }
}

const missingAmong = (tape: Tape, nodes: readonly Node[]): string | undefined => {
  for (const node of nodes) {
    const missing = tape.missingFor(node);
    if (missing !== undefined) return missing;
  }
  return undefined;
};

/** The shift by the largest value keeps exponentials finite; it drops out of the result exactly. */
const largest = (tape: Tape, nodes: readonly Node[]): Node => {
  const finite = nodes.map((node) => tape.value(node)).filter(Number.isFinite);
  return tape.constant(finite.length === 0 ? 0 : -Math.max(...finite));
};

const raised = (tape: Tape, node: Node, shift: Node): Node =>
  applyElementary(tape, 'exp', [tape.add([node, shift])]);

function logSumExp(tape: Tape, nodes: readonly Node[]): Node {
  const shift = largest(tape, nodes);
  const total = tape.add(nodes.map((node) => raised(tape, node, shift)));
  return tape.add([applyElementary(tape, 'log', [total]), tape.negate(shift)]);
}

/** The largest or smallest; how close the two best are is noted, and whether the first is the best. */
function extreme(working: Working, formula: FamilyFormula, nodes: readonly Node[]): Node {
  const { tape } = working;
  const sign = formula.name === 'max' ? 1 : -1;
  const missing = missingAmong(tape, nodes);
  if (missing !== undefined) return tape.absentFrom(missing, nodes);
  const sorted = [...nodes].sort((a, b) => sign * (tape.value(b) - tape.value(a)));
  const [best, second] = sorted;
  if (best === undefined) throw new Unsupported('the largest of no numbers');
  if (second !== undefined) {
    const [high, low] = [tape.value(best), tape.value(second)];
    working.note(distance(high, low));
    const [first] = nodes as [Node];
    working.branches.meet(formula, [[first, first === best ? second : best]]);
  }
  return best;
}

function matrix(entries: FamilyEntries): Node[][] {
  const rows = new Map<number, Node[]>();
  for (const { indices, node } of entries) {
    const row = rows.get(indices[0] as number);
    if (row) row.push(node);
    else rows.set(indices[0] as number, [node]);
  }
  const result = [...rows.values()];
  if (result.some((row) => row.length !== result.length))
    throw new Unsupported('an inverse or determinant needs a square matrix');
  if (result.length > LARGEST_MATRIX)
    throw new Unsupported(`matrices above ${LARGEST_MATRIX} x ${LARGEST_MATRIX} are not inverted`);
  return result;
}

/** Gauss elimination with row exchanges; `right` is changed along with the rows. */
function eliminate(
  tape: Tape,
  rows: readonly (readonly Node[])[],
  right: readonly Node[] = [],
): { readonly determinant: Node; readonly rows: Node[][]; readonly right: Node[] } {
  const work = rows.map((row) => [...row]);
  const side = [...right];
  const size = work.length;
  let determinant = tape.one;
  for (let step = 0; step < size; step += 1) {
    const weight = (row: number) => Math.abs(tape.value((work[row] as Node[])[step] as Node));
    let best = step;
    for (let row = step + 1; row < size; row += 1) if (weight(row) > weight(best)) best = row;
    if (best !== step) {
      [work[step], work[best]] = [work[best] as Node[], work[step] as Node[]];
      [side[step], side[best]] = [side[best] as Node, side[step] as Node];
      determinant = tape.negate(determinant);
    }
    const pivotRow = work[step] as Node[];
    const pivot = pivotRow[step] as Node;
    determinant = tape.multiply(determinant, pivot);
    for (let row = step + 1; row < size; row += 1) {
      const target = work[row] as Node[];
      const factor = tape.negate(tape.divide(target[step] as Node, pivot));
      for (let column = step; column < size; column += 1)
        target[column] = tape.add([
          target[column] as Node,
          tape.multiply(factor, pivotRow[column] as Node),
        ]);
      if (side.length > 0)
        side[row] = tape.add([side[row] as Node, tape.multiply(factor, side[step] as Node)]);
    }
  }
  return { determinant, rows: work, right: side };
}

/** The entry of the inverse: the solution of `M x = e_column` at `row`. */
function inverseEntry(
  tape: Tape,
  rows: readonly (readonly Node[])[],
  row: number,
  column: number,
): Node {
  const unit = rows.map((_, place) => (place === column ? tape.one : tape.zero));
  const { rows: upper, right } = eliminate(tape, rows, unit);
  const solution: Node[] = [];
  for (let place = rows.length - 1; place >= row; place -= 1) {
    const line = upper[place] as Node[];
    const terms = [right[place] as Node];
    for (let later = place + 1; later < rows.length; later += 1)
      terms.push(tape.negate(tape.multiply(line[later] as Node, solution[later] as Node)));
    solution[place] = tape.divide(tape.add(terms), line[place] as Node);
  }
  return solution[row] as Node;
}
