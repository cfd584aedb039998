/** Each kind of statement: one row per keyword. */
import { type Condition, type Formula, isNumber, number, symbol } from '../expression/formula.js';
import { readCheckLines } from './check.js';
import { noClauses, type RawClause, readClauses, splitClauses } from './clauses.js';
import { readCondition } from './conditions.js';
import { described } from './cursor.js';
import { readApproach, readAssertion, sideOf, splitChain } from './equations.js';
import { splitAtCommas } from './indices.js';
import type { Keyword, RawStatement } from './lines.js';
import { splitAtSize, topSign } from './names.js';
import type { Parser } from './parser.js';
import { problemOf, ReadError } from './problem.js';
import type { Ask, NestedFormulas, StatementBody } from './statement.js';
import type { Token } from './token.js';

export interface Reading {
  readonly raw: RawStatement;
  readonly parser: Parser;
  /** The statement's first token, for messages without a better place. */
  readonly place: Token;
  /** Quotes the source line under a message. */
  readonly quote: (error: ReadError) => ReadError;
}

type Reader = (reading: Reading) => StatementBody;

const isOwn = (reading: Reading) => (word: string) =>
  reading.parser.context.vocabulary.names.get(word)?.declared === true;

const split = (reading: Reading) => splitClauses(reading.raw.tokens, isOwn(reading));

/** The author's text of some tokens. */
function sourceOf(reading: Reading, tokens: readonly Token[]): string {
  const first = tokens[0];
  const last = tokens.at(-1);
  if (!first || !last) return '';
  if (first.line !== last.line) return tokens.map((token) => token.text).join(' ');
  const { raw } = reading;
  const offset = first.line === raw.line ? raw.column : undefined;
  if (offset === undefined) return tokens.map((token) => token.text).join(' ');
  return raw.source.slice(first.column - offset, last.column + last.length - offset);
}

const askOf = (reading: Reading, tokens: readonly Token[]): Ask => ({
  formula: wholeOf(reading, tokens),
  source: sourceOf(reading, tokens),
});

function wholeOf(reading: Reading, tokens: readonly Token[]): Formula {
  if (tokens.length === 0) throw new ReadError(reading.place, 'expected a formula here');
  return reading.parser.whole(tokens, tokens[0] as Token);
}

const asksOf = (reading: Reading, tokens: readonly Token[]): readonly Ask[] =>
  splitAtCommas(tokens, [',']).map((part) => askOf(reading, part));

const isWord = (token: Token | undefined, text: string): boolean =>
  token !== undefined && (token.kind === 'word' || token.kind === 'name') && token.text === text;

const find: Reader = (reading) => {
  const { main, clauses } = split(reading);
  if (isWord(main[0], 'shape') && isWord(main[1], 'of'))
    return { kind: 'shape', asks: asksOf(reading, main.slice(2)) };
  return { kind: 'find', asks: asksOf(reading, main), clauses: readClauses(reading.parser, clauses) };
};

const simplify: Reader = (reading) => {
  const { main, clauses } = split(reading);
  return { kind: 'simplify', ask: askOf(reading, main), clauses: readClauses(reading.parser, clauses) };
};

const limit: Reader = (reading) => {
  const { tokens } = reading.raw;
  const at = tokens.findLastIndex(
    (token, place) => isWord(token, 'as') && tokens.slice(place).some((next) => next.kind === 'operator' && next.text === '->'),
  );
  if (at < 1) throw new ReadError(tokens.at(-1) ?? reading.place, 'expected "as VARIABLE -> VALUE" after the formula of a limit');
  const approach = readApproach(reading.parser, tokens.slice(at + 1), tokens[at] as Token);
  return { kind: 'limit', ask: askOf(reading, tokens.slice(0, at)), ...approach };
};

