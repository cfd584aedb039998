import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installPacked, link, program, root, run } from './packed.js';

const tsc = program('typescript/bin/tsc');
let place = '';
let tarball = '';

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'handgrad-library-'));
  tarball = installPacked(place);
  for (const name of ['@types/node', 'unified', 'remark-parse', 'remark-math', 'remark-stringify'])
    link(place, name);
  writeFileSync(join(place, 'package.json'), '{ "type": "module" }');
}, 240_000);
afterAll(() => rmSync(place, { recursive: true }));

const engine = `
import {
  buildNetwork,
  derivativeOf,
  type DocumentView,
  equalFormulas,
  lower,
  present,
  proveEqual,
  readDocument,
  readFormula,
  readSheet,
  solveText,
  takeDerivatives,
  verifyDerivation,
  writeLatex,
  writePlain,
} from 'handgrad';
import { writeDocument } from 'handgrad/documents';
import { nerdamerOpinion } from 'handgrad/nerdamer';

const solved: DocumentView = await solveText('f = tanh(w x)\\nfind df/dw in terms of f, x\\n', 'a.hg');
const [found] = solved.results;
const sheet = readSheet('z = w x\\nC = (z - t)^2\\n');
const network = buildNetwork(sheet, { block: 0, line: 9 });
const asked = lower(readFormula('dC/dw', sheet), network);
const taken = takeDerivatives(asked.body, network);
const slope = present(taken.cases[0]!.formula, { definitions: network.definitions }).formula;
const opened = readFormula('(a + b)^2');
const sum = readFormula('a^2 + 2 a b + b^2');
const checked = await verifyDerivation(['d/dx x^3 = 3 x^2', '= 2 x']);
console.log(
  JSON.stringify({
    answer: found?.kind === 'find' ? found.answer.text : found,
    equal: (await equalFormulas('tanh(x)', '2 sigmoid(2 x) - 1')).verdict,
    derivative: (await derivativeOf('x^3', 'x', 2)).kind,
    lines: checked.lines.map((line) => line.verdict),
    scopes: readDocument('y = 1\\n', 'b.hg').scopes.length,
    slope: writePlain(slope),
    latex: writeLatex(opened),
    proved: proveEqual(opened, sum).proved,
    second: await nerdamerOpinion(opened, sum),
    page: (await writeDocument(solved, 'html', { steps: 'main' })).includes('<math'),
  }),
);
`;

const notes = `
import MarkdownIt from 'markdown-it';
import remarkMath from 'remark-math';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import handgrad from 'handgrad/markdown-it';
import remarkHandgrad from 'handgrad/remark';

const note = '\`\`\`handgrad\\nC = w^2\\nfind dC/dw\\n\`\`\`\\n';
const page = new MarkdownIt().use(handgrad, { file: 'a.md' }).render(note);
const reader = unified().use(remarkParse).use(remarkMath).use(remarkHandgrad);
const tree = await reader.run(reader.parse(note), note);
console.log(page.includes('<math'), JSON.stringify(tree).includes('inlineMath'));
`;

const strict = ['--target', 'es2022', '--strict', '--types', 'node'];
const resolutions: readonly (readonly [string, readonly string[]])[] = [
  ['node16', ['--module', 'node16', '--moduleResolution', 'node16']],
  ['bundler', ['--module', 'esnext', '--moduleResolution', 'bundler', '--skipLibCheck']],
];

