/** Results as JSON: the contract with programs. */
import type { ResultView, StepDetail } from './view.js';

/** Fields that only documents use. */
const documentsOnly = new Set([
  'unicode',
  'becauseUnicode',
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
  const keep = (key: string, value: unknown): unknown => {
    if (key === 'inner' && options.steps === 'all') return value;
    if (documentsOnly.has(key)) return undefined;
    return key === 'steps' && options.steps === 'none' ? [] : value;
  };
  const clean = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key, entry]) => key === 'witness' || keep(key, entry) !== undefined)
        .map(([key, entry]) => [key, key === 'witness' ? entry : clean(keep(key, entry))]),
    );
  };
  return JSON.stringify({ version: 1, file, results: clean(results) });
}
