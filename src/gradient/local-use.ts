/** What one definition adds to the derivative by an entry that it uses. */
import type { Definition } from '../network/network.js';
import type { OpenedDefinition } from './prepared.js';
import type { Term } from './term.js';

/** One definition that uses the family: its terms hold the pending derivative by what it defines. */
export interface LocalUse {
  readonly definition: Definition;
  readonly opened: OpenedDefinition;
  readonly terms: readonly Term[];
}
