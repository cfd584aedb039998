/** What every kind of statement uses to read its formulas. */
import type { Formula } from '../expression/formula.js';
import { splitClauses } from './clauses.js';
import type { Parser } from './grammar.js';
import { splitAtCommas } from './indices.js';
import { ReadError } from './problem.js';
import type { RawStatement } from './raw.js';
import type { Ask, StatementBody } from './statement.js';
import type { Token } from './token.js';

export interface Reading {
  readonly raw: RawStatement;
  readonly parser: Parser;
  /** The statement's first token, for messages without a better place. */
  readonly place: Token;
  /** Quotes the source line under a message. */
  readonly quote: (error: ReadError) => ReadError;
}

export type Reader = (reading: Reading) => StatementBody;

export const isOwn = (reading: Reading) => (word: string) =>
  reading.parser.context.vocabulary.names.get(word)?.declared === true;

export const split = (reading: Reading) => splitClauses(reading.raw.tokens, isOwn(reading));

/** The author's text of some tokens. */
export function sourceOf(reading: Reading, tokens: readonly Token[]): string {
  const first = tokens[0];
  const last = tokens.at(-1);
  if (!first || !last) return '';
  if (first.line !== last.line) return tokens.map((token) => token.text).join(' ');
  const { raw } = reading;
  const offset = first.line === raw.line ? raw.column : undefined;
  if (offset === undefined) return tokens.map((token) => token.text).join(' ');
  return raw.source.slice(first.column - offset, last.column + last.length - offset);
}

export const askOf = (reading: Reading, tokens: readonly Token[]): Ask => ({
  formula: wholeOf(reading, tokens),
  source: sourceOf(reading, tokens),
});

export function wholeOf(reading: Reading, tokens: readonly Token[]): Formula {
  if (tokens.length === 0) throw new ReadError(reading.place, 'expected a formula here');
  return reading.parser.whole(tokens, tokens[0] as Token);
}

export const asksOf = (reading: Reading, tokens: readonly Token[]): readonly Ask[] =>
  splitAtCommas(tokens, [',']).map((part) => askOf(reading, part));

export const isWord = (token: Token | undefined, text: string): boolean =>
  token !== undefined && (token.kind === 'word' || token.kind === 'name') && token.text === text;
