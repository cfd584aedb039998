/** What the pictures of sheets show, by the sentence that says it. */
import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';

async function drawn(...lines: readonly string[]): Promise<string> {
  const { results } = await solveText([...lines, 'draw', ''].join('\n'), 'sheet.hg');
  const draw = results.at(-1);
  if (draw?.kind !== 'draw') throw new Error(JSON.stringify(draw));
  return draw.svg;
}

const shown = (svg: string): string =>
  /aria-label="The network from its inputs to its last unit: ([^"]*)\./
    .exec(svg)?.[1]
    ?.normalize('NFC') ?? '';

describe('what is drawn', () => {
  it('takes for a bias what is only added, whatever it is called', async () => {
    const layer = ['o_k = sum_j w_jk h_j + d_k', 'y_k = sigmoid(o_k)', 'E = C(y)'];
    const svg = await drawn(...layer);
    expect(shown(svg)).toBe('h_1, h_2, …, h_J; then y_1, y_2, …, y_K; then E');
    expect(svg).toContain('>+ <tspan font-style="italic">d</tspan>');
  });

  it('takes for an input what is added here and multiplied there', async () => {
    const block = ['z = w x + b', 'y = tanh(z) + x', 'C = (y - t)^2'];
    expect(shown(await drawn(...block))).toBe('x; then z; then y, t; then C');
  });

  it('draws an input with two names once', async () => {
    const dense = 'network: dense 2-2-1, hidden tanh, output identity, loss half squared error';
    expect(shown(await drawn(dense))).toBe(
      'x_1, x_2; then a^(1)_1, a^(1)_2; then ŷ_1, y_1; then C',
    );
  });

  it('draws one unit for each family where a column would be too tall', async () => {
    const cell = [
      'i_j = sigmoid(p_j)',
      'f_j = sigmoid(q_j)',
      'o_j = sigmoid(r_j)',
      'g_j = tanh(s_j)',
      'c_j = f_j k_j + i_j g_j',
      'h_j = o_j tanh(c_j)',
      'L = C(h)',
    ];
    const svg = await drawn(...cell);
    expect(shown(svg)).toBe('p, q, r, s; then i, f, o, g, k; then c; then h; then L');
    expect(svg).toContain('<title>c, all units</title>');
  });

  it('leaves out the middle of a sequence, and the inputs of the middle with it', async () => {
    const steps = ['h_t = tanh(w h_(t-1) + u x_t + b)   for t = 1..T', 'L = (h_T - y)^2'];
    expect(shown(await drawn(...steps))).toBe(
      'h_0, x_1; then h_1, x_2; then h_2; then further layers, x_T; then h_T, y; then L',
    );
  });
});
