/** Deriving in indexed form costs the same whatever the widths are, and whatever a symbolic depth is. */
import { describe, expect, it } from 'vitest';
import { openSheet } from '../../src/answer/session.js';
import { countNodes } from '../../src/expression/walk.js';
import { takeDerivatives } from '../../src/gradient/take.js';
import { lower } from '../../src/network/lower.js';
import { readSheet } from '../../src/read/document.js';

/** Nodes of the answers and numbers of steps, ask by ask. */
function sizes(text: string): readonly (readonly [number, number])[] {
  const sheet = readSheet(text);
  const { settingOf } = openSheet(sheet);
  return sheet.statements.flatMap((statement) => {
    if (statement.kind !== 'find') return [];
    const { network } = settingOf(statement);
    return statement.asks.map(({ formula }) => {
      const { body, axes, free } = lower(formula, network);
      const taken = takeDerivatives(body, network, { ranges: [...axes, ...free] });
      const nodes = taken.cases.reduce((sum, { formula: answer }) => sum + countNodes(answer), 0);
      return [nodes, taken.derivation.steps.length] as const;
    });
  });
}

const dense = (widths: string) =>
  [
    `network: dense ${widths}, hidden tanh, output softmax, loss cross-entropy`,
    'find dC/dW^1_jk, dC/dW^2_jk, dC/dW^3_jk, dC/db^1_j, dC/db^2_j, dC/db^3_j',
    '',
  ].join('\n');

const deep = (): string =>
  [
    'z^l_j = sum_k w^l_jk a^(l-1)_k + b^l_j    for l = 1..L',
    'a^l_j = f(z^l_j)    for l = 1..L',
    'Loss = C(a^L)',
    'delta^l_j = dLoss/dz^l_j',
    'find dLoss/dw^l_jk, dLoss/db^l_j',
    '',
  ].join('\n');

describe('the size of gradients in indexed form', () => {
  it('does not depend on the widths', () => {
    const small = sizes(dense('4-4-3-3'));
    expect(small).toHaveLength(6);
    expect(sizes(dense('64-64-64-10'))).toEqual(small);
  });

  it('is small with a symbolic depth', () => {
    for (const [nodes, steps] of sizes(deep())) {
      expect(nodes).toBeLessThanOrEqual(16);
      expect(steps).toBeLessThanOrEqual(6);
    }
  });
});
