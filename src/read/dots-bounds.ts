/** The bounded sum or product that a pattern of written terms stands for. */
import { type Affine, affineOf, combine, formulaOf } from '../expression/affine.js';
import {
  bound,
  type Formula,
  number,
  rawAdd,
  rawMultiply,
  type SymbolFormula,
  symbol,
} from '../expression/formula.js';
import { children, freeNames, freshName } from '../expression/walk.js';
import type { IsSize } from './dots-direction.js';

/** What the dots stand for, and the terms that are none of it. */
export interface Fit {
  readonly before: readonly Formula[];
  readonly formula: Formula;
  readonly after: readonly Formula[];
}

export type Kind = 'sum' | 'product';

/** A pattern: how a group of terms looks at a shift of its indices. */
export interface Pattern {
  readonly period: number;
  /** First index of the first written group, as met. */
  readonly first: Affine;
  /** The group when its first index is that formula. */
  at(index: Affine): readonly Formula[];
}

export const numberForm = (value: number): Affine => affineOf(number(value)) as Affine;

/** Whether a symbol stands for a matrix, as far as its name and indices tell. */
export type IsMatrix = (formula: SymbolFormula) => boolean;

/** What names are, as far as dots must know. */
export interface DotsNames {
  readonly isMatrix: IsMatrix;
  readonly isSize: IsSize;
}

/** Whether a term may be a matrix, so that the order of a product counts. */
const mayBeMatrix = (formula: Formula, isMatrix: IsMatrix): boolean =>
  (formula.kind === 'symbol' && isMatrix(formula)) ||
  (formula.kind === 'symbol' && formula.indices.some((index) => index.kind === 'whole')) ||
  (formula.kind === 'operation' && formula.name === 'transpose') ||
  (formula.kind === 'derivative' && mayBeMatrix(formula.by, isMatrix)) ||
  children(formula).some((part) => mayBeMatrix(part, isMatrix));

const letters = ['i', 'j', 'k', 'm', 'n'];

export function bounded(
  kind: Kind,
  pattern: Pattern,
  first: Affine,
  last: Affine,
  step: number,
  around: readonly Formula[],
  { isMatrix }: DotsNames,
): Formula | undefined {
  const taken = new Set(around.flatMap((formula) => [...freeNames(formula)]));
  for (const form of [first, last])
    for (const { atom } of form.parts.values()) for (const name of freeNames(atom)) taken.add(name);
  const index = letters.find((letter) => !taken.has(letter)) ?? freshName('i', taken);
  const variable = affineOf(symbol(index)) as Affine;
  const body = (form: Affine): Formula => {
    const group = pattern.at(form);
    return kind === 'product' ? rawMultiply(group) : rawAdd(group);
  };
  const ordered = kind === 'product' && mayBeMatrix(body(first), isMatrix);
  if (step === 1) {
    return bound(kind, index, { lower: formulaOf(first), upper: formulaOf(last) }, body(variable));
  }
  if (step === -1 && !ordered) {
    return bound(kind, index, { lower: formulaOf(last), upper: formulaOf(first) }, body(variable));
  }
  // Count the groups from 0: the index goes down, or in steps longer than one.
  const count = combine(last, first, -1);
  const scaled = combine(
    { parts: new Map(), constant: numberForm(0).constant },
    count,
    numberForm(1).constant.div(step),
  );
  // `x_1 + x_3 + ... + x_n` does not say that n is odd.
  const isCounted = [
    scaled.constant,
    ...[...scaled.parts.values()].map((part) => part.coefficient),
  ];
  if (!isCounted.every((value) => value.d === 1n)) return undefined;
  const inside = combine(first, variable, step);
  return bound(kind, index, { lower: number(0), upper: formulaOf(scaled) }, body(inside));
}
