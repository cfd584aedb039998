import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';
import { writeJson } from '../../src/document/json.js';

const dense = `W^1 in R^(2 x 2)
W^2 in R^(1 x 2)
z^l_j = sum_k W^l_jk a^(l-1)_k + b^l_j   for l = 1..2
a^l_j = tanh(z^l_j)                      for l = 1..2
C = sum_j (a^2_j - y_j)^2
`;

/** What is marked for each derivative asked for, as it is told to those who do not see it. */
async function marked(text: string): Promise<readonly (string | undefined)[]> {
  const { results } = await solveText(text, 'a.hg');
  return results.map((result) => {
    const svg = result.kind === 'find' ? result.paths : result.kind === 'draw' ? result.svg : '';
    return /Marked: ([^"]*)\./.exec(svg ?? '')?.[1];
  });
}

describe('the paths of a derivative', () => {
  it('lead from what it is by to what it is of', async () =>
    expect(
      await marked(`${dense}find dC/dW^1_21, dC/dW^2_12, dC/da^1_1, dC/db^1_2, da^1_1/dW^1_11\n`),
    ).toEqual([
      'the paths from W^(1)_21 to C, over a^(1)_2, a^(2)_1, C',
      'the paths from W^(2)_12 to C, over a^(2)_1, C',
      'the paths from a^(1)_1 to C, over a^(1)_1, a^(2)_1, C',
      'the paths from b^(1)_2 to C, over a^(1)_2, a^(2)_1, C',
      'the paths from W^(1)_11 to a^(1)_1, over a^(1)_1',
    ]));

  it('are those of the first entry where the derivative is by a family, or named', async () =>
    expect(
      await marked(`${dense}delta^l_j = dC/dz^l_j\nfind dC/dW^1, delta^2_j, delta^l_j for l < 2\n`),
    ).toEqual([
      'the paths from W^(1)_11 to C, over a^(1)_1, a^(2)_1, C',
      'the paths from z^(2)_1 to C, over a^(2)_1, C',
      'the paths from z^(1)_1 to C, over a^(1)_1, a^(2)_1, C',
    ]));

  it('pass over layers that are left out', async () =>
    expect(
      await marked(
        'z_l = w_l a_(l-1)   for l = 1..L\na_l = tanh(z_l)   for l = 1..L\nC = (a_L - y)^2\nfind dC/dw_1\n',
      ),
    ).toEqual(['the paths from w_1 to C, over a_1, a_2, a_L, C']));

  it('are none where nothing leads from the one to the other', async () =>
    expect(await marked('z = w x\nC = z^2\nD = v x\nfind dD/dw, C, dC/dw\n')).toEqual([
      undefined,
      undefined,
      'the paths from w to C, over C',
    ]));

  it('are marked in a picture of their own by "draw dC/dw"', async () => {
    const sheet = `${dense}draw dC/dW^1_21\n`;
    expect(await marked(sheet)).toEqual(['the paths from W^(1)_21 to C, over a^(1)_2, a^(2)_1, C']);
    const { results } = await solveText(sheet, 'a.hg');
    const tikz = results[0]?.kind === 'draw' ? (results[0].tikz ?? '') : '';
    expect(tikz.match(/\\draw\[->,orange/g)).toHaveLength(3);
    expect(await marked(`${dense}draw\n`)).toEqual([undefined]);
  });

  it('are asked for by one derivative that the picture has', async () => {
    const message = async (ask: string) => {
      const { results } = await solveText(`z = w x\nC = z^2\nD = v x\n${ask}\n`, 'a.hg');
      return results[0]?.kind === 'error' ? results[0].message : results[0]?.kind;
    };
    expect(await message('draw C + 1')).toBe(
      'this cannot be drawn: expected one derivative, whose paths are marked, such as "draw dC/dw"; met C + 1',
    );
    expect(await message('draw dD/dw')).toBe(
      'this cannot be drawn: no path of dD/dw is in the picture',
    );
  });

  it('are for documents only', async () => {
    const { results } = await solveText('C = w^2\nfind dC/dw\ndraw\n', 'a.hg');
    expect(writeJson('a.hg', results)).not.toMatch(/paths|fitsPaths|Marked/);
  });
});
