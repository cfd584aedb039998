/** Models in which neither side has its entry say nothing where the sizes were only inferred. */
import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';

async function claim(...lines: readonly string[]) {
  const { results } = await solveText(`${lines.join('\n')}\n`, 'sheet.hg');
  const last = results.at(-1);
  if (last?.kind !== 'claim') throw new Error('no claim');
  return last;
}

describe('with inferred sizes', () => {
  it.each([
    'claim sum_{k=1}^{p} x_k = sum_{k=1}^{p} x_k 1{p <= K}',
    'claim sum_{k=1}^{max(K,p)} x_k = sum_{k=1}^{max(K,p)} x_k 1{p <= K}',
  ])('%s is not said to hold', async (line) => {
    const { holds, verdict, reason } = await claim('y = sum_{k=1}^K x_k', line);
    expect({ holds, verdict }).toEqual({ holds: null, verdict: 'unknown' });
    expect(reason).toMatch(
      /^x\[\d\] does not exist: index 1 goes from 1 to \d; its sizes were inferred from use: declare its shape, or say which sizes are meant$/,
    );
  });

  it('what is the same everywhere still holds', async () => {
    const line = 'claim sum_{k=1}^K v_{max(k,2)} = sum_{k=1}^K v_k + v_2 - v_1';
    expect((await claim(line)).holds).toBe(true);
  });
});

it('with declared sizes it holds wherever both sides are defined', async () => {
  const found = await claim('x in R^K', 'claim x_{max(K,p)} = x_K + x_p - x_p');
  expect(found.holds).toBe(true);
});
