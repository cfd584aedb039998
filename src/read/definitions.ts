/** Statements without a keyword: definitions, functions, sizes, shapes. */
import { type Formula, isNumber, number, symbol } from '../expression/formula.js';
import { freeNames } from '../expression/walk.js';
import { functionsOfChain } from './chained-functions.js';
import { noClauses, readClauses } from './clauses.js';
import { readCondition } from './conditions.js';
import { described } from './cursor.js';
import { sideOf, splitChain } from './equations.js';
import type { Parser } from './grammar.js';
import { splitAtCommas } from './indices.js';
import { ReadError } from './problem.js';
import type { RawClause } from './raw.js';
import { type Reading, sourceOf, split, wholeOf } from './reading.js';
import { splitAtSize, topSign } from './signs-at-top.js';
import type { StatementBody } from './statement.js';
import { withSumsReaching } from './sum-reach.js';
import type { Token } from './token.js';
import type { Vocabulary } from './vocabulary.js';

/** A statement without a keyword: a shape, sizes, a function, or a definition. */
export function readDefinition(reading: Reading): readonly StatementBody[] {
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
        conditions: parts.map((part) =>
          readCondition(reading.parser, part, part[0] ?? reading.place),
        ),
        texts: parts.map((part) => sourceOf(reading, part)),
        clauses: readClauses(reading.parser, raw),
      },
    ];
  }
  return readEquation(reading, main, raw);
}

function readEquation(
  reading: Reading,
  tokens: readonly Token[],
  raw: readonly RawClause[],
): readonly StatementBody[] {
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
  const call =
    left[1]?.kind === 'operator' && left[1].text === '(' && own?.parameters ? own : undefined;
  if (call && !call.isQuantity) {
    const inside = { vocabulary: withParameters(vocabulary, call.parameters ?? []) };
    const sides = rights.map((tokens, at) => sideOf(parser, tokens, signs[at] as Token, inside));
    const head = { name: call.name, parameters: call.parameters ?? [] };
    const known = new Set(head.parameters);
    const reached = sides.map((side) => reaching(side, known, sign, parser));
    return functionsOfChain(head, reached, vocabulary);
  }
  const target = call ? symbol(call.name) : readHead(reading, left);
  const [right, ...chain] = rights.map((tokens, at) => sideOf(parser, tokens, signs[at] as Token));
  const isSize =
    target.kind === 'symbol' &&
    right?.kind === 'number' &&
    right.value.d === 1n &&
    vocabulary.sizes.has(target.name) &&
    chain.length === 0;
  if (isSize && right?.kind === 'number')
    return [{ kind: 'size', target, value: Number(right.value.valueOf()) }];
  const clauses = raw.length > 0 ? readClauses(parser, raw) : noClauses;
  const known = new Set([...freeNames(target), ...clauses.ranges.map(({ index }) => index)]);
  return [
    {
      kind: 'definition',
      left: target,
      right: reaching(right as Formula, known, sign, parser),
      chain: chain.map((side) => reaching(side, known, sign, parser)),
      ranges: clauses.ranges,
      where: clauses.where,
    },
  ];
}

/** A side with its sums reaching as far as their letters stand; the reading says so. */
function reaching(side: Formula, known: ReadonlySet<string>, sign: Token, parser: Parser): Formula {
  const { formula, letters } = withSumsReaching(side, known);
  for (const letter of letters)
    parser.context.note(
      sign,
      `the sum over ${letter} is read to reach over the terms behind it that have the index ${letter}; brackets would say so`,
    );
  return formula;
}

/** A parameter is no family, whatever else of the sheet has its letter (`f(x)`, then `x^{(i)}`). */
function withParameters(vocabulary: Vocabulary, parameters: readonly string[]): Vocabulary {
  const names = new Map(vocabulary.names);
  for (const name of parameters) {
    const entry = names.get(name);
    if (entry) names.set(name, { ...entry, upper: 0 });
  }
  return { ...vocabulary, names };
}

/** A left side: a symbol, or a power taken as a name. */
function readHead(reading: Reading, tokens: readonly Token[]): Formula {
  const formula = wholeOf(reading, tokens);
  if (formula.kind === 'symbol') return formula;
  const isPower =
    formula.kind === 'power' &&
    formula.base.kind === 'symbol' &&
    formula.exponent.kind === 'number';
  if (isPower && !isNumber(formula.exponent, 1)) return formula;
  throw new ReadError(
    tokens[0] as Token,
    'expected a name on the left of a definition (to state an equation, write: check, claim or assume)',
  );
}

/** `W^1 in R^(4 x 3)`, `x in R`, `u_k in R^d`. */
function readShape(
  reading: Reading,
  main: readonly Token[],
  within: number,
  raw: readonly RawClause[],
): StatementBody {
  const { parser } = reading;
  const rest = main.slice(within + 1);
  const set = rest[0];
  if (!set || !/^[RNZ]$/.test(set.text))
    throw new ReadError(
      set ?? (main[within] as Token),
      `expected R, N or Z after "in", met ${set ? described(set) : 'nothing'}`,
    );
  const words = rest.filter((token) => token.kind === 'word').map((token) => token.text);
  const symmetric = words.includes('symmetric');
  const power = rest
    .slice(1)
    .filter(
      (token, at, all) =>
        token.text !== 'symmetric' && !(token.text === ',' && all[at + 1]?.text === 'symmetric'),
    );
  const inside =
    power[0]?.kind === 'operator' && power[0].text === '^' ? stripped(power.slice(1)) : power;
  const sizes = splitAtSize(inside).map((tokens) => sizeOf(parser, tokens, set));
  const first = sizes[0];
  const row = sizes.length === 2 && first !== undefined && isNumber(first, 1);
  const targets = splitAtCommas(main.slice(0, within)).map((tokens) => wholeOf(reading, tokens));
  const clauses = readClauses(parser, raw);
  return {
    kind: 'declare',
    targets,
    set: set.text as 'R' | 'N' | 'Z',
    sizes,
    row,
    symmetric,
    ranges: clauses.ranges,
  };
}

const stripped = (tokens: readonly Token[]): readonly Token[] =>
  tokens.length > 1 && ['(', '{'].includes(tokens[0]?.text ?? '') ? tokens.slice(1, -1) : tokens;

function sizeOf(parser: Parser, tokens: readonly Token[], place: Token): Formula {
  const only = tokens.length === 1 ? tokens[0] : undefined;
  if (only?.kind === 'number') return number(only.text);
  return parser.whole(tokens, place, { insideIndex: true });
}
