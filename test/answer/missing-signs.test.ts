import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';

const sheet = 'C = (f - y)^2\nf = w x\n';

const checked = async (line: string) => {
  const { results } = await solveText(`${sheet}check\n  ${line}\n  = 2 x (f - y)\n`, 'a.hg');
  const [check] = results;
  if (check?.kind !== 'check') throw new Error('expected a check');
  return check.lines;
};

describe('a derivative with one of its signs forgotten', () => {
  it.each([
    ['\\frac{\\partial C}{w} = 2 (f - y) x', 'below'],
    ['\\frac{dC}{w} = 2 (f - y) x', 'below'],
    ['dC/w = 2 (f - y) x', 'below'],
    ['∂C/w = 2 (f - y) x', 'below'],
    ['\\frac{C}{\\partial w} = 2 (f - y) x', 'above'],
    ['\\frac{C}{dw} = 2 (f - y) x', 'above'],
    ['C/dw = 2 (f - y) x', 'above'],
    ['C/∂w = 2 (f - y) x', 'above'],
  ])(
    'is a slip of its line, and the lines below go on from what was meant: %s',
    async (line, where) => {
      const [first, second] = await checked(line);
      expect([
        first?.verdict,
        first?.slip?.kind,
        first?.slip?.message,
        first?.slip?.suggestion?.text,
      ]).toEqual([
        'differs',
        'derivative',
        `a derivative has a sign above and below, here it is missing ${where} the bar; did you mean dC/dw?`,
        'dC/dw',
      ]);
      expect([second?.verdict, second?.head]).toEqual(['proved', 'proved']);
    },
  );

  it('is told beside what else is wrong', async () => {
    const [first] = await checked('\\frac{\\partial C}{w} = -2 (f - y) x');
    expect(first?.slip?.message).toBe(
      'a derivative has a sign above and below, here it is missing below the bar; did you mean dC/dw? ' +
        'Beyond that: the sign is wrong: it should be 2 (f - y) x',
    );
  });

  it('is found in a factor of a chain', async () => {
    const [first] = await checked('dC/dw = dC/f df/dw');
    expect(first?.slip?.message).toBe(
      'a derivative has a sign above and below, here it is missing below the bar; did you mean dC/df?',
    );
  });

  it.each(['find dC/w', 'find \\frac{\\partial C}{w}', 'claim dC/w = 2 (f - y) x'])(
    'is never answered: %s',
    async (statement) => {
      const [result] = (await solveText(`${sheet}${statement}\n`, 'a.hg')).results;
      const column = statement.indexOf(' ') + 2;
      expect(result?.kind === 'error' && result.message.split('\n')[0]).toBe(
        `line 3, column ${column}: a derivative has a sign above and below, here it is missing below the bar; did you mean dC/dw?`,
      );
    },
  );

  it('leaves names alone that begin with d', async () => {
    const [result] = (await solveText('dC = u v\nq = dC/w\nfind dq/dw\nfind dq/du\n', 'a.hg'))
      .results;
    expect(result?.kind === 'find' && result.answer.text).toBe('-dC/w^2');
  });
});

describe('T above a name, where T is a number of the sheet', () => {
  const claims = async (text: string) =>
    (await solveText(text, 'a.hg')).results.map((result) =>
      result.kind === 'claim' ? result.holds : result.kind,
    );

  it('is the exponent of a number', async () => {
    const chain = 's_t = w s_{t-1} + x_t  for t = 1..T\n';
    expect(
      await claims(
        `${chain}claim ds_T/ds_0 = w^T\nclaim ds_T/ds_0 = w^{T}\nclaim ds_T/ds_0 = w^(T)\nclaim ds_T/ds_0 = w\n`,
      ),
    ).toEqual([true, true, true, false]);
    expect(await claims('s_t = w s_{t-1} + x_t\nclaim ds_T/ds_0 = w^T\n')).toEqual([true]);
  });

  it('turns a vector and a matrix', async () => {
    expect(
      await claims(
        'T = 3\nW in R^(2 x 2)\nh_0 in R^2\nh_t = W h_{t-1} for t = 1..T\nL = 1/2 h_T^T h_T\n' +
          'claim dL/dh_{T-1} = W^T h_T\nclaim dL/dh_{T-1} = W h_T\n',
      ),
    ).toEqual([true, false]);
    expect(
      await claims('X in R^(T x d)\nz = X w\nL = 1/2 norm(z - y)^2\nclaim dL/dw = X^T (z - y)\n'),
    ).toEqual([true]);
  });

  it('is written so that it is read back as the power', async () => {
    const [found] = (await solveText('s_t = w s_{t-1} for t = 1..T\nfind ds_T/ds_0\n', 'a.hg'))
      .results;
    expect(found?.kind === 'find' && [found.answer.text, found.answer.latex]).toEqual([
      'w^(T)',
      'w^T',
    ]);
  });
});