const count: Reader = (reading) => {
  const { tokens } = reading.raw;
  const what = tokens[0];
  if (isWord(what, 'parameters')) return { kind: 'count', what: 'parameters', from: undefined, to: undefined };
  if (isWord(what, 'paths')) {
    const from = tokens.findIndex((token) => isWord(token, 'from'));
    const to = tokens.findIndex((token) => isWord(token, 'to'));
    if (from < 0 || to < from) throw new ReadError(what as Token, 'expected "count paths from NAME to NAME"');
    return {
      kind: 'count',
      what: 'paths',
      from: wholeOf(reading, tokens.slice(from + 1, to)),
      to: wholeOf(reading, tokens.slice(to + 1)),
    };
  }
  throw new ReadError(what ?? reading.place, `expected "parameters" or "paths" after "count", met ${what ? described(what) : 'nothing'}`);
};

const update: Reader = (reading) => {
  const { main, clauses } = split(reading);
  const by = clauses.find((clause) => clause.kind === 'by');
  let rate: Formula | undefined;
  if (by) {
    const [rule, ...options] = splitAtCommas(by.tokens);
    const name = rule?.map((token) => token.text).join(' ').toLowerCase();
    if (name !== 'sgd' && name !== 'gradient descent' && name !== 'gd')
      throw new ReadError(rule?.[0] ?? by.place, `expected the rule "sgd" after "by", met "${name ?? ''}"`);
    for (const option of options) {
      const sign = topSign(option, '=');
      if (sign < 1) throw new ReadError(option[0] ?? by.place, 'expected eta = NUMBER after the rule');
      rate = wholeOf(reading, option.slice(sign + 1));
    }
  }
  const others = clauses.filter((clause) => clause.kind !== 'by');
  const asks = main.length === 1 && isWord(main[0], 'all') ? ('all' as const) : asksOf(reading, main);
  return { kind: 'update', asks, rule: 'sgd', rate, clauses: readClauses(reading.parser, others) };
};

const expect: Reader = (reading) => {
  const { main, clauses } = split(reading);
  const { pieces, signs } = splitChain(main);
  const [left, right] = pieces;
  if (signs.length !== 1 || signs[0]?.text !== '=' || !left || !right)
    throw new ReadError(signs[1] ?? main[0] ?? reading.place, 'expected one equality FORMULA = VALUE after "expect"');
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
  const mantissa = token.text.replace(/[eE].*$/, '').replace('.', '').replace(/^0+/, '');
  return Math.min(15, Math.max(1, mantissa.length));
}

const check: Reader = (reading) => {
  if (reading.raw.children.length === 0)
    throw new ReadError(reading.place, 'expected the lines of the derivation below "check", indented deeper');
  const { vocabulary } = reading.parser.context;
  return { kind: 'check', lines: readCheckLines(reading.parser, reading.raw.children, vocabulary, reading.quote) };
};

const whenOf = (clauses: readonly RawClause[]): RawClause | undefined =>
  clauses.find(
    (clause) =>
      (clause.kind === 'when' || clause.kind === 'if') &&
      clause.tokens.some((token) => token.kind === 'operator' && token.text === '->'),
  );

const choose: Reader = (reading) => {
  const { main, clauses } = split(reading);
  const options = reading.raw.children.map((line) => {
    const [label = '', source = ''] = line.source.split('\u0000');
    const base = { line: line.line, column: line.column, label, source };
    try {
      if (line.problem) throw line.problem;
      const { main: own, clauses: extra } = splitClauses(line.tokens, isOwn(reading));
      const when = whenOf(extra);
      const place = own[0] ?? reading.place;
      return { ...base, assertion: readAssertion(reading.parser, own, place, when?.tokens), problem: undefined };
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      return { ...base, assertion: undefined, problem: problemOf(line.problem ? error : reading.quote(error)) };
    }
  });
  if (options.length === 0) throw new ReadError(reading.place, 'expected options a) b) c) below "choose", indented deeper');
  return { kind: 'choose', ask: askOf(reading, main), options, clauses: readClauses(reading.parser, clauses) };
};

const claim: Reader = (reading) => {
  const { main, clauses } = split(reading);
  const when = whenOf(clauses);
  const others = clauses.filter((clause) => clause !== when);
  return {
    kind: 'claim',
    assertion: readAssertion(reading.parser, main, main[0] ?? reading.place, when?.tokens),
    clauses: readClauses(reading.parser, others),
  };
};

