import { describe, expect, it } from 'vitest';
import { problemFiles, problemsOf } from './problems.js';

/** Fewer expectations than this in a sheet would mean that its comments are not read. */
const FEWEST = 8;

describe('problem sets', () => {
  it.each(problemFiles)(
    '%s is answered and judged as mathematics says',
    async (file) => {
      const { tried, problems } = await problemsOf(file);
      expect(problems).toEqual([]);
      expect(tried).toBeGreaterThanOrEqual(FEWEST);
    },
    120_000,
  );
});
