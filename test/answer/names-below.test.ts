import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';
import type { FindView } from '../../src/document/view.js';

const findsOf = async (...lines: readonly string[]): Promise<readonly FindView[]> =>
  (await solveText(`${lines.join('\n')}\n`, 'sheet.hg')).results.flatMap((result) =>
    result.kind === 'find' ? [result] : [],
  );

describe('names that write an answer', () => {
  it('are those above the ask: one below would only give it away', async () => {
    const sheet = ['X in R^(N x d)', 'L = 1/N norm(X w - y)^2'];
    const grad = 'grad = 2/N X^T (X w - y)';
    const [before] = await findsOf(...sheet, 'find dL/dw', grad);
    const [after] = await findsOf(...sheet, grad, 'find dL/dw');
    expect(before?.answer.text).toBe('2/N X^T (X w - y)');
    expect(after?.answer.text).toBe('grad');
  });

  it('stand below, too, where the ask rests on them', async () => {
    const [answer] = await findsOf('C = (y - t)^2', 'find dC/dw', 'y = sigmoid(z)', 'z = w x');
    expect(answer?.answer.text).toBe('2 (y - t) y (1 - y) x');
  });
});

describe('an answer of 0', () => {
  it('says where no definition leads from the one name to the other', async () => {
    const [none, through, known] = await findsOf(
      'o = v h',
      'q = u h',
      'p = o - o',
      'L = q^2 + p',
      'find do/dq',
      'find dp/do',
      'find dL/du',
    );
    expect(none?.notes).toEqual(['o does not depend on q: no definition leads from q to o']);
    expect(through?.answer.text).toBe('0');
    expect(through?.notes).toEqual([]);
    expect(known?.notes).toEqual([]);
  });
});
