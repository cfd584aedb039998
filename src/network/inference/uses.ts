/** Every place where a family is met with an index: the evidence for ranges and sizes. */

import type { Bounds, Formula, SymbolFormula } from '../../expression/formula.js';
import { children, freeNames } from '../../expression/walk.js';
import { type Shifted, shiftedOf } from '../affine.js';

/** One indexed statement: its head (if it has one), its body, and what is known of its variables. */
export interface Unit {
  /** Declarations and literals fix a size; definitions only use it. */
  readonly kind: 'definition' | 'declaration' | 'literal' | 'question';
  readonly line: number;
  readonly source: string;
  readonly head: SymbolFormula | undefined;
  readonly body: Formula;
  /** Variables of the head and bound variables; all else in an index is a size or a fixed index. */
  readonly variables: ReadonlySet<string>;
  readonly written: ReadonlyMap<string, Bounds>;
  readonly ties: readonly (readonly [string, string])[];
}

/** A slot of a family at given values of the earlier slots on which its size may depend. */
export interface SlotTerm {
  readonly node: string;
  readonly args: readonly Formula[];
}

export interface Use extends SlotTerm {
  readonly unit: Unit;
  readonly index: Formula;
  readonly shifted: Shifted | undefined;
  readonly isHead: boolean;
}

export const nodeOf = (name: string, slot: number): string => `${name}/${slot}`;

/** Tells which earlier slots of a family a size may depend on (layers; units never). */
export type Ragged = (name: string, slot: number) => readonly number[];

/** All uses in a unit, the head's first. */
export function usesOf(unit: Unit, rankOf: (name: string) => number, ragged: Ragged): Use[] {
  const uses: Use[] = [];
  const visit = (symbol: SymbolFormula, isHead: boolean): void => {
    if (symbol.indices.length === 0 || rankOf(symbol.name) !== symbol.indices.length) return;
    symbol.indices.forEach((index, slot) => {
      uses.push({
        node: nodeOf(symbol.name, slot),
        args: ragged(symbol.name, slot).map((earlier) => symbol.indices[earlier] as Formula),
        unit,
        index,
        shifted: shiftedOf(index, (name) => unit.variables.has(name)),
        isHead,
      });
    });
  };
  const walk = (formula: Formula): void => {
    if (formula.kind === 'symbol') visit(formula, false);
    for (const part of children(formula)) walk(part);
  };
  if (unit.head) visit(unit.head, true);
  walk(unit.body);
  return uses;
}

/** Variables of a unit that must have one range: groups by tie. */
export function tieGroups(unit: Unit): ReadonlyMap<string, string> {
  const leader = new Map<string, string>();
  const find = (name: string): string => {
    const up = leader.get(name);
    return up === undefined || up === name ? name : find(up);
  };
  for (const [left, right] of unit.ties) {
    const a = find(left);
    const b = find(right);
    if (a !== b) leader.set(b, a);
  }
  return new Map([...leader.keys(), ...unit.variables].map((name) => [name, find(name)]));
}

/**
 * The class c of `p_c`, and the label `c_t` of `E_{c_t,k}`: one of the entries that there are, whichever
 * they are.
 */
export const isGivenByData = ({ index, unit }: Use, sizes: ReadonlySet<string>): boolean =>
  index.kind === 'symbol' &&
  (index.indices.length === 0
    ? !unit.variables.has(index.name)
    : index.indices.some((inner) =>
        [...freeNames(inner)].some((name) => unit.variables.has(name)),
      )) &&
  !sizes.has(index.name);
