import { describe, expect, it } from 'vitest';
import { cases } from '../../src/expression/formula.js';
import { raise } from '../../src/forms/matrix-form.js';
import { buildNetwork } from '../../src/network/build.js';
import { lower } from '../../src/network/lower.js';
import type { Lowered } from '../../src/network/network.js';
import { readDocument } from '../../src/read/document.js';
import { readCondition, readFormula } from '../../src/read/read.js';
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

/** The matrix form of a formula in a sheet of its own. */
function raisedIn(lines: readonly string[], text: string): string {
  const [own] = readDocument(`${lines.join('\n')}\n`, 'own.hg').scopes;
  if (!own) throw new Error('the sheet has no scope');
  const world = buildNetwork(own, { block: 9, line: 99 });
  const answer = raise(lower(readFormula(text, own), world), world);
  return 'reason' in answer
    ? answer.reason
    : writePlain(answer, {
        ...plainDisplay,
        upperSlots: (name) => own.names.get(name)?.upper ?? 0,
      });
}

describe('what no matrix product says as a whole', () => {
  const overTime = [
    'a_t = W h_(t-1) + U x_t for t = 1..T',
    'h_t = tanh(a_t) for t = 1..T',
    'o_t = V h_t for t = 1..T',
    'C = sum_{t=1}^T norm(o_t)^2',
  ];

  it('a sum over time stays around the outer products', () => {
    expect(raisedIn(overTime, 'sum_{t=1}^T dC/da_t h_(t-1)^T')).toBe(
      'sum_{t=1}^T dC/da_t h_{t-1}^T',
    );
    expect(raisedIn(overTime, '3 sum_{t=1}^T dC/da_t h_(t-1)^T + W')).toBe(
      '3 sum_{t=1}^T dC/da_t h_{t-1}^T + W',
    );
  });

  it('a name with a number below is a column or matrix of its own, not a row', () => {
    const deep = ['z = W_2 tanh(W_1 x + b_1) + b_2', 'C = norm(z)^2'];
    expect(raisedIn(deep, '(W_2^T dC/dz) .* tanh(W_1 x + b_1)')).toBe(
      '(W_2^T dC/dz) .* tanh(W_1 x + b_1)',
    );
  });

  it('each case has its form, under its condition', () => {
    const [own] = readDocument(`${overTime.join('\n')}\n`, 'own.hg').scopes;
    if (!own) throw new Error('the sheet has no scope');
    const world = buildNetwork(own, { block: 9, line: 99 });
    const [first, second] = ['W^T a_T', 'W^T a_(t+1)'].map((text) =>
      lower(readFormula(text, own), world),
    ) as [Lowered, Lowered];
    expect(first.axes).toEqual(second.axes);
    const body = cases([
      { when: readCondition('t = T', own), value: first.body },
      { when: readCondition('t < T', own), value: second.body },
    ]);
    const answer = raise(
      { ...second, body, free: lower(readFormula('a_t', own), world).free },
      world,
    );
    expect('reason' in answer ? answer.reason : writePlain(answer)).toBe(
      'cases(W^T a_T if t = T, W^T a_{t+1} if t < T)',
    );
  });

  it('a sum is split over its terms where that says more', () => {
    const gates = ['p = W x', 'q = V x', 'W in R^(n x d)', 'V in R^(n x d)', 'C = p^T q'];
    expect(raisedIn(gates, '(diag(p) W + diag(q) V)^T ones')).toBe('W^T p + V^T q');
  });
});
