/** All laws in one list, and by name. */

import type { Law } from '../rewrite/law.js';
import { lawBook } from '../rewrite/replay.js';
import { algebraLaws } from './algebra.js';
import { calculusLaws } from './calculus/laws.js';
import { definitionLaws } from './definitions.js';
import { deltaLaws } from './deltas.js';
import { limitLaw, partsLaw } from './limits/limit-of.js';
import { sumLaws } from './sums.js';
import { tidyLaw } from './tidy.js';

/** Laws that keep the value of a formula. */
export const valueLaws: readonly Law[] = [
  tidyLaw,
  ...calculusLaws,
  ...deltaLaws,
  ...sumLaws,
  ...definitionLaws,
  ...algebraLaws,
];

/** Laws that take a formula to its limit. */
const limitLaws: readonly Law[] = [limitLaw, partsLaw];

export const allLaws: readonly Law[] = [...valueLaws, ...limitLaws];

export const allLawsByName: ReadonlyMap<string, Law> = lawBook(allLaws);