describe('the package as npm installs it', () => {
  it.each(resolutions)(
    'is typed for %s, and works in Node',
    (name, resolution) => {
      writeFileSync(join(place, `${name}.ts`), engine);
      expect(run(place, tsc, ...strict, ...resolution, `${name}.ts`)).toMatchObject({
        status: 0,
        stdout: '',
      });
      const { stdout, stderr } = run(place, `${name}.js`);
      expect(stderr).toBe('');
      expect(JSON.parse(stdout)).toEqual({
        answer: '(1 - f^2) x',
        equal: 'proved',
        derivative: 'find',
        lines: ['proved', 'differs'],
        scopes: 1,
        slope: '2 (z - t) x',
        latex: '(a + b)^2',
        proved: true,
        second: 'agrees',
        page: true,
      });
    },
    120_000,
  );

  it('runs the program of the README, which prints what is said there', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const [, code = ''] = /<!-- program -->\n```ts\n([\s\S]*?)\n```\n/.exec(readme) ?? [];
    const said = /\/\/ (.*)$/.exec(code)?.[1];
    writeFileSync(join(place, 'readme.ts'), code);
    const [, resolution] = resolutions[0] ?? ['', []];
    expect(run(place, tsc, ...strict, ...resolution, '--skipLibCheck', 'readme.ts')).toMatchObject({
      status: 0,
      stdout: '',
    });
    expect(run(place, 'readme.js')).toEqual({ status: 0, stdout: `${said}\n`, stderr: '' });
  }, 120_000);

  it('plugs into markdown-it and remark', () => {
    writeFileSync(join(place, 'notes.mjs'), notes);
    expect(run(place, 'notes.mjs')).toEqual({ status: 0, stdout: 'true true\n', stderr: '' });
  }, 120_000);

  it('holds all that it needs, and nothing else', () => {
    const { stdout } = spawnSync('tar', ['-tzf', tarball], { encoding: 'utf8' });
    const paths = stdout.split('\n').map((path) => path.replace(/^package\//, ''));
    for (const path of ['dist/index.js', 'dist/index.d.ts', 'README.md', 'LICENSE'])
      expect(paths).toContain(path);
    expect(paths.filter((path) => /^(src|test|examples|docs|\.ci)\//.test(path))).toEqual([]);
  });

  it('has nothing that publint complains of', async () => {
    const file = readFileSync(tarball);
    const buffer = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
    const { messages, pkg } = await publint({
      pack: { tarball: buffer as ArrayBuffer },
      strict: true,
    });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it('has types that attw finds right, for modules (there is no CommonJS)', () => {
    const options = ['--profile', 'esm-only', '--exclude-entrypoints', 'style.css'];
    const attw = program('@arethetypeswrong/cli/dist/index.js');
    const { status, stdout } = run(place, attw, tarball, ...options, '--no-color', '--no-emoji');
    expect({ status, stdout }).toMatchObject({ status: 0 });
    expect(stdout).toMatch(/handgrad\/remark"\s*│ OK \(ESM\) +│ OK /);
  }, 60_000);
});

const page = `
import { solveText, verifyDerivation } from 'handgrad';
import { nerdamerOpinion } from 'handgrad/nerdamer';

const sheet = 'C = (w x - t)^2\\nfind dC/dw\\nsimplify (a + b)^2 - a^2 - b^2\\n';
const opinions = ({ results }) =>
  (results[1].checked ?? []).filter(({ how }) => how === 'second opinion').map(({ message }) => message);

window.solve = async () => {
  const solved = await solveText(sheet, 'page.hg');
  const { lines } = await verifyDerivation(['d/dx x^3 = 3 x^2', '= 2 x']);
  const [found, simplified] = solved.results;
  return {
    answers: [found.answer.text, simplified.answer.text],
    verdicts: [found.verdict, ...lines.map(({ verdict }) => verdict)],
    digits: found.checked.some(({ message }) => message.includes('64 digits')),
    opinions: opinions(solved),
  };
};
window.ask = async () => opinions(await solveText(sheet, 'page.hg', { secondOpinion: nerdamerOpinion }));
`;

const chrome = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);
const quiet =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const types: Readonly<Record<string, string>> = { js: 'text/javascript', html: 'text/html' };

/** A server of one folder, with a policy that allows no code made from text. */
async function serve(folder: string, asked: string[]): Promise<Server> {
  const server = createServer((request, response) => {
    const name = basename(request.url ?? '') || 'index.html';
    asked.push(name);
    const file = join(folder, name);
    if (!existsSync(file)) return response.writeHead(404).end();
    const type = types[name.split('.').at(-1) ?? ''] ?? 'text/plain';
    response.writeHead(200, {
      'content-type': type,
      'content-security-policy': "default-src 'self'",
    });
    return response.end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

describe.runIf(chrome !== undefined)('the package in a browser', () => {
  it('solves, verifies, and loads nerdamer only when it is asked for', async () => {
    writeFileSync(join(place, 'page.js'), page);
    const out = join(place, 'site');
    const { warnings } = await build({
      absWorkingDir: place,
      entryPoints: { page: 'page.js', 'nerdamer-thread': 'handgrad/nerdamer-thread' },
      outdir: out,
      bundle: true,
      format: 'esm',
      platform: 'browser',
      logLevel: 'silent',
    });
    expect(warnings).toEqual([]);
    const script = readFileSync(join(out, 'page.js'), 'utf8');
    for (const name of ['mathjs', 'katex', 'liquidjs', 'node_modules/nerdamer'])
      expect(script).not.toContain(`${name}/`);
    writeFileSync(join(out, 'index.html'), '<script type="module" src="page.js"></script>');
    const asked: string[] = [];
    const server = await serve(out, asked);
    const browser = await chromium.launch({
      executablePath: chrome as string,
      args: quiet.split(' '),
    });
    try {
      const tab = await browser.newPage();
      const failures: string[] = [];
      tab.on('pageerror', (error) => failures.push(error.message));
      await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await tab.waitForFunction('window.solve');
      expect(await tab.evaluate('window.solve()')).toEqual({
        answers: ['2 (w x - t) x', '2 a b'],
        verdicts: ['proved', 'proved', 'differs'],
        digits: true,
        opinions: [],
      });
      expect(asked.filter((name) => name.endsWith('.js'))).toEqual(['page.js']);
      expect(await tab.evaluate('window.ask()')).toEqual([
        'nerdamer, expanding both sides, finds the same polynomial',
      ]);
      expect(asked.filter((name) => name.endsWith('.js'))).toEqual([
        'page.js',
        'nerdamer-thread.js',
      ]);
      expect(failures).toEqual([]);
    } finally {
      await browser.close();
      server.close();
    }
  }, 120_000);
});
