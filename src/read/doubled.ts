/** One letter as a number and as a family: in `L = sum_t L_t` and `L = sum_t L^(t)` they are two. */
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
function doubledNames(statements: readonly RawStatement[]): Doubled {
  const bare = new Map<string, readonly Token[]>();
  const families = new Map<string, Place>();
  for (const { keyword, tokens, problem } of statements) {
    if (keyword !== undefined || problem) continue;
    const { main } = splitClauses(tokens);
    const sign = topSign(main, '=', ':=');
    const [first, second] = main;
    if (sign < 1 || !isName(first)) continue;
    if (sign === 1) bare.set(first.text, main.slice(2));
    else if (isIndexAt(main, 1) && sign === endOfScript(main, 1))
      families.set(first.text, placeOf(second));
  }
  const doubled = new Map<string, Place>();
  for (const [name, right] of bare) {
    const itself = right.findIndex(
      (token, at) => isName(token) && token.text === name && isIndexAt(right, at + 1),
    );
    const place = itself < 0 ? families.get(name) : placeOf(right[itself + 1]);
    if (place) doubled.set(name, place);
  }
  return doubled;
}

/** Where the index of a family stands. */
type Place = '_' | '^';
type Doubled = ReadonlyMap<string, Place>;

const placeOf = (script: Token | undefined): Place => (script?.text === '^' ? '^' : '_');

/** Whether a script of that place starts here; above, an index stands in round brackets. */
function isScriptAt(tokens: readonly Token[], at: number, place: Place): boolean {
  const script = tokens[at];
  if (!script || !isSign(script, place)) return false;
  if (place === '_') return true;
  const inside = tokens[at + 1]?.text === '{' ? tokens[at + 2] : tokens[at + 1];
  return inside !== undefined && isSign(inside, '(');
}

/** Whether a script here holds one lower-case letter, perhaps shifted: `_t`, `_{t-1}`, `^(t)`. */
function isIndexAt(tokens: readonly Token[], at: number): boolean {
  if (!isScriptAt(tokens, at, '_') && !isScriptAt(tokens, at, '^')) return false;
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

/** The place behind the script whose sign stands at a place. */
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

/** The name gets its mark wherever its index follows; also behind a d: `dL_t/do_t`. */
function renamed(tokens: readonly Token[], names: Doubled): readonly Token[] {
  const isMarked = (name: string, at: number): boolean => {
    const place = names.get(name);
    return place !== undefined && isScriptAt(tokens, at + 1, place);
  };
  return tokens.flatMap((token, at): readonly Token[] => {
    if (!isName(token)) return [token];
    if (isMarked(token.text, at))
      return [{ ...token, kind: 'name', text: `${token.text}${FAMILY_MARK}` }];
    const behind = token.text.slice(1);
    if (token.kind !== 'word' || token.text[0] !== 'd' || !isMarked(behind, at)) return [token];
    const name = { ...token, kind: 'name' as const, text: `${behind}${FAMILY_MARK}` };
    return [
      { ...token, text: 'd', length: 1 },
      { ...name, column: token.column + 1, length: token.length - 1, spaced: false },
    ];
  });
}
