import { describe, expect, test } from 'vitest';
import {
  add,
  call,
  derivative,
  type Formula,
  minusOne,
  multiply,
  number,
  power,
  symbol,
} from '../../src/expression/formula.js';
import { allLawsByName } from '../../src/laws/all.js';
import { differentiateSteps } from '../../src/laws/differentiate-steps.js';
import { tidyLaw } from '../../src/laws/tidy.js';
import { lawBook, replay } from '../../src/rewrite/replay.js';
import type { Derivation, Step } from '../../src/rewrite/step.js';

const [w, x, y] = [symbol('w'), symbol('x'), symbol('y')];
const loss = power(add(call('tanh', [multiply(w, x)]), multiply(minusOne, y)), number(2));
const derivation = differentiateSteps(loss, w);

/** The derivation with one of its lines changed. */
const forged = (position: number, change: (step: Step) => Partial<Step>): Derivation => ({
  start: derivation.start,
  steps: derivation.steps.map((step, place) =>
    place === position ? { ...step, ...change(step) } : step,
  ),
});

const reasonOf = (forgery: Derivation): string => {
  const result = replay(forgery, allLawsByName);
  return result.holds ? 'holds' : `${result.step.join('.')}: ${result.reason}`;
};

describe('replay', () => {
  test('makes every line again', () => {
    expect(derivation.steps.length).toBe(2);
    expect(replay(derivation, allLawsByName)).toEqual({ holds: true });
  });

  test('fails on a law that nobody knows', () => {
    const inner = derivation.steps[0]?.inner?.map((step) => ({ ...step, law: 'magic' })) as Step[];
    expect(reasonOf(forged(0, () => ({ inner })))).toBe('0.0: no law is called magic');
    expect(reasonOf(forged(1, () => ({ law: 'magic' })))).toBe('1: no law is called magic');
  });

  test('fails on a line that the smaller steps do not reach', () => {
    expect(reasonOf(forged(1, () => ({ after: number(0) })))).toBe(
      '1: the smaller steps lead elsewhere',
    );
  });

  test('fails on a forged smaller step, also if the line agrees with it', () => {
    const changed = (step: Step): Partial<Step> => {
      const inner = [...(step.inner ?? [])];
      inner[inner.length - 1] = { ...(inner.at(-1) as Step), after: number(0) };
      return { inner, after: number(0) };
    };
    expect(reasonOf(forged(1, changed))).toMatch(/^1\.\d+: .* gives another line$/);
  });

  test('fails on a step at a place that is not there', () => {
    const bare = { start: x, steps: [{ ...(derivation.steps[0] as Step), inner: [], at: [7, 7] }] };
    expect(reasonOf(bare)).toBe('0: the line before has no such place');
  });

  test('fails on forged bindings', () => {
    const bindings = new Map([['u', y as Formula]]);
    const step: Step = { ...(derivation.steps[0]?.inner?.[0] as Step), bindings };
    expect(reasonOf({ start: derivation.start, steps: [step] })).toBe('0: other bindings');
  });

  test('fails where an assumption was dropped', () => {
    const general = differentiateSteps(power(x, x), x);
    const [step] = general.steps as [Step];
    expect(step.assumes.length).toBe(1);
    const dropped: Derivation = { start: general.start, steps: [{ ...step, assumes: [] }] };
    expect(reasonOf(general)).toBe('holds');
    expect(reasonOf(dropped)).toBe('0: an assumption was dropped');
  });

  test('fails where a single law drops its assumption', () => {
    const [whole] = differentiateSteps(power(x, x), x).steps as [Step];
    const [rule] = whole.inner as [Step];
    expect(rule.assumes.length).toBe(1);
    const start = derivative(power(x, x), x);
    expect(reasonOf({ start, steps: [rule] })).toBe('holds');
    expect(reasonOf({ start, steps: [{ ...rule, assumes: [] }] })).toBe(
      '0: an assumption was dropped',
    );
  });

  test('fails where a law does not apply', () => {
    const step: Step = { ...(derivation.steps[0]?.inner?.[0] as Step), law: 'product-rule' };
    expect(reasonOf({ start: derivative(power(x, number(2)), x), steps: [step] })).toBe(
      '0: product-rule does not apply there',
    );
  });
});

test('two laws of one name are refused', () => {
  expect(() => lawBook([tidyLaw, { ...tidyLaw }])).toThrow(
    'two laws are called arithmetic; give each law a name of its own',
  );
});
