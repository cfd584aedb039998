/** Where doubles lose what two sides differ by, or leave their range, 64 digits decide. */
import { describe, expect, it } from 'vitest';
import { equalFormulas } from '../../src/verify.js';

const verdictOf = async (left: string, right: string): Promise<string> =>
  (await equalFormulas(left, right)).verdict;

describe('right equations are not accused', () => {
  it.each([
    // The terms cancel to nothing in doubles.
    ['10^60 (1 + 10^(-60) x) - 10^60', 'x'],
    ['10^20 + x - 10^20', 'x'],
    // What cancelled is made large again.
    ['10^20 (1 + 10^(-20) x - 1)', 'x'],
    ['(cosh(20 x) - sinh(20 x)) e^(20 x)', '1'],
    ['log(cosh(20 x)^2 - sinh(20 x)^2)', '0'],
    // Powers and exponentials beyond the range of doubles.
    ['exp(1000 x)/exp(999 x)', 'exp(x)'],
    ['d/dx x^(10^9)', '10^9 x^(10^9 - 1)'],
  ])('%s = %s', async (left, right) => {
    expect(['proved', 'agrees']).toContain(await verdictOf(left, right));
  });
});

describe('wrong equations are not passed', () => {
  it.each([
    ['10^20 + x - 10^20', '2 x'],
    ['10^20 (1 + 10^(-20) x - 1)', '2 x'],
    ['cosh(20 x)^2 - sinh(20 x)^2', '2'],
    // A term that doubles do not see beside the others.
    ['e^50 + x', 'e^50 + 2 x'],
    ['exp(1000 x)/exp(999 x)', 'exp(2 x)'],
    ['d/dx x^(10^9)', '10^9 x^(10^9)'],
  ])('%s = %s', async (left, right) => {
    expect(await verdictOf(left, right)).toBe('differs');
  });
});

it('what has no number in any arithmetic is unknown', async () => {
  expect(await verdictOf('log(-exp(x))', 'x')).toBe('unknown');
});
