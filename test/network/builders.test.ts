import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builderLines } from '../../src/network/builders/expand.js';
import { countParameters, parametersOf } from '../../src/network/parameters.js';
import { countPaths } from '../../src/network/paths.js';
import { readFormula } from '../../src/read/read.js';
import { definitionTexts, messageOf, networkOf, plain, scopeOf } from './reading.js';

describe('builders', () => {
  it('makes the definitions that a person would write', () => {
    const network = networkOf(
      'network: dense 3-4-2, hidden tanh, output softmax, loss cross-entropy',
    );
    expect(definitionTexts(network)).toEqual([
      'a[0,k] = x_k  for k=1..n_0',
      'z[l,j] = sum_{k=1}^{n_{l-1}} W^l_jk a^(l-1)_k + b^l_j  for l=1..2, j=1..n_l',
      'a[l,j] = tanh(z^l_j)  for l=1..1, j=1..n_l',
      'a[2,i] = softmax(z^(2))_i  for i=1..n_2',
      'yhat[j] = a^(2)_j  for j=1..n_2',
      'C[] = -sum_{j=1}^{n_2} y_j log(yhat_j)',
    ]);
  });

  it('takes weights from-to, other letters, and no biases', () => {
    const network = networkOf(
      'network: dense 3-2, output sigmoid, weights from-to, no biases, names V c s h',
    );
    expect(definitionTexts(network)[1]).toBe(
      's[l,j] = sum_{k=1}^{n_{l-1}} V^l_kj h^(l-1)_k  for l=1..1, j=1..n_l',
    );
  });

  it('gives all weights and biases a number', () => {
    const network = networkOf('network: dense 2-1, all weights 0.1, all biases 0.5');
    expect(network.givens.map((given) => given.value)).toEqual([[[0.1, 0.1]], [0.5]]);
  });

  it('puts the sample first in a batch', () => {
    const network = networkOf('network: dense 3-2, output tanh, loss half squared error, batch 5');
    expect(definitionTexts(network)[1]).toBe(
      'z[l,i,j] = sum_{k=1}^{n_{l-1}} W^l_jk a^(l-1)_ik + b^l_j  for l=1..1, i=1..5, j=1..n_l',
    );
  });

  it('shares the weights of a recurrent network over time', () => {
    const lines = builderLines({ builder: 'recurrent 2-3', options: [], line: 1 });
    const network = networkOf(lines.join('\n'));
    expect(countParameters(network).by).toEqual([
      { name: 'U', count: 6 },
      { name: 'W', count: 9 },
      { name: 'b', count: 3 },
    ]);
  });

  it('makes a convolution', () => {
    const lines = builderLines({ builder: 'conv 6-3', options: ['hidden relu'], line: 1 });
    const network = networkOf(lines.join('\n'));
    expect(countParameters(network).by).toEqual([
      { name: 'w', count: 3 },
      { name: 'b', count: 1 },
    ]);
    expect(countPaths(readFormula('x_3'), readFormula('a_2'), network)).toBe(1);
  });

  it.each([
    [
      'network: dense 3-2, layers 4',
      'NetworkError: The builder does not know the option "layers 4"; it knows: hidden, output, loss, no biases, weights, names, all weights, all biases, batch.',
    ],
    [
      'network: dense 3-x',
      'NetworkError: Expected the sizes of the layers, such as 3-4-2, but met "3-x".',
    ],
    [
      'network: transformer 3-2',
      'NetworkError: There is no builder "transformer"; there are: dense, recurrent, conv.',
    ],
    [
      'network: dense 3-2, loss hinge',
      'NetworkError: There is no loss "hinge"; there are: squared error, half squared error, mean squared error, absolute error, cross-entropy, binary cross-entropy.',
    ],
  ])('%s', (text, message) => {
    expect(messageOf(() => networkOf(text))).toBe(message);
  });
});

describe('parameters', () => {
  it('counts layer by layer', () => {
    expect(countParameters(networkOf('network: dense 3-4-2-1'))).toEqual({
      value: 29,
      by: [
        { name: 'W^(1)', count: 12 },
        { name: 'b^(1)', count: 4 },
        { name: 'W^(2)', count: 8 },
        { name: 'b^(2)', count: 2 },
        { name: 'W^(3)', count: 2 },
        { name: 'b^(3)', count: 1 },
      ],
    });
  });

  it('counts a dense network of any widths by the formula of the book', () => {
    const widths = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(widths, (sizes) => {
        const expected = sizes
          .slice(1)
          .reduce((total, to, place) => total + to * (sizes[place] as number) + to, 0);
        const network = networkOf(`network: dense ${sizes.join('-')}`);
        expect(countParameters(network).value).toBe(expected);
      }),
      { numRuns: 12 },
    );
  });

  it.each([
    ['z = w_1 x\na = relu(z)\ny = sigmoid(w_2 a + b)\nC = 1/2 (y - t)^2', ['w_1', 'w_2', 'b']],
    ['h_j = g(e_j + sum_i a_i u_ij)\nE = 1/2 sum_j (h_j - t_j)^2', ['e', 'u']],
    ['C = F(theta)', ['theta']],
    ['p = sigmoid(w^T x + b)\nL = -(y log p + (1 - y) log(1 - p))', ['w', 'b']],
  ])('tells parameters from data: %s', (text, expected) => {
    const network = networkOf(text);
    const names = parametersOf(network).map((target) =>
      target.kind === 'symbol' && target.indices.every((index) => index.kind === 'whole')
        ? target.name
        : plain(target, network),
    );
    expect(names).toEqual(expected);
  });

  it('needs numbers for its sizes', () => {
    const network = networkOf('z_j = sum_k w_jk x_k\nL = sum_j z_j^2');
    expect(messageOf(() => countParameters(network))).toBe(
      'Unsupported: a number is needed for this size; give it (L = 3) or the shapes that fix it',
    );
  });
});

describe('paths', () => {
  it('multiplies the widths of the hidden layers', () => {
    const { network, sheet } = scopeOf('network: dense 2-3-4-1, no biases\nC = yhat_1');
    expect(countPaths(readFormula('x_1', sheet), readFormula('C', sheet), network)).toBe(12);
  });

  it('counts a skip connection as one more', () => {
    const { network, sheet } = scopeOf('u = tanh(x)\nv = sin(u)\ny = v + x');
    expect(countPaths(readFormula('x', sheet), readFormula('y', sheet), network)).toBe(2);
  });
});
