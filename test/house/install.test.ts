import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root, run } from './packed.js';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'handgrad-install-')));
const project = join(folder, 'project');
const shared = join(folder, 'shared');
const script = join('src', 'app', 'house', 'install.mjs');

/** A project whose lock file asks for a package that nobody installed. */
beforeAll(() => {
  mkdirSync(dirname(join(project, script)), { recursive: true });
  cpSync(join(root, script), join(project, script));
  const lock = { packages: { '': {}, 'node_modules/missing': { version: '1.0.0' } } };
  writeFileSync(join(project, 'package-lock.json'), JSON.stringify(lock));
  writeFileSync(
    join(project, 'go.mjs'),
    `import { install } from ${JSON.stringify(pathToFileURL(join(project, script)).href)};\ninstall();\n`,
  );
  mkdirSync(shared);
  writeFileSync(join(shared, 'kept.txt'), 'of another project');
  symlinkSync(shared, join(project, 'node_modules'), 'dir');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the installer', () => {
  it('leaves a linked node_modules alone and says so', () => {
    const { status, stdout, stderr } = run(project, join(project, 'go.mjs'));
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: '',
      stderr:
        `${join(project, 'node_modules')} is a symbolic link to ${shared}, and packages are missing there. ` +
        'Expected a folder of its own, or none: npm ci would empty the folder that the link leads to. ' +
        'Remove the link (the folder stays) and run this again, or install in that folder.\n',
    });
    expect(readFileSync(join(shared, 'kept.txt'), 'utf8')).toBe('of another project');
  });
});
