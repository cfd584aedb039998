/**
 * Definitions as textbooks spell them, rewritten before names are looked for: a function that carries
 * its parameters below (`h_\theta(x) = ...`), and a name given by its logarithm (`\log p = ...`).
 */
import { splitClauses } from './clauses.js';
import type { RawStatement } from './raw.js';
import { isSign, topSign } from './signs-at-top.js';
import type { Token } from './token.js';

/** The statements with such definitions, and what refers to them, in the spelling of the grammar. */
export function respelled(statements: readonly RawStatement[]): readonly RawStatement[] {
  const parametrised = new Map(
    statements.flatMap((statement) => {
      const found = parametersBelow(statement);
      return found ? [[found.name, found.below] as const] : [];
    }),
  );
  return statements.map((statement) => {
    const direct = byLogarithm(statement);
    if (parametrised.size === 0) return direct;
    const bare = (tokens: readonly Token[]): readonly Token[] => withoutBelow(tokens, parametrised);
    return {
      ...direct,
      tokens: bare(direct.tokens),
      children: direct.children.map((line) => ({ ...line, tokens: bare(line.tokens) })),
    };
  });
}

const isName = (token: Token | undefined): token is Token =>
  token?.kind === 'word' || token?.kind === 'name';

/** What stands below the name at a place, with the braces around it. */
function belowAt(tokens: readonly Token[], at: number): readonly Token[] | undefined {
  const sign = tokens[at + 1];
  if (!isName(tokens[at]) || !sign || !isSign(sign, '_')) return undefined;
  const first = tokens[at + 2];
  if (!first) return undefined;
  if (!isSign(first, '{')) return [first];
  const end = tokens.findIndex((token, place) => place > at && isSign(token, '}'));
  return end < 0 ? undefined : tokens.slice(at + 2, end + 1);
}

const textOf = (tokens: readonly Token[]): string =>
  tokens
    .filter((token) => !isSign(token, '{', '}'))
    .map((token) => token.text)
    .join(' ');

/**
 * `h_\theta(x) = ... \theta ...`: the names below stand in the formula as quantities, so they are no
 * indices of a family of functions (`h_j(x) = w_j x`).
 */
function parametersBelow({
  keyword,
  tokens,
}: RawStatement): { readonly name: string; readonly below: string } | undefined {
  const below = keyword === undefined ? belowAt(tokens, 0) : undefined;
  const head = tokens[0];
  const after = below && tokens[2 + below.length];
  const equals = topSign(tokens, '=', ':=');
  if (!head || !below || !after || !isSign(after, '(') || equals < 0) return undefined;
  const names = below.filter((token) => !isSign(token, '{', '}', ','));
  const right = tokens.slice(equals + 1);
  const isQuantity = (name: Token): boolean =>
    isName(name) && right.some((token, at) => token.text === name.text && !isScript(right, at));
  return names.length > 0 && names.every(isQuantity)
    ? { name: head.text, below: textOf(below) }
    : undefined;
}

/** Whether a token stands below another, alone or in braces. */
function isScript(tokens: readonly Token[], at: number): boolean {
  let depth = 0;
  for (let place = at - 1; place >= 0; place -= 1) {
    const token = tokens[place] as Token;
    if (isSign(token, '_') && place === at - 1) return true;
    if (isSign(token, '}')) depth += 1;
    if (!isSign(token, '{')) continue;
    const before = tokens[place - 1];
    if (depth === 0 && before && isSign(before, '_')) return true;
    depth = Math.max(0, depth - 1);
  }
  return false;
}

/** The tokens without the parameters below the names that carry them. */
function withoutBelow(
  tokens: readonly Token[],
  parametrised: ReadonlyMap<string, string>,
): readonly Token[] {
  const kept: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as Token;
    kept.push(token);
    const wanted = isName(token) ? parametrised.get(token.text) : undefined;
    const below = wanted === undefined ? undefined : belowAt(tokens, at);
    if (below && textOf(below) === wanted) at += 1 + below.length;
  }
  return kept;
}

/** `\log p = F` is `p = exp(F)`; a chain of several sides is left to be refused. */
function byLogarithm(statement: RawStatement): RawStatement {
  const { keyword, tokens } = statement;
  const [log, name] = tokens;
  if (keyword !== undefined || !log || !/^(log|ln)$/.test(log.text) || !isName(name))
    return statement;
  const { main } = splitClauses(tokens);
  const equals = topSign(main, '=', ':=');
  const right = main.slice(equals + 1);
  const head = main.slice(1, equals);
  const below = belowAt(main, 1);
  const isHead = head.length === 1 + (below ? 1 + below.length : 0);
  const isPrefix = main.every((token, at) => token === tokens[at]);
  if (equals < 0 || !isHead || !isPrefix || right.length === 0 || topSign(right, '=') >= 0)
    return statement;
  const sign = main[equals] as Token;
  const made = (text: string, kind: Token['kind']): Token => ({
    ...sign,
    kind,
    text,
    length: 0,
    spaced: false,
    latex: false,
  });
  const whole = [made('exp', 'name'), made('(', 'operator'), ...right, made(')', 'operator')];
  return {
    ...statement,
    tokens: [...head, sign, ...whole, ...tokens.slice(main.length)],
  };
}
