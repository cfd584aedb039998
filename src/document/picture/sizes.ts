/**
 * Small numbers for sizes, so that a network can be drawn: a size nobody fixed gets few positions,
 * of which the last but one stands for all that are left out; so does a large one.
 */
import { type Bounds, type Formula, number, symbol } from '../../expression/formula.js';
import { structureKey } from '../../expression/same.js';

/** Sizes up to this are drawn unit by unit. */
const LARGEST_DRAWN = 6;

/** Positions drawn for a size that is symbolic or large: 1, 2, dots, last. */
const ELIDED_POSITIONS = 4;

/** How much of a family is drawn: its units, its ends, or one unit that stands for all. */
export type Density = 'units' | 'ends' | 'families';

/** From the most to the least that is drawn. */
export const densities: readonly Density[] = ['units', 'ends', 'families'];

/** The largest size drawn unit by unit, and the positions drawn of a larger one. */
const drawnAt: Readonly<Record<Density, readonly [largest: number, positions: number]>> = {
  units: [LARGEST_DRAWN, ELIDED_POSITIONS],
  ends: [3, 3],
  families: [1, 1],
};

export type Environment = ReadonlyMap<string, number>;

/** Positions of an index as drawn, each with what it is called; a dot where some are left out. */
export interface DrawnRange {
  readonly from: number;
  readonly to: number;
  /** The position that stands for those left out, and the name of the last one. */
  readonly elision?: { readonly dotsAt: number; readonly last: Formula };
  /** Whether its one position stands for all. */
  readonly isWhole?: boolean;
}

export interface Sizes {
  /** The range of an index; `undefined` if it depends on what is not known. */
  range(bounds: Bounds, environment: Environment): DrawnRange | undefined;
  /** The number of an index formula, with small numbers for sizes that are symbolic or large. */
  index(formula: Formula, environment: Environment): number | undefined;
}

/**
 * Sizes as drawn.
 * @param fixed true sizes by the structure key of their formula (`n[2]`, `L`)
 * @param density how much of a family is drawn
 * @param lengths names of the sizes of sequences, whose members are always drawn
 */
export function drawnSizes(
  fixed: ReadonlyMap<string, number>,
  density: Density,
  lengths: ReadonlySet<string>,
): Sizes {
  type SizeOf = (name: string, indices: readonly number[]) => number | undefined;
  const real: SizeOf = (name, indices) =>
    fixed.get(structureKey(symbol(name, indices.map(number))));
  const drawn: SizeOf = (name, indices) => {
    const size = real(name, indices);
    const [largest, positions] = drawnAt[lengths.has(name) ? 'units' : density];
    return size === undefined || size > largest ? positions : size;
  };
  const evaluate = (
    formula: Formula,
    environment: Environment,
    sizeOf: SizeOf,
  ): number | undefined => {
    const all = (parts: readonly Formula[]): readonly number[] | undefined => {
      const numbers = parts.map((part) => evaluate(part, environment, sizeOf));
      return numbers.every((value) => value !== undefined) ? (numbers as number[]) : undefined;
    };
    switch (formula.kind) {
      case 'number':
        return formula.value.valueOf();
      case 'symbol': {
        const indices = all(formula.indices);
        if (indices === undefined) return undefined;
        const bound = indices.length === 0 ? environment.get(formula.name) : undefined;
        return bound ?? sizeOf(formula.name, indices);
      }
      case 'add':
        return all(formula.terms)?.reduce((sum, term) => sum + term, 0);
      case 'multiply':
        return all(formula.factors)?.reduce((result, factor) => result * factor, 1);
      default:
        return undefined;
    }
  };
  const index = (formula: Formula, environment: Environment) =>
    evaluate(formula, environment, drawn);
  return {
    index,
    range(bounds, environment) {
      const from = index(bounds.lower, environment);
      const to = index(bounds.upper, environment);
      if (from === undefined || to === undefined) return undefined;
      const end = evaluate(bounds.upper, environment, real);
      if (end === to) return { from, to };
      const last = end === undefined ? bounds.upper : number(end);
      return from === to
        ? { from, to, isWhole: true }
        : { from, to, elision: { dotsAt: to - 1, last } };
    },
  };
}
