import { describe, expect, it } from 'vitest';
import { readNote } from '../../src/notes/blocks.js';
import { renderNote } from '../../src/notes/note.js';
import { noteMarkdown, notePage } from '../../src/notes/note-page.js';
import { readFrontMatter, readOptions } from '../../src/notes/options.js';

const note = `---
title: A note
handgrad:
  show: answer
layout: doc
---

\`\`\`handgrad
z = w x
C = z^2
\`\`\`

Then:

\`\`\`{.handgrad #slope show=steps}
find dC/dw
\`\`\`

\`\`\`js
handgrad = 1
\`\`\`

\`\`\`handgrad {fold}
find dC/dx
\`\`\`
`;

describe('options of a block', () => {
  it('are words, in braces or not, on top of the defaults', () => {
    expect(readOptions('show=check fold #a-1').options).toEqual({
      show: 'check',
      fold: true,
      id: 'a-1',
    });
    expect(readOptions('{#x show="answer" fold=false}').options).toEqual({
      show: 'answer',
      fold: false,
      id: 'x',
    });
    expect(readOptions('fold', { show: 'picture', fold: false }).options.show).toBe('picture');
  });

  it('that are not known are told with their place, and the rest is used', () => {
    const { options, problems } = readOptions(' show=all fold colour=red');
    expect(options).toEqual({ show: 'steps', fold: true });
    expect(problems.map(({ offset }) => offset)).toEqual([1, 15]);
    expect(problems[0]?.message).toContain('steps, answer, check, picture');
  });

  it('refuse names that a page could not hold', () =>
    expect(readOptions('#"><script>').problems).toHaveLength(1));

  it('have defaults in the front matter, whose other keys are the host’s', () => {
    expect(readFrontMatter(note)).toMatchObject({
      lines: 6,
      title: 'A note',
      options: { show: 'answer', fold: false },
      problems: [],
    });
    expect(readFrontMatter('---\nhandgrad: fold\n---\n').options.fold).toBe(true);
    expect(readFrontMatter('a\n---\nhandgrad: fold\n---\n').options.fold).toBe(false);
  });
});

describe('a note', () => {
  it('has blocks in every spelling of the fence', () =>
    expect(
      readNote(note).blocks.map(({ line, end, options }) => [line, end, options.show]),
    ).toEqual([
      [8, 11, 'answer'],
      [15, 17, 'steps'],
      [23, 25, 'answer'],
    ]));

  it('shares the scope of its blocks', async () => {
    const { blocks, problems } = await renderNote(note, 'a.md', 'markdown');
    expect(problems).toEqual([]);
    expect(blocks[0]?.output).toContain('C = z^2');
    expect(blocks[1]?.output).toMatch(/\\boxed\{2 (?:z x|w x\^2)\}/);
    expect(blocks[1]?.output).toContain('chain rule');
    expect(blocks[2]?.output).not.toContain('chain rule');
    expect(blocks[2]).toMatchObject({ fold: true, title: 'Answer' });
  });

  it('shows a mistake where it is, with file, line and column, and goes on', async () => {
    const source = 'Text\n\n```handgrad show=nothing\nC = w^2\nfind dC/dw +\nfind dC/dw\n```\n';
    const { blocks, problems } = await renderNote(source, 'notes/a.md', 'html');
    expect(problems.map(({ line }) => line)).toEqual([3, 5]);
    expect(problems[0]?.column).toBe(13);
    expect(blocks[0]?.output).toMatch(/notes\/a\.md:3:13 /);
    expect(blocks[0]?.output).toMatch(/notes\/a\.md:5:\d+ /);
    expect(blocks[0]?.output).toContain('class="result find"');
  });

  it('becomes a page that asks for nothing, the same every time', async () => {
    const { text } = await notePage(note, 'a.md');
    expect(text).toBe((await notePage(note, 'a.md')).text);
    expect(text).toContain('<title>A note</title>');
    expect(text).toContain('<details><summary>Answer</summary>');
    expect(text).toContain('id="slope"');
    expect(text).not.toMatch(/<script|url\((?!data:)|<link|layout: doc/);
    const ids = [...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('becomes Markdown in which all but the blocks is as it was', async () => {
    const { text } = await noteMarkdown(note, 'a.md');
    expect(text.startsWith(note.slice(0, note.indexOf('```handgrad')))).toBe(true);
    expect(text).toContain('```js\nhandgrad = 1\n```');
    expect(text).not.toMatch(/```\{?\.?handgrad/);
    expect((text.match(/^\$\$$/gm) ?? []).length % 2).toBe(0);
  });

  it('shows what its options say', async () => {
    const source = (show: string) =>
      `\`\`\`handgrad show=${show}\nC = w^2\nfind dC/dw\ncheck dC/dw = 2 w\ndraw\n\`\`\`\n`;
    const output = async (show: string) =>
      (await renderNote(source(show), 'a.md', 'html')).blocks[0]?.output ?? '';
    expect(await output('check')).toContain('class="result check"');
    expect(await output('check')).not.toMatch(/class="result find"|<svg/);
    expect(await output('picture')).toContain('<svg');
    expect(await output('picture')).not.toContain('class="result');
    expect(await output('answer')).toContain('class="result find"');
    expect(await output('answer')).not.toContain('class="steps"');
  });
});
