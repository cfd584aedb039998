/** Statements and their clauses before anything in them is understood. */
import type { ReadError } from './problem.js';
import type { Token } from './token.js';

/** A statement before anything in it is understood. */
export interface RawStatement {
  readonly line: number;
  readonly column: number;
  readonly source: string;
  readonly keyword: Keyword | undefined;
  /** Tokens behind the keyword; without those of children. */
  readonly tokens: readonly Token[];
  /** The text behind the keyword. */
  readonly text: string;
  /** Lines of a check, options of a choice. */
  readonly children: readonly RawLine[];
  readonly block: number;
  readonly latex: boolean;
  /** The tokens could not be made. */
  readonly problem: ReadError | undefined;
}

export interface RawLine {
  readonly line: number;
  readonly column: number;
  readonly source: string;
  readonly tokens: readonly Token[];
  readonly problem: ReadError | undefined;
}

export const KEYWORDS = [
  'find',
  'simplify',
  'limit',
  'count',
  'update',
  'expect',
  'check',
  'choose',
  'claim',
  'fill',
  'draw',
  'network',
  'assume',
  'convention',
  'given',
  'function',
] as const;
export type Keyword = (typeof KEYWORDS)[number];

export type ClauseKind =
  | 'for'
  | 'in terms of'
  | 'as'
  | 'at'
  | 'if'
  | 'by'
  | 'range'
  | 'when'
  | 'with';

/** A clause (`for l = 1..L`): what stands behind its first word. */
export interface RawClause {
  readonly kind: ClauseKind;
  readonly tokens: readonly Token[];
  readonly place: Token;
}
