/** Options, claims and blanks. */

import { withBlanks } from './blanks.js';
import { readClauses, splitClauses } from './clauses.js';
import { readAssertion, sideOf, splitChain } from './equations.js';
import { problemOf, ReadError } from './problem.js';
import type { RawClause } from './raw.js';
import { askOf, isOwn, type Reader, split } from './reading.js';
import type { Token } from './token.js';

const whenOf = (clauses: readonly RawClause[]): RawClause | undefined =>
  clauses.find(
    (clause) =>
      (clause.kind === 'when' || clause.kind === 'if') &&
      clause.tokens.some((token) => token.kind === 'operator' && token.text === '->'),
  );

export const choose: Reader = (reading) => {
  const { main, clauses } = split(reading);
  const options = reading.raw.children.map((line) => {
    const [label = '', source = ''] = line.source.split('\u0000');
    const base = { line: line.line, column: line.column, label, source };
    try {
      if (line.problem) throw line.problem;
      const { main: own, clauses: extra } = splitClauses(line.tokens, isOwn(reading));
      const when = whenOf(extra);
      const place = own[0] ?? reading.place;
      return {
        ...base,
        assertion: readAssertion(reading.parser, own, place, when?.tokens),
        problem: undefined,
      };
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      return {
        ...base,
        assertion: undefined,
        problem: problemOf(reading.quote(error)),
      };
    }
  });
  if (options.length === 0)
    throw new ReadError(reading.place, 'expected options a) b) c) below "choose", indented deeper');
  return {
    kind: 'choose',
    ask: askOf(reading, main),
    options,
    clauses: readClauses(reading.parser, clauses),
  };
};

export const claim: Reader = (reading) => {
  const { main, clauses } = split(reading);
  const when = whenOf(clauses);
  const others = clauses.filter((clause) => clause !== when);
  return {
    kind: 'claim',
    assertion: readAssertion(reading.parser, main, main[0] ?? reading.place, when?.tokens),
    clauses: readClauses(reading.parser, others),
  };
};

export const fill: Reader = (reading) => {
  const { main: written, clauses } = split(reading);
  const main = withBlanks(written);
  const { pieces, signs } = splitChain(main);
  const blanks = main.filter((token) => token.kind === 'command' && token.text === 'blank');
  if (signs.length !== 1)
    throw new ReadError(
      signs[1] ?? main[0] ?? reading.place,
      'expected one equality with a blank ___ after "fill"',
    );
  if (blanks.length !== 1)
    throw new ReadError(
      blanks[1] ?? (signs[0] as Token),
      `expected exactly one blank ___, met ${blanks.length}`,
    );
  const sign = signs[0] as Token;
  return {
    kind: 'fill',
    left: sideOf(reading.parser, pieces[0] as readonly Token[], sign),
    right: sideOf(reading.parser, pieces[1] as readonly Token[], sign),
    clauses: readClauses(reading.parser, clauses),
  };
};
