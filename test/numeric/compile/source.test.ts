import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { symbol } from '../../../src/expression/formula.js';
import { buildNetwork } from '../../../src/network/build.js';
import { compile } from '../../../src/numeric/compile/compile.js';
import { gradientSource } from '../../../src/numeric/compile/source.js';
import { readDocument } from '../../../src/read/document.js';

const text = 'network: dense 4-4-3-3, hidden tanh, output softmax, loss cross-entropy\n';
const [sheet] = readDocument(text, 'sheet.hg').scopes;
if (!sheet) throw new Error('no sheet');
const network = buildNetwork(sheet, { block: 9, line: 99 });
const C = symbol('C');
const hasNumpy = spawnSync('python3', ['-c', 'import numpy']).status === 0;

/** A compiled network with numbers in its leaves, and those numbers. */
function filled() {
  const compiled = compile(C, ['W', 'b'], network);
  const leaves = new Map<string, number[]>();
  for (const [name, values] of compiled.values) {
    if (network.families.get(name)?.kind === 'defined') continue;
    values.forEach((_, place) => {
      values[place] = Math.sin(7.3 * place + name.length + name.charCodeAt(0));
    });
    leaves.set(name, [...values]);
  }
  const value = compiled.run();
  return { value, leaves, gradient: [...(compiled.gradients.get('W') ?? [])] };
}

describe('gradients as source', () => {
  it('keeps the names of the sheet', () => {
    const source = gradientSource(C, ['W', 'b'], network, 'numpy');
    expect(source).toMatch(/def gradients\(x, W, b, y\):/);
    expect(source).toMatch(/return C\[0\], dW, db/);
  });

  it('gives JavaScript with the same numbers', async () => {
    const { value, leaves, gradient } = filled();
    const source = gradientSource(C, ['W', 'b'], network, 'javascript');
    const module = await import(`data:text/javascript,${encodeURIComponent(source)}`);
    const found = module.gradients(Object.fromEntries(leaves));
    expect(found.value).toBe(value);
    expect([...found.dW]).toEqual(gradient);
  });

  it.runIf(hasNumpy)('gives Python with the same numbers', () => {
    const { value, leaves, gradient } = filled();
    const source = gradientSource(C, ['W', 'b'], network, 'numpy');
    const program = `${source}
import json
value, dW, db = gradients(**{name: np.array(part) for name, part in json.loads('${JSON.stringify(Object.fromEntries(leaves))}').items()})
print(json.dumps([float(value), list(map(float, dW))]))`;
    const run = spawnSync('python3', ['-c', program], { encoding: 'utf8' });
    const [found, slopes] = JSON.parse(run.stdout);
    expect(found).toBeCloseTo(value, 12);
    expect(slopes).toHaveLength(gradient.length);
    slopes.forEach((slope: number, place: number) => {
      expect(slope).toBeCloseTo(gradient[place] as number, 12);
    });
  });
});
