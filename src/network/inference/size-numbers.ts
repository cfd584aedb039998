/** Sizes that are numbers, each with the line that says so. */
import type { Formula } from '../../expression/formula.js';
import { structureKey } from '../../expression/same.js';
import { NetworkError } from '../errors.js';
import { type Claim, sizeClash } from './evidence.js';

export interface SizeNumber {
  readonly value: number;
  readonly line: number;
  readonly source: string;
  readonly claim: Claim;
}

export class SizeNumbers {
  readonly known = new Map<string, SizeNumber>();

  /**
   * Says that a size is a number.
   * @throws {NetworkError} where another line said that it is another number
   */
  set(size: Formula, value: number, claim: Claim): void {
    if (size.kind === 'number') return;
    const key = structureKey(size);
    const before = this.known.get(key);
    if (before && before.value !== value)
      throw new NetworkError(sizeClash(claim, before.claim), claim.unit.line);
    const { line, source } = claim.unit;
    this.known.set(key, { value, line, source, claim });
  }
}
