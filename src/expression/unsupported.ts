/** The error for what is not understood: never a zero, never nothing. */
import type { Formula } from './formula.js';

/**
 * Thrown where a formula asks for something that no law here covers. The message says what was met
 * and what to do; `formula` is the part that was met, for whoever can print it.
 */
export class Unsupported extends Error {
  override readonly name = 'Unsupported';

  constructor(
    message: string,
    readonly formula?: Formula,
  ) {
    super(message);
  }
}
