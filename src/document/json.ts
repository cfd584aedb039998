/** Results as JSON: the contract with programs. */
import type { ResultView, StepDetail } from './view.js';

/** Fields that only documents use. */
const documentsOnly = new Set([
  'unicode',
  'becauseUnicode',
  'pieces',
  'point',
  'tikz',
  'source',
  'checked',
  'notes',
  'inner',
  'paths',
  'fitsPaths',
  'shown',
]);

/**
 * One object per file on one line: `{"version":1,"file":...,"results":[...]}`. Fields that only
 * documents use are left out; `steps` says whether small steps (`inner`) and steps at all are kept.
 * Numbers that JSON cannot write (infinities) become null.
 */
export function writeJson(
  file: string,
  results: readonly ResultView[],
  options: { readonly steps: StepDetail } = { steps: 'main' },
): string {
  return JSON.stringify({
    version: 1,
    file,
    results: withoutDocumentFields(results, options.steps),
  });
}

/** A view, or anything made of views, with the fields that programs get. */
export function withoutDocumentFields(value: unknown, steps: StepDetail = 'main'): unknown {
  const keep = (key: string, entry: unknown): unknown => {
    if (key === 'inner' && steps === 'all') return entry;
    if (documentsOnly.has(key)) return undefined;
    return key === 'steps' && steps === 'none' ? [] : entry;
  };
  if (Array.isArray(value)) return value.map((entry) => withoutDocumentFields(entry, steps));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, entry]) => key === 'witness' || keep(key, entry) !== undefined)
      .map(([key, entry]) => [
        key,
        key === 'witness' ? entry : withoutDocumentFields(keep(key, entry), steps),
      ]),
  );
}
