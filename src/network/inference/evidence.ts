/** What is known of the size of a class: declared, written, and equal to another class at a layer. */
import type { Bounds, Formula } from '../../expression/formula.js';
import type { Unit } from './uses.js';

/** Two sizes that must be equal in every model. */
export interface EqualSizes {
  readonly left: Formula;
  readonly right: Formula;
}

/** A size that is declared or given by a literal. */
export interface Claim {
  readonly size: Formula;
  /** The class argument, for a claim at one point; `undefined` if it holds for all. */
  readonly at: Formula | undefined;
  readonly unit: Unit;
  readonly node: string;
}

export interface Evidence {
  readonly exact: Claim[];
  readonly intervals: { readonly bounds: Bounds; readonly unit: Unit }[];
  /** Equal to another class, at a layer on either side. */
  readonly points: {
    readonly here: Formula | undefined;
    readonly root: string;
    readonly there: Formula | undefined;
  }[];
}

/** The message for two claims that differ. */
export function sizeClash(claim: Claim, before: Claim): string {
  const [here, there] = [claim, before].map(({ size }) =>
    size.kind === 'number' ? size.value.toFraction() : '?',
  );
  const name = claim.node.split('/')[0];
  return (
    `Sizes clash: by line ${claim.unit.line} (${claim.unit.source}) the size of ${name} is ${here}, ` +
    `but it must be ${there} by line ${before.unit.line} (${before.unit.source}). ` +
    'Correct one of them; places that meet in one index must have the same size.'
  );
}
