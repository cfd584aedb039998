/** Clauses behind a statement, in any order: ranges, conditions, `in terms of`, `as`, `at`. */
import { type Condition, type Formula, symbol } from '../expression/formula.js';
import { readCondition } from './conditions.js';
import { splitAtCommas } from './indices.js';
import type { Parser } from './parser.js';
import { ReadError } from './problem.js';
import type { Clauses, FormName, RangeClause } from './statement.js';
import type { Token } from './token.js';

export const FORMS: readonly FormName[] = ['scalar', 'indexed', 'matrix', 'recurrence', 'unrolled', 'expanded'];

export type ClauseKind = 'for' | 'in terms of' | 'as' | 'at' | 'if' | 'by' | 'range' | 'when' | 'with';

export interface RawClause {
  readonly kind: ClauseKind;
  readonly tokens: readonly Token[];
  readonly place: Token;
}

export interface SplitTokens {
  readonly main: readonly Token[];
  readonly clauses: readonly RawClause[];
}

const word = (token: Token | undefined): string | undefined =>
  token && (token.kind === 'word' || token.kind === 'text' || (token.kind === 'name' && token.latex))
    ? token.text.toLowerCase().replace(/[,.:;]/g, '').trim()
    : undefined;

/** Which clause opens at this token, and how many tokens its name takes. */
function clauseAt(tokens: readonly Token[], at: number, isOwn: (word: string) => boolean): { kind: ClauseKind; length: number } | undefined {
  const token = tokens[at] as Token;
  const text = word(token);
  if (token.kind === 'command' && token.text === 'forall') return { kind: 'for', length: 1 };
  if (text === undefined || (token.kind === 'word' && isOwn(text))) return undefined;
  switch (text) {
    case 'in':
      if (word(tokens[at + 1]) === 'terms') return { kind: 'in terms of', length: word(tokens[at + 2]) === 'of' ? 3 : 2 };
      return undefined;
    case 'in terms of':
      return { kind: 'in terms of', length: 1 };
    case 'as':
      return FORMS.includes(word(tokens[at + 1]) as FormName) ? { kind: 'as', length: 1 } : undefined;
    case 'as matrix':
      return undefined;
    case 'at':
      return tokens.slice(at + 1).some((next) => next.kind === 'operator' && next.text === '=') ? { kind: 'at', length: 1 } : undefined;
    case 'for':
    case 'for all':
    case 'for each':
    case 'for every':
    case 'with': {
      if (text === 'with' && token.kind === 'word') return undefined;
      const next = word(tokens[at + 1]);
      const every = text === 'for' && (next === 'all' || next === 'every' || next === 'each');
      return { kind: 'for', length: every ? 2 : 1 };
    }
    case 'if':
    case 'when':
    case 'where':
    case 'unless':
    case 'and if':
    case 'whenever':
      return { kind: text === 'when' ? 'when' : 'if', length: 1 };
    case 'by':
      return { kind: 'by', length: 1 };
    default:
      return undefined;
  }
}

const opens = ['(', '[', '{', '\\{'];
const closes = [')', ']', '}', '\\}'];

/** Splits the clauses off: at words outside of brackets, and at ranges in brackets or after commas. */
export function splitClauses(tokens: readonly Token[], isOwn: (word: string) => boolean = () => false): SplitTokens {
  const marks: { at: number; kind: ClauseKind; length: number }[] = [];
  let depth = 0;
  tokens.forEach((token, at) => {
    if (token.kind === 'command' && token.text.startsWith('begin:')) depth += 1;
    if (token.kind === 'command' && token.text.startsWith('end:')) depth -= 1;
    if (token.kind === 'operator') {
      if (opens.includes(token.text)) depth += 1;
      if (closes.includes(token.text)) depth -= 1;
    }
    if (depth === 0 && at > 0) {
      const found = clauseAt(tokens, at, isOwn);
      if (found) marks.push({ at, ...found });
    }
  });
  const first = marks[0]?.at ?? tokens.length;
  const clauses = marks.map((mark, place): RawClause => {
    const end = marks[place + 1]?.at ?? tokens.length;
    return {
      kind: mark.kind,
      place: tokens[mark.at] as Token,
      tokens: withoutTail(tokens.slice(mark.at + mark.length, end)),
    };
  });
  const rest = splitTrailingRanges(withoutTail(tokens.slice(0, first)));
  return { main: rest.main, clauses: [...rest.clauses, ...clauses] };
}

const withoutTail = (tokens: readonly Token[]): readonly Token[] => {
  let end = tokens.length;
  while (end > 0) {
    const token = tokens[end - 1] as Token;
    const isMark = token.kind === 'operator' && [',', ';', ':', '.'].includes(token.text);
    if (!isMark) break;
    end -= 1;
  }
  return tokens.slice(0, end);
};

const isName = (token: Token | undefined): boolean => token?.kind === 'word' || token?.kind === 'name';

