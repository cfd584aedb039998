import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';
import type { ResultView } from '../../src/document/view.js';

const sheet = ['z_j = sum_i w_ij x_i + b_j', 'y_j = tanh(z_j)', 'L = 1/2 sum_j (y_j - t_j)^2'];

async function answers(...lines: readonly string[]): Promise<readonly ResultView[]> {
  return (await solveText([...sheet, ...lines].join('\n'), 'sheet.hg')).results;
}

async function only(...lines: readonly string[]): Promise<ResultView> {
  const [result] = await answers(...lines);
  if (!result) throw new Error('no result');
  return result;
}

describe('a claim', () => {
  it.each([
    ['dL/dz_j = (y_j - t_j) (1 - y_j^2)', true],
    ['dL/dz_j = (y_j - t_j) (1 - y_j)', false],
    ['dL/db_j = dL/dz_j', true],
    ['tanh(x_1)^2 <= 1', true],
    ['tanh(x_1)^2 <= 1/2', false],
    ['tanh(u) -> 1 when u -> infinity', true],
    ['tanh(u) -> 0 when u -> infinity', false],
    ['b_j <- b_j - eta dL/db_j', true],
    ['b_j <- b_j + eta dL/db_j', false],
  ])('%s: %s', async (claim, holds) => {
    expect(await only(`claim ${claim}`)).toMatchObject({ kind: 'claim', holds });
  });

  it('has a witness and a slip where it is false', async () => {
    const result = await only('claim dL/dz_j = (t_j - y_j) (1 - y_j^2)');
    expect(result).toMatchObject({ holds: false, verdict: 'differs', slip: { kind: 'sign' } });
    if (result.kind === 'claim') expect(Object.keys(result.witness ?? {})).toContain('j');
  });

  it('is undecided, with the reason, where something is not understood', async () => {
    const result = await only('claim sum_k 1 = 3');
    expect(result).toMatchObject({ holds: null, verdict: 'unknown' });
    if (result.kind === 'claim') expect(result.reason).toContain('range of the index k');
  });

  it('tells what a wrong side should come to', async () => {
    expect(await only('claim dL/dz_j = 0')).toMatchObject({
      slip: { suggestion: { text: '(y_j - t_j) (1 - y_j^2)' } },
    });
  });
});

describe('a choice', () => {
  it('tells right, wrong and ill-formed options apart, each with its reason', async () => {
    const result = await only(
      'choose dL/dz_j',
      '  a) (y_j - t_j) (1 - y_j^2)',
      '  b) (y_k - t_k) (1 - y_k^2)',
      '  c) (y_j - t_j) tanh(z_j)',
      '  d) (y_j - t_j',
      "  e) dL/dy_j tanh'(z_j)",
    );
    if (result.kind !== 'choose') throw new Error('no choice');
    expect(result.options.map(({ equal }) => equal)).toEqual([true, false, false, null, true]);
    expect(result.options.map(({ slip }) => slip?.kind)).toEqual([
      undefined,
      'index',
      'derivative',
      undefined,
      undefined,
    ]);
    expect(result.options[3]?.error).toMatchObject({ line: 8 });
  });

  it('judges options that are equations by themselves', async () => {
    const result = await only('choose dL/db_j', '  a) dL/db_j = dL/dz_j', '  b) dL/db_j = dL/dy_j');
    if (result.kind !== 'choose') throw new Error('no choice');
    expect(result.options.map(({ equal }) => equal)).toEqual([true, false]);
  });
});

describe('a blank', () => {
  it.each([
    ['fill dL/dz_j = (y_j - t_j) ___', '1 - y_j^2'],
    ['fill dL/dw_ij = ___ dL/dz_j', 'x_i'],
  ])('%s', async (statement, answer) => {
    const result = await only(statement);
    if (result.kind !== 'fill') throw new Error(JSON.stringify(result));
    expect(['proved', 'agrees']).toContain(result.verdict);
    expect(result.answer.text).toBe(answer);
  });
});

