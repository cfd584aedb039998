/** Answers as short as the textbook's: the expectations are those of the books, by hand. */
import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';

async function answersTo(sheet: string): Promise<readonly (readonly [string, string])[]> {
  const { results } = await solveText(`${sheet.trim()}\n`, 'readable.hg');
  return results.map((one) =>
    one.kind === 'find' ? [one.answer.text, one.verdict] : [one.kind, JSON.stringify(one)],
  );
}

describe('a textbook answer', () => {
  it('has one name for the output of a builder', async () => {
    const network = 'network: dense 3-4-3, hidden tanh, output softmax, loss cross-entropy';
    const assumed = `${network}\nassume sum_k y_k = 1\nfind dC/dz^2_i, dC/dW^2_ij`;
    expect(await answersTo(assumed)).toEqual([
      ['yhat_i - y_i', 'proved'],
      ['(yhat_i - y_i) a^(1)_j', 'proved'],
    ]);
    const honest = await answersTo(`${network}\nfind dC/dz^2_i`);
    expect(honest).toEqual([['(sum_j y_j) yhat_i - y_i', 'proved']]);
    const binary = 'network: dense 3-4-1, hidden tanh, output sigmoid, loss binary cross-entropy';
    expect(await answersTo(`${binary}\nfind dC/dz^2_1`)).toEqual([['yhat_1 - y_1', 'proved']]);
  });

  it('sums over time where a state has one more entry than the sum', async () => {
    const sheet = `
h_t = tanh(W h_(t-1) + U x_t + b) for t = 1..T
o_t = V h_t + c
p_t = softmax(o_t)
L_t = -y_t^T log(p_t)
L = sum_t L_t
assume sum_k y_tk = 1
find dL/dV, dL/do_t, dL/db
`;
    expect(await answersTo(sheet)).toEqual([
      ['sum_{t=1}^T (p_t - y_t) h_t^T', 'proved'],
      ['p_t - y_t', 'proved'],
      ['sum_{t=1}^T (dL/dh_t .* (1 - h_t .* h_t))', 'proved'],
    ]);
  });

  it('has the bounds of a convolution as max and min, which read back', async () => {
    const sheet = `
z_i = sum_{k=1}^K w_k x_(i+k-1) for i = 1..N
C = 1/2 sum_i (z_i - y_i)^2
find dC/dx_p
`;
    const [[text, verdict] = ['', '']] = await answersTo(sheet);
    expect(text).toContain('sum_{k=max(1, p-N+1)}^{min(p, K)}');
    expect(verdict).toBe('proved');
    const { results } = await solveText(
      `${sheet.trim()}\nclaim dC/dx_p = sum_{k=max(1,p-N+1)}^{min(K,p)} w_k (z_(p-k+1) - y_(p-k+1))\nclaim dC/dx_p = ${text}\n`,
      'readable.hg',
    );
    expect(results.flatMap((one) => (one.kind === 'claim' ? [one.holds] : []))).toEqual([
      true,
      true,
    ]);
  });

  it('has no condition where the entries beyond it do not exist', async () => {
    const sheet = `
s_ij = sum_k q_ik r_jk for i = 1..n, j = 1..n
p_ij = exp(s_ij)/sum_{k=1}^i exp(s_ik) for j = 1..i
o_i = sum_{j=1}^i p_ij v_j for i = 1..n
C = sum_i (o_i - y_i)^2
find dC/dp_ij, dC/dv_j
`;
    expect(await answersTo(sheet)).toEqual([
      ['2 (o_i - y_i) v_j', 'proved'],
      ['2 sum_{i=j}^n (o_i - y_i) p_ij', 'proved'],
    ]);
  });

  it('sums over the places of one label in an embedding', async () => {
    const sheet = `
e_tk = E_{c_t,k} for t = 1..T
z_t = sum_k w_k e_tk for t = 1..T
C = 1/2 sum_t (z_t - y_t)^2
find dC/dE_vk, dC/dw_k
`;
    expect(await answersTo(sheet)).toEqual([
      ['(sum_{t=1, c_t = v}^T (z_t - y_t)) w_k', 'proved'],
      ['sum_{t=1}^T (z_t - y_t) e_tk', 'proved'],
    ]);
  });

  it('opens a bracket where its terms meet their like', async () => {
    const found = await answersTo('C = (a - p)^2 - (a - n)^2 + m\nfind dC/da');
    expect(found).toEqual([['2 (n - p)', 'proved']]);
  });

  it('reads h_0 where the states are declared from 0 on', async () => {
    const recurrent = 'h_t = tanh(W h_(t-1) + U x_t) for t = 1..T\nC = 1/2 norm(h_T - y)^2';
    for (const times of ['h_t in R^n for t = 0..T', 'h_t in R^n for t = 1..T']) {
      const found = await answersTo(`${recurrent}\n${times}\nfind dC/dh_t, dC/dW`);
      for (const [, verdict] of found) expect(['proved', 'agrees']).toContain(verdict);
      expect(found).toHaveLength(2);
    }
  });
});
