/** Several declarations on one line: `X in R^(N x d), w in R^d` are two statements. */
import type { RawStatement } from './raw.js';
import { isSign, topSign } from './signs-at-top.js';
import type { Token } from './token.js';

/** Where one declaration ends and the next begins: a comma, a semicolon, `and`. */
const isBetween = (token: Token): boolean =>
  isSign(token, ',', ';') ||
  (token.kind === 'word' && token.text === 'and') ||
  (token.kind === 'text' && /^(and|,)$/.test(token.text.trim()));

/** One statement per set that names are declared to be in; anything else stays as it is. */
export function separateDeclarations(statement: RawStatement): readonly RawStatement[] {
  if (statement.keyword !== undefined || statement.problem) return [statement];
  const groups = groupsOf(statement.tokens);
  if (groups.length < 2) return [statement];
  return groups.map((tokens) => ({ ...statement, tokens }));
}

/**
 * The tokens of each declaration. `a, b in R, c in R^2` declares `a, b` and then `c`; what stands
 * behind the last set (a range, a property) belongs to the last declaration.
 */
function groupsOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const groups: Token[][] = [];
  let open: Token[] = [];
  for (const part of partsOf(tokens)) {
    open.push(...(open.length > 0 ? [part.before as Token] : []), ...part.tokens);
    const within = topSign(part.tokens, 'in');
    const equals = topSign(part.tokens, '=', ':=', '<', '>', '<=', '>=');
    const declares = within >= 0 && (equals < 0 || within < equals);
    if (declares) {
      groups.push(open);
      open = [];
    } else if (equals >= 0 && groups.length === 0) return [];
  }
  const last = groups.at(-1);
  if (!last) return [];
  if (open.length > 0) {
    // `w in R^d, w symmetric`: no set of its own.
    last.push({ ...(open[0] as Token), kind: 'operator', text: ',', length: 1 }, ...open);
  }
  return groups;
}

interface Part {
  readonly before: Token | undefined;
  readonly tokens: readonly Token[];
}

function partsOf(tokens: readonly Token[]): readonly Part[] {
  const parts: { before: Token | undefined; tokens: Token[] }[] = [
    { before: undefined, tokens: [] },
  ];
  let depth = 0;
  for (const token of tokens) {
    if (isSign(token, '(', '[', '{', '\\{')) depth += 1;
    if (isSign(token, ')', ']', '}', '\\}')) depth -= 1;
    if (depth === 0 && isBetween(token)) parts.push({ before: token, tokens: [] });
    else parts.at(-1)?.tokens.push(token);
  }
  return parts.filter((part) => part.tokens.length > 0);
}
