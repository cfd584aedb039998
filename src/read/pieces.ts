import { splitClauses } from './clauses.js';
import { splitAtCommas } from './indices.js';
import { splitLeadingCondition, withoutLeadingWords } from './leading-condition.js';
import { isRange } from './ranges.js';
import type { RawStatement } from './raw.js';
import { isSign, splitAtSize, topSign } from './signs-at-top.js';
import type { Token } from './token.js';

/** One formula-bearing stretch of tokens and the side it stands on. */
export interface Piece {
  readonly tokens: readonly Token[];
  readonly side: 'left' | 'right' | 'other' | 'condition';
  readonly statement: number;
}

export interface Collected {
  readonly pieces: Piece[];
  /** Left sides of definitions and other places that declare. */
  readonly heads: {
    readonly tokens: readonly Token[];
    readonly by: 'definition' | 'given' | 'shape';
    readonly statement: number;
    readonly sizes: number;
  }[];
  readonly ranges: (readonly Token[])[];
  readonly functions: string[];
  readonly sizeTokens: (readonly Token[])[];
  readonly builders: string[];
}

export function collect(statements: readonly RawStatement[]): Collected {
  const all: Collected = {
    pieces: [],
    heads: [],
    ranges: [],
    functions: [],
    sizeTokens: [],
    builders: [],
  };
  for (const [place, statement] of statements.entries()) collectOne(all, statement, place);
  return all;
}

function collectOne(all: Collected, statement: RawStatement, place: number): void {
  const add = (tokens: readonly Token[], side: Piece['side']) => {
    if (tokens.length > 0) all.pieces.push({ tokens, side, statement: place });
  };
  const clauses = (tokens: readonly Token[], side: Piece['side']): readonly Token[] => {
    const split = splitClauses(tokens);
    for (const clause of split.clauses) {
      if (clause.kind === 'for' || clause.kind === 'range') all.ranges.push(clause.tokens);
      else if (clause.kind === 'in terms of' || clause.kind === 'as') continue;
      else if (clause.kind === 'if' && side !== 'other') all.ranges.push(clause.tokens);
      else add(clause.tokens, clause.kind === 'if' ? 'condition' : 'other');
    }
    return split.main;
  };
  const { keyword, tokens } = statement;
  switch (keyword) {
    case 'network':
      all.builders.push(statement.text);
      return;
    case 'function':
      for (const token of tokens)
        if (token.kind === 'word' || token.kind === 'name') all.functions.push(token.text);
      return;
    case 'given': {
      for (const item of splitAtCommas(tokens)) {
        const sign = topSign(item, '=');
        if (sign < 0) continue;
        const target = item.slice(0, sign);
        const isDerivative = target.some(
          (token) => isSign(token, '/') || (token.kind === 'command' && token.text === 'frac'),
        );
        if (isDerivative) add(target, 'other');
        else
          all.heads.push({
            tokens: target,
            by: 'given',
            statement: place,
            sizes: depthOf(item.slice(sign + 1)),
          });
        if (!isDerivative) add(target, 'left');
      }
      return;
    }
    case 'check':
    case 'choose': {
      if (keyword === 'choose') add(clauses(tokens, 'other'), 'other');
      for (const line of statement.children) {
        const lead = splitLeadingCondition(withoutLeadingWords(line.tokens));
        if (lead?.isFor) all.ranges.push(lead.inside);
        else if (lead) add(lead.inside, 'condition');
        const main = clauses(lead?.rest ?? line.tokens, 'other');
        const named = topSign(main, ':=');
        if (named > 0)
          all.heads.push({
            tokens: main.slice(0, named),
            by: 'definition',
            statement: place,
            sizes: -1,
          });
        add(main, 'other');
      }
      return;
    }
    case undefined: {
      collectDefinition(all, clauses(tokens, 'right'), place, add);
      return;
    }
    case 'update': {
      const { main } = splitClauses(tokens);
      if (!(main.length === 1 && main[0]?.text === 'all')) add(main, 'other');
      return;
    }
    case 'count':
      add(
        tokens.filter((token) => !['parameters', 'paths', 'from', 'to'].includes(token.text)),
        'other',
      );
      return;
    case 'convention':
      return;
    case 'find': {
      const isShape = tokens[0]?.text === 'shape' && tokens[1]?.text === 'of';
      add(clauses(isShape ? tokens.slice(2) : tokens, 'other'), 'other');
      return;
    }
    case 'limit': {
      const at = tokens.findLastIndex((token) => token.kind === 'word' && token.text === 'as');
      add(tokens.slice(0, at < 0 ? undefined : at), 'other');
      return;
    }
    default:
      add(clauses(tokens, 'other'), 'other');
  }
}

function collectDefinition(
  all: Collected,
  main: readonly Token[],
  place: number,
  add: (tokens: readonly Token[], side: Piece['side']) => void,
): void {
  const within = topSign(main, 'in');
  const equals = topSign(main, '=', ':=', '->', '<');
  if (within > 0 && (equals < 0 || within < equals)) {
    const set = main.slice(within + 1);
    const inside = set.slice(1).filter((token) => !isSign(token, '^', '(', ')', '{', '}'));
    const sizes = set.length <= 1 ? 0 : splitAtSize(inside).length;
    all.sizeTokens.push(inside);
    for (const target of splitAtCommas(main.slice(0, within))) {
      all.heads.push({ tokens: target, by: 'shape', statement: place, sizes });
      add(target, 'left');
    }
    return;
  }
  // `L = 3, n_1 = 4`
  const parts = splitAtCommas(main);
  const isList = parts.length > 1 && parts.every((part) => topSign(part, '=') > 0);
  for (const part of isList ? parts : [main]) {
    const sign = topSign(part, '=', ':=');
    if (sign <= 0) {
      add(part, 'other');
      continue;
    }
    all.heads.push({ tokens: part.slice(0, sign), by: 'definition', statement: place, sizes: -1 });
    add(part.slice(0, sign), 'left');
    add(part.slice(sign + 1), 'right');
  }
}

/** How deep lists are nested in a value: the rank of what it is given for. */
const depthOf = (tokens: readonly Token[]): number => {
  let depth = 0;
  for (const token of tokens) {
    if (!isSign(token, '[')) break;
    depth += 1;
  }
  return depth;
};

/** Most tokens of a range in brackets. */
const LONGEST_RANGE = 40;

/** Ranges in brackets inside formulas of other statements: `(l = 1, ..., L)`. */
export function bracketRanges(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const found: (readonly Token[])[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const next = tokens[at + 1];
    if (!isSign(tokens[at] as Token, '(') || (next?.kind !== 'word' && next?.kind !== 'name'))
      continue;
    const near = tokens.slice(at + 1, at + LONGEST_RANGE);
    const end = near.findIndex((other) => isSign(other, ')'));
    const inside = near.slice(0, Math.max(0, end));
    if (isRange(inside)) found.push(inside);
  }
  return found;
}
