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
  expect(notes).toEqual([
    'd is a new function here: nothing in the sheet defines it',
    'banana is a new name here: nothing else in the sheet mentions it',
  ]);
});

it('of a word that stands only in the ask', async () => {
  const notes = await notesOf('x = 3 y\nfind banana + x\n');
  expect(notes).toEqual(['banana is a new name here: nothing else in the sheet mentions it']);
});

it.each([
  'C = (w x - y)^2\nfind w - eta dC/dw\n',
  'find banana + 1\n',
  'x = 3 y\nclaim rate > 0\nfind rate x\n',
  'loss = 3 y\nfind loss\n',
])('not of letters, of a sheet without names, and of words met elsewhere: %j', async (sheet) => {
  expect(await notesOf(sheet)).toEqual([]);
});

it.each(['f = g(w)\nfind df/dw\n', 'function h\nfind d/dx h(x)\n', 'find d/dx tanh(x)\n'])(
  'not of %j',
  async (sheet) => {
    expect(await notesOf(sheet)).toEqual([]);
  },
);