const fill: Reader = (reading) => {
  const { main, clauses } = split(reading);
  const { pieces, signs } = splitChain(main);
  const blanks = main.filter((token) => token.kind === 'command' && token.text === 'blank');
  if (signs.length !== 1) throw new ReadError(signs[1] ?? main[0] ?? reading.place, 'expected one equality with a blank ___ after "fill"');
  if (blanks.length !== 1)
    throw new ReadError(blanks[1] ?? (signs[0] as Token), `expected exactly one blank ___, met ${blanks.length}`);
  const sign = signs[0] as Token;
  return {
    kind: 'fill',
    left: sideOf(reading.parser, pieces[0] as readonly Token[], sign),
    right: sideOf(reading.parser, pieces[1] as readonly Token[], sign),
    clauses: readClauses(reading.parser, clauses),
  };
};

const draw: Reader = (reading) => ({
  kind: 'draw',
  options: reading.raw.text.split(/[\s,]+/).filter((word) => word !== ''),
});

const network: Reader = ({ raw, place }) => {
  const [builder = '', ...options] = raw.text.split(',').map((part) => part.trim());
  if (builder === '') throw new ReadError(place, 'expected a builder, such as "network: dense 3-4-2"');
  return { kind: 'network', builder, options };
};

const assume: Reader = (reading) => {
  const { main, clauses } = split(reading);
  const parts = splitAtCommas(main);
  const conditions: Condition[] = parts.map((part) => readCondition(reading.parser, part, part[0] ?? reading.place));
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
      return { kind: 'convention', name: words[0], function: '', at: 0, value: value.map((token) => token.text).join(' ') };
    const left = wholeOf(reading, tokens.slice(0, sign));
    const right = wholeOf(reading, value);
    const at = left.kind === 'call' && left.slots.length === 1 ? left.args[0] : undefined;
    if (left.kind === 'call' && at?.kind === 'number' && right.kind === 'number')
      return { kind: 'convention', name: 'derivative', function: left.name, at: at.value.valueOf(), value: right.value.valueOf() };
  }
  throw new ReadError(tokens[0] ?? reading.place, "expected a convention such as relu'(0) = 0 or layout = denominator");
};

