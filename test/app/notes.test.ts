import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import MarkdownIt from 'markdown-it';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import handgradPlugin from '../../src/notes/markdown-it.js';

const root = join(import.meta.dirname, '..', '..');
const command = join(root, 'dist', 'cli.js');
let place = '';
let from = '';

beforeAll(() => {
  spawnSync(process.execPath, [join('src', 'app', 'house', 'build.mjs')], { cwd: root });
  place = mkdtempSync(join(tmpdir(), 'handgrad-notes-'));
  from = join(place, 'notes');
  mkdirSync(join(from, 'deep'), { recursive: true });
  writeFileSync(join(from, 'one.md'), '# One\n\n```handgrad\nC = w^2\nfind dC/dw\n```\n');
  writeFileSync(join(from, 'deep', 'two.md'), '# Two\n\n```handgrad\nC = \n```\n');
}, 60_000);
afterAll(() => rmSync(place, { recursive: true }));

function notes(...args: readonly string[]) {
  const { status, stderr } = spawnSync(process.execPath, [command, 'notes', ...args], {
    cwd: place,
    encoding: 'utf8',
  });
  return { status, stderr };
}

describe('a folder of notes', () => {
  it('is rendered, mistakes and all, and then holds', () => {
    const first = notes('notes', '-o', 'out');
    expect(first.status).toBe(0);
    expect(first.stderr).toMatch(/deep\/two\.md:4:\d+ /);
    expect(first.stderr).not.toContain('\r');
    const page = readFileSync(join(place, 'out', 'one.html'), 'utf8');
    expect(page).toContain('<title>One</title>');
    expect(readFileSync(join(place, 'out', 'deep', 'two.html'), 'utf8')).toContain(
      'deep/two.md:4:',
    );
    expect(notes('notes', '-o', 'out').stderr).toContain('2 notes, 0 written, 1 problems');
    expect(readFileSync(join(place, 'out', 'one.html'), 'utf8')).toBe(page);
  });

  it('is checked without being written', () => {
    writeFileSync(join(from, 'deep', 'two.md'), '# Two\n\n```handgrad\nC = w\nfind dC/dw\n```\n');
    const target = join(place, 'out', 'deep', 'two.html');
    const before = readFileSync(target, 'utf8');
    const { status, stderr } = notes('notes', '-o', 'out', '--check');
    expect(status).toBe(1);
    expect(stderr).toContain('1 would change');
    expect(readFileSync(target, 'utf8')).toBe(before);
    expect(notes('notes', '-o', 'out').status).toBe(0);
    expect(notes('notes', '-o', 'out', '--check').status).toBe(0);
  });

  it('is never written over', () => {
    expect(notes('notes', '-o', 'notes').status).toBe(2);
    expect(notes('nowhere', '-o', 'out').status).toBe(2);
    expect(notes('notes').status).toBe(2);
  });

  it('takes its pictures along, and its links lead to pages', () => {
    writeFileSync(join(from, 'deep', 'net.png'), 'a picture');
    writeFileSync(
      join(from, 'deep', 'links.md'),
      [
        '![a net](net.png) ![elsewhere](https://example.org/x.png) ![root](/x.png)',
        '[one](../one.md#part) [site](https://example.org/a.md) [data](numbers.csv)',
        '![slashes](\\\\example.org/x.png) ![query](x.png?y) ![drive](c:x.png)',
        '',
      ].join('\n'),
    );
    expect(notes('notes', '-o', 'out').status).toBe(0);
    expect(readFileSync(join(place, 'out', 'deep', 'net.png'), 'utf8')).toBe('a picture');
    const page = readFileSync(join(place, 'out', 'deep', 'links.html'), 'utf8');
    expect(page.match(/<img[^>]*>/g)).toEqual(['<img src="net.png" alt="a net">']);
    expect(page.match(/href="[^"#][^"]*"/g)).toEqual([
      'href="../one.html#part"',
      'href="https://example.org/a.md"',
      'href="numbers.csv"',
    ]);
    writeFileSync(join(from, 'deep', 'net.png'), 'another');
    expect(notes('notes', '-o', 'out', '--check').stderr).toContain(
      `${join('deep', 'net.png')}: its output differs from what it would be now\n3 notes, 1 would change, 0 problems`,
    );
  });

  it('loses the page of a note that is gone, and nothing else', () => {
    writeFileSync(join(place, 'out', 'mine.html'), 'mine');
    rmSync(join(from, 'deep', 'links.md'));
    expect(notes('notes', '-o', 'out', '--check').stderr).toContain(
      `${join('deep', 'links.html')}: its note is gone`,
    );
    expect(notes('notes', '-o', 'out').status).toBe(0);
    expect(existsSync(join(place, 'out', 'deep', 'links.html'))).toBe(false);
    expect(readFileSync(join(place, 'out', 'mine.html'), 'utf8')).toBe('mine');
  });

  it('has one file for each note', () => {
    writeFileSync(join(from, 'one.markdown'), '# Another\n');
    const { status, stderr } = notes('notes', '-o', 'out');
    expect(status).toBe(2);
    expect(stderr).toContain(
      `${join(from, 'one.md')}: would become one.html, which one.markdown becomes already: rename one of them`,
    );
    rmSync(join(from, 'one.markdown'));
    expect(notes('notes', '-o', 'out').status).toBe(0);
  });

  it('says where it cannot write', () => {
    writeFileSync(join(place, 'file'), '');
    const { status, stderr } = notes('notes', '-o', join('file', 'out'));
    expect(status).toBe(2);
    expect(stderr).toContain(
      `handgrad: cannot write ${join(place, 'file', 'out')}: a part of its path is a file, not a folder: name another place (ENOTDIR)\n`,
    );
  });

  it('is rendered again when a note changes, comes or goes', async () => {
    const watcher = spawn(process.execPath, [command, 'notes', 'notes', '-o', 'out', '--watch'], {
      cwd: place,
    });
    try {
      let said = '';
      const hears = (word: string) =>
        new Promise<void>((resolve, reject) => {
          const limit = setTimeout(() => reject(new Error(`no "${word}" in ${said}`)), 20_000);
          const listen = (data: unknown) => {
            said += String(data);
            if (!said.includes(word)) return;
            clearTimeout(limit);
            watcher.stderr.off('data', listen);
            resolve();
          };
          watcher.stderr.on('data', listen);
        });
      await hears('watching');
      writeFileSync(join(from, 'one.md'), '# Changed\n\n```handgrad\nC = w^3\nfind dC/dw\n```\n');
      await hears('one.md rendered');
      expect(readFileSync(join(place, 'out', 'one.html'), 'utf8')).toContain('Changed');
      mkdirSync(join(from, 'new'));
      writeFileSync(join(from, 'new', 'three.md'), '# Three\n');
      await hears(`${join('new', 'three.md')} rendered`);
      rmSync(join(from, 'new', 'three.md'));
      await hears(`${join('new', 'three.md')} removed`);
      expect(existsSync(join(place, 'out', 'new', 'three.html'))).toBe(false);
    } finally {
      watcher.kill();
    }
  });
});

describe('markdown-it', () => {
  it('needs nothing but the plugin', () => {
    const page = new MarkdownIt()
      .use(handgradPlugin)
      .render('```handgrad\nC = w^2\nfind dC/dw\n```\n');
    expect(page).toContain('class="result find"');
  });
});

describe('Pandoc', () => {
  const pandoc = (words: readonly string[]) =>
    spawnSync('pandoc', words, {
      input: '```handgrad\nC = w^2\nfind dC/dw\n```\n',
      encoding: 'utf8',
    });

  it.runIf(pandoc(['--version']).status === 0)('runs the filter', () => {
    const { stdout, stderr } = pandoc([
      '--filter',
      join(root, 'dist', 'pandoc-filter.js'),
      '-t',
      'latex',
    ]);
    expect(stderr).toBe('');
    expect(stdout).toContain('\\boxed{2 w}');
  });
});
