/** Kinds of family networks: recurrent, convolutional, residual, normalised, attending, gated. */

import { type Formula, family as familyNode } from '../../src/expression/formula.js';
import type { Network } from '../../src/network/network.js';
import {
  add,
  array,
  call,
  compare,
  define,
  divide,
  exp,
  f,
  family,
  half,
  log,
  multiply,
  negate,
  network,
  number,
  power,
  range,
  square,
  subtract,
  symbol,
  total,
  x,
} from './networks.js';

const T = range('t', 1, 'T');
const j = range('j', 1, 'H');
const k = range('k', 1, 'H');
const time0 = range('t', 0, 'T');

/** `h_t = tanh(W h_{t-1} + U x_t + b)` with loss at the end or at every step. */
export function recurrent(loss: 'last' | 'every'): Network {
  const inside = add(
    total('k', 1, 'H', multiply(x('W', 'j', 'k'), x('h', 't-1', 'k'))),
    total('i', 1, 'D', multiply(x('U', 'j', 'i'), x('x', 't', 'i'))),
    x('b', 'j'),
  );
  const last = call('C', [
    array([{ index: 'j', lower: number(1), upper: symbol('H') }], x('h', 'T', 'j')),
  ]);
  const every = total(
    't',
    1,
    'T',
    total('j', 1, 'H', square(subtract(x('h', 't', 'j'), x('y', 't', 'j')))),
  );
  return network(
    [
      family('h', time0, j),
      family('W', j, k),
      family('U', j, range('i', 1, 'D')),
      family('x', T, range('i', 1, 'D')),
      family('b', j),
      family('y', T, j),
    ],
    [
      define(x('h', 't', 'j'), call('tanh', [inside]), [T, j]),
      define(x('Loss'), loss === 'last' ? last : every),
    ],
    { sizes: ['T', 'H', 'D'], functions: ['C'] },
  );
}

/** `h_t = tanh(w h_{t-1} + u x_t)`, one unit, summed loss. */
export const recurrentScalar = (): Network =>
  network(
    [family('h', time0), family('x', T), family('y', T)],
    [
      define(
        x('h', 't'),
        call('tanh', [add(multiply(x('w'), x('h', 't-1')), multiply(x('u'), x('x', 't')))]),
        [T],
      ),
      define(x('Loss'), total('t', 1, 'T', square(subtract(x('h', 't'), x('y', 't'))))),
    ],
    { sizes: ['T'] },
  );

/** `z_i = sum_k w_k x_{i + k}`, `a_i = f(z_i)`. */
export const convolution = (): Network =>
  network(
    [
      family('x', range('p', 2, add(symbol('N'), symbol('K')))),
      family('w', range('k', 1, 'K')),
      family('z', range('i', 1, 'N')),
      family('a', range('i', 1, 'N')),
    ],
    [
      define(
        x('z', 'i'),
        total('k', 1, 'K', multiply(x('w', 'k'), x('x', add(symbol('i'), symbol('k'))))),
        [range('i', 1, 'N')],
      ),
      define(x('a', 'i'), f(x('z', 'i')), [range('i', 1, 'N')]),
      define(
        x('Loss'),
        call('C', [array([{ index: 'i', lower: number(1), upper: symbol('N') }], x('a', 'i'))]),
      ),
    ],
    { sizes: ['N', 'K'], functions: ['f', 'C'] },
  );

/** `z_i = sum_k w_k x_{2 i + k}`: stride two. */
export const strided = (): Network => {
  const last = add(multiply(number(2), symbol('N')), symbol('K'));
  return network(
    [
      family('x', range('p', 3, last)),
      family('w', range('k', 1, 'K')),
      family('z', range('i', 1, 'N')),
    ],
    [
      define(
        x('z', 'i'),
        total(
          'k',
          1,
          'K',
          multiply(x('w', 'k'), x('x', add(multiply(number(2), symbol('i')), symbol('k')))),
        ),
        [range('i', 1, 'N')],
      ),
      define(x('Loss'), total('i', 1, 'N', square(x('z', 'i')))),
    ],
    { sizes: ['N', 'K'] },
  );
};

/** `a_l = a_{l-1} + f(w_l a_{l-1})`, one unit per layer. */
export const residual = (): Network =>
  network(
    [family('a', range('l', 0, 'L')), family('w', range('l', 1, 'L'))],
    [
      define(x('a', 'l'), add(x('a', 'l-1'), f(multiply(x('w', 'l'), x('a', 'l-1')))), [
        range('l', 1, 'L'),
      ]),
      define(x('Loss'), square(subtract(x('a', 'L'), x('y')))),
    ],
    { sizes: ['L'], functions: ['f'] },
  );

/** `a_l = f(a_{l-1}) + a_{l-2}`: two offsets, the recurrence stays. */
export const skipping = (): Network =>
  network(
    [family('a', range('l', -1, 'L'))],
    [
      define(x('a', 'l'), add(f(x('a', 'l-1')), x('a', 'l-2')), [range('l', 1, 'L')]),
      define(x('Loss'), square(subtract(x('a', 'L'), x('y')))),
    ],
    { sizes: ['L'], functions: ['f'] },
  );

const unit = range('k', 1, 'K');
const softmaxOf = (body: (index: string) => Formula, at: string): Formula =>
  familyNode('softmax', [{ index: 'm', lower: number(1), upper: symbol('K') }], body('m'), [
    symbol(at),
  ]);

