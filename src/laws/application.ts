/** What a law makes of a formula, for laws that bind nothing worth showing. */
import type { Formula } from '../expression/formula.js';
import type { Application } from '../rewrite/law.js';

export const plainly = (after: Formula, more: Partial<Application> = {}): Application => ({
  after,
  bindings: new Map(),
  assumes: [],
  ...more,
});
