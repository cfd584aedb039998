/** Clauses behind a statement, in any order: ranges, conditions, `in terms of`, `as`, `at`. */
import { type Condition, type Formula, symbol } from '../expression/formula.js';
import { readCondition } from './conditions.js';
import type { Parser } from './grammar.js';
import { splitAtCommas } from './indices.js';
import { ReadError } from './problem.js';
import { closes, isRange, opens, readFor, word } from './ranges.js';
import type { ClauseKind, RawClause } from './raw.js';
import { takeRestrictions } from './restrictions.js';
import type { Clauses, FormName, RangeClause } from './statement.js';
import type { Token } from './token.js';

const FORMS: readonly FormName[] = [
  'scalar',
  'indexed',
  'matrix',
  'recurrence',
  'unrolled',
  'expanded',
];

export interface SplitTokens {
  readonly main: readonly Token[];
  readonly clauses: readonly RawClause[];
}

/** Which clause opens at this token, and how many tokens its name takes. */
function clauseAt(
  tokens: readonly Token[],
  at: number,
  isOwn: (word: string) => boolean,
): { kind: ClauseKind; length: number } | undefined {
  const token = tokens[at] as Token;
  const text = word(token);
  if (token.kind === 'command' && token.text === 'forall') return { kind: 'for', length: 1 };
  if (text === undefined || (token.kind === 'word' && isOwn(text))) return undefined;
  switch (text) {
    case 'in':
      if (word(tokens[at + 1]) === 'terms')
        return { kind: 'in terms of', length: word(tokens[at + 2]) === 'of' ? 3 : 2 };
      return undefined;
    case 'in terms of':
      return { kind: 'in terms of', length: 1 };
    case 'as':
      return FORMS.includes(word(tokens[at + 1]) as FormName) || isUnknownForm(tokens, at + 1)
        ? { kind: 'as', length: 1 }
        : undefined;
    case 'as matrix':
      return undefined;
    case 'at':
      return tokens.slice(at + 1).some((next) => next.kind === 'operator' && next.text === '=')
        ? { kind: 'at', length: 1 }
        : undefined;
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

/** A last word behind `as` that is no form: said to be none, rather than multiplied. */
const isUnknownForm = (tokens: readonly Token[], at: number): boolean =>
  tokens.length === at + 1 && tokens[at]?.kind === 'word' && (word(tokens[at]) ?? '').length > 3;

/** Splits the clauses off: at words outside of brackets, and at ranges in brackets or after commas. */
export function splitClauses(
  tokens: readonly Token[],
  isOwn: (word: string) => boolean = () => false,
): SplitTokens {
  const marks: { at: number; kind: ClauseKind; length: number }[] = [];
  const restricted = takeRestrictions(tokens);
  if (restricted) {
    const rest = splitClauses(restricted.rest, isOwn);
    return { main: rest.main, clauses: [...rest.clauses, ...restricted.clauses] };
  }
  let depth = 0;
  tokens.forEach((token, at) => {
    if (token.kind === 'command' && token.text.startsWith('begin:')) depth += 1;
    if (token.kind === 'command' && token.text.startsWith('end:')) depth -= 1;
    if (token.kind === 'operator') {
      if (opens.includes(token.text)) depth += 1;
      if (closes.includes(token.text)) depth -= 1;
    }
    const before = tokens[at - 1];
    const isBelow = before?.kind === 'operator' && before.text === '_' && !token.spaced;
    if (depth === 0 && at > 0 && !isBelow) {
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
        // Behind a sign of relation a bracket is that side: `relu(z) = (z [z > 0])`.
        const isSide = ['=', '!=', '<', '<=', '>', '>=', ':='].includes(tokens[at - 1]?.text ?? '');
        if (!restriction || !token.spaced || isSide) break;
        const rest = splitTrailingRanges(withoutTail(tokens.slice(0, at)));
        const kind = isRange(inside) ? ('range' as const) : ('if' as const);
        return {
          main: rest.main,
          clauses: [...rest.clauses, { kind, tokens: inside, place: token }],
        };
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
        return {
          main: tokens.slice(0, used - 1),
          clauses: [{ kind, tokens: tail, place: tail[0] as Token }],
        };
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

export const noClauses: Clauses = {
  ranges: [],
  where: [],
  inTermsOf: undefined,
  as: undefined,
  at: [],
};

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
