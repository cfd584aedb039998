/** Single formulas and conditions, in a scope or without one. */
import type { Condition, Formula } from '../expression/formula.js';
import { readCondition as conditionOf } from './conditions.js';
import { checkBrackets } from './cursor.js';
import type { Parser } from './grammar.js';
import { collectNames } from './names.js';
import { FormulaParser } from './parser.js';
import { ReadError } from './problem.js';
import type { Notation } from './scripts.js';
import type { Sheet } from './statement.js';
import type { Token } from './token.js';
import { endToken, tokenize } from './tokens.js';
import { plainVocabulary, type Vocabulary } from './vocabulary.js';

function tokensOf(text: string): { tokens: Token[]; place: Token } {
  const tokens = tokenize([{ text, line: 1, column: 1 }]);
  checkBrackets(tokens);
  return { tokens, place: endToken(tokens, { line: 1, column: 1 }) };
}

const parserOf = (vocabulary: Vocabulary, notation: Notation, place: Token): Parser =>
  new FormulaParser(
    [],
    { vocabulary, notation, bound: [], depth: 0, insideIndex: false, note: () => {} },
    place,
  );

function quoting<T>(text: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof ReadError ? error.quoting(text) : error;
  }
}

/** The names of a single formula that stands in no sheet. */
function vocabularyOf(tokens: readonly Token[], text: string): Vocabulary {
  return collectNames([
    {
      line: 1,
      column: 1,
      source: text,
      keyword: 'simplify',
      tokens,
      text,
      children: [],
      block: 0,
      latex: false,
      problem: undefined,
    },
  ]);
}

/**
 * One formula, plain or LaTeX, with the names of a sheet (or only its own).
 *
 * @returns a surface formula: names may stand for whole families; `lower` writes the indices out
 * @throws ReadError with the column, what was met, what was expected, and the text itself
 */
export function readFormula(text: string, sheet?: Sheet): Formula {
  return quoting(text, () => {
    const { tokens, place } = tokensOf(text);
    const vocabulary = sheet?.vocabulary ?? vocabularyOf(tokens, text);
    return parserOf(vocabulary, text.includes('\\') ? 'mixed' : 'plain', place).whole(
      tokens,
      place,
    );
  });
}

/** One condition, such as `l < L` or `i != j`. */
export function readCondition(text: string, sheet?: Sheet): Condition {
  return quoting(text, () => {
    const { tokens, place } = tokensOf(text);
    const vocabulary = sheet?.vocabulary ?? plainVocabulary;
    return conditionOf(
      parserOf(vocabulary, text.includes('\\') ? 'mixed' : 'plain', place),
      tokens,
      place,
    );
  });
}

/** Plain math of a table of laws: every name is a number or a known function. */
export function readPlain(text: string): Formula {
  return quoting(text, () => {
    const { tokens, place } = tokensOf(text);
    return parserOf(plainVocabulary, 'plain', place).whole(tokens, place);
  });
}

/** A condition of a table of laws, such as `u > 0`. */
export function readPlainCondition(text: string): Condition {
  return quoting(text, () => {
    const { tokens, place } = tokensOf(text);
    return conditionOf(parserOf(plainVocabulary, 'plain', place), tokens, place);
  });
}