const given: Reader = (reading) => {
  const { main } = splitClauses(reading.raw.tokens, () => true);
  const items = splitAtCommas(main).map((item) => {
    const sign = topSign(item, '=');
    if (sign < 1) throw new ReadError(item[0] ?? reading.place, 'expected NAME = VALUE after "given"');
    return { target: wholeOf(reading, item.slice(0, sign)), value: nested(reading, item.slice(sign + 1), item[sign] as Token) };
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
  const parameters = raw.tokens.some((token) => token.text === '(') ? names.slice(1).map((token) => token.text) : [];
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
  if (raw.keyword !== undefined) return [readers[raw.keyword](reading)];
  return readDefinition(reading);
}

/** A statement without a keyword: a shape, sizes, a function, or a definition. */
function readDefinition(reading: Reading): readonly StatementBody[] {
  const { main, clauses: raw } = split(reading);
  const within = topSign(main, 'in');
  const equals = topSign(main, '=', ':=');
  if (within > 0 && (equals < 0 || within < equals)) return [readShape(reading, main, within, raw)];
  const parts = splitAtCommas(main);
  if (parts.length > 1 && parts.every((part) => topSign(part, '=', ':=') > 0))
    return parts.flatMap((part) => readEquation(reading, part, raw));
  if (equals < 0 && topSign(main, '>', '<', '>=', '<=', '!=') > 0) {
    // `x > 0` states what may be used.
    return [
      {
        kind: 'assume',
        conditions: parts.map((part) => readCondition(reading.parser, part, part[0] ?? reading.place)),
        texts: parts.map((part) => sourceOf(reading, part)),
        clauses: readClauses(reading.parser, raw),
      },
    ];
  }
  return readEquation(reading, main, raw);
}

function readEquation(reading: Reading, tokens: readonly Token[], raw: readonly RawClause[]): readonly StatementBody[] {
  const { parser } = reading;
  const { vocabulary } = parser.context;
  const { pieces, signs } = splitChain(tokens);
  const [left = [], ...rights] = pieces;
  const sign = signs[0];
  if (!sign || !['=', ':='].includes(sign.text))
    throw new ReadError(
      tokens[0] ?? reading.place,
      'expected a statement: a definition NAME = FORMULA, or a keyword such as find, given, check',
    );
  if (left.length === 0) throw new ReadError(sign, 'expected a name on the left of "="');
  const head = left[0] as Token;
  const own = vocabulary.functions.get(head.text);
  const call = left[1]?.kind === 'operator' && left[1].text === '(' && own?.parameters ? own : undefined;
  if (call && !call.isQuantity) {
    return [{ kind: 'function', name: call.name, parameters: call.parameters ?? [], body: sideOf(parser, rights[0] as readonly Token[], sign) }];
  }
  const target = call ? symbol(call.name) : readHead(reading, left);
  const [right, ...chain] = rights.map((tokens, at) => sideOf(parser, tokens, signs[at] as Token));
  const isSize =
    target.kind === 'symbol' &&
    right?.kind === 'number' &&
    right.value.d === 1n &&
    vocabulary.sizes.has(target.name) &&
    chain.length === 0;
  if (isSize && right?.kind === 'number') return [{ kind: 'size', target, value: Number(right.value.valueOf()) }];
  const clauses = raw.length > 0 ? readClauses(parser, raw) : noClauses;
  return [
    { kind: 'definition', left: target, right: right as Formula, chain, ranges: clauses.ranges, where: clauses.where },
  ];
}

/** A left side: a symbol, or a power taken as a name. */
function readHead(reading: Reading, tokens: readonly Token[]): Formula {
  const formula = wholeOf(reading, tokens);
  if (formula.kind === 'symbol') return formula;
  const isPower = formula.kind === 'power' && formula.base.kind === 'symbol' && formula.exponent.kind === 'number';
  if (isPower && !isNumber(formula.exponent, 1)) return formula;
  throw new ReadError(
    tokens[0] as Token,
    'expected a name on the left of a definition (to state an equation, write: check, claim or assume)',
  );
}

/** `W^1 in R^(4 x 3)`, `x in R`, `u_k in R^d`. */
function readShape(reading: Reading, main: readonly Token[], within: number, raw: readonly RawClause[]): StatementBody {
  const { parser } = reading;
  const rest = main.slice(within + 1);
  const set = rest[0];
  if (!set || !/^[RNZ]$/.test(set.text)) throw new ReadError(set ?? (main[within] as Token), `expected R, N or Z after "in", met ${set ? described(set) : 'nothing'}`);
  const words = rest.filter((token) => token.kind === 'word').map((token) => token.text);
  const symmetric = words.includes('symmetric');
  const power = rest.slice(1).filter((token) => token.text !== 'symmetric' && token.text !== ',' || token.kind === 'number');
  const inside = power[0]?.kind === 'operator' && power[0].text === '^' ? stripped(power.slice(1)) : power;
  const sizes = splitAtSize(inside).map((tokens) => sizeOf(parser, tokens, set));
  const first = sizes[0];
  const row = sizes.length === 2 && first !== undefined && isNumber(first, 1);
  const targets = splitAtCommas(main.slice(0, within)).map((tokens) => wholeOf(reading, tokens));
  const clauses = readClauses(parser, raw);
  return { kind: 'declare', targets, set: set.text as 'R' | 'N' | 'Z', sizes, row, symmetric, ranges: clauses.ranges };
}

const stripped = (tokens: readonly Token[]): readonly Token[] =>
  tokens.length > 1 && ['(', '{'].includes(tokens[0]?.text ?? '') ? tokens.slice(1, -1) : tokens;

function sizeOf(parser: Parser, tokens: readonly Token[], place: Token): Formula {
  const only = tokens.length === 1 ? tokens[0] : undefined;
  if (only?.kind === 'number') return number(only.text);
  return parser.whole(tokens, place, { insideIndex: true });
}
