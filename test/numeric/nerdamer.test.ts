import { describe, expect, it } from 'vitest';
import {
  add,
  call,
  multiply,
  number,
  one,
  power,
  subtract,
  symbol,
} from '../../src/expression/formula.js';
import { polynomialOver } from '../../src/numeric/atoms.js';
import { nerdamerOpinion } from '../../src/numeric/nerdamer.js';

const [x, y] = [symbol('x'), symbol('y')];
const t = call('tanh', [symbol('z', [symbol('l')])]);
const two = number(2);

describe('polynomials over atoms', () => {
  it('names what is not polynomial, the same things alike', () => {
    const { text, plain } = polynomialOver(add(multiply(t, x, t), power(y, number(-1))));
    expect(text).toBe('(q1*q2*q1+q3)');
    expect(plain).toBe(false);
    expect(polynomialOver(multiply(number('1/2'), power(x, two))).plain).toBe(true);
  });
});

describe('the second opinion', () => {
  it('agrees with identities, also over functions', async () => {
    const left = multiply(subtract(one, t), add(one, t));
    expect(await nerdamerOpinion(left, subtract(one, power(t, two)))).toBe('agrees');
  });

  it('disagrees only about plain names', async () => {
    const square = power(add(x, y), two);
    const sum = add(power(x, two), power(y, two));
    expect(await nerdamerOpinion(square, sum)).toBe('disagrees');
    expect(
      await nerdamerOpinion(call('exp', [multiply(two, x)]), power(call('exp', [x]), two)),
    ).toBe('none');
  });

  it('has none when its time is up or the text is too long', async () => {
    const many = add(...Array.from({ length: 20 }, (_, place) => symbol(`x${place}`)));
    expect(await nerdamerOpinion(power(many, number(24)), x, 300)).toBe('none');
    const long = add(...Array.from({ length: 2000 }, (_, place) => symbol(`x${place}`)));
    expect(await nerdamerOpinion(long, x)).toBe('none');
  });
});
