/** Each kind of statement: one row per keyword. */
import type { Condition, Formula } from '../expression/formula.js';
import { readCheckLines } from './check.js';
import { choose, claim, fill } from './choices.js';
import { readClauses, splitClauses } from './clauses.js';
import { readCondition } from './conditions.js';
import { described } from './cursor.js';
import { readDefinition } from './definitions.js';
import { readApproach, splitChain } from './equations.js';
import { splitAtCommas } from './indices.js';
import { ReadError } from './problem.js';
import type { Keyword } from './raw.js';
import {
  askOf,
  asksOf,
  isWord,
  type Reader,
  type Reading,
  sourceOf,
  split,
  wholeOf,
} from './reading.js';
import { checkRestrictions } from './restrictions.js';
import { topSign } from './signs-at-top.js';
import type { NestedFormulas, StatementBody } from './statement.js';
import type { Token } from './token.js';

export const find: Reader = (reading) => {
  const { main, clauses } = split(reading);
  if (isWord(main[0], 'shape') && isWord(main[1], 'of'))
    return { kind: 'shape', asks: asksOf(reading, main.slice(2)) };
  return {
    kind: 'find',
    asks: asksOf(reading, main),
    clauses: readClauses(reading.parser, clauses),
  };
};

const simplify: Reader = (reading) => {
  const { main, clauses } = split(reading);
  return {
    kind: 'simplify',
    ask: askOf(reading, main),
    clauses: readClauses(reading.parser, clauses),
  };
};

const limit: Reader = (reading) => {
  const { tokens } = reading.raw;
  const at = tokens.findLastIndex(
    (token, place) =>
      isWord(token, 'as') &&
      tokens.slice(place).some((next) => next.kind === 'operator' && next.text === '->'),
  );
  if (at < 1)
    throw new ReadError(
      tokens.at(-1) ?? reading.place,
      'expected "as VARIABLE -> VALUE" after the formula of a limit',
    );
  const approach = readApproach(reading.parser, tokens.slice(at + 1), tokens[at] as Token);
  return { kind: 'limit', ask: askOf(reading, tokens.slice(0, at)), ...approach };
};

const count: Reader = (reading) => {
  const { tokens } = reading.raw;
  const what = tokens[0];
  if (isWord(what, 'parameters'))
    return { kind: 'count', what: 'parameters', from: undefined, to: undefined };
  if (isWord(what, 'paths')) {
    const from = tokens.findIndex((token) => isWord(token, 'from'));
    const to = tokens.findIndex((token) => isWord(token, 'to'));
    if (from < 0 || to < from)
      throw new ReadError(what as Token, 'expected "count paths from NAME to NAME"');
    return {
      kind: 'count',
      what: 'paths',
      from: wholeOf(reading, tokens.slice(from + 1, to)),
      to: wholeOf(reading, tokens.slice(to + 1)),
    };
  }
  throw new ReadError(
    what ?? reading.place,
    `expected "parameters" or "paths" after "count", met ${what ? described(what) : 'nothing'}`,
  );
};

const update: Reader = (reading) => {
  const { main, clauses } = split(reading);
  const by = clauses.find((clause) => clause.kind === 'by');
  let rate: Formula | undefined;
  if (by) {
    const [rule, ...options] = splitAtCommas(by.tokens);
    const name = rule
      ?.map((token) => token.text)
      .join(' ')
      .toLowerCase();
    if (name !== 'sgd' && name !== 'gradient descent' && name !== 'gd')
      throw new ReadError(
        rule?.[0] ?? by.place,
        `expected the rule "sgd" after "by", met "${name ?? ''}"`,
      );
    for (const option of options) {
      const sign = topSign(option, '=');
      if (sign < 1)
        throw new ReadError(option[0] ?? by.place, 'expected eta = NUMBER after the rule');
      rate = wholeOf(reading, option.slice(sign + 1));
    }
  }
  const others = clauses.filter((clause) => clause.kind !== 'by');
  const asks =
    main.length === 1 && isWord(main[0], 'all') ? ('all' as const) : asksOf(reading, main);
  return { kind: 'update', asks, rule: 'sgd', rate, clauses: readClauses(reading.parser, others) };
};

const expect: Reader = (reading) => {
  const { main, clauses } = split(reading);
  const { pieces, signs } = splitChain(main);
  const [left, right] = pieces;
  if (signs.length !== 1 || signs[0]?.text !== '=' || !left || !right)
    throw new ReadError(
      signs[1] ?? main[0] ?? reading.place,
      'expected one equality FORMULA = VALUE after "expect"',
    );
  return {
    kind: 'expect',
    left: askOf(reading, left),
    right: askOf(reading, right),
    digits: digitsOf(right),
    clauses: readClauses(reading.parser, clauses),
  };
};

