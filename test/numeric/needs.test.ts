import { describe, expect, it } from 'vitest';
import { Needs } from '../../src/numeric/needs.js';

/** Entries worked out from others, in the order of the list. */
function needsOf(entries: readonly (readonly [string, readonly string[]])[]): Needs {
  const needs = new Needs();
  for (const [key, parts] of entries)
    needs.of(key, () => {
      for (const part of parts) needs.met(part);
    });
  return needs;
}

describe('what an entry was worked out from', () => {
  it('is found through what lies between, and nothing else is', () => {
    const needs = needsOf([
      ['x', []],
      ['w', []],
      ['z', ['w', 'x']],
      ['a', ['z']],
      ['C', ['a', 'y']],
    ]);
    expect(needs.reach('C', ['w'])).toBe(true);
    expect(needs.reach('C', ['C'])).toBe(true);
    expect(needs.reach('x', ['w'])).toBe(false);
    expect(needs.reach('z', ['a', 'y'])).toBe(false);
    expect(needs.reach('C', ['a', 'q'])).toBe(true);
    expect(needs.reach('C', ['q'])).toBe(false);
  });

  it('belongs to the innermost entry that is being worked out', () => {
    const needs = new Needs();
    needs.of('outer', () => {
      needs.met('inner');
      needs.of('inner', () => needs.met('leaf'));
      needs.met('other');
    });
    expect(needs.reach('outer', ['leaf'])).toBe(true);
    expect(needs.reach('inner', ['other'])).toBe(false);
    expect(needs.reach('outer', ['other'])).toBe(true);
  });

  it('is not taken down where the work failed', () => {
    const needs = new Needs();
    expect(() =>
      needs.of('C', () => {
        needs.met('x');
        throw new Error('too deep');
      }),
    ).toThrow('too deep');
    expect(needs.reach('C', ['x'])).toBe(false);
  });

  it('ends where entries need each other, and goes down a chain of any length', () => {
    const round = needsOf([
      ['a', ['b']],
      ['b', ['a', 'c']],
    ]);
    expect(round.reach('a', ['c'])).toBe(true);
    expect(round.reach('a', ['q'])).toBe(false);
    const long = needsOf(
      Array.from({ length: 50_000 }, (_, at) => [`f${at + 1}`, [`f${at}`]] as const),
    );
    expect(long.reach('f50000', ['f0'])).toBe(true);
    expect(long.reach('f50000', ['g'])).toBe(false);
  });
});