/** Softmax with cross-entropy, from the formula or by name, with or without `sum_k y_k = 1`. */
export function softmaxCrossEntropy(
  written: 'exp' | 'softmax',
  assumed: 'assumed' | 'free',
): Network {
  const right =
    written === 'softmax'
      ? softmaxOf((index) => x('z', index), 'k')
      : divide(exp(x('z', 'k')), total('m', 1, 'K', exp(x('z', 'm'))));
  return network(
    [family('z', unit), family('yhat', unit), family('y', unit)],
    [
      define(x('yhat', 'k'), right, [unit]),
      define(x('Loss'), negate(total('k', 1, 'K', multiply(x('y', 'k'), log(x('yhat', 'k')))))),
    ],
    {
      sizes: ['K'],
      assumptions:
        assumed === 'assumed'
          ? [
              {
                condition: compare(total('k', 1, 'K', x('y', 'k')), '=', number(1)),
                ranges: [],
                text: 'sum_k y_k = 1',
                line: 1,
              },
            ]
          : [],
    },
  );
}

const sample = range('s', 1, 'N');

/** Linear units over a batch with mean loss and a regulariser. */
export const batch = (): Network =>
  network(
    [
      family('x', sample, range('i', 1, 'D')),
      family('w', j, range('i', 1, 'D')),
      family('z', sample, j),
      family('y', sample, j),
    ],
    [
      define(x('z', 's', 'j'), total('i', 1, 'D', multiply(x('w', 'j', 'i'), x('x', 's', 'i'))), [
        sample,
        j,
      ]),
      define(
        x('Loss'),
        add(
          multiply(
            power(symbol('N'), number(-1)),
            total(
              's',
              1,
              'N',
              total('j', 1, 'H', square(subtract(x('z', 's', 'j'), x('y', 's', 'j')))),
            ),
          ),
          multiply(
            half,
            x('lambda'),
            total('j', 1, 'H', total('i', 1, 'D', square(x('w', 'j', 'i')))),
          ),
        ),
      ),
    ],
    { sizes: ['N', 'D', 'H'] },
  );

/** Layer normalisation from its equations. */
export const layerNorm = (): Network => {
  const n = symbol('H');
  const mean = (body: Formula) => multiply(power(n, number(-1)), total('i', 1, 'H', body));
  return network(
    [
      family('x', range('i', 1, 'H')),
      family('xhat', range('i', 1, 'H')),
      family('g', range('i', 1, 'H')),
    ],
    [
      define(x('mu'), mean(x('x', 'i'))),
      define(x('v'), mean(square(subtract(x('x', 'i'), x('mu'))))),
      define(x('s'), call('sqrt', [add(x('v'), call('exp', [x('e')]))])),
      define(x('xhat', 'i'), divide(subtract(x('x', 'i'), x('mu')), x('s')), [range('i', 1, 'H')]),
      define(
        x('Loss'),
        call('C', [
          array(
            [{ index: 'i', lower: number(1), upper: n }],
            multiply(x('g', 'i'), x('xhat', 'i')),
          ),
        ]),
      ),
    ],
    { sizes: ['H'], functions: ['C'] },
  );
};

/** Single-head attention with scores, rows of softmax, values. */
export const attention = (): Network => {
  const a = range('a', 1, 'N');
  const b = range('b', 1, 'N');
  const c = range('c', 1, 'D');
  return network(
    [
      family('q', a, c),
      family('k', a, c),
      family('v', a, c),
      family('s', a, b),
      family('p', a, b),
      family('o', a, c),
    ],
    [
      define(x('s', 'a', 'b'), total('c', 1, 'D', multiply(x('q', 'a', 'c'), x('k', 'b', 'c'))), [
        a,
        b,
      ]),
      define(
        x('p', 'a', 'b'),
        familyNode(
          'softmax',
          [{ index: 'm', lower: number(1), upper: symbol('N') }],
          x('s', 'a', 'm'),
          [symbol('b')],
        ),
        [a, b],
      ),
      define(x('o', 'a', 'c'), total('b', 1, 'N', multiply(x('p', 'a', 'b'), x('v', 'b', 'c'))), [
        a,
        c,
      ]),
      define(x('Loss'), total('a', 1, 'N', total('c', 1, 'D', square(x('o', 'a', 'c'))))),
    ],
    { sizes: ['N', 'D'] },
  );
};

/** An LSTM with one unit. */
export const lstm = (): Network => {
  const gate = (name: string) =>
    define(
      x(name, 't'),
      call(name === 'g' ? 'tanh' : 'sigmoid', [
        add(multiply(x(`w_${name}`), x('h', 't-1')), multiply(x(`u_${name}`), x('x', 't'))),
      ]),
      [T],
    );
  return network(
    [
      family('x', T),
      family('h', time0),
      family('c', time0),
      ...['f', 'i', 'o', 'g'].map((name) => family(name, T)),
    ],
    [
      ...['f', 'i', 'o', 'g'].map(gate),
      define(
        x('c', 't'),
        add(multiply(x('f', 't'), x('c', 't-1')), multiply(x('i', 't'), x('g', 't'))),
        [T],
      ),
      define(x('h', 't'), multiply(x('o', 't'), call('tanh', [x('c', 't')])), [T]),
      define(x('Loss'), square(subtract(x('h', 'T'), x('y')))),
    ],
    { sizes: ['T'] },
  );
};

/** `E = 1/2 sum_i (sum_j w_ij x_j - y_i)^2`. */
export const leastSquares = (): Network =>
  network(
    [
      family('w', range('i', 1, 'm'), range('j', 1, 'n')),
      family('x', range('j', 1, 'n')),
      family('y', range('i', 1, 'm')),
    ],
    [
      define(
        x('E'),
        total(
          'i',
          1,
          'm',
          square(
            subtract(total('j', 1, 'n', multiply(x('w', 'i', 'j'), x('x', 'j'))), x('y', 'i')),
          ),
        ),
      ),
    ],
    { sizes: ['m', 'n'] },
  );
