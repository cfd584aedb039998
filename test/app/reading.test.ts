import { expect, it } from 'vitest';
import { readingOf } from '../../src/app/reading.js';

it('tells how each line and each name was understood', () => {
  const sheet = [
    'z^l_j = sum_k w^l_jk a^(l-1)_k + b^l_j for l = 1..L',
    'a^l_j = f(z^l_j) for l = 1..L',
    'find dC/dz^l_j for l < L in terms of a',
    'claim wx <= 3',
    'choose dC/dx',
    '  a) 3 x',
    '  b) x +',
    'bogus',
  ];
  expect(readingOf(`${sheet.join('\n')}\n`, 'sheet.hg').split('\n')).toEqual([
    'sheet.hg, as it was read:',
    'line 1: definition z^l_j = sum_k w^l_jk a^(l-1)_k + b^l_j for l = 1..L',
    'line 2: definition a^l_j = f(z^l_j) for l = 1..L',
    'line 3: find dC/dz^l_j for l < L in terms of a',
    'line 4: claim wx <= 3',
    'line 5: choose dC/dx',
    '  line 6: a) 3 x',
    '  line 7: b) not read',
    'line 8: not read',
    ...expectedNames,
    '',
  ]);
});

const expectedNames = [
  'names:',
  '  z: a quantity with 1 index above and 1 index below',
  '  a: a quantity with 1 index above and 1 index below',
  '  w: a quantity with 1 index above and 2 indices below, not defined here',
  '  b: a quantity with 1 index above and 1 index below, not defined here',
  '  C: a quantity, not defined here',
  '  wx: a quantity, not defined here',
  '  x: a quantity, not defined here',
  '  bogus: a quantity, not defined here',
  '  f: a function, not defined here',
  '  k: an index',
  '  l: an index',
  '  j: an index',
  '  L: a size',
  'note, line 4: wx: did you mean w*x?',
];