/** Whether tokens are a range: `l = 1..L`, `l = 1, ..., L`, `i, j = 1..n`. */
export const isRange = (tokens: readonly Token[]): boolean => {
  const sign = tokens.findIndex((token) => token.kind === 'operator' && (token.text === '=' || token.text === 'in'));
  if (sign < 1) return false;
  const head = tokens.slice(0, sign);
  if (!head.every((token) => isName(token) || (token.kind === 'operator' && token.text === ','))) return false;
  return tokens.slice(sign).some((token) => token.kind === 'operator' && (token.text === '..' || token.text === '...'));
};

/** `(l = 1, ..., L)`, `(i \neq j)` in brackets at the end; `, j = 1..n` behind a comma. */
function splitTrailingRanges(tokens: readonly Token[]): SplitTokens {
  const last = tokens.at(-1);
  if (last?.kind === 'operator' && last.text === ')') {
    let depth = 0;
    for (let at = tokens.length - 1; at > 0; at -= 1) {
      const token = tokens[at] as Token;
      if (token.kind !== 'operator') continue;
      if (token.text === ')') depth += 1;
      if (token.text === '(') depth -= 1;
      if (depth === 0) {
        const inside = tokens.slice(at + 1, -1);
        const restriction = isRange(inside) || isRestriction(inside);
        if (!restriction || !token.spaced) break;
        const rest = splitTrailingRanges(withoutTail(tokens.slice(0, at)));
        const kind = isRange(inside) ? ('range' as const) : ('if' as const);
        return { main: rest.main, clauses: [...rest.clauses, { kind, tokens: inside, place: token }] };
      }
    }
  }
  const parts = splitAtCommas(tokens, [',', ';']);
  if (parts.length > 1) {
    // The range starts at the first comma behind which everything is a range or condition.
    let used = 0;
    for (let count = 1; count < parts.length; count += 1) {
      used += (parts[count - 1] as readonly Token[]).length + 1;
      const tail = tokens.slice(used);
      if (isRange(tail) || isRestriction(tail)) {
        const kind = isRange(tail) ? ('range' as const) : ('if' as const);
        return { main: tokens.slice(0, used - 1), clauses: [{ kind, tokens: tail, place: tail[0] as Token }] };
      }
    }
  }
  return { main: tokens, clauses: [] };
}

/** A bare condition on letters, such as `i \neq j` or `l < L`. */
function isRestriction(tokens: readonly Token[]): boolean {
  const sign = tokens.findIndex(
    (token) => token.kind === 'operator' && ['!=', '<', '<=', '>', '>='].includes(token.text),
  );
  if (sign < 1 || sign > 4 || tokens.length > 12) return false;
  return (tokens[0]?.kind === 'word' || tokens[0]?.kind === 'name') && tokens[0].text.length === 1;
}

/** Ranges and conditions of a `for` clause: `l = 1..L`, `l < L`, `i, j = 1..n`, `i != j`. */
export function readFor(
  parser: Parser,
  tokens: readonly Token[],
  place: Token,
): { readonly ranges: readonly RangeClause[]; readonly where: readonly Condition[] } {
  const ranges: RangeClause[] = [];
  const where: Condition[] = [];
  for (const piece of piecesOf(tokens)) {
    const { names, sign, rest } = piece;
    if (sign === undefined || names === undefined) {
      if (piece.all.length === 1 && isName(piece.all[0])) {
        ranges.push({ index: (piece.all[0] as Token).text, lower: undefined, upper: undefined });
        continue;
      }
      where.push(readCondition(indexParser(parser, piece.all, place), piece.all, place));
      continue;
    }
    const bounds = boundsOf(parser, rest, place);
    for (const index of names) ranges.push({ index, ...bounds });
  }
  return { ranges, where };
}

const indexParser = (parser: Parser, tokens: readonly Token[], place: Token): Parser =>
  parser.inner(tokens, place, { insideIndex: true });

interface Piece {
  readonly all: readonly Token[];
  readonly names: readonly string[] | undefined;
  readonly sign: Token | undefined;
  readonly rest: readonly Token[];
}

/** Cuts `i = 1..n, j = 1, ..., m, i != j` into its parts. */
function piecesOf(tokens: readonly Token[]): readonly Piece[] {
  const parts = splitAtCommas(
    tokens.map((token) => (word(token) === 'and' ? { ...token, kind: 'operator' as const, text: ',' } : token)),
  ).filter((part) => part.length > 0);
  const groups: Token[][] = [];
  for (const part of parts) {
    const previous = groups.at(-1);
    const hasSign = part.some((token) => token.kind === 'operator' && /^(=|in|!=|<=?|>=?)$/.test(token.text));
    const previousOpen = previous && (isOnlyNames(previous) || (!hasSign && hasEquality(previous)));
    if (previous && previousOpen) {
      previous.push({ ...(part[0] as Token), kind: 'operator', text: ',' }, ...part);
    } else groups.push([...part]);
  }
  return groups.flatMap((all): readonly Piece[] => {
    const at = all.findIndex((token) => token.kind === 'operator' && (token.text === '=' || token.text === 'in'));
    const inWord = all.findIndex((token) => token.kind === 'word' && token.text === 'in');
    const cut = at >= 0 ? at : inWord;
    const head = all.slice(0, Math.max(0, cut));
    const rest = all.slice(cut + 1);
    const isRangeLike =
      cut > 0 && isOnlyNames(head) && rest.some((token) => token.text === '..' || token.text === '...');
    if (!isRangeLike) {
      // `i, j` without a range are two letters.
      if (isOnlyNames(all)) return all.filter(isName).map((token) => ({ all: [token], names: undefined, sign: undefined, rest: [] }));
      return [{ all, names: undefined, sign: undefined, rest: [] }];
    }
    return [{ all, names: head.filter(isName).map((token) => token.text), sign: all[cut], rest }];
  });
}