/** Significant digits of a bare number, as written; 15 at most are compared. */
function digitsOf(tokens: readonly Token[]): number | undefined {
  const [first, second] = tokens;
  const token = first?.kind === 'operator' && first.text === '-' ? second : first;
  const bare = token?.kind === 'number' && tokens.length === (token === first ? 1 : 2);
  if (!bare || !token) return undefined;
  const mantissa = token.text
    .replace(/[eE].*$/, '')
    .replace('.', '')
    .replace(/^0+/, '');
  return Math.min(15, Math.max(1, mantissa.length));
}

export const check: Reader = (reading) => {
  if (reading.raw.children.length === 0)
    throw new ReadError(
      reading.place,
      'expected the lines of the derivation below "check", indented deeper',
    );
  const { vocabulary } = reading.parser.context;
  return {
    kind: 'check',
    lines: readCheckLines(reading.parser, reading.raw.children, vocabulary, reading.quote),
  };
};

const draw: Reader = (reading) => {
  const { tokens } = reading.raw;
  const bare = tokens.length === 0 || isWord(tokens.at(-1), 'network');
  return { kind: 'draw', ask: bare ? undefined : askOf(reading, tokens) };
};

const network: Reader = ({ raw, place }) => {
  const [builder = '', ...options] = raw.text.split(',').map((part) => part.trim());
  if (builder === '')
    throw new ReadError(place, 'expected a builder, such as "network: dense 3-4-2"');
  return { kind: 'network', builder, options };
};

export const assume: Reader = (reading) => {
  const { main, clauses } = split(reading);
  const parts = splitAtCommas(main);
  const conditions: Condition[] = parts.map((part) =>
    readCondition(reading.parser, part, part[0] ?? reading.place),
  );
  return {
    kind: 'assume',
    conditions,
    texts: parts.map((part) => sourceOf(reading, part)),
    clauses: readClauses(reading.parser, clauses),
  };
};

/** `relu'(0) = 0`, `layout = denominator`, `softmax = columns`. */
const convention: Reader = (reading) => {
  const { tokens } = reading.raw;
  const sign = topSign(tokens, '=');
  const words = tokens.map((token) => token.text);
  if (sign > 0) {
    const value = tokens.slice(sign + 1);
    if (words[0] === 'layout' || words[0] === 'softmax')
      return {
        kind: 'convention',
        name: words[0],
        function: '',
        at: 0,
        value: value.map((token) => token.text).join(' '),
      };
    const left = wholeOf(reading, tokens.slice(0, sign));
    const right = wholeOf(reading, value);
    const at = left.kind === 'call' && left.slots.length === 1 ? left.args[0] : undefined;
    if (left.kind === 'call' && at?.kind === 'number' && right.kind === 'number')
      return {
        kind: 'convention',
        name: 'derivative',
        function: left.name,
        at: at.value.valueOf(),
        value: right.value.valueOf(),
      };
  }
  throw new ReadError(
    tokens[0] ?? reading.place,
    "expected a convention such as relu'(0) = 0 or layout = denominator",
  );
};

export const given: Reader = (reading) => {
  const { main } = splitClauses(reading.raw.tokens, () => true);
  const items = splitAtCommas(main).map((item) => {
    const sign = topSign(item, '=');
    if (sign < 1)
      throw new ReadError(item[0] ?? reading.place, 'expected NAME = VALUE after "given"');
    return {
      target: wholeOf(reading, item.slice(0, sign)),
      value: nested(reading, item.slice(sign + 1), item[sign] as Token),
    };
  });
  return { kind: 'given', items };
};

/** Numbers in nested brackets. */
function nested(reading: Reading, tokens: readonly Token[], place: Token): NestedFormulas {
  const first = tokens[0];
  if (!first) throw new ReadError(place, 'expected a value after "="');
  const isList = first.kind === 'operator' && first.text === '[' && tokens.at(-1)?.text === ']';
  if (!isList) return wholeOf(reading, tokens);
  const inside = tokens.slice(1, -1);
  if (inside.length === 0) throw new ReadError(first, 'expected numbers between the brackets');
  return splitAtCommas(inside, [',']).map((part) => nested(reading, part, first));
}

const declaredFunction: Reader = ({ raw, place }) => {
  const names = raw.tokens.filter((token) => token.kind === 'word' || token.kind === 'name');
  const first = names[0];
  if (!first) throw new ReadError(place, 'expected a name after "function"');
  const parameters = raw.tokens.some((token) => token.text === '(')
    ? names.slice(1).map((token) => token.text)
    : [];
  return { kind: 'function', name: first.text, parameters, body: undefined };
};

const readers: Readonly<Record<Keyword, Reader>> = {
  find,
  simplify,
  limit,
  count,
  update,
  expect,
  check,
  choose,
  claim,
  fill,
  draw,
  network,
  assume,
  convention,
  given,
  function: declaredFunction,
};

export function readBody(reading: Reading): readonly StatementBody[] {
  const { raw } = reading;
  checkRestrictions(raw.tokens);
  if (raw.keyword !== undefined) return [readers[raw.keyword](reading)];
  return readDefinition(reading);
}