describe('an expectation', () => {
  it('compares the digits that are given', async () => {
    const given = 'given x = [1, 2], w = [[0.5], [-0.25]], b = [0.1], t = [0]';
    const results = await answers(given, 'expect y_1 = 0.0997', 'expect y_1 = 0.0998');
    expect(results.map((result) => 'holds' in result && result.holds)).toEqual([true, false]);
  });

  it('compares formulas', async () => {
    expect(await only('expect dL/dy_j = y_j - t_j')).toMatchObject({ holds: true });
    expect(await only('expect dL/dy_j = t_j - y_j')).toMatchObject({ holds: false });
  });
});

describe('claims over a range that is cut off at both ends', () => {
  const cut = (body: string, index = 'k') => `sum_{${index}=max(1,p-N)}^{min(K,p)} ${body}`;

  it.each([
    [`${cut('u_k')} = ${cut('u_k')}`, true],
    [`${cut('u_k')} = ${cut('u_m', 'm')}`, true],
    [`${cut('u_k v_{p-k+1}')} = sum_{m=max(1,p-K+1)}^{min(N+1,p)} u_{p-m+1} v_m`, true],
    [`${cut('u_k')} = sum_{k=1}^{K} u_k`, false],
    [`sum_{k=1}^{K} u_k = ${cut('u_k')}`, false],
    [`${cut('u_k')} = 2`, false],
  ])('%s: %s', async (claim, holds) => {
    const { results } = await solveText(`claim ${claim}`, 'sheet.hg');
    expect(results).toMatchObject([{ kind: 'claim', holds }]);
  });

  it('can stand beside one another', async () => {
    const lines = [
      `claim ${cut('u_k')} = sum_{k=1}^{K} u_k`,
      `claim ${cut('u_k')} = ${cut('u_k')}`,
    ];
    const { results } = await solveText(lines.join('\n'), 'sheet.hg');
    expect(results).toMatchObject([{ holds: false }, { holds: true }]);
  });
});

describe('claims at the boundaries of their conditions', () => {
  it.each([
    ['1{u > 0} + 1{-u > 0} = 1', false],
    ['1{u >= 0} + 1{-u >= 0} = 1', false],
    ['1{u > v} + 1{v > u} = 1', false],
    ['1{2 u > 1} = 1 - 1{2 u < 1}', false],
    ['sign(u)^2 = 1', false],
    ['1{u > 0} = (1 + sign(u))/2', false],
    ['1{x_i > 0} + 1{-x_i > 0} = 1', false],
    ['1{u > 0} + 1{u <= 0} = 1', true],
    ['1{u > 0} = 1 - 1{u <= 0}', true],
    ['relu(u) = max(0, u)', true],
    ['relu(u) - relu(-u) = u', true],
    ['relu(x_i) - relu(-x_i) = x_i', true],
    ['abs(u) = u sign(u)', true],
    ['abs(u) = relu(u) + relu(-u)', true],
    ['relu(u) = u 1{u > 0}', true],
    ['relu(u) = u 1{u >= 0}', true],
    ['max(u, v) + min(u, v) = u + v', true],
    ['d/du relu(u) = 1{u > 0}', true],
    ['u/abs(u) = 1{u > 0} - 1{u < 0}', true],
    ['u/abs(u) = 2 1{u > 0} - 1', true],
  ])('%s: %s', async (claim, holds) => {
    expect(await only(`claim ${claim}`)).toMatchObject({ kind: 'claim', holds });
  });

  it('names the point', async () => {
    const result = await only('claim 1{u > 0} + 1{-u > 0} = 1');
    expect(result).toMatchObject({ verdict: 'differs', witness: { u: 0 }, left: 0, right: 1 });
  });

  it('keeps to what the sheet assumes', async () => {
    const result = await only('assume u > 0', 'claim 1{u > 0} + 1{-u > 0} = 1');
    expect(result).toMatchObject({ holds: true });
  });
});

describe('a claim whose numbers all fall below the least double or above the largest', () => {
  it.each(['d/du u^(10^9) = 10^9 u^(10^9)', 'u^(10^9) = 2 u^(10^9)'])(
    '%s is false, not true of 0',
    async (claim) => {
      expect(await only(`claim ${claim}`)).toMatchObject({ holds: false, verdict: 'differs' });
    },
  );
});
