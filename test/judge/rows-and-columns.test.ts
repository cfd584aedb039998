/** A gradient has the shape of what it is taken by: for a column it is a column. */
import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';

const sheet = 'W in R^(2 x 3)\nx in R^3\ny = W x\nL = 1/2 norm(y)^2\n';

async function claim(line: string, before = sheet) {
  const { results } = await solveText(`${before}claim ${line}\n`, 'sheet.hg');
  const last = results.at(-1);
  if (last?.kind !== 'claim') throw new Error('no claim');
  return last;
}

describe('a row beside a column', () => {
  it.each(['dL/dx = x^T W^T W', 'dL/dx = (W^T W x)^T', 'dL/dy = y^T'])(
    '%s is a slip of transposition',
    async (line) => {
      expect(await claim(line)).toMatchObject({ holds: false, slip: { kind: 'transpose' } });
    },
  );

  it.each(['dL/dx = W^T W x', '(dL/dx)^T = x^T W^T W', 'dL/dy = y', 'y^T = x^T W^T'])(
    '%s holds',
    async (line) => {
      expect(await claim(line)).toMatchObject({ holds: true });
    },
  );
});

it('by a row a gradient is a row', async () => {
  const row = 'w in R^(1 x 3)\nx in R^3\nL = 1/2 (w x)^2\n';
  expect(await claim('dL/dw = (w x) x^T', row)).toMatchObject({ holds: true });
});

it('one entry is both', async () => {
  const one = 'W in R^(1 x 3)\nx in R^3\ny = W x\n';
  expect(await claim('y^T = W x', one)).toMatchObject({ holds: true });
});
