/** A function that nothing defines is said to be a new one. */
import { expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';

const notesOf = async (sheet: string) => {
  const { results } = await solveText(sheet, 'sheet.hg');
  const last = results.at(-1);
  return last?.kind === 'find' ? last.notes : undefined;
};

it('of a function that stands only in the ask', async () => {
  const notes = await notesOf('C = (w x - y)^2\nfind d(C, banana)/d\n');
  expect(notes).toEqual(['d is a new function here: nothing in the sheet defines it']);
});

it.each(['f = g(w)\nfind df/dw\n', 'function h\nfind d/dx h(x)\n', 'find d/dx tanh(x)\n'])(
  'not of %j',
  async (sheet) => {
    expect(await notesOf(sheet)).toEqual([]);
  },
);
