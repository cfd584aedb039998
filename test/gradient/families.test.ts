import { describe, expect, it } from 'vitest';
import type { Formula } from '../../src/expression/formula.js';
import type { Network, Range } from '../../src/network/network.js';
import { writeCondition, writePlain } from '../../src/write/write.js';
import {
  attention,
  batch,
  convolution,
  layerNorm,
  leastSquares,
  lstm,
  recurrent,
  recurrentScalar,
  residual,
  skipping,
  softmaxCrossEntropy,
  strided,
} from './families.js';
import { add, at, chain, d, deepNetwork, multiply, number, range, symbol, x } from './networks.js';
import { sweep } from './sweep.js';

/** The cases as text: `condition: formula`. */
function answers(formula: Formula, network: Network, ranges: readonly Range[] = []) {
  const { taken, entries, wrong } = sweep(formula, network, { ranges, models: 5 });
  expect(wrong).toEqual([]);
  expect(entries).toBeGreaterThan(0);
  return taken.cases.map(({ where, formula: answer }) =>
    [where.map((condition) => writeCondition(condition)).join(' and '), writePlain(answer)]
      .filter((text) => text !== '')
      .join(': '),
  );
}

const units = (letter: string, layer: string) => range(letter, 1, symbol('n', [at(layer)]));
const layers = range('l', 1, 'L');
const T = range('t', 1, 'T');
const H = (letter: string) => range(letter, 1, 'H');

