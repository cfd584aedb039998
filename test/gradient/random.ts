/**
 * Random networks of three families: offsets, stride two, reversal, ranges that may be empty,
 * products, recurrences, entries outside the defined ranges.
 */
import type { Formula } from '../../src/expression/formula.js';
import type { Definition, Network } from '../../src/network/network.js';
import {
  add,
  call,
  d,
  define,
  f,
  family,
  multiply,
  network,
  number,
  range,
  square,
  symbol,
  total,
  x,
} from './networks.js';

/** Repeatable numbers (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const wide = (index: string) => range(index, -30, 60);

export interface RandomAsk {
  readonly network: Network;
  readonly ask: Formula;
  readonly text: string;
}

/** One random network with one ask; free indices of the ask are `p` (and `q`). */
export function randomNetwork(seed: number): RandomAsk {
  const next = randomNumbers(seed);
  const whole = (lower: number, upper: number) => lower + Math.floor(next() * (upper - lower + 1));
  const pick = <T>(...items: readonly T[]): T => items[whole(0, items.length - 1)] as T;
  const i = symbol('i');
  const k = symbol('k');
  const size = pick('N', 'M');
  const affine = (letters: readonly Formula[]): Formula =>
    add(
      ...letters.map((letter) => multiply(number(pick(1, 1, 1, -1, 2, 0)), letter)),
      number(whole(-2, 2)),
    );
  const ends = (): readonly [Formula, Formula] =>
    pick(
      [number(1), symbol(size)] as const,
      [number(whole(0, 3)), number(whole(1, 4))] as const,
      [number(2), symbol('N')] as const,
      [number(1), add(symbol('M'), number(-1))] as const,
    );
  const inner = (name: string): Formula => {
    const [low, high] = ends();
    const factors = [
      x(name, affine([i, k])),
      pick<Formula>(x('w', k), x('w', affine([k])), number(2)),
    ];
    return total('k', low, high, multiply(...factors));
  };
  const read = (name: string): Formula =>
    pick(
      () => x(name, affine([i])),
      () => inner(name),
      () => multiply(x(name, affine([i])), x('w', i)),
    )();
  // Never a bare symbol: a definition like that is an alias, which is another thing.
  const shaped = (formula: Formula): Formula =>
    pick(
      () => f(formula),
      () => multiply(number(3), formula),
      () => call('tanh', [formula]),
      () => square(formula),
    )();
  const definition = (name: string, right: Formula): Definition => {
    const [low, high] = ends();
    return define(x(name, 'i'), right, [range('i', low, high)]);
  };
  const step = pick('none', 'none', 'back', 'forth');
  const u = definition('u', shaped(add(read('x'), pick(number(0), read('x')))));
  const own = multiply(x('w', 'i'), x('v', step === 'back' ? 'i-1' : 'i+1'));
  const v = definition(
    'v',
    shaped(add(read('u'), step === 'none' ? number(0) : own, pick(number(0), read('x')))),
  );
  const [low, high] = ends();
  const loss = define(
    x('Loss'),
    total('i', low, high, pick(square(x('v', affine([i]))), multiply(x('v', 'i'), x('u', 'i')))),
  );
  const definitions = [u, v, loss];
  const net = network(
    ['x', 'w', 'u', 'v'].map((name) => family(name, wide('i'))),
    definitions,
    { sizes: ['N', 'M'], functions: ['f'] },
  );
  const by = x(pick('x', 'w', 'u', 'v'), 'p');
  const of = pick(x('Loss'), x('Loss'), x('v', 'q'));
  return { network: net, ask: d(of, by), text: `seed ${seed}` };
}
