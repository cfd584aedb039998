import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kept } from './found.js';
import { bytes, damaged } from './inputs/bytes.js';
import { corpus } from './inputs/splice.js';
import { kindNamed, kinds } from './kinds.js';
import { faultOfHtml } from './probes/documents.js';
import { Random } from './random.js';
import { scalarExpression } from './scalar/expression.js';
import { faultKind, shrunk } from './shrink.js';

const found = kept(join(import.meta.dirname, 'found'));
const probe = (kind: string, input: string) => kindNamed(kind).probe(input, () => {});

describe('what fuzzing found stays mended', () => {
  it.each(found.map(({ file, kind, input }) => [file, kind, input] as const))(
    '%s',
    async (_file, kind, input) => expect(await probe(kind, input)).toBeUndefined(),
  );
});

describe('inputs made by a seed', () => {
  const sheets = corpus(join(import.meta.dirname, '..', '..'));

  it.each([
    ['formula', 150],
    ['text', 400],
    ['sheet', 100],
    ['line', 15],
    ['gradient', 8],
  ])('%s: %d of them are read and answered', async (name, count) => {
    const kind = kindNamed(name);
    for (let place = 0; place < count; place += 1) {
      const input = kind.make(new Random(20_000, place, name), sheets);
      const fault = await kind.probe(input, () => {});
      expect(fault && `${fault}\n${input}`).toBeUndefined();
    }
  });

  it('are the same each time', () => {
    for (const kind of kinds) {
      const make = () => kind.make(new Random(7, 3, kind.name), sheets);
      expect(make()).toBe(make());
    }
    expect(bytes(new Random(1, 1, ''))).not.toBe(bytes(new Random(1, 2, '')));
  });
});

describe('the probes can fail', () => {
  it('a page with markup of its author', () => {
    expect(faultOfHtml('<p>a &lt;zq&gt; b</p>')).toBeUndefined();
    expect(faultOfHtml('<p title="onzq=1">a</p>')).toBeUndefined();
    expect(faultOfHtml('<p><zq></p>')).toBe('markup: <zq>');
    expect(faultOfHtml('<p title="" onzq="1">a</p>')).toBe('handler: <p title="" onzq="1">');
    expect(faultOfHtml('<a href="javascript:1">a</a>')).toBe('address: <a href="javascript:1">');
    expect(faultOfHtml('<p>1 <2</p>')).toMatch(/^unescaped: /);
  });

  it('a small reader of scalars reads as we write', () => {
    const value = (name: string) => ({ x: 2, w_1: 3 })[name] ?? Number.NaN;
    expect(scalarExpression('2 x/3 w_1 - x^2')(value)).toBeCloseTo(0, 12);
    expect(scalarExpression('-x^2 1{x >= w_1}')(value)).toBeCloseTo(0, 12);
    expect(scalarExpression('exp(-x)/(1 + w_1)^2')(value)).toBeCloseTo(Math.exp(-2) / 16, 12);
    expect(() => scalarExpression('sum_{k=1}^N x')).toThrow();
  });

  it('an input is made smaller and keeps its fault', async () => {
    const small = await shrunk('find a\nfind bxb\nfind c\n', async (text) => text.includes('x'));
    expect(small).toBe('x');
    expect(faultKind('wrong: line 3: y')).toBe(faultKind('wrong: line 4: z'));
    expect(damaged('abc', new Random(1, 1, 'd'))).not.toBe('');
  });
});
