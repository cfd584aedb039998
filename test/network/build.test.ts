import { describe, expect, it } from 'vitest';
import { definitionTexts, familyText, networkOf } from './reading.js';

describe('networks from sheets', () => {
  it('keeps layers, ragged widths and the leaf border of a deep network', () => {
    const network = networkOf(
      [
        'z^l_j = sum_k w^l_jk a^(l-1)_k + b^l_j for l = 1..L',
        'a^l_j = f(z^l_j) for l = 1..L',
        'Loss = C(a^L)',
        'delta^l_j = dLoss/dz^l_j',
      ].join('\n'),
    );
    expect(definitionTexts(network)).toEqual([
      'z[l,j] = sum_{k=1}^{n_{l-1}} w^l_jk a^(l-1)_k + b^l_j  for l=1..L, j=1..n_l',
      'a[l,j] = f(z^l_j)  for l=1..L, j=1..n_l',
      'Loss[] = C(a^L)',
      'delta[l,j] = dLoss/dz^l_j  for l=1..L, j=1..n_l',
    ]);
    expect(familyText('w', network)).toBe('w ^l:1..L _j:1..n_l _k:1..n_{l-1}');
    expect(familyText('a', network)).toBe('a ^l:0..L _j:1..n_l');
    expect(network.families.get('a')?.kind).toBe('mixed');
    expect(network.families.get('n')).toMatchObject({ role: 'size', invented: true });
  });

  it('reads matrix notation into the same definitions, with declared sizes', () => {
    const network = networkOf(
      [
        'h^(0) = x',
        'z^(l) = W^(l) h^(l-1) + b^(l) for l = 1..2',
        'h^(l) = tanh(z^(l)) for l = 1..2',
        'yhat = h^(2)',
        'W^(1) in R^(4 x 3)',
        'W^(2) in R^(2 x 4)',
      ].join('\n'),
    );
    expect(definitionTexts(network)).toEqual([
      'h[0,i] = x_i  for i=1..n_0',
      'z[l,i] = sum_{j=1}^{n_{l-1}} W^l_ij h^(l-1)_j + b^l_i  for l=1..2, i=1..n_l',
      'h[l,i] = tanh(z^l_i)  for l=1..2, i=1..n_l',
      'yhat[i] = h^(2)_i  for i=1..n_2',
    ]);
    expect(Object.fromEntries(network.sizes)).toEqual({ 'n[0]': 3, 'n[1]': 4, 'n[2]': 2 });
  });

  it('reads layers that are numbered below, with nothing declared', () => {
    const network = networkOf(
      ['z_1 = W_1 x + b_1', 'h = tanh(z_1)', 'z_2 = W_2 h + b_2', 'L = norm(z_2 - y)^2'].join('\n'),
    );
    expect(definitionTexts(network)[2]).toBe(
      'z[2,i] = sum_{j=1}^{n_1} W_2ij h_j + b_2i  for i=1..n_2',
    );
    expect(familyText('W', network)).toBe('W? _i:1..2 _j:1..n_i _k:1..m_i');
  });

  it('reads a recurrent network in matrix notation, with the state before the first step a leaf', () => {
    const network = networkOf(
      [
        'h_t = tanh(W h_{t-1} + U x_t + b)',
        'yhat_t = V h_t',
        'C = 1/2 sum_{t=1}^{T} norm(yhat_t - y_t)^2',
        'W in R^(n x n)',
        'U in R^(n x m)',
        'V in R^(p x n)',
      ].join('\n'),
    );
    expect(definitionTexts(network)).toEqual([
      'h[t,i] = tanh(sum_{j=1}^n W_ij h_{t-1,j} + sum_{j=1}^m U_ij x_tj + b_i)  for t=1..T, i=1..n',
      'yhat[t,i] = sum_{j=1}^n V_ij h_tj  for t=1..T, i=1..p',
      'C[] = 1/2 sum_{t=1}^T (sum_{i=1}^p (yhat_ti - y_ti)^2)',
    ]);
    expect(familyText('h', network)).toBe('h _t:0..T _i:1..n');
    expect(network.families.get('h')?.kind).toBe('mixed');
  });

  it('takes the product of a transposed name and a column for a number, for each index too', () => {
    const alone = networkOf('o = V h + c\np = softmax(o)\nE = -y^T log(p)');
    expect(definitionTexts(alone)[2]).toBe('E[] = -sum_{i=1}^n y_i log(p_i)');
    const many = networkOf(
      [
        'h_t = tanh(W h_(t-1) + U x_t + b) for t = 1..T',
        'o_t = V h_t + c',
        'p_t = softmax(o_t)',
        'E_t = -y_t^T log(p_t)',
        'L = sum_t E_t',
      ].join('\n'),
    );
    expect(definitionTexts(many).slice(3)).toEqual([
      'E[t] = -sum_{i=1}^d y_ti log(p_ti)  for t=1..T',
      'L[] = sum_{t=1}^T E_t',
    ]);
  });

  it('takes a capital letter in an index for the last value of the running one', () => {
    const network = networkOf('h_t = tanh(w h_{t-1} + u x_t)\nC = (h_T - y)^2');
    expect(network.families.get('T')?.role).toBe('size');
    expect(definitionTexts(network)[0]).toBe('h[t] = tanh(w h_{t-1} + u x_t)  for t=1..T');
  });

  it('gives a convolution the range that its shifted index reaches', () => {
    const network = networkOf('z_i = sum_{k=1}^{K} w_k x_{i+k-1} for i = 1..N');
    expect(familyText('x', network)).toBe('x _i:1..N + K - 1');
    expect(familyText('w', network)).toBe('w _k:1..K');
  });

  it('reads attention from matrices', () => {
    const network = networkOf(
      [
        'S = Q K^T / sqrt(d)',
        'P = softmax(S)',
        'O = P V',
        'Q in R^(n x d)',
        'K in R^(m x d)',
        'V in R^(m x p)',
      ].join('\n'),
    );
    expect(definitionTexts(network)).toEqual([
      'S[i,j] = (sum_{k=1}^d Q_ik K_jk)/sqrt(d)  for i=1..n, j=1..m',
      'P[i,j] = softmax(S_{i:})_j  for i=1..n, j=1..m',
      'O[i,j] = sum_{k=1}^m P_ik V_kj  for i=1..n, j=1..p',
    ]);
  });

  it('takes a power that is defined as a name', () => {
    const network = networkOf(
      'sigma^2 = 1/N sum_i (x_i - mu)^2\nmu = 1/N sum_i x_i\nv_i = (x_i - mu)/sqrt(sigma^2 + epsilon)',
    );
    expect(definitionTexts(network)[0]).toBe('sigma^2[] = 1/N sum_{i=1}^N (x_i - mu)^2');
    expect(definitionTexts(network)[2]).toBe(
      'v[i] = (x_i - mu)/sqrt(sigma^2 + epsilon)  for i=1..N',
    );
  });

  it('keeps numbered names apart from a bare name of the same letter', () => {
    const network = networkOf('L_1 = F(theta)\nL_2 = G(theta)\nL = L_1 + L_2');
    expect(definitionTexts(network)).toEqual([
      'L_1[] = F(theta)',
      'L_2[] = G(theta)',
      'L[] = L_1 + L_2',
    ]);
  });

  it('reads x_ij as an entry of a declared X', () => {
    const network = networkOf('X in R^(n x d)\nm_j = 1/n sum_{i=1}^{n} x_ij');
    expect(definitionTexts(network)).toEqual(['m[j] = 1/n sum_{i=1}^n X_ij  for j=1..d']);
  });

  it('takes an index that is free on the right only for one fixed value, with a note', () => {
    const network = networkOf('p = softmax(z)\nL = -log p_c');
    expect(network.families.get('c')?.role).toBe('index');
    expect(network.notes.map((note) => note.message)).toEqual([
      'c is not on the left of L = -log p_c: it is read as one fixed value.',
    ]);
  });

  it('uses numbers only of the lines before, and definitions of all lines', () => {
    const text = 'z_i = w_i x for i = 1..L\nL = 3\ny = z_L';
    expect(networkOf(text, 1).sizes.size).toBe(0);
    expect(networkOf(text, 2).sizes.get('L[]')).toBe(3);
    expect(networkOf(text, 1).definitions).toHaveLength(2);
  });

  it('names sizes after their index, and never like another name of the sheet', () => {
    const network = networkOf('z_j = sum_k w_jk x_k\nK = sum_j z_j');
    expect(familyText('z', network)).toBe('z _j:1..J');
    expect(familyText('x', network)).not.toContain('..K');
  });
});
