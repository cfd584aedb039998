import { describe, expect, it } from 'vitest';
import type { Formula } from '../../src/expression/formula.js';
import { product } from '../../src/expression/formula.js';
import { Unsupported } from '../../src/expression/unsupported.js';
import { countNodes } from '../../src/expression/walk.js';
import type { Policy } from '../../src/gradient/policy.js';
import { takeDerivatives } from '../../src/gradient/take.js';
import type { Network, Range } from '../../src/network/network.js';
import { writePlain } from '../../src/write/write.js';
import { leastSquares, residual, softmaxCrossEntropy } from './families.js';
import {
  add,
  array,
  at,
  call,
  chain,
  d,
  deepNetwork,
  define,
  exp,
  family,
  multiply,
  negate,
  network,
  number,
  range,
  reciprocal,
  subtract,
  symbol,
  total,
  twoUnits,
  x,
} from './networks.js';
import { sweep } from './sweep.js';

function answer(
  formula: Formula,
  net: Network,
  more: { readonly in?: readonly string[]; readonly ranges?: readonly Range[] } & Policy = {},
): string {
  const { in: names, ranges = [], ...policy } = more;
  const { taken, wrong, entries } = sweep(formula, net, {
    ranges,
    policy: names ? { ...policy, allowed: new Set(names) } : policy,
  });
  expect(wrong).toEqual([]);
  expect(entries).toBeGreaterThan(0);
  expect(taken.outside).toEqual([]);
  return taken.cases.map((one) => writePlain(one.formula)).join(' | ');
}

describe('the simple network', () => {
  const net = twoUnits();
  it('gives the answers of a teacher, from the loss to the leaf', () => {
    expect(answer(d(x('C'), x('w', 1)), net)).toBe('(y - t) y (1 - y) w_2 1{z_1 > 0} x');
    expect(answer(d(x('C'), x('w', 2)), net)).toBe('(y - t) y (1 - y) a_1');
    expect(answer(d(x('C'), x('b')), net)).toBe('(y - t) y (1 - y)');
  });

  it('shows the chain rule before the local derivatives', () => {
    const { derivation } = takeDerivatives(d(x('C'), x('w', 1)), net);
    expect(derivation.steps.map((step) => [step.law, writePlain(step.after)])).toEqual([
      ['sum-over-uses', 'dC/dy dy/dz_2 dz_2/da_1 da_1/dz_1 dz_1/dw_1'],
      ['local-derivatives', '(y - t) y (1 - y) w_2 1{z_1 > 0} x'],
    ]);
  });

  it('differentiates through the argument where the output may not stand', () => {
    expect(answer(d(x('C'), x('b')), net, { in: ['z', 't'] })).toBe(
      '(sigmoid(z_2) - t) sigmoid(z_2) (1 - sigmoid(z_2))',
    );
  });
});

