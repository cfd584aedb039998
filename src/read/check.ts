/** The lines of a hand derivation: chains, conditions in front and behind, names given on the way. */
import type { Condition } from '../expression/formula.js';
import { withHeads } from './check-heads.js';
import { readClauses, splitClauses } from './clauses.js';
import { readCondition } from './conditions.js';
import { readsItself, relationOf, sideOf, splitChain } from './equations.js';
import type { Parser } from './grammar.js';
import { isWordLike, splitLeadingCondition, withoutLeadingWords } from './leading-condition.js';
import { MissingSign, withSign } from './missing-signs.js';
import { problemOf, ReadError } from './problem.js';
import { readFor } from './ranges.js';
import type { RawLine } from './raw.js';
import { checkRestrictions } from './restrictions.js';
import { topSign } from './signs-at-top.js';
import type { CheckLine, RangeClause, UnreadLine } from './statement.js';
import type { Token } from './token.js';
import { withoutTrailing } from './trailing.js';
import type { Vocabulary } from './vocabulary.js';

/** Conditions that hold for the rest of a chain. */
interface InForce {
  where: readonly Condition[];
  ranges: readonly RangeClause[];
  at: CheckLine['at'];
}

export function readCheckLines(
  parser: Parser,
  lines: readonly RawLine[],
  vocabulary: Vocabulary,
  quote: (error: ReadError) => ReadError,
): readonly (CheckLine | UnreadLine)[] {
  const force: InForce = { where: [], ranges: [], at: [] };
  const read: (CheckLine | UnreadLine)[] = [];
  let chained = false;
  for (const line of withHeads(lines)) {
    try {
      if (line.problem) throw line.problem;
      const found = readMended(parser, line, force, vocabulary, chained);
      if (found.length > 0) chained = true;
      read.push(...found);
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      const problem = problemOf(quote(error));
      read.push({ line: line.line, column: line.column, source: line.source, unread: problem });
      // The lines below go on from this one, even if they cannot be judged against it.
      chained = true;
    }
  }
  return read;
}

/** Forgotten signs of one line that are put in before the line is given up. */
const MOST_MISSING = 6;

/** The line; a derivative that lacks a sign is read with it, and the line says so. */
function readMended(
  parser: Parser,
  line: RawLine,
  force: InForce,
  vocabulary: Vocabulary,
  chained: boolean,
): readonly CheckLine[] {
  let tokens = line.tokens;
  let missing: CheckLine['missing'];
  for (let tries = 0; ; tries += 1) {
    const before = { ...force };
    try {
      const found = readLine(parser, { ...line, tokens }, force, vocabulary, chained);
      const told = missing && { missing };
      return told ? found.map((each) => ({ ...each, ...told })) : found;
    } catch (error) {
      if (!(error instanceof MissingSign) || tries >= MOST_MISSING) throw error;
      Object.assign(force, before);
      tokens = withSign(tokens, error);
      missing ??= { message: error.problem, meant: error.meant };
    }
  }
}

function readLine(
  parser: Parser,
  line: RawLine,
  force: InForce,
  vocabulary: Vocabulary,
  chained: boolean,
): readonly CheckLine[] {
  checkRestrictions(line.tokens);
  let tokens = withoutTrailing(line.tokens, isEnd);
  tokens = withoutLeadingWords(tokens);
  const lead = leadingCondition(parser, tokens);
  if (lead) {
    tokens = lead.rest;
    force.where = lead.where;
    force.ranges = lead.ranges;
    if (tokens.length === 0) return [];
  }
  const found: CheckLine[] = [];
  for (const part of splitStatements(tokens, vocabulary)) {
    const { main, clauses } = splitClauses(
      part,
      (word) => vocabulary.names.get(word)?.declared === true,
    );
    const arrow = main[topSign(main, '<-')];
    if (arrow) throw parser.cursor.error(UPDATE, arrow);
    const { pieces, signs } = splitChain(main);
    const continues = (pieces[0] as readonly Token[]).length === 0;
    // A new chain without a condition in front forgets those of the chain above.
    if (!continues && !lead && found.length === 0) {
      force.where = [];
      force.ranges = [];
    }
    if (!continues) force.at = [];
    const own = readClauses(parser, clauses);
    if (own.where.length > 0) force.where = [...force.where, ...own.where];
    if (own.ranges.length > 0) force.ranges = [...force.ranges, ...own.ranges];
    if (own.at.length > 0) force.at = own.at;
    const first = part[0] as Token;
    if (signs.length === 0)
      throw parser.cursor.error(
        'expected an equality: a line of a check holds "=" or another relation',
        first,
      );
    if (continues && !chained && found.length === 0)
      throw parser.cursor.error(
        'this line starts with a relation, but no line stands above it',
        first,
      );
    const left = continues
      ? undefined
      : sideOf(parser, pieces[0] as readonly Token[], signs[0] as Token);
    signs.forEach((sign, at) => {
      const rightTokens = pieces[at + 1] as readonly Token[];
      const place = rightTokens[0] ?? sign;
      const right = sideOf(parser, rightTokens, sign);
      if (sign.text === ':=' && at === 0 && left && readsItself(left, right))
        throw parser.cursor.error(UPDATE, sign);
      found.push({
        line: place.line,
        column: at === 0 && first.line === sign.line ? first.column : sign.column,
        source: line.source,
        left: at === 0 ? left : undefined,
        relation: relationOf(sign),
        right,
        where: force.where,
        ranges: force.ranges,
        at: force.at,
        names: sign.text === ':=' && at === 0,
      });
    });
  }
  return found;
}

