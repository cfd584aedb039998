/** A builder calls its loss `C`; another name for it is told so instead of being a new number. */
import { expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';

const network = 'network: dense 2-3-1, hidden tanh, output sigmoid, loss squared error\n';

const last = async (sheet: string) => (await solveText(sheet, 'sheet.hg')).results.at(-1);

it.each([
  ['find loss', 'loss'],
  ['find dLoss/dW^1', 'Loss'],
  ['find dL/dW^1', 'L'],
  ['find 2 cost + 1', 'cost'],
])('%s', async (ask, name) => {
  const result = await last(`${network}${ask}\n`);
  expect(result).toMatchObject({
    kind: 'error',
    line: 2,
    message:
      `${name} stands nowhere in the sheet. The loss of the builder is called C: ` +
      `write C, or define ${name} = C.`,
  });
});

it('is found by its name, and by one that is defined', async () => {
  expect(await last(`${network}find C\n`)).toMatchObject({ kind: 'find', verdict: 'proved' });
  expect(await last(`${network}Loss = C\nfind dLoss/dW^1\n`)).toMatchObject({ kind: 'find' });
});
