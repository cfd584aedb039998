/** Verdicts on lines of scalars against their values at points. */
import { solveText } from '../../../src/derive.js';
import type { Beat } from '../kinds.js';
import { Random } from '../random.js';
import { NotScalar, scalarExpression } from '../scalar/expression.js';
import { somePoint } from '../scalar/network.js';
import { described } from './reading.js';
import { faultOfResults } from './worksheets.js';

const POINTS = 40;
/** Of so many points the line must be defined at least, before a point of view is taken. */
const ENOUGH = 15;

/** Whether both sides have the same values wherever both have one; nothing where that is not clear. */
function sameValues(left: string, right: string): boolean | undefined {
  const [one, other] = [scalarExpression(left), scalarExpression(right)];
  const random = new Random(2, 0, 'points');
  let [same, far] = [0, 0];
  for (let tries = 0; tries < POINTS; tries += 1) {
    const point = somePoint(random);
    const value = (name: string): number => {
      const known = point.get(name);
      if (known === undefined) throw new NotScalar(`no value of ${name}`);
      return known;
    };
    const [a, b] = [one(value), other(value)];
    if (!Number.isFinite(a) || !Number.isFinite(b) || Math.abs(a) > 1e9 || Math.abs(b) > 1e9)
      continue;
    const apart = Math.abs(a - b) / (1 + Math.abs(a) + Math.abs(b));
    // Between the two nothing is clear: tanh(e^3) and sigmoid(e^3) differ by 2e-9.
    if (apart < 1e-12) same += 1;
    else if (apart > 1e-4) far += 1;
  }
  if (far > 1) return false;
  return far === 0 && same >= ENOUGH ? true : undefined;
}

/** A line with equal values is never `differs`, one with other values never `proved` or `agrees`. */
export async function probeLine(input: string, beat: Beat): Promise<string | undefined> {
  const found = /^check\n {2}([^=\n]*) = ([^=\n]*)\n$/.exec(input);
  if (!found) return undefined;
  const [, left = '', right = ''] = found;
  // A name alone, which the other side does not mention, is given by the line.
  if (/^[a-z]\w*$/.test(left) && !new RegExp(`\\b${left}\\b`).test(right)) return undefined;
  try {
    const same = sameValues(left, right);
    const document = await solveText(input, 'sheet.hg', { begins: beat, answered: beat });
    beat();
    const fault = faultOfResults(document, input);
    if (fault || same === undefined) return fault;
    const [check] = document.results;
    if (check?.kind !== 'check')
      return `not judged: ${check?.kind === 'error' ? check.message : ''}`;
    const verdict = check.lines[0]?.verdict;
    if (same && verdict === 'differs') return `accused: ${left} = ${right}`;
    if (!same && (verdict === 'proved' || verdict === 'agrees'))
      return `accepted: ${verdict}: ${left} = ${right}`;
    return undefined;
  } catch (problem) {
    return problem instanceof NotScalar ? undefined : `uncaught: ${described(problem)}`;
  }
}
