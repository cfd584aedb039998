/** The notes of the examples as a site of VitePress, as a user of the package builds it. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { build } from 'esbuild';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const modules = join(root, 'node_modules');
const program = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

// Without VitePress (a lean installation) the test says that it is skipped.
describe.runIf(existsSync(join(modules, 'vitepress')))('a VitePress site', () => {
  let place = '';
  let out = '';
  beforeAll(async () => {
    spawnSync(process.execPath, [join('src', 'app', 'house', 'build.mjs')], { cwd: root });
    place = mkdtempSync(join(tmpdir(), 'handgrad-site-'));
    out = join(place, 'out');
    cpSync(join(root, 'examples', 'notes'), join(place, 'notes'), { recursive: true });
    // handgrad as npm installs it, of which the site uses the plugin, the command and the style.
    const installed = join(place, 'node_modules', 'handgrad');
    mkdirSync(join(installed, 'dist', 'notes'), { recursive: true });
    await build({
      entryPoints: [join(root, 'src', 'notes', 'markdown-it.ts')],
      outfile: join(installed, 'dist', 'notes', 'markdown-it.js'),
      bundle: true,
      platform: 'node',
      format: 'esm',
    });
    for (const name of ['package.json', 'templates', join('dist', 'cli.js')])
      symlinkSync(join(root, name), join(installed, name));
    for (const name of ['katex', 'vitepress', 'vue', '@vue'])
      symlinkSync(join(modules, name), join(place, 'node_modules', name));
    const words = [join('node_modules', 'vitepress', 'bin', 'vitepress.js'), 'build', 'notes'];
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [...words, '--outDir', out, '--logLevel', 'warn'],
      { cwd: place, encoding: 'utf8' },
    );
    expect(stderr + stdout).not.toMatch(/warn|error/i);
    expect(status).toBe(0);
  }, 240_000);
  afterAll(() => rmSync(place, { recursive: true }));

  const page = (name: string) => readFileSync(join(out, name), 'utf8');

  it('has its derivations, set by KaTeX, with the defaults of the front matter', () => {
    const notes = readdirSync(join(root, 'examples', 'notes')).filter((name) => /\.md$/.test(name));
    for (const note of notes) {
      const written = page(note.replace(/md$/, 'html'));
      expect(written).toContain('class="handgrad"');
      expect(written).toContain('class="katex"');
      expect(written).not.toMatch(/language-handgrad|katex-error|class="math"/);
    }
    expect(page('neuron.html')).toContain('id="slope"');
    expect(page('neuron.html')).toMatch(/class="slip"/);
    expect(page('chain.html')).toContain('<svg');
  });

  it.runIf(program !== undefined)('works in a browser, without a word on its console', async () => {
    const server = serve(out);
    const browser: Browser = await chromium.launch({
      executablePath: program as string,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
    try {
      const { port } = server.address() as AddressInfo;
      for (const name of ['neuron.html', 'chain.html']) {
        const page = await browser.newPage();
        const said: string[] = [];
        page.on('console', (message) => said.push(message.text()));
        page.on('pageerror', (error) => said.push(error.message));
        const asked: string[] = [];
        page.on('request', (request) => asked.push(request.url()));
        await page.goto(`http://127.0.0.1:${port}/${name}`, { waitUntil: 'networkidle' });
        expect(said).toEqual([]);
        expect(asked.filter((url) => !url.startsWith(`http://127.0.0.1:${port}/`))).toEqual([]);
        const formula = page.locator('.handgrad .katex').first();
        expect(await formula.isVisible()).toBe(true);
        const font = await formula.evaluate((node) => getComputedStyle(node).fontFamily);
        expect(font).toContain('KaTeX_Main');
        const width = await page.evaluate(() => globalThis.document.documentElement.scrollWidth);
        expect(width).toBeLessThanOrEqual(1280);
        await page.close();
      }
    } finally {
      await browser.close();
      server.close();
    }
  });
});

/** The files of a folder, for this machine only. */
function serve(folder: string): Server {
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://here').pathname;
    const file = join(folder, name);
    // Browsers ask for an icon of their own accord.
    if (!existsSync(file)) response.writeHead(name === '/favicon.ico' ? 204 : 404).end();
    else {
      response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
      response.end(readFileSync(file));
    }
  });
  server.listen(0, '127.0.0.1');
  return server;
}
