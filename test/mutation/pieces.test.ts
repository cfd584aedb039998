import { describe, expect, it } from 'vitest';
import { type Piece, piecesOf, sampled } from './pieces.js';

const text = [
  "import { a } from './a.js';",
  'export interface Shape {',
  '  readonly side: number;',
  '}',
  '/** What it is. */',
  'export const area = ({ side }: Shape): number =>',
  '  side * side;',
  'const rows = [',
  ...Array.from({ length: 40 }, (_, row) => `  ${row},`),
  '];',
  "export * from './b.js';",
].join('\n');
const lines = ({ first, last }: Piece) => [first, last];

describe('pieces for mutation', () => {
  it('are the declarations that do something, long ones cut', () =>
    expect(piecesOf('src/x.ts', text).map(lines)).toEqual([
      [6, 7],
      [8, 37],
      [38, 49],
    ]));

  it('are drawn without repetition, the same ones for the same seed', () => {
    const all = Array.from({ length: 50 }, (_, place) => ({
      path: 'src/x.ts',
      first: place,
      last: place,
    }));
    const drawn = sampled(all, 20, 7);
    expect(new Set(drawn).size).toBe(20);
    expect(sampled(all, 20, 7)).toEqual(drawn);
    expect(sampled(all, 20, 8)).not.toEqual(drawn);
    expect(new Set(sampled(all, 90, 7))).toEqual(new Set(all));
  });
});
