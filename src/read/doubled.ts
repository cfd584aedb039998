/** One letter as a number and as a family: in `L = sum_t L_t` they are two quantities. */
import { FAMILY_MARK } from '../expression/family-mark.js';
import { splitClauses } from './clauses.js';
import type { RawLine, RawStatement } from './raw.js';
import { isSign, topSign } from './signs-at-top.js';
import type { Token } from './token.js';

/** The statements with a name of its own for each family that shares its letter with a number. */
export function withFamiliesApart(statements: readonly RawStatement[]): readonly RawStatement[] {
  const names = doubledNames(statements);
  if (names.size === 0) return statements;
  return statements.map((statement) => ({
    ...statement,
    tokens: renamed(statement.tokens, names),
    children: statement.children.map(
      (line): RawLine => ({ ...line, tokens: renamed(line.tokens, names) }),
    ),
  }));
}

const isName = (token: Token | undefined): token is Token =>
  token?.kind === 'word' || token?.kind === 'name';

/**
 * Names that one definition has bare on its left side, and that stand with an index letter on its
 * right side or on the left side of another definition.
 */
function doubledNames(statements: readonly RawStatement[]): ReadonlySet<string> {
  const bare = new Map<string, readonly Token[]>();
  const families = new Set<string>();
  for (const { keyword, tokens, problem } of statements) {
    if (keyword !== undefined || problem) continue;
    const { main } = splitClauses(tokens);
    const sign = topSign(main, '=', ':=');
    const [first, second] = main;
    if (sign < 1 || !isName(first)) continue;
    if (sign === 1) bare.set(first.text, main.slice(2));
    else if (isSign(second as Token, '_') && isIndexAt(main, 1) && sign === endOfScript(main, 1))
      families.add(first.text);
  }
  const doubled = new Set<string>();
  for (const [name, right] of bare) {
    const meetsItself = right.some(
      (token, at) => isName(token) && token.text === name && isIndexAt(right, at + 1),
    );
    if (meetsItself || families.has(name)) doubled.add(name);
  }
  return doubled;
}

/** Whether a subscript here holds one lower-case letter, perhaps shifted: `_t`, `_{t-1}`. */
function isIndexAt(tokens: readonly Token[], at: number): boolean {
  const below = tokens[at];
  if (!below || !isSign(below, '_')) return false;
  const inside = tokens
    .slice(at + 1, endOfScript(tokens, at))
    .filter((token) => !isSign(token, '{', '}', '(', ')'));
  const [letter, ...shift] = inside;
  return (
    letter?.kind === 'word' &&
    /^[a-z]$/.test(letter.text) &&
    shift.every((token) => token.kind === 'number' || isSign(token, '+', '-'))
  );
}

/** The place behind the subscript whose sign stands at a place. */
function endOfScript(tokens: readonly Token[], at: number): number {
  const open = tokens[at + 1];
  if (!open || !isSign(open, '{', '(')) return at + 2;
  let depth = 0;
  for (let end = at + 1; end < tokens.length; end += 1) {
    const token = tokens[end] as Token;
    if (isSign(token, '{', '(')) depth += 1;
    if (isSign(token, '}', ')')) depth -= 1;
    if (depth === 0) return end + 1;
  }
  return tokens.length;
}

/** The name gets its mark wherever a subscript follows; also behind a d: `dL_t/do_t`. */
function renamed(tokens: readonly Token[], names: ReadonlySet<string>): readonly Token[] {
  return tokens.flatMap((token, at): readonly Token[] => {
    const next = tokens[at + 1];
    if (!isName(token) || !next || !isSign(next, '_')) return [token];
    if (names.has(token.text))
      return [{ ...token, kind: 'name', text: `${token.text}${FAMILY_MARK}` }];
    const behind = token.text.slice(1);
    if (token.kind !== 'word' || token.text[0] !== 'd' || !names.has(behind)) return [token];
    const name = { ...token, kind: 'name' as const, text: `${behind}${FAMILY_MARK}` };
    return [
      { ...token, text: 'd', length: 1 },
      { ...name, column: token.column + 1, length: token.length - 1, spaced: false },
    ];
  });
}