const isOnlyNames = (tokens: readonly Token[]): boolean =>
  tokens.length > 0 && tokens.every((token) => isName(token) || (token.kind === 'operator' && token.text === ','));

const hasEquality = (tokens: readonly Token[]): boolean =>
  tokens.some((token) => token.kind === 'operator' && (token.text === '=' || token.text === 'in'));

function boundsOf(
  parser: Parser,
  tokens: readonly Token[],
  place: Token,
): { readonly lower: Formula; readonly upper: Formula } {
  const unwrapped =
    tokens.length > 1 && tokens[0]?.kind === 'operator' && opens.includes(tokens[0].text) && closes.includes(tokens.at(-1)?.text ?? '')
      ? tokens.slice(1, -1)
      : tokens;
  const read = (part: readonly Token[]): Formula => {
    if (part.length === 0) throw new ReadError(place, 'expected both ends of the range, such as l = 1..L');
    return parser.whole(part, place, { insideIndex: true });
  };
  const dots = unwrapped.findIndex((token) => token.kind === 'operator' && (token.text === '..' || token.text === '...'));
  if (dots >= 0 && unwrapped[dots + 1]?.text !== ',' && unwrapped[dots - 1]?.text !== ',')
    return { lower: read(unwrapped.slice(0, dots)), upper: read(unwrapped.slice(dots + 1)) };
  const parts = splitAtCommas(unwrapped);
  const first = parts[0] as readonly Token[];
  const last = parts.at(-1) as readonly Token[];
  const low = read(first);
  const high = read(last);
  // `l = L, L-1, ..., 1` runs down.
  const isDown = low.kind !== 'number' && high.kind === 'number';
  return isDown ? { lower: high, upper: low } : { lower: low, upper: high };
}

export const noClauses: Clauses = { ranges: [], where: [], inTermsOf: undefined, as: undefined, at: [] };

/** All clauses of a statement that may carry them. */
export function readClauses(parser: Parser, raw: readonly RawClause[]): Clauses {
  const ranges: RangeClause[] = [];
  const where: Condition[] = [];
  const at: { target: Formula; value: Formula }[] = [];
  let inTermsOf: readonly Formula[] | undefined;
  let as: FormName | undefined;
  for (const clause of raw) {
    switch (clause.kind) {
      case 'for':
      case 'range': {
        const read = readFor(parser, clause.tokens, clause.place);
        ranges.push(...read.ranges);
        where.push(...read.where);
        break;
      }
      case 'if':
      case 'when':
        where.push(readCondition(parser, clause.tokens, clause.place));
        break;
      case 'in terms of':
        inTermsOf = [
          ...(inTermsOf ?? []),
          ...splitAtCommas(clause.tokens)
            .flatMap((part) => splitAtAnd(part))
            .map((part) => termOf(parser, part, clause.place)),
        ];
        break;
      case 'as': {
        const name = word(clause.tokens[0]) as FormName;
        if (!FORMS.includes(name))
          throw new ReadError(clause.place, `expected one of ${FORMS.join(', ')} after "as"`);
        as = name;
        break;
      }
      case 'at':
        for (const part of splitAtCommas(clause.tokens)) {
          const sign = part.findIndex((token) => token.kind === 'operator' && token.text === '=');
          if (sign < 1) throw new ReadError(clause.place, 'expected NAME = VALUE after "at"');
          at.push({
            target: parser.whole(part.slice(0, sign), clause.place),
            value: parser.whole(part.slice(sign + 1), clause.place),
          });
        }
        break;
      default:
        throw new ReadError(clause.place, `"${clause.place.text}" cannot stand here`);
    }
  }
  return { ranges, where, inTermsOf, as, at };
}

function splitAtAnd(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const at = tokens.findIndex((token) => word(token) === 'and');
  if (at < 0) return [tokens];
  return [tokens.slice(0, at), tokens.slice(at + 1)].filter((part) => part.length > 0);
}

/** A name that may stand in the answer: also a bare function name, or one entry. */
function termOf(parser: Parser, tokens: readonly Token[], place: Token): Formula {
  const only = tokens.length === 1 ? tokens[0] : undefined;
  if (only && (only.kind === 'word' || only.kind === 'name')) return symbol(only.text);
  return parser.whole(tokens, place);
}

