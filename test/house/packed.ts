/** handgrad as one who installs it from npm gets it: packed, unpacked, with its dependencies alone. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');
const ownPackages = join(root, 'node_modules');

/** What a program printed. */
export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of Node's in a folder. */
export function run(folder: string, program: string, ...args: readonly string[]): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** A program that a development package brings. */
export const program = (path: string): string => join(ownPackages, ...path.split('/'));

/** Builds the library, packs it, and installs the tarball in a folder; gives the tarball's path. */
export function installPacked(folder: string): string {
  const built = run(root, program('typescript/bin/tsc'), '-p', 'tsconfig.build.json');
  if (built.status !== 0) throw new Error(`the library does not build: ${built.stdout}`);
  const target = join(folder, 'node_modules', 'handgrad');
  mkdirSync(target, { recursive: true });
  const words = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const [packed] = JSON.parse(command(root, 'npm', words)) as [{ filename: string }];
  const tarball = join(folder, packed.filename);
  command(folder, 'tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
  const { dependencies } = JSON.parse(readFileSync(join(target, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) link(folder, name);
  return tarball;
}

/** Puts one of our own packages beside handgrad, as a consumer's own dependency. */
export function link(folder: string, name: string): void {
  const place = join(folder, 'node_modules', ...name.split('/'));
  mkdirSync(dirname(place), { recursive: true });
  symlinkSync(join(ownPackages, name), place, 'dir');
}

function command(folder: string, name: string, words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(name, words, {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`${name} ${words.join(' ')}: ${stderr}`);
  return stdout;
}
