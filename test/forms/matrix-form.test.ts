import { describe, expect, it } from 'vitest';
import { raise } from '../../src/forms/matrix-form.js';
import { buildNetwork } from '../../src/network/build.js';
import { lower } from '../../src/network/lower.js';
import { readDocument } from '../../src/read/document.js';
import { readFormula } from '../../src/read/read.js';
import { type Display, plainDisplay } from '../../src/write/display.js';
import { writePlain } from '../../src/write/write.js';

const [sheet] = readDocument(
  `${[
    'h^(0) = x',
    'z^(l) = W^(l) h^(l-1) + b^(l) for l = 1..L',
    'h^(l) = tanh(z^(l)) for l = 1..L',
    'C = norm(h^(L) - y)^2',
    'X in R^(N x M)',
    'V in R^(M x K)',
    'G in R^(N x K)',
    'u in R^N',
    'v in R^M',
    'S in R^(N x N)',
  ].join('\n')}\n`,
  'matrices.hg',
).scopes;
if (!sheet) throw new Error('the sheet has no scope');
const network = buildNetwork(sheet, { block: 9, line: 99 });
const display: Display = {
  ...plainDisplay,
  upperSlots: (name) => sheet.names.get(name)?.upper ?? 0,
};

const raisedText = (text: string): string => {
  const answer = raise(lower(readFormula(text, sheet), network), network);
  return 'reason' in answer ? answer.reason : writePlain(answer, display);
};

describe('a matrix formula, lowered to indices and raised again', () => {
  for (const text of [
    'X v',
    'X^T u',
    'u^T X',
    'ones^T X',
    'u v^T',
    'X V',
    'X V - G',
    'X^T (G .* tanh(X V))',
    '1 - h^l .* h^l',
    '(W^l)^T z^l',
    'W^l h^(l-1) + b^l',
    'dC/dh^l',
    'dC/dh^l .* (1 - h^l .* h^l)',
    'dC/dz^l (h^(l-1))^T',
    'u .* (X v)',
    'diag(u) X',
    '2 X^T (X v - u)',
    'norm(X v - u)^2',
    'softmax(X) .* (X - (X .* softmax(X)) ones)',
    'u^T S u',
    'inv(S) u',
    'tr(S)',
    'S + S^T',
    'I - u u^T',
    'v/norm(v)',
    '1 ./ v',
    'X + u',
  ])
    it(text, () => {
      expect(raisedText(text)).toBe(text);
    });

  for (const [long, short] of [
    ['(v^T X^T)^T', 'X v'],
    ['(u v^T)^T u', 'norm(u)^2 v'],
    ['X V + X V', '2 X V'],
    ['diag(u) (X v)', 'u .* (X v)'],
    ['S + u^T u I', 'S + norm(u)^2 I'],
    ['tr(u u^T)', 'norm(u)^2'],
    ['S^T u + S u', '(S^T + S) u'],
    ['X^T X v - X^T u', 'X^T (X v - u)'],
  ] as const)
    it(`${long} becomes ${short}`, () => {
      expect(raisedText(long)).toBe(short);
    });
});

describe('in the models of a network', () => {
  it('every layer keeps its own letter', () => {
    expect(raisedText('(W^(l+1))^T z^(l+1)')).toBe('(W^(l+1))^T z^(l+1)');
  });
});
