import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';
import { writeHtml } from '../../src/document/html.js';
import { openPicture } from '../../src/document/picture/drawn.js';
import { notePage } from '../../src/notes/note-page.js';
import { plainDisplay } from '../../src/write/display.js';
import { twoUnits } from './networks.js';
import { document } from './samples.js';

const program = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);
const quiet =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'.split(
    ' ',
  );
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

describe.runIf(program !== undefined)('a page in a browser', () => {
  let browser: Browser;
  let place = '';
  let address = '';
  beforeAll(async () => {
    place = mkdtempSync(join(tmpdir(), 'handgrad-browser-'));
    const file = join(place, 'page.html');
    const picture = openPicture(twoUnits, plainDisplay).drawn();
    writeFileSync(file, await writeHtml({ ...document, picture }, { steps: 'main' }));
    address = pathToFileURL(file).href;
    browser = await chromium.launch({ executablePath: program as string, args: quiet });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(place, { recursive: true });
  });

  async function open(
    options: NonNullable<Parameters<Browser['newPage']>[0]>,
    use: (page: Page) => Promise<void>,
  ): Promise<void> {
    const page = await browser.newPage(options);
    await page.goto(address);
    await use(page);
    await page.close();
  }

  it('makes no request and runs no script', async () => {
    const page = await browser.newPage({ javaScriptEnabled: false });
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(address);
    expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([address]);
    expect(await page.title()).toBe('A network with two units');
    await page.close();
  });

  it('shows the picture beside a note, and asks for nothing else', async () => {
    // One dark point: the smallest picture there is.
    const point =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=';
    writeFileSync(join(place, 'net.png'), Buffer.from(point, 'base64'));
    const { text } = await notePage('![a net](net.png) ![b](https://example.org/x.png)\n', 'n.md');
    const file = join(place, 'note.html');
    writeFileSync(file, text);
    const page = await browser.newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    const widths = await page
      .locator('img')
      .evaluateAll((list) =>
        list.map((one) => (one as unknown as { naturalWidth: number }).naturalWidth),
      );
    expect(widths).toEqual([1]);
    expect(requests.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual(
      [],
    );
    await page.close();
  });

  it('folds and unfolds steps', () =>
    open({}, async (page) => {
      const small = page.locator('details.inner').first();
      const inside = small.locator('li').first();
      expect(await inside.isVisible()).toBe(false);
      await small.locator('summary').click();
      expect(await inside.isVisible()).toBe(true);
      const derivation = page.locator('details.steps').first();
      await derivation.locator('summary').first().press('Enter');
      expect(await derivation.locator('ol').first().isVisible()).toBe(false);
    }));

  it('switches forms, by mouse and by keyboard', () =>
    open({}, async (page) => {
      const forms = page.locator('.forms').first();
      const shown = async () => {
        const visible = await forms
          .locator('.form')
          .evaluateAll((list) =>
            list
              .filter((one) => getComputedStyle(one).display !== 'none')
              .map((one) => one.getAttribute('data-form')),
          );
        return visible.join();
      };
      expect(await shown()).toBe('Scalar');
      await forms.getByText('Unrolled', { exact: true }).click();
      expect(await shown()).toBe('Unrolled');
      await page.keyboard.press('ArrowLeft');
      expect(await shown()).toBe('Scalar');
    }));

  it('shows the paths of a derivative while its derivation is pointed at or has the focus', async () => {
    const file = join(place, 'paths.html');
    const sheet = 'z = w x + b\na = tanh(z)\nC = (a - y)^2\nfind dC/dw\nfind dC/db\n';
    writeFileSync(file, await writeHtml(await solveText(sheet, 'paths.hg')));
    // Tall enough that nothing moves under the pointer.
    const options = { viewport: { width: 1100, height: 3000 }, javaScriptEnabled: false };
    const page = await browser.newPage(options);
    await page.goto(pathToFileURL(file).href);
    const shown = () => page.locator('.map > .paths:visible svg').evaluateAll(labels);
    const labels = (list: Element[]) => list.map((one) => one.getAttribute('aria-label'));
    const byWeight = 'Marked: the paths from w to C, over a, C.';
    const byBias = 'Marked: the paths from b to C, over a, C.';
    expect(await shown()).toEqual([]);
    const results = page.locator('article.find');
    await results.nth(0).locator('.steps li').nth(1).hover();
    expect(await shown()).toEqual([byWeight]);
    await results.nth(1).locator('.answer').first().hover();
    expect(await shown()).toEqual([byBias]);
    await page.locator('h1').hover();
    expect(await shown()).toEqual([]);
    await results.nth(0).locator('.steps li .formula').nth(1).focus();
    expect(await shown()).toEqual([byWeight]);
    // Without a pointer they are found with the result itself.
    const ways = results.nth(1).locator('details.ways');
    await ways.locator('summary').click();
    expect(await ways.locator('svg').first().isVisible()).toBe(true);
    await page.close();
  });

  it.each([
    { name: 'light', colorScheme: 'light', viewport: { width: 1100, height: 900 } },
    { name: 'dark', colorScheme: 'dark', viewport: { width: 1100, height: 900 } },
    { name: 'narrow', colorScheme: 'light', viewport: { width: 360, height: 780 } },
  ] as const)('is accessible and fits: $name', ({ colorScheme, viewport }) =>
    open({ colorScheme, viewport, bypassCSP: true }, async (page) => {
      await page.addScriptTag({ path: axe });
      const violations = await page.evaluate(async () => {
        const tool = (globalThis as unknown as { axe: { run(): Promise<AxeResult> } }).axe;
        const { violations: found } = await tool.run();
        return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
      });
      expect(violations).toEqual([]);
      const width = await page.evaluate(() => globalThis.document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(viewport.width);
    }),
  );
});

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}
