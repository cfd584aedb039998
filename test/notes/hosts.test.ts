import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import MarkdownIt from 'markdown-it';
import rehypeKatex from 'rehype-katex';
import rehypeStringify from 'rehype-stringify';
import remarkMath from 'remark-math';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { VFile } from 'vfile';
import { describe, expect, it } from 'vitest';
import handgrad from '../../src/notes/markdown-it.js';
import { renderNote } from '../../src/notes/note.js';
import { filterPandoc } from '../../src/notes/pandoc.js';
import remarkHandgrad from '../../src/notes/remark.js';

const note = `# Title

- a list

\`\`\`handgrad
z = w x
C = z^2
\`\`\`

Between.

\`\`\`{.handgrad #slope}
find dC/dw
\`\`\`

\`\`\`{.handgrad fold=true}
find dC/dx
find dC/d%
\`\`\`

After.
`;

/** A hand derivation with a right line, a wrong one and one that cannot be judged. */
const checked = `\`\`\`handgrad
C = w^2 + c(w)
check
  dC/dw = 2 w + c'(w)
        = 2 w - c'(w)
        = 2 w + (
        = 2 w
\`\`\`
`;

/** What every host has to say of its lines, in words that a screen reader reads too. */
const verdictsSaid = [
  /(?:proved: follows by recorded steps|agrees: equal at)/,
  /differs: there is a point at which the two sides are not equal/,
  /the sign of the term/,
  /unread: could not be read/,
  /unknown: could not be decided/,
  /the line above could not be read, so this step cannot be judged/,
];

describe('a hand derivation', () => {
  it('has its verdicts, slips and reasons in markdown-it', async () => {
    const { blocks } = await renderNote(checked, 'a.md', 'html');
    const page = new MarkdownIt().use(handgrad, { render: () => blocks }).render(checked);
    for (const words of verdictsSaid) expect(page).toMatch(words);
    expect(page).toMatch(/<span class="label">at<\/span>/);
  });

  it('has them in remark', async () => {
    const page = String(
      await unified()
        .use(remarkParse)
        .use(remarkMath)
        .use(remarkHandgrad)
        .use(remarkRehype)
        .use(rehypeStringify)
        .process(new VFile({ value: checked, path: 'a.md' })),
    );
    for (const words of verdictsSaid) expect(page).toMatch(words);
    expect(page).toMatch(/At <code class="language-math math-inline">w<\/code> =/);
  });

  it.runIf(spawnSync('pandoc', ['--version']).status === 0)('has them in Pandoc', async () => {
    const run = (words: readonly string[], input: string) =>
      spawnSync('pandoc', words, { input, encoding: 'utf8' }).stdout;
    const tree = await filterPandoc(run(['-t', 'json'], checked));
    const page = run(['-f', 'json', '-t', 'html', '--mathml', '--wrap=none'], tree);
    for (const words of verdictsSaid) expect(page).toMatch(words);
  });
});

describe('markdown-it', () => {
  it('shows what the blocks derive, in their places', async () => {
    const { blocks } = await renderNote(note, 'a.md', 'html');
    const reader = new MarkdownIt().use(handgrad, { file: 'a.md', render: () => blocks });
    const page = reader.render(note);
    expect(page.match(/<div v-pre class="handgrad"/g)).toHaveLength(3);
    expect(page.indexOf('Between.')).toBeLessThan(page.indexOf('id="slope"'));
    expect(page.indexOf('id="slope"')).toBeLessThan(page.indexOf('After.'));
    expect(page).toContain('<math');
    expect(page).toContain('a.md:18:');
    expect(page).not.toContain('<pre><code class="language-handgrad"');
    expect(reader.render(note)).toBe(page);
  });

  it('takes defaults and lines from front matter that the host takes away', () => {
    const reader = new MarkdownIt();
    // As VitePress does it, before the plugins of its users.
    const own = reader.render.bind(reader);
    reader.render = (source, env) => own(source.replace(/^---\r\n[\s\S]*?\r\n---\s+/, ''), env);
    const calls: string[] = [];
    reader.use(handgrad, {
      render: (source, file) => {
        calls.push(source);
        return [{ line: 6, end: 8, fold: false, title: 'Answer', output: `<p>${file}</p>` }];
      },
    });
    const source =
      '---\r\nhandgrad: show=answer\r\n---\r\n\r\nText\r\n```handgrad\r\nC = w^2\r\n```\r\n';
    const page = reader.render(source, { relativePath: 'deep/a.md' });
    expect(page).toBe('<p>Text</p>\n<p>deep/a.md</p>');
    expect(calls).toEqual([source.replace(/\r/g, '')]);
  });

  it('gives pieces that no host takes for templates', async () => {
    const source = '```handgrad\nC = w^2\nfind ?{{ 7 }}\n```\n';
    const { blocks } = await renderNote(source, 'a.md', 'html');
    const page = new MarkdownIt().use(handgrad, { render: () => blocks }).render(source);
    expect(page).toContain('<div v-pre class="handgrad">');
    expect(page).toContain('&#123;&#123; 7 }}');
    expect(page).not.toContain('{{');
  });

  it('leaves notes without blocks to the host', () => {
    const reader = new MarkdownIt().use(handgrad, {
      render: () => {
        throw new Error('not to be called');
      },
    });
    expect(reader.render('```js\n1\n```\n')).toContain('language-js');
  });
});

