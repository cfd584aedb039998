import { describe, expect, it } from 'vitest';
import { definitionTexts, familyText, loweredText, scopeOf } from './reading.js';

describe('recurrent and convolutional builders in a sheet', () => {
  it('lets questions use the names that the builder makes', () => {
    const scope = scopeOf('network: recurrent 2-3-1, loss squared error, steps 4');
    expect(loweredText('dC/dW_jk', scope)).toBe('[] dC/dW_jk');
    expect(loweredText('dC/dh^(2)', scope)).toBe('[i=1..3] dC/dh^(2)_i');
    expect(familyText('h', scope.network)).toBe('h ^t:0..T _j:1..3');
    expect(scope.network.sizes.get('T[]')).toBe(4);
  });

  it('starts a recurrence at the entry that has its own definition', () => {
    const { network } = scopeOf(
      'h_1 = tanh(u x_1)\nh_t = tanh(w h_{t-1} + u x_t)\nC = (h_T - y)^2',
    );
    expect(definitionTexts(network)[1]).toBe('h[t] = tanh(w h_{t-1} + u x_t)  for t=2..T');
  });

  it('reads a column for each step behind matrices that nobody declared', () => {
    const { network } = scopeOf(
      'e_t = E x_t\nh_t = sigmoid(W_h h_{t-1} + W_e e_t + b_1)\no_t = softmax(U h_t + b_2)',
    );
    expect(definitionTexts(network)[0]).toBe('e[t,i] = sum_{j=1}^m E_ij x_tj  for t=1..T, i=1..n');
  });
});
