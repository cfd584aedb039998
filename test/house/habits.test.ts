import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const committed = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(root, path)));
const text = (path: string) => readFileSync(join(root, path), 'utf8');
const sources = committed.filter((path) => /^src\/.*\.ts$/.test(path));

const LARGEST_FILE = 400;

interface Rule {
  readonly name: string;
}

/** Names of variables that a module keeps and can change. */
function changeable(path: string): string[] {
  const file = ts.createSourceFile(path, text(path), ts.ScriptTarget.Latest);
  return file.statements
    .filter(ts.isVariableStatement)
    .filter((statement) => (statement.declarationList.flags & ts.NodeFlags.Const) === 0)
    .flatMap((statement) =>
      statement.declarationList.declarations.map((entry) => entry.name.getText(file)),
    );
}

describe('habits of the house', () => {
  it('looks at real files', () => expect(sources.length).toBeGreaterThan(8));

  it('a file holds one idea', () => {
    const long = sources
      .map((path) => ({ path, lines: text(path).split('\n').length - 1 }))
      .filter(({ path, lines }) => lines > LARGEST_FILE && !path.startsWith('src/expression/'));
    expect(long).toEqual([]);
  });

  it('no module keeps a variable', () => {
    const kept = sources.flatMap((path) => changeable(path).map((name) => `${path}: ${name}`));
    expect(kept).toEqual([]);
  });

  it('every source stands in a folder that has a rank', () => {
    const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs');
    const rule = forbidden.find(({ name }: Rule) => name === 'every-place-has-a-rank');
    const ranked = (path: string) => new RegExp(rule.from.pathNot).test(path);
    expect(sources.filter((path) => !ranked(path))).toEqual([]);
  });

  it('names say what a file is', () => {
    expect(sources.filter((path) => /^(utils?|helpers?|misc)\b/.test(basename(path)))).toEqual([]);
  });

  it('nothing needs what a user does not have', () => {
    const outside = /\/work\/|\.\.\/shared/;
    const naming = committed
      .filter((path) => path !== '.ci/run')
      .filter((path) => outside.test(text(path)));
    expect(naming).toEqual([]);
  });
});
