/** What must hold of every answered worksheet. */
import { solveText } from '../../../src/derive.js';
import { writeJson } from '../../../src/document/json.js';
import { writeText } from '../../../src/document/text.js';
import type { DocumentView } from '../../../src/document/view.js';
import type { Beat } from '../kinds.js';
import { described, faultOfLatex, faultOfPlace } from './reading.js';

/** Numbers that JSON cannot hold, and LaTeX that KaTeX refuses, anywhere in a view. */
function faultIn(view: unknown, seen: Set<unknown>): string | undefined {
  if (typeof view === 'number')
    return Number.isFinite(view) ? undefined : `not a JSON number: ${view}`;
  if (typeof view !== 'object' || view === null || seen.has(view)) return undefined;
  seen.add(view);
  if (view instanceof Map || view instanceof Set)
    return `not JSON: a ${view.constructor.name} in a result`;
  const { text, latex } = view as { text?: unknown; latex?: unknown };
  if (typeof text === 'string' && typeof latex === 'string') {
    const fault = faultOfLatex(latex);
    if (fault) return fault;
  }
  for (const part of Object.values(view)) {
    const fault = faultIn(part, seen);
    if (fault) return fault;
  }
  return undefined;
}

/** What is wrong with the results of a worksheet. */
export function faultOfResults(document: DocumentView, input: string): string | undefined {
  for (const result of document.results) {
    if (result.kind === 'error') {
      if (/bug of handgrad/.test(result.message)) return `bug: ${result.message.slice(0, 300)}`;
      const fault = faultOfPlace(result, input);
      if (fault) return fault;
    }
    const fault = faultIn(result, new Set());
    if (fault) return fault;
  }
  try {
    JSON.parse(writeJson(document.file, document.results, { steps: 'all' }));
    writeText(document.results, { color: 'off', steps: 'all' });
  } catch (problem) {
    return `writing: ${described(problem)}`;
  }
  return undefined;
}

/** A worksheet answered: results and errors of ours only, that every notation can hold. */
export async function probeWorksheet(input: string, beat: Beat): Promise<string | undefined> {
  let document: DocumentView;
  try {
    document = await solveText(input, 'sheet.hg', { begins: beat, answered: beat });
  } catch (problem) {
    return `uncaught: ${described(problem)}`;
  }
  beat();
  return faultOfResults(document, input);
}
