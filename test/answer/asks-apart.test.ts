/** One ask that cannot be answered does not take the others with it. */
import { expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';

it('the others are answered, in order', async () => {
  const { results } = await solveText('C = (w x - y)^2\nfind dC/dbanana, dC/dw\n', 'sheet.hg');
  expect(results).toMatchObject([
    {
      kind: 'error',
      line: 2,
      message:
        'banana stands in no definition, so nothing says how C depends on it. Name a quantity of the sheet, or define it.',
    },
    { kind: 'find', line: 2, ask: { text: 'dC/dw' }, verdict: 'proved' },
  ]);
});
