/** Derivatives of scalar networks against central differences that share no code with the engine. */
import { solveText } from '../../../src/derive.js';
import type { FindView } from '../../../src/document/view.js';
import type { Beat } from '../kinds.js';
import { Random } from '../random.js';
import { type Evaluate, NotScalar, scalarExpression } from '../scalar/expression.js';
import { scalarDefinitions, somePoint, valuesAt } from '../scalar/network.js';
import { described } from './reading.js';
import { faultOfResults } from './worksheets.js';

const POINTS = 12;
const STEPS = [1e-3, 5e-4];

/** The derivative at a point by differences, and how far off it may be; nothing where it is not smooth. */
function differences(
  definitions: ReadonlyMap<string, Evaluate>,
  point: ReadonlyMap<string, number>,
  ask: { of: string; by: string; order: number },
): { slope: number; within: number } | undefined {
  const centre = valuesAt(definitions, point)(ask.by);
  const at = (move: number) =>
    valuesAt(definitions, point, new Map([[ask.by, centre + move]]))(ask.of);
  const [coarse, fine] = STEPS.map((step) => {
    const far = [at(-2 * step), at(-step), at(0), at(step), at(2 * step)] as const;
    const [a, b, c, d, e] = far;
    return ask.order === 1
      ? (a - 8 * b + 8 * d - e) / (12 * step)
      : (-a + 16 * b - 30 * c + 16 * d - e) / (12 * step * step);
  }) as [number, number];
  const size = Math.abs(at(0));
  if (!Number.isFinite(coarse) || !Number.isFinite(fine) || size > 1e6) return undefined;
  const rough = Math.abs(coarse - fine);
  // Beside a kink, a pole or noise the two differ; nothing is said there.
  if (rough > 1e-5 * (1 + Math.abs(fine))) return undefined;
  const noise = (1 + size) * (ask.order === 1 ? 1e-12 : 1e-8);
  return { slope: fine, within: 1e-4 * (1 + Math.abs(fine)) + 50 * rough + noise * 1e3 };
}

const askOf = (text: string): { of: string; by: string; order: number } | undefined => {
  const first = /^d([a-z](?:_\d)?)\/d([a-z](?:_\d)?)$/.exec(text);
  if (first) return { of: first[1] as string, by: first[2] as string, order: 1 };
  const second = /^d2([a-z](?:_\d)?)\/d([a-z](?:_\d)?)\^2$/.exec(text);
  return second ? { of: second[1] as string, by: second[2] as string, order: 2 } : undefined;
};

function faultOfAnswer(
  find: FindView,
  definitions: ReadonlyMap<string, Evaluate>,
): string | undefined {
  const ask = askOf(find.ask.text.replaceAll(' ', ''));
  if (!ask) return undefined;
  const forms = { answer: find.answer, ...find.forms };
  for (const [form, { text }] of Object.entries(forms)) {
    const answer = scalarExpression(text);
    let [far, compared] = [0, 0];
    let told = '';
    const random = new Random(1, 0, 'points');
    for (let tries = 0; tries < POINTS; tries += 1) {
      const point = somePoint(random);
      const expected = differences(definitions, point, ask);
      const met = answer(valuesAt(definitions, point));
      if (!expected || !Number.isFinite(met)) continue;
      compared += 1;
      if (Math.abs(met - expected.slope) <= expected.within) continue;
      far += 1;
      told = `${met} where differences give ${expected.slope}`;
    }
    const isTrue = find.verdict === 'proved' || find.verdict === 'agrees';
    if (isTrue && far > 0)
      return `wrong ${form} is ${find.verdict}: ${find.ask.text} = ${text.slice(0, 300)}: ${told}`;
    if (!isTrue && find.verdict !== 'unknown' && compared > 3 && far === 0)
      return `right ${form} is ${find.verdict}: ${find.ask.text} = ${text.slice(0, 300)}`;
  }
  return undefined;
}

/** A scalar network with asks: every answer that is called right has the slope that differences give. */
export async function probeGradient(input: string, beat: Beat): Promise<string | undefined> {
  try {
    const definitions = scalarDefinitions(input);
    const document = await solveText(input, 'sheet.hg', { begins: beat, answered: beat });
    beat();
    const fault = faultOfResults(document, input);
    if (fault) return fault;
    for (const result of document.results) {
      if (result.kind !== 'find') continue;
      const wrong = faultOfAnswer(result, definitions);
      if (wrong) return wrong;
    }
    return undefined;
  } catch (problem) {
    // What the small reader does not know is not compared.
    return problem instanceof NotScalar ? undefined : `uncaught: ${described(problem)}`;
  }
}
