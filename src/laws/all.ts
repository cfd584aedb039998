/** All laws in one list, and by name. */

import type { Law } from '../rewrite/law.js';
import { type LawBook, lawBook } from '../rewrite/replay.js';
import { calculusLaws } from './calculus/laws.js';
import { tidyLaw } from './tidy.js';

export const allLaws: readonly Law[] = [tidyLaw, ...calculusLaws];

export const allLawsByName: LawBook = lawBook(allLaws);