describe('unified', () => {
  const process = (file: VFile) =>
    unified()
      .use(remarkParse)
      .use(remarkMath)
      .use(remarkHandgrad)
      .use(remarkRehype)
      .use(rehypeKatex, { strict: 'error' })
      .use(rehypeStringify)
      .process(file);

  it('has its formulas set by the host’s own plugin', async () => {
    const file = new VFile({ value: note, path: 'notes/a.md' });
    const page = String(await process(file));
    expect(page.match(/class="handgrad"/g)).toHaveLength(3);
    expect(page).toContain('<div class="handgrad" id="slope">');
    expect(page).toMatch(/<details class="handgrad"><summary>Derivation<\/summary>/);
    expect(page).toContain('katex-display');
    expect(page).not.toMatch(/katex-error|language-handgrad/);
  });

  it('is told what could not be read, with its place', async () => {
    const file = new VFile({ value: note, path: 'notes/a.md' });
    await process(file);
    const [message] = file.messages;
    expect(message?.line).toBe(18);
    expect(String(message)).toMatch(/^notes\/a\.md:18:\d+: /);
  });
});

const hasPandoc = spawnSync('pandoc', ['--version']).status === 0;

describe.runIf(hasPandoc)('Pandoc', () => {
  const pandoc = (words: readonly string[], input: string): string => {
    const { stdout, stderr, status } = spawnSync('pandoc', words, { input, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return stdout;
  };

  it('gets elements of its own, for every output', async () => {
    const tree = pandoc(['-f', 'markdown', '-t', 'json'], note);
    const filtered = await filterPandoc(tree);
    const latex = pandoc(['-f', 'json', '-t', 'latex'], filtered);
    expect(latex).toMatch(/\\boxed\{2/);
    expect(latex).toContain('\\begin{aligned}');
    const page = pandoc(['-f', 'json', '-t', 'html', '--mathml'], filtered);
    expect(page).toContain('<div id="slope" class="handgrad">');
    expect(page).toContain('class="handgrad fold"');
    expect(page).toContain('<math');
    expect(page.indexOf('Between.')).toBeLessThan(page.indexOf('id="slope"'));
  });

  const titled = `---
handgrad: show=answer fold
---

\`\`\`handgrad show=steps
C = w^2
\`\`\`

\`\`\`{.handgrad fold=false}
find dC/dw
find dC/d%
\`\`\`
`;

  it('has defaults from the front matter, in words or as a map', async () => {
    for (const front of ['show=answer fold', '{show: answer, fold: true}', '"fold show=answer"']) {
      const source = `---\nhandgrad: ${front}\n---\n\n\`\`\`handgrad\nC = w^2\nfind dC/dw\n\`\`\`\n`;
      const filtered = await filterPandoc(pandoc(['-t', 'json'], source));
      const page = pandoc(['-f', 'json', '-t', 'html', '--mathml'], filtered);
      expect(page).toContain('<div class="handgrad fold">');
      expect(page).not.toContain('scriptstyle');
    }
  });

  it('says where a block is that Pandoc does not take for one', async () => {
    const filtered = await filterPandoc(pandoc(['-t', 'json'], titled));
    const words = pandoc(['-f', 'json', '-t', 'plain', '--wrap=none'], filtered);
    expect(words).toContain(
      'Pandoc reads words behind the name of a block as code in a line. Write them in braces, as in {.handgrad show=steps}, or name the file: -M handgrad-file=note.md.',
    );
  });

  it.each([
    ['its name', ['-M', 'handgrad-file=note.md']],
    ['positions', ['-f', 'commonmark_x+sourcepos']],
    ['positions in the dialect of GitHub', ['-f', 'gfm+sourcepos']],
  ])('reads the note itself, given %s', async (_what, words) => {
    const place = mkdtempSync(join(tmpdir(), 'handgrad-pandoc-'));
    const before = process.cwd();
    process.chdir(place);
    try {
      writeFileSync('note.md', titled);
      const filtered = await filterPandoc(pandoc([...words, '-t', 'json', 'note.md'], ''));
      const page = pandoc(['-f', 'json', '-t', 'html', '--mathml'], filtered);
      expect(page.match(/<div class="handgrad fold">/g)).toHaveLength(1);
      expect(page.match(/<div class="handgrad">/g)).toHaveLength(1);
      expect(page).toContain('note.md:11:');
      expect(page).not.toContain('<code>handgrad');
      // Another file of that name is not taken for the note.
      writeFileSync('note.md', titled.replace('w^2', 'v^3'));
      const tree = pandoc([...words, '-t', 'json'], titled);
      expect(await filterPandoc(tree)).not.toContain('v^3');
    } finally {
      process.chdir(before);
      rmSync(place, { recursive: true });
    }
  });

  it('keeps a document without blocks as it is', async () => {
    const tree = pandoc(['-f', 'markdown', '-t', 'json'], 'a\n');
    expect(await filterPandoc(tree)).toBe(tree);
  });
});
