import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
let place = '';

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'handgrad-imports-'));
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json'])
    cpSync(join(root, file), join(place, file));
});
afterEach(() => rmSync(place, { recursive: true }));

/** Writes a small tree of sources and returns what dependency-cruiser says of it. */
function cruise(files: Record<string, string>): { code: number | null; output: string } {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(place, path)), { recursive: true });
    writeFileSync(join(place, path), text);
  }
  const program = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [program, '--config', '.dependency-cruiser.cjs', 'src'],
    { cwd: place, encoding: 'utf8' },
  );
  return { code: status, output: stdout + stderr };
}

const formula = "export const formula = 'x';\n";

describe('imports go one way', () => {
  it('lets a later folder import an earlier one, and really reads the files', () => {
    const { code, output } = cruise({
      'src/expression/formula.ts': formula,
      'src/read/read.ts': "export { formula } from '../expression/formula.js';\n",
    });
    expect(output).toContain('no dependency violations found (2 modules, 1 dependencies cruised)');
    expect(code).toBe(0);
  });

  it.each([
    {
      breach: 'an earlier folder imports a later one',
      files: {
        'src/read/read.ts': formula,
        'src/expression/formula.ts': "export { formula } from '../read/read.js';\n",
      },
      rule: 'expression-imports-only-what-comes-before-it',
    },
    {
      breach: 'a type is imported upward',
      files: {
        'src/document/view.ts': 'export type View = string;\n',
        'src/judge/judge.ts':
          "import type { View } from '../document/view.js';\nexport const v: View = '';\n",
      },
      rule: 'judge-imports-only-what-comes-before-it',
    },
    {
      breach: 'two files of one folder import each other',
      files: {
        'src/laws/a.ts': "import { b } from './b.js';\nexport const a = () => b;\n",
        'src/laws/b.ts': "import { a } from './a.js';\nexport const b = () => a;\n",
      },
      rule: 'no-cycles',
    },
    {
      breach: 'a folder that has no rank',
      files: {
        'src/expression/formula.ts': formula,
        'src/utils/everything.ts': "export { formula } from '../expression/formula.js';\n",
      },
      rule: 'every-place-has-a-rank',
    },
    {
      breach: 'the engine needs Node',
      files: { 'src/simplify/order.ts': "export { readFileSync } from 'node:fs';\n" },
      rule: 'the-engine-runs-in-a-browser',
    },
    {
      breach: 'an import that leads nowhere',
      files: { 'src/write/plain.ts': "export { gone } from './gone.js';\n" },
      rule: 'nothing-unresolved',
    },
  ])('catches a planted breach: $breach', ({ files, rule }) => {
    const { code, output } = cruise(files);
    expect(output).toContain(`error ${rule}`);
    expect(code).toBeGreaterThan(0);
  });
});