const UPDATE =
  'this is an update, which is judged as a whole: write it as a claim, such as claim w <- w - eta dL/dw';

/** A final full stop, comma or arrow says nothing. */
const isEnd = (token: Token): boolean =>
  (token.kind === 'operator' && [',', ';', '.', '=>', '\\\\', '&'].includes(token.text)) ||
  isWordLike(token, /^(and|thus|hence|so|by .*|since .*|because .*|q\.?e\.?d\.?|as required)\.?$/);

/** `if i = j:`, `for l < L:`, `\text{if } i \neq j:` in front of a line. */
function leadingCondition(
  parser: Parser,
  tokens: readonly Token[],
):
  | {
      readonly rest: readonly Token[];
      readonly where: readonly Condition[];
      readonly ranges: readonly RangeClause[];
    }
  | undefined {
  const lead = splitLeadingCondition(tokens);
  if (!lead) return undefined;
  const { word, inside, rest } = lead;
  if (lead.isFor) {
    const read = readFor(parser, inside, word);
    return { rest, where: read.where, ranges: read.ranges };
  }
  return {
    rest,
    where: [readCondition(parser.inner(inside, word, { insideIndex: true }), inside, word)],
    ranges: [],
  };
}

/** Several equations on one line: after an arrow, or a comma or semicolon with a relation on both sides. */
function splitStatements(
  tokens: readonly Token[],
  vocabulary: Vocabulary,
): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  tokens.forEach((token, at) => {
    if (token.kind === 'command' && token.text.startsWith('begin:')) depth += 1;
    if (token.kind === 'command' && token.text.startsWith('end:')) depth -= 1;
    if (token.kind === 'operator') {
      if (['(', '[', '{', '\\{'].includes(token.text)) depth += 1;
      if ([')', ']', '}', '\\}'].includes(token.text)) depth -= 1;
      const separates =
        depth === 0 &&
        (token.text === '=>' ||
          ((token.text === ',' || token.text === ';') &&
            separatesEquations(parts.at(-1) as Token[], tokens.slice(at + 1), vocabulary)));
      if (separates) {
        parts.push([]);
        return;
      }
    }
    (parts.at(-1) as Token[]).push(token);
  });
  return parts.filter((part) => part.length > 0);
}

function separatesEquations(
  before: readonly Token[],
  after: readonly Token[],
  vocabulary: Vocabulary,
): boolean {
  if (topSign(before, '=') < 0) return false;
  const next = topSign(after, '=');
  if (next <= 0) return false;
  // `..., i = 1, ..., n` and `i \neq j` are ranges and conditions, not equations.
  const comma = topSign(after, ',', ';');
  const own = comma > next ? after.slice(0, comma) : after;
  const isRangeLike =
    after.some(
      (token) => token.kind === 'operator' && (token.text === '..' || token.text === '...'),
    ) && next === 1;
  const name = own[0]?.text ?? '';
  const isIndex =
    next === 1 && vocabulary.indices.has(name) && !vocabulary.names.get(name)?.declared;
  return !isRangeLike && own.length > 2 && !isIndex;
}
