/** What is kept while one surface formula is turned into indices. */
import type { Bounds, Formula } from '../../expression/formula.js';
import { ShapeError } from '../errors.js';
import type { Vocabulary } from '../network.js';

/** Marks the variables made here, so that no name of an author can meet them. */
const MARK = '\u00b7';

const marked = new RegExp(`${MARK}\\d+`, 'g');

/** The letter an author gave to a variable made here; empty if nobody did. */
export const stemOf = (variable: string): string => variable.split(MARK)[0] ?? '';

/** Whether a variable was made here. */
export const isMade = (variable: string): boolean => variable.includes(MARK);

export interface Conventions {
  readonly layout: 'numerator' | 'denominator';
  readonly softmaxOver: 'rows' | 'columns';
}

export interface EndOfProduct {
  /** The variable of the row or column. */
  readonly of: string;
  readonly level: string;
  readonly value: Formula;
}

/** State of one formula's (or one definition's) passage to indices. */
export class IndexingContext {
  /** Ranges that somebody wrote, or that a literal fixes, by variable. */
  readonly written = new Map<string, Bounds>();
  /** Pairs of variables that must have one range without meeting in a family. */
  readonly ties: (readonly [string, string])[] = [];
  /** Ends of ordered products: the range of a row or column of one factor, at one level. */
  readonly ends = new Map<string, EndOfProduct>();
  /** Variables of sums of ones: their sum is the size of the range. */
  readonly counters = new Set<string>();
  /** Names whose guessed rank was relied on. */
  readonly guessed = new Set<string>();
  #made = 0;

  constructor(
    readonly vocabulary: Vocabulary,
    readonly conventions: Conventions,
    /** The size of an axis as text, for messages; the network may not know it yet. */
    readonly sizeOf: (body: Formula, axis: string) => string | undefined = () => undefined,
  ) {}

  /** A new variable that keeps the author's letter. */
  make(stem = ''): string {
    this.#made += 1;
    return `${stemOf(stem)}${MARK}${this.#made}`;
  }

  /** A shape error that carries the guesses made so far. */
  clash(message: string): ShapeError {
    return new ShapeError(message.replace(marked, ''), [...this.guessed]);
  }
}
