import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';
import type { ResultView } from '../../src/document/view.js';

const solve = async (...lines: readonly string[]): Promise<readonly ResultView[]> =>
  (await solveText(`${lines.join('\n')}\n`, 'sheet.hg')).results;

const answers = (results: readonly ResultView[]): readonly string[] =>
  results.map((result) =>
    result.kind === 'find'
      ? `${result.line} ${result.answer.text}`
      : result.kind === 'error'
        ? `${result.line} error: ${result.message.split('\n')[0]}`
        : `${result.line} ${result.kind}`,
  );

describe('numbers of one statement', () => {
  it('holds the numbers of at for that statement alone', async () => {
    const results = await solve(
      'f(z) = 1/(1 + e^(-z))',
      'find f(z) at z = 0.3',
      "find f'(z) at z = 0.3",
      "find f'(z)",
      "expect f'(z) = 0.25 at z = 0",
      "expect f'(z) = 0.25 at z = 1",
      "claim f'(z) = 1/4 at z = 0",
    );
    // 1/(1 + e^-0.3) and s (1 - s) with it.
    expect(results[0]).toMatchObject({ value: expect.closeTo(0.574442516811659, 14) });
    expect(results[1]).toMatchObject({ value: expect.closeTo(0.24445831169074586, 14) });
    expect(results[2]).not.toHaveProperty('value');
    expect(results.slice(3).map((result) => 'holds' in result && result.holds)).toEqual([
      true,
      false,
      true,
    ]);
  });
});

describe('what is lost with a definition', () => {
  it('answers what does not rest on definitions that clash', async () => {
    expect(
      answers(await solve('a = w x', 'a = w y', 'C = u v', 'find dC/du', 'find da/dw')),
    ).toEqual([
      '2 error: a is defined twice for the same indices: a = w x (line 1) and a = w y (line 2). Give the definitions ranges that do not meet, or rename one.',
      '4 v',
      '5 error: this rests on a, which cannot be used because of line 2: a is defined twice for the same indices: a = w x (line 1) and a = w y (line 2). Give the definitions ranges that do not meet, or rename one.',
    ]);
  });

  it('answers what does not rest on a cycle or on sizes that clash', async () => {
    const results = await solve(
      'a = b + 1',
      'b = a + 1',
      'W in R^(3 x 4)',
      'x in R^5',
      'h = W x',
      'C = u v',
      'find dC/du',
      'find db/da',
      'find h',
    );
    expect(answers(results).map((text) => text.slice(0, 20))).toEqual([
      '1 error: a, b are de',
      '4 error: Sizes clash',
      '7 v',
      '8 error: this rests ',
      '9 error: this rests ',
    ]);
  });

  it('never takes the name of an unread definition for a free one', async () => {
    const results = await solve('b = w x + (', 'C = b^2', 'D = u w', 'find dC/dw', 'find dD/dw');
    expect(results.map((result) => result.kind)).toEqual(['error', 'error', 'find']);
    expect(answers(results)[1]).toContain('this rests on b, which cannot be used');
    expect(answers(results)[2]).toBe('5 u');
  });

  it('does not judge numbers when given ones could not be read', async () => {
    const results = await solve('C = u v', 'given u = 2, v = (', 'expect C = 6', 'find dC/du');
    expect(results.map((result) => result.kind)).toEqual(['error', 'error', 'find']);
  });
});

describe('slopes at the border of a domain', () => {
  it('agrees about asech, which lives above zero only', async () => {
    const [found] = await solve('find d/du asech(u)');
    expect(found).toMatchObject({ answer: { text: '-1/(u sqrt(1 - u^2))' } });
    expect(found).toHaveProperty('verdict', expect.stringMatching(/^(agrees|proved)$/));
  });
});

describe('numbers and towers that are too large', () => {
  it('leaves powers with too many digits as they are', async () => {
    const results = await solve('find 99999999999999999999999^99999999', 'simplify 3^600/3^599');
    expect(results[0]).toMatchObject({ answer: { text: '99999999999999999999999^99999999' } });
    expect(results[1]).toMatchObject({ answer: { text: '3' } });
  });

  it('refuses a tower of powers at its place and answers the rest', async () => {
    const results = await solve(`b = ${'x^'.repeat(20_000)}2`, 'C = u v', 'find dC/du');
    expect(answers(results)).toEqual([
      '1 error: line 1, column 126: more than 60 indices, powers and primes stand on one name; put brackets or give names to parts',
      '3 v',
    ]);
  });
});

describe('definitions that say more than one thing', () => {
  it('checks the further sides of a chained definition', async () => {
    expect(await solve('y = \\sigma(q) = \\frac{1}{1+e^{-q}}')).toEqual([]);
    const [wrong, ...rest] = await solve('y = \\sigma(q) = \\frac{1}{1-e^{-q}}');
    expect(rest).toEqual([]);
    expect(wrong).toMatchObject({ kind: 'check', line: 1, verdict: 'differs' });
  });

  it('takes a loss with a number in its name', async () => {
    const results = await solve(
      'L_1 = (y - t)^2',
      'y = w x',
      'claim w <- w - eta dL_1/dw',
      'claim w <- w + eta dL_1/dw',
    );
    expect(results.map((result) => 'holds' in result && result.holds)).toEqual([true, false]);
    const [, wrong] = results;
    expect(wrong && 'witness' in wrong ? Object.keys(wrong.witness ?? {}) : []).toContain('L_1');
  });
});

it('says of an unknown form that it is none', async () => {
  const [found] = answers(await solve('C = w x', 'find dC/dw as nonsense'));
  expect(found).toContain('expected one of scalar, indexed, matrix');
});

it('takes limits of functions that the sheet defines', async () => {
  const results = await solve(
    'f(x) = 1/(1 + e^(-x))',
    'limit f(2 z) as z -> infinity',
    'limit f(x) as x -> 0',
    'claim f(x) -> 0 when x -> -infinity',
  );
  expect(results[0]).toMatchObject({ kind: 'limit', answer: { text: '1' } });
  expect(results[1]).toMatchObject({ kind: 'limit', answer: { text: '1/2' } });
  expect(results[2]).toMatchObject({ kind: 'claim', holds: true });
});