describe('in terms of', () => {
  it('keeps derivatives of listed names where their functions are not listed', () => {
    const m = range('i', 1, 'm');
    const net = network(
      [family('g', m)],
      [
        define(x('g', 'i'), call('phi', [x('t')], { indices: [symbol('i')] }), [m]),
        define(
          x('r'),
          call('F', [array([{ index: 'i', lower: number(1), upper: symbol('m') }], x('g', 'i'))]),
        ),
      ],
      { sizes: ['m'], functions: ['phi', 'F'] },
    );
    expect(answer(d(x('r'), x('t')), net, { in: ['r', 'g', 't'] })).toBe(
      'sum_{i=1}^m dr/dg_i dg_i/dt',
    );
  });

  it('works out what the listed names can say', () => {
    const net = network(
      [],
      [define(x('z'), call('s', [x('w')])), define(x('H'), call('sigmoid', [x('z')]))],
      { functions: ['s'] },
    );
    expect(answer(d(x('H'), x('w')), net, { in: ['H', 'z', 'w'] })).toBe('H (1 - H) dz/dw');
    expect(answer(d(x('H'), x('w')), net)).toBe("H (1 - H) s'(w)");
  });

  it('sums over samples', () => {
    const s = range('s', 1, 'N');
    const net = network(
      [family('E', s), family('x', s)],
      [
        define(x('E', 's'), call('F', [x('x', 's'), x('theta')]), [s]),
        define(x('L'), total('s', 1, 'N', x('E', 's'))),
      ],
      { sizes: ['N'], functions: ['F'] },
    );
    expect(answer(d(x('L'), x('theta')), net, { in: ['E', 'theta'] })).toBe(
      'sum_{s=1}^N dE_s/dtheta',
    );
  });

  it('solves the recurrence of a chain, also for concrete depths', () => {
    const names = ['x', 'w', 'f', 'y'];
    const ask = d(x('Loss'), x('w', 1));
    expect(answer(ask, chain({ named: 'named' }), { in: names })).toBe(
      '-2 (y - f_L) (prod_{m=2}^L w_m) (prod_{m=1}^L (1 - f_m^2)) x',
    );
    expect(answer(ask, chain({ named: 'named', depth: 1 }), { in: names })).toBe(
      '-2 (y - f_1) (1 - f_1^2) x',
    );
    expect(answer(ask, chain({ named: 'named', depth: 2 }), { in: names })).toBe(
      '-2 (y - f_2) (1 - f_2^2) w_2 (1 - f_1^2) x',
    );
    expect(answer(ask, chain({ named: 'named' }), { in: ['x', 'delta'] })).toBe('delta_1 x');
  });

  it('puts definitions in before factors cancel', () => {
    const ranges = [range('i', 1, 'K')];
    const net = softmaxCrossEntropy('exp', 'free');
    expect(answer(d(x('Loss'), x('z', 'i')), net, { in: ['z', 'y'], ranges })).toBe(
      '-y_i + (sum_{k=1}^K y_k) softmax(z)_i',
    );
  });
});

describe('formulas asked about directly', () => {
  it('are differentiated by the rules of calculus', () => {
    const logistic = reciprocal(add(number(1), exp(negate(x('z')))));
    expect(answer(d(logistic, x('z')), network([family('z')], []))).toBe(
      '1/(1 + exp(-z))^2 exp(-z)',
    );
  });

  it('a symbolic sum by one entry', () => {
    const net = softmaxCrossEntropy('exp', 'free');
    const sum = total('k', 1, 'K', multiply(x('y', 'k'), x('z', 'k')));
    expect(answer(d(sum, x('z', 'i')), net, { ranges: [range('i', 1, 'K')] })).toBe('y_i');
  });

  it('a symbolic product by one factor, inside and outside its range', () => {
    const net = network([family('w', range('l', 1, 'N'))], [], { sizes: ['N'] });
    const inner = product('l', { lower: number(2), upper: symbol('N') }, x('w', 'l'));
    const { taken, wrong } = sweep(d(inner, x('w', 'k')), net, { ranges: [range('k', 1, 'N')] });
    expect(wrong).toEqual([]);
    expect(taken.cases.map((one) => writePlain(one.formula))).toContain('0');
    expect(taken.cases).toHaveLength(2);
  });

  it('the trace of a product', () => {
    const square = [range('i', 1, 'n'), range('j', 1, 'n')] as const;
    const net = network([family('A', ...square), family('B', ...square)], [], { sizes: ['n'] });
    const trace = total(
      'i',
      1,
      'n',
      total('j', 1, 'n', multiply(x('A', 'i', 'j'), x('B', 'j', 'i'))),
    );
    const ranges = [range('i', 1, 'n'), range('j', 1, 'n')];
    expect(answer(d(trace, x('A', 'i', 'j')), net, { ranges })).toBe('B_ji');
    const power = total(
      'i',
      1,
      'n',
      total('j', 1, 'n', multiply(x('A', 'i', 'j'), x('A', 'j', 'i'))),
    );
    expect(answer(d(power, x('A', 'i', 'j')), net, { ranges })).toBe('2 A_ji');
  });
});

