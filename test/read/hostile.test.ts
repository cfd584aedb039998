import { describe, expect, it } from 'vitest';
import { readSheet } from '../../src/read/document.js';

/** The problem of the first statement; the second must still be read. */
function problemIn(text: string): string | undefined {
  const { statements } = readSheet(`${text}\ny = 2`);
  expect(statements.at(-1)?.kind).toBe('definition');
  const [first] = statements;
  return first?.kind === 'error' ? first.problem.message.split('\n')[0] : undefined;
}

const nested = (open: string, close: string, count = 10_000) =>
  `x = ${open.repeat(count)}z${close.repeat(count)}`;

describe('hostile text gives a message, never an overflow', () => {
  it('refuses a line of a million characters', () =>
    expect(problemIn(`x = ${'w + '.repeat(250_000)}1`)).toBe(
      'line 1, column 1: this line has 1000005 characters; at most 100000 are read. Split it into several definitions',
    ));

  it.each([
    ['brackets', nested('(', ')')],
    ['braces', nested('{', '}')],
    ['fractions', nested('\\frac{1}{', '}', 5000)],
    ['fonts', nested('\\mathbf{', '}')],
    ['exponents', nested('e^{', '}')],
    ['subscripts', nested('x_{', '}')],
    ['sums', nested('sum_k ', '')],
    ['operators', nested('d/dx ', '')],
    ['functions', nested('log ', '')],
    ['bars', nested('|', '')],
  ])('refuses nested %s', (_name, text) => {
    expect(problemIn(text)).toMatch(
      /are nested more than 200 deep; (give names to|name) parts of the formula$/,
    );
  });

  it('refuses macros without end', () => {
    const { statements } = readSheet(
      '\\newcommand{\\a}{\\b \\b}\n\\newcommand{\\b}{\\a \\a}\nx = \\a\ny = 2',
    );
    expect(statements.map((statement) => statement.kind)).toEqual(['error', 'definition']);
  });

  it('reads many lines', () => {
    const lines = Array.from({ length: 300 }, (_, place) => `x${place} = w x${place + 1} + b`);
    expect(readSheet(lines.join('\n')).statements).toHaveLength(300);
  });
});
