/** A place in a list of tokens, with backing out and splitting of runs. */
import { ReadError } from './problem.js';
import type { Token } from './token.js';
import { endToken } from './tokens.js';

const CLOSING: Readonly<Record<string, string>> = {
  '(': ')',
  '[': ']',
  '{': '}',
  '\\{': '\\}',
  '\\langle': '\\rangle',
};
const CLOSERS: ReadonlySet<string> = new Set(Object.values(CLOSING));

/** Deepest nesting of brackets that is read. */
export const DEEPEST = 200;

export interface Mark {
  readonly tokens: readonly Token[];
  readonly at: number;
  readonly offset: number;
  readonly limit: number | undefined;
}

/** How a token is named in messages. */
export function described(token: Token): string {
  if (token.kind === 'end') return 'the end of the formula';
  if (token.kind === 'command')
    return `"${token.latex ? '\\' : ''}${token.text.replace(':', ' ')}"`;
  return `"${token.text}"`;
}

/** A part of a run, as a token of its own. */
function partOf(token: Token, from: number, to: number): Token {
  if (from === 0 && to >= token.text.length) return token;
  const text = token.text.slice(from, to);
  return {
    ...token,
    kind: /^[\d.]+$/.test(text) ? 'number' : token.kind,
    text,
    column: token.column + from,
    length: text.length,
    spaced: from === 0 && token.spaced,
  };
}

export class Cursor {
  private at = 0;
  /** How much of the current run is taken already, and where the split part ends. */
  private offset = 0;
  private limit: number | undefined;
  private readonly end: Token;

  constructor(
    private tokens: readonly Token[],
    place: { line: number; column: number },
  ) {
    this.end = endToken(tokens, place);
  }

  peek(ahead = 0): Token {
    if (this.offset === 0 && this.limit === undefined)
      return this.tokens[this.at + ahead] ?? this.end;
    const current = this.tokens[this.at];
    if (current === undefined) return this.end;
    if (ahead === 0) return partOf(current, this.offset, this.limit ?? current.text.length);
    if (this.limit === undefined) return this.tokens[this.at + ahead] ?? this.end;
    if (ahead === 1) return partOf(current, this.limit, current.text.length);
    return this.tokens[this.at + ahead - 1] ?? this.end;
  }

  get previous(): Token | undefined {
    const current = this.tokens[this.at];
    if (current !== undefined && this.offset > 0) return partOf(current, 0, this.offset);
    return this.tokens[this.at - 1];
  }

  get atEnd(): boolean {
    return this.at >= this.tokens.length;
  }

  take(): Token {
    const token = this.peek();
    if (this.limit !== undefined) {
      this.offset = this.limit;
      this.limit = undefined;
    } else {
      this.at += 1;
      this.offset = 0;
    }
    return token;
  }

  is(operator: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'operator' && token.text === operator;
  }

  isCommand(name: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'command' && token.text === name;
  }

  accept(operator: string): boolean {
    if (!this.is(operator)) return false;
    this.take();
    return true;
  }

  expect(operator: string, why: string): Token {
    if (this.is(operator)) return this.take();
    throw this.error(
      `expected "${operator.replace(/^\\/, '')}" ${why}, met ${described(this.peek())}`,
    );
  }

  error(problem: string, token: Token = this.peek()): ReadError {
    return new ReadError(token, problem);
  }

  mark(): Mark {
    return { tokens: this.tokens, at: this.at, offset: this.offset, limit: this.limit };
  }

  reset(mark: Mark): void {
    this.tokens = mark.tokens;
    this.at = mark.at;
    this.offset = mark.offset;
    this.limit = mark.limit;
  }

  /** Splits the current run after `count` characters. */
  split(count: number): void {
    const { kind, text } = this.peek();
    const isRun = kind === 'word' || kind === 'name' || kind === 'number';
    if (isRun && count > 0 && count < text.length) this.limit = this.offset + count;
  }

  /** The tokens inside the bracket that opens here; stands behind its end afterwards. */
  group(): readonly Token[] {
    const start = this.at;
    const stack: string[] = [];
    for (let at = start; at < this.tokens.length; at += 1) {
      const token = this.tokens[at] as Token;
      if (token.kind !== 'operator') continue;
      const closing = CLOSING[token.text];
      if (closing !== undefined) stack.push(closing);
      else if (CLOSERS.has(token.text) && stack.at(-1) === token.text) {
        stack.pop();
        if (stack.length === 0) {
          this.at = at + 1;
          return this.tokens.slice(start + 1, at);
        }
      }
    }
    const open = this.peek();
    throw this.error(`this "${open.text.replace(/^\\/, '')}" is never closed`, open);
  }

  /** The rest of the tokens. */
  rest(): readonly Token[] {
    const rest = this.tokens.slice(this.at);
    return this.offset > 0 && !this.atEnd
      ? [partOf(rest[0] as Token, this.offset, (rest[0] as Token).text.length), ...rest.slice(1)]
      : rest;
  }
}

/** Refuses unclosed brackets and nesting without end before anything is parsed. */
export function checkBrackets(tokens: readonly Token[]): void {
  const open: Token[] = [];
  for (const token of tokens) {
    if (token.kind !== 'operator') continue;
    if (CLOSING[token.text] !== undefined) {
      open.push(token);
      if (open.length > DEEPEST)
        throw new ReadError(
          token,
          `brackets are nested more than ${DEEPEST} deep; give names to parts of the formula`,
        );
    } else if (CLOSERS.has(token.text)) {
      const last = open.pop();
      const plain = (text: string) => text.replace(/^\\/, '');
      if (last === undefined)
        throw new ReadError(
          token,
          `this "${plain(token.text)}" closes nothing; remove it or open a bracket before it`,
        );
      if (CLOSING[last.text] !== token.text)
        throw new ReadError(
          token,
          `met "${plain(token.text)}", expected "${plain(CLOSING[last.text] as string)}" to close the "${plain(last.text)}" in line ${last.line}, column ${last.column}`,
        );
    }
  }
  const last = open.at(-1);
  if (last)
    throw new ReadError(
      last,
      `this "${last.text.replace(/^\\/, '')}" is never closed: expected "${(CLOSING[last.text] as string).replace(/^\\/, '')}" before the end of the formula`,
    );
}