describe('second derivatives', () => {
  it('of a loss by two entries', () => {
    const ranges = [range('a', 1, 'm'), range('b', 1, 'n'), range('c', 1, 'm'), range('e', 1, 'n')];
    const ask = d(d(x('E'), x('w', 'a', 'b')), x('w', 'c', 'e'));
    expect(answer(ask, leastSquares(), { ranges })).toBe('2 delta(a,c) x_e x_b');
  });

  it('of a chain of symbolic depth, and of a residual one', () => {
    const ask = d(d(x('Loss'), x('w', 1)), x('w', 'k'));
    const ranges = [range('k', 1, 'L')];
    expect(answer(ask, chain({ named: 'named' }), { ranges }).split(' | ')).toHaveLength(2);
    expect(
      answer(d(d(x('Loss'), x('y')), x('w', 'l')), residual(), { ranges: [range('l', 1, 'L')] }),
    ).toContain('-2');
  });

  it('through a definition that uses a derivative', () => {
    const net = twoUnits();
    const step = subtract(x('w', 2), multiply(x('eta'), d(x('C'), x('w', 2))));
    const wider: Network = {
      ...net,
      definitions: [...net.definitions, define(x('v'), step)],
      families: new Map([
        ...net.families,
        ['v', { ...family('v'), kind: 'defined' }],
        ['eta', family('eta')],
      ]),
    };
    expect(answer(d(x('v'), x('w', 2)), wider)).toContain('eta');
  });
});

describe('what is not understood is never zero', () => {
  it('a target without a definition', () => {
    const net = network([family('u'), family('w')], []);
    expect(() => takeDerivatives(d(x('u'), x('w')), net)).toThrow(Unsupported);
    expect(() => takeDerivatives(d(x('u'), x('w')), net)).toThrow(
      'u has no definition, so nothing says how it depends on w; define it (u = ...)',
    );
  });

  it('a wide recurrence differentiated twice', () => {
    const ask = d(d(x('Loss'), x('b', 'l', 'j')), x('b', 'l', 'k'));
    expect(() => takeDerivatives(ask, deepNetwork({ named: 'unnamed' }))).toThrow(Unsupported);
  });

  it('conditions that no index satisfies', () => {
    const none = { ranges: [range('k', 5, 4)] };
    expect(() =>
      takeDerivatives(d(x('Loss'), x('w', 'k')), chain({ named: 'named' }), none),
    ).toThrow('no index satisfies the conditions of the ask');
  });

  it('a derivative given as data is a cut: the walk stops there', () => {
    const net = chain({ named: 'unnamed', depth: 3 });
    const given: Network = {
      ...net,
      givens: [{ target: d(x('Loss'), x('z', 2)), value: -3, line: 1 }],
    };
    const { cases } = takeDerivatives(d(x('Loss'), x('w', 1)), given);
    expect(cases.map((one) => writePlain(one.formula))).toEqual(['dLoss/dz_2 w_2 (1 - f_1^2) x']);
  });
});

describe('growth', () => {
  it('is linear in the depth of a concrete chain', () => {
    const nodes = [8, 16, 32, 64].map((depth) => {
      const { cases } = takeDerivatives(
        d(x('Loss'), x('w', 1)),
        chain({ named: 'unnamed', depth }),
      );
      return countNodes(cases[0]?.formula as Formula);
    });
    const [a, b, c, e] = nodes as [number, number, number, number];
    expect(c - b).toBe(2 * (b - a));
    expect(e - c).toBe(2 * (c - b));
  });

  it('does not depend on width or depth where these are letters', () => {
    const { cases } = takeDerivatives(
      d(x('Loss'), x('w', 'l', 'j', 'k')),
      deepNetwork({ named: 'named' }),
      { ranges: [range('l', 1, 'L'), range('j', 1, symbol('n', [at('l')]))] },
    );
    expect(cases).toHaveLength(1);
    expect(countNodes(cases[0]?.formula as Formula)).toBeLessThan(12);
  });
});
