/** What the parts of the grammar see of the parser that calls them. */
import type { Formula } from '../expression/formula.js';
import type { Cursor } from './cursor.js';
import type { Notation } from './scripts.js';
import type { Token } from './token.js';
import type { Vocabulary } from './vocabulary.js';

export interface ParserContext {
  readonly vocabulary: Vocabulary;
  readonly notation: Notation;
  /** Letters bound by the sums and ranges around. */
  readonly bound: readonly string[];
  readonly depth: number;
  /** Reading an index: runs of letters are single letters. */
  readonly insideIndex: boolean;
  /** Where notes about doubtful readings go. */
  readonly note: (token: Token, message: string) => void;
}

/** How far a product reaches: into later sums, or only up to the next one (inside `prod`). */
export type Reach = 'whole' | 'to next sign';

/** A parser at its place in some tokens; see {@link FormulaParser}. */
export interface Parser {
  readonly cursor: Cursor;
  readonly context: ParserContext;
  readonly reach: Reach;
  /** A parser for the tokens of a part, such as a bracket or an index. */
  inner(tokens: readonly Token[], place: Token, changes?: Partial<ParserContext>): Parser;
  /** A parser that goes on in the tokens of this one, with more bound letters. */
  continued(bound: readonly string[], reach: Reach): Parser;
  /** The whole of some tokens as one formula. */
  whole(tokens: readonly Token[], place: Token, changes?: Partial<ParserContext>): Formula;
  /** Refuses tokens that are left over. */
  finish(): void;
  expression(): Formula;
  term(): Formula;
  factor(): Formula;
  /** One factor that is not itself a quotient of differentials (the numerator of one). */
  factorWithoutDerivative(): Formula;
  /** Whether the next token can open a factor (so that a product goes on). */
  startsFactor(): boolean;
  /** Reads between bars: `|x|`. */
  between<T>(bar: string, read: () => T): T;
  blank(): Formula;
}
