import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';
import type { CheckView } from '../../src/document/view.js';

const network = [
  'z_j = sum_i w_ij x_i + b_j',
  'y_j = tanh(z_j)',
  'L = 1/2 sum_j (y_j - t_j)^2',
  'check',
];

/** The check of a sheet with these lines below the network. */
async function check(...lines: readonly string[]): Promise<CheckView> {
  const text = [...network, ...lines.map((line) => `  ${line}`)].join('\n');
  const { results } = await solveText(text, 'sheet.hg');
  const found = results.find((result) => result.kind === 'check');
  if (found?.kind !== 'check') throw new Error(JSON.stringify(results));
  return found;
}

const holds = ({ lines }: CheckView): string =>
  lines
    .map(({ verdict }) =>
      verdict === 'proved' || verdict === 'agrees' ? 'H' : verdict === 'differs' ? 'D' : 'U',
    )
    .join('');

describe('a check', () => {
  it('judges every step against the line before it, and against the start of its chain', async () => {
    const found = await check(
      'dL/dz_j = (y_j - t_j) dy_j/dz_j',
      '= (y_j - t_j) (1 + y_j^2)',
      '= (1 + y_j^2) (y_j - t_j)',
      '= (y_j - t_j) (1 - y_j^2)',
    );
    expect(holds(found)).toBe('HDHD');
    expect(found.lines.map(({ head }) => head === 'differs')).toEqual([false, true, true, false]);
    expect(found.verdict).toBe('differs');
    expect(found.lines[1]?.slip).toMatchObject({ kind: 'sign' });
  });

  it('judges each of several equalities on one line', async () => {
    const found = await check(
      'dL/dz_j = (y_j - t_j) dy_j/dz_j = (y_j - t_j) (1 - y_j^2) = (y_j - t_j) (1 - y_j)',
    );
    expect(holds(found)).toBe('HHD');
    expect(new Set(found.lines.map(({ line }) => line))).toEqual(new Set([5]));
  });

  it('judges two chains on one line apart', async () => {
    expect(holds(await check('dL/db_j = dL/dz_j, dL/dw_ij = dL/dz_j x_j'))).toBe('HD');
  });

  it('takes a line of a new name for its definition', async () => {
    const found = await check('e_j = y_j - t_j', 'dL/dz_j = e_j (1 - y_j^2)', 'dL/dz_j = e_j');
    expect(holds(found)).toBe('HHD');
    const named = await check('q_j := (y_j - t_j) (1 - y_j^2)', 'dL/dw_ij = q_j x_i');
    expect(holds(named)).toBe('HH');
  });

  it('does not take a name of the sheet for a new one', async () => {
    expect(holds(await check('y_j = z_j'))).toBe('D');
    expect(holds(await check('x_i = 2 x_i'))).toBe('D');
  });

  it('keeps conditions for the rest of the chain', async () => {
    const found = await check('if i = j: dz_i/db_j = 1', 'if i != j: dz_i/db_j = 1', '= 0');
    expect(holds(found)).toBe('HDD');
  });

  it('goes on below a line that it cannot read', async () => {
    const found = await check(
      'dL/dz_j = (y_j - t_j) (',
      '= (y_j - t_j) (1 - y_j^2)',
      '= (1 - y_j^2) (y_j - t_j)',
    );
    expect(found.lines.map(({ verdict }) => verdict).slice(0, 2)).toEqual(['unread', 'unknown']);
    expect(found.lines[0]?.error).toMatchObject({ line: 5 });
    expect(found.lines[1]?.reason).toContain('line above');
    expect(holds(found)).toBe('UUH');
  });

  it('knows the start of a chain whose second line it cannot read', async () => {
    const found = await check(
      'dL/dz_j = (y_j - t_j) dy_j/dz_j',
      '= (y_j - t_j) (',
      '= (y_j - t_j) (1 - y_j^2)',
      '= (y_j - t_j) (1 - y_j)',
    );
    expect(holds(found)).toBe('HUUD');
    expect(['proved', 'agrees']).toContain(found.lines[2]?.head);
    expect(found.lines[3]?.head).toBe('differs');
  });

  it('shows where two sides differ', async () => {
    const [line] = (await check('dL/dz_j = (y_j - t_j) (1 - y_j)')).lines;
    expect(line?.left).not.toBeCloseTo(line?.right as number);
    expect(Object.keys(line?.witness ?? {})).toEqual(expect.arrayContaining(['j', 'y_1', 't_1']));
  });

  it('says what clashes where shapes do not fit', async () => {
    const text = ['A in R^(2 x 3)', 'u in R^3', 'v = A u', 'check', '  v = u A'].join('\n');
    const { results } = await solveText(text, 'sheet.hg');
    expect(results[0]).toMatchObject({ verdict: 'differs', lines: [{ slip: { kind: 'order' } }] });
  });

  it('does not take a small difference for none', async () => {
    expect(holds(await check('x_1 = x_1 + 1e-12'))).toBe('D');
    expect(holds(await check('(x_1 + 1)^2 = x_1^2 + 2 x_1 + 1'))).toBe('H');
  });

  it('does not take what holds for one size for what holds', async () => {
    expect(holds(await check('L = 1/2 (y_1 - t_1)^2'))).toBe('D');
    expect(holds(await check('sum_i x_i = x_1'))).toBe('D');
  });
});

describe('ambiguous notation', () => {
  it('is judged as written, and what was meant is said', async () => {
    const found = await check('dz_j/dw_ij = d/dw_ij sum_k w_kj x_k + b_j');
    expect(found.lines[0]).toMatchObject({ verdict: 'differs', slip: { kind: 'term' } });
    expect(found.lines[0]?.slip?.message).toContain('brackets are missing');
  });

  it('is told where an index is free and bound at once and the line holds', async () => {
    const found = await check('dL/dz_j = d/dz_j 1/2 sum_j (y_j - t_j)^2');
    expect(holds(found)).toBe('H');
    expect(found.lines[0]?.slip).toMatchObject({ kind: 'sum' });
  });
});