describe('derivatives through families, each entry equal to the reverse sweep', () => {
  it('a deep network of any width and depth', () => {
    const deep = deepNetwork({ named: 'named' });
    const Loss = x('Loss');
    expect(answers(x('delta', 'l', 'j'), deep, [layers, units('j', 'l')])).toEqual([
      "l = L: dC/da_Lj f'(z_Lj)",
      "l < L: (sum_{k=1}^{n_{l+1}} delta_{l+1,k} w_{l+1,k,j}) f'(z_lj)",
    ]);
    const weights = [layers, units('j', 'l'), units('k', 'l-1')];
    expect(answers(d(Loss, x('w', 'l', 'j', 'k')), deep, weights)).toEqual(['delta_lj a_{l-1,k}']);
    expect(answers(d(Loss, x('b', 'l', 'j')), deep, [layers, units('j', 'l')])).toEqual([
      'delta_lj',
    ]);
  });

  it('the answer carries the letters of the question', () => {
    const ranges = [layers, units('i', 'l'), units('k', 'l-1')];
    const deep = deepNetwork({ named: 'named' });
    expect(answers(d(x('Loss'), x('w', 'l', 'i', 'k')), deep, ranges)).toEqual([
      'delta_li a_{l-1,k}',
    ]);
  });

  it('one layer by the one before, and by any other', () => {
    const deep = deepNetwork({ named: 'unnamed' });
    const next = range('l', 1, add(symbol('L'), number(-1)));
    const ranges = [next, units('k', 'l+1'), units('j', 'l')];
    expect(answers(d(x('z', 'l+1', 'k'), x('z', 'l', 'j')), deep, ranges)).toEqual([
      "w_{l+1,k,j} f'(z_lj)",
    ]);
    const any = [layers, range('m', 1, 'L'), units('k', 'l'), units('j', 'm')];
    expect(answers(d(x('z', 'l', 'k'), x('z', 'm', 'j')), deep, any)).toHaveLength(2);
  });

  it.each(['last', 'every'] as const)('a recurrent network, loss at the %s step', (loss) => {
    const net = recurrent(loss);
    expect(answers(d(x('Loss'), x('W', 'j', 'k')), net, [H('j'), H('k')])).toEqual([
      'sum_{t=1}^T dLoss/dh_tj (1 - h_tj^2) h_{t-1,k}',
    ]);
    const cases = answers(d(x('Loss'), x('h', 't', 'j')), net, [T, H('j')]);
    expect(cases).toHaveLength(2);
    expect(cases.join()).toContain('sum_{k=1}^H dLoss/dh_{t+1,k} (1 - h_{t+1,k}^2) W_kj');
  });

  it('a recurrent unit with summed loss, in closed form', () => {
    expect(answers(d(x('Loss'), x('w')), recurrentScalar())).toEqual([
      '2 sum_{t=1}^T (sum_{m=t}^T (h_m - y_m) (prod_{n=t+1}^m (1 - h_n^2)) w^(m-t)) (1 - h_t^2) h_{t-1}',
    ]);
  });

  it('convolutions: by the signal, by the kernel, with stride two', () => {
    const N = symbol('N');
    const K = symbol('K');
    const signal = range('p', 2, add(N, K));
    expect(answers(d(x('Loss'), x('x', 'p')), convolution(), [signal])).toHaveLength(1);
    expect(answers(d(x('Loss'), x('w', 'k')), convolution(), [range('k', 1, 'K')])).toEqual([
      "sum_{i=1}^N dC/da_i f'(z_i) x_{i+k}",
    ]);
    const wider = range('p', 3, add(multiply(number(2), N), K));
    expect(answers(d(x('Loss'), x('x', 'p')), strided(), [wider])).toHaveLength(1);
  });

  it('residual and skipping connections', () => {
    expect(answers(d(x('Loss'), x('w', 'l')), residual(), [layers])).toEqual([
      "2 (a_L - y) (prod_{m=l}^{L-1} (1 + f'(w_{m+1} a_m) w_{m+1})) f'(w_l a_{l-1}) a_{l-1}",
    ]);
    const cases = answers(d(x('Loss'), x('a', 'l')), skipping(), [range('l', -1, 'L')]);
    expect(cases).toContain('l = L: 2 (a_L - y)');
    expect(cases).toHaveLength(4);
  });

  it.each(['exp', 'softmax'] as const)('softmax with cross-entropy, written with %s', (written) => {
    const ask = d(x('Loss'), x('z', 'i'));
    const ranges = [range('i', 1, 'K')];
    expect(answers(ask, softmaxCrossEntropy(written, 'free'), ranges)).toEqual([
      '-y_i + (sum_{k=1}^K y_k) yhat_i',
    ]);
    const assumed = sweep(ask, softmaxCrossEntropy(written, 'assumed'), { ranges });
    expect(assumed.wrong).toEqual([]);
    expect(assumed.taken.cases.map((one) => writePlain(one.formula))).toEqual(['-y_i + yhat_i']);
    expect(assumed.taken.assumed.map((one) => one.text)).toEqual(['sum_k y_k = 1']);
    expect(assumed.taken.derivation.steps.at(-1)?.law).toBe('assumption-used');
  });

  it('batches, layer normalisation, attention, LSTM', () => {
    const D = (letter: string) => range(letter, 1, 'D');
    const N = (letter: string) => range(letter, 1, 'N');
    const Loss = x('Loss');
    expect(answers(d(Loss, x('w', 'j', 'i')), batch(), [H('j'), D('i')])).toEqual([
      '2/N sum_{s=1}^N (z_sj - y_sj) x_si + lambda w_ji',
    ]);
    expect(answers(d(Loss, x('x', 'j')), layerNorm(), [H('j')])).toHaveLength(1);
    expect(answers(d(Loss, x('q', 'i', 'j')), attention(), [N('i'), D('j')])).toHaveLength(1);
    expect(answers(d(Loss, x('c', 't')), lstm(), [range('t', 0, 'T')])).toHaveLength(3);
    expect(answers(d(Loss, x('w_f')), lstm())).toEqual([
      'sum_{t=1}^T dLoss/dc_t c_{t-1} f_t (1 - f_t) h_{t-1}',
    ]);
  });
});

describe('probes on which others answer zero or nonsense', () => {
  it('a sum of squares by one entry: one term, no cases, also with clashing letters', () => {
    const ranges = [range('a', 1, 'm'), range('b', 1, 'n')];
    expect(answers(d(x('E'), x('w', 'a', 'b')), leastSquares(), ranges)).toEqual([
      '2 (sum_{j=1}^n w_aj x_j - y_a) x_b',
    ]);
    const clashing = [range('j', 1, 'm'), range('i', 1, 'n')];
    expect(answers(d(x('E'), x('w', 'j', 'i')), leastSquares(), clashing)).toEqual([
      '2 (sum_{k=1}^n w_jk x_k - y_j) x_i',
    ]);
  });

  it('a chain by each weight: the product in closed form, right at every depth', () => {
    const cases = answers(d(x('Loss'), x('w', 'k')), chain({ named: 'unnamed' }), [
      range('k', 1, 'L'),
    ]);
    expect(cases).toEqual([
      'k = 1: -2 (y - f_L) (prod_{m=2}^L w_m) (prod_{m=1}^L (1 - f_m^2)) x',
      'k >= 2: -2 (y - f_L) (prod_{m=k+1}^L w_m) (prod_{m=k}^L (1 - f_m^2)) f_{k-1}',
    ]);
  });
});
