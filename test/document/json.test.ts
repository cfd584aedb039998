import { describe, expect, it } from 'vitest';
import { writeJson } from '../../src/document/json.js';
import { every, find } from './samples.js';

const read = (text: string) => JSON.parse(text);

describe('results as JSON', () => {
  it('is one line with version, file and one entry per result', () => {
    const text = writeJson('a "b".md', every);
    expect(text).not.toContain('\n');
    expect(read(text)).toMatchObject({ version: 1, file: 'a "b".md' });
    expect(read(text).results.map(({ kind }: { kind: string }) => kind)).toEqual(
      every.map(({ kind }) => kind),
    );
  });

  it('keeps what the contract names and drops what only documents use', () => {
    const [entry] = read(writeJson('a.md', [find])).results;
    expect(Object.keys(entry).sort()).toEqual(
      'answer ask assumed forms kind line points steps value verdict'.split(' ').sort(),
    );
    expect(entry.answer).toEqual({
      text: '(y - t) y (1 - y) w_2 1{z_1 > 0} x',
      latex: '(y - t)\\, y\\, (1 - y)\\, w_2\\, \\mathbf{1}\\{z_1 > 0\\}\\, x',
    });
    expect(Object.keys(entry.steps[1]).sort()).toEqual(['because', 'formula', 'law', 'verdict']);
  });

  it('keeps a witness as it is, whatever its names are', () => {
    const claim = {
      kind: 'claim',
      line: 1,
      holds: false,
      verdict: 'differs',
      witness: { source: 1, notes: [2, 3] },
    } as const;
    expect(read(writeJson('a.md', [claim])).results[0].witness).toEqual({
      source: 1,
      notes: [2, 3],
    });
  });

  it('shows steps as asked', () => {
    const steps = (detail: 'none' | 'main' | 'all') =>
      read(writeJson('a.md', [find], { steps: detail })).results[0].steps;
    expect(steps('none')).toEqual([]);
    expect(steps('main')[1].inner).toBeUndefined();
    expect(steps('all')[1].inner).toHaveLength(1);
  });
});
