/**
 * Installs what is missing, so that `npm start` and `npm test` work as the first command after a
 * clone. Only built-in modules: nothing is installed when this runs.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/** Runs a command with its output passed through; returns its exit code. */
export function run(command, args, options = {}) {
  const shell = process.platform === 'win32';
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell,
    ...options,
  });
  if (error) console.error(`${command}: ${error.message}`);
  return status ?? 1;
}

/** A program that an installed package brings. */
export const bin = (name) => join(root, 'node_modules', '.bin', name);

/** Whether every package of the lock file is installed in its version (optional ones aside). */
export function isInstalled() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const read = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;
  const have = read(installed);
  return Object.entries(read(join(root, 'package-lock.json'))).every(
    ([place, wanted]) =>
      place === '' || wanted.optional || wanted.peer || have[place]?.version === wanted.version,
  );
}

/**
 * Why the installer must not run: it empties `node_modules` first, and where that is a symbolic link,
 * what is emptied is another project's.
 * @returns the message, or nothing where it may run
 */
function hindrance(folder) {
  const place = join(folder, 'node_modules');
  const met = lstatSync(place, { throwIfNoEntry: false });
  if (!met?.isSymbolicLink()) return undefined;
  return (
    `${place} is a symbolic link to ${readlinkSync(place)}, and packages are missing there. ` +
    'Expected a folder of its own, or none: npm ci would empty the folder that the link leads to. ' +
    'Remove the link (the folder stays) and run this again, or install in that folder.'
  );
}

/**
 * Installs the packages of the lock file unless they are there; ends the process if it fails, and
 * before it starts if `node_modules` is a symbolic link.
 */
export function install() {
  if (isInstalled()) return;
  const refused = hindrance(root);
  if (refused) {
    console.error(refused);
    process.exit(1);
  }
  console.error('Installing what handgrad needs (npm ci) ...');
  const code = run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: ['ignore', 2, 2],
  });
  if (code !== 0) {
    console.error(
      'npm ci failed: see its message above; a connection to the npm registry is needed.',
    );
    process.exit(code);
  }
}
