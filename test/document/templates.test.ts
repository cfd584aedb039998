import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeDocument } from '../../src/document/write.js';
import { document } from './samples.js';

let place = '';
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'handgrad-templates-'));
});
afterAll(() => rmSync(place, { recursive: true }));

function render(text: string, format: 'html' | 'latex' | 'markdown' = 'html'): Promise<string> {
  const template = join(place, 'own.html');
  writeFileSync(template, text);
  return writeDocument(document, format, { steps: 'main', template });
}

describe('a template of the user', () => {
  it('gets the view of the document and may use our parts', async () => {
    const text = await render(
      '<< document.title >>: <% for result in document.results %><< result.kind >> <% endfor %><% render "mark.html", verdict: "agrees" %>',
    );
    expect(text).toContain('A network with two units: find find simplify limit update check');
    expect(text).toContain('class="verdict good"');
  });

  it('escapes for its language', async () => {
    expect(await render('<< "a<b & c_d" >>')).toBe('a&lt;b &amp; c_d');
    expect(await render('<< "a<b & c_d" >>', 'latex')).toBe('a\\textless{}b \\& c\\_d');
  });

  it.each([
    [
      'a name that is missing',
      'line one\n<< document.titel >>',
      'undefined variable: document.titel, line:2, col:4',
    ],
    [
      'a filter that is missing',
      '<< document.title | shout >>',
      /undefined filter: shout, file:.*own\.html, line:1, col:1/,
    ],
    [
      'a tag that is not closed',
      'x\n\n<% for a in b %>',
      /tag <% for a in b %> not closed, file:.*own\.html, line:3, col:1/,
    ],
    [
      'a file from elsewhere',
      '<% render "../../../etc/passwd" %>',
      /there is no part "..\/..\/..\/etc\/passwd" beside it, nor among the parts of handgrad, file:.*own\.html, line:1, col:1/,
    ],
    [
      'a part that is missing',
      '\n<% render "mork.html" %>',
      /there is no part "mork\.html" beside it, nor among the parts of handgrad, file:.*own\.html, line:2, col:1/,
    ],
    [
      'a part that renders itself',
      '<% render "own.html" %>',
      /a part renders itself without end, file:.*own\.html, line:1, col:1/,
    ],
    [
      'a formula where a verdict belongs',
      '\n\n<< document.title | tone >>',
      /the filter "tone" takes a verdict, such as result\.verdict; it was given the string "A network with two units", file:.*own\.html, line:3, col:1/,
    ],
    [
      'markup of its own',
      '<< "<svg onload=alert(1)></svg>" | picture >>',
      /the filter "picture" takes a picture of the document, such as document\.picture\.svg; it was given the string "<svg onload=alert\(1\)><\/svg>", file/,
    ],
  ])('is refused for %s, with its line', async (_what, text, message) => {
    await expect(render(text)).rejects.toThrow(message);
  });

  it('reaches no code behind the data', async () => {
    await expect(render('<< document.constructor.name >>')).rejects.toThrow('undefined variable');
  });

  it('is refused when the file is missing', async () => {
    const options = { steps: 'main', template: join(place, 'gone.html') } as const;
    await expect(writeDocument(document, 'html', options)).rejects.toThrow(
      `there is no template ${join(place, 'gone.html')}: copy page.html from the folder "templates" of handgrad, and name the copy`,
    );
  });
});

describe('our templates', () => {
  it('are not mistaken for files of the same name where the command runs', async () => {
    const before = process.cwd();
    writeFileSync(join(place, 'page.html'), 'not ours');
    process.chdir(place);
    try {
      expect(await writeDocument(document, 'html', { steps: 'main' })).toContain('<!doctype html>');
    } finally {
      process.chdir(before);
    }
  });
});
