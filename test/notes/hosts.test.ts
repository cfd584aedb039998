import { spawnSync } from 'node:child_process';
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

  it('keeps a document without blocks as it is', async () => {
    const tree = pandoc(['-f', 'markdown', '-t', 'json'], 'a\n');
    expect(await filterPandoc(tree)).toBe(tree);
  });
});
