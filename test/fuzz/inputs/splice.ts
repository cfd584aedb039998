/** Worksheets made from real ones by cutting and splicing. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../random.js';
import { damaged } from './bytes.js';

/** Statements of a Markdown worksheet's blocks, each with the lines that belong to it. */
function statementsIn(text: string): readonly string[] {
  const statements: string[] = [];
  for (const [, block = ''] of text.matchAll(/```handgrad[^\n]*\n([\s\S]*?)```/g))
    for (const line of block.split('\n')) {
      if (line.trim() === '' || line.trim().startsWith('#')) continue;
      if (/^\s/.test(line) && statements.length > 0)
        statements.push(`${statements.pop()}\n${line}`);
      else statements.push(line);
    }
  return statements;
}

/** The statements of every worksheet of the project, by file. */
export function corpus(root: string): readonly (readonly string[])[] {
  return ['examples', 'test/problems/sheets', 'test/judge/fixtures'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((file) => file.endsWith('.md'))
      .map((file) => statementsIn(readFileSync(join(root, folder, file), 'utf8')))
      .filter((statements) => statements.length > 0),
  );
}

const asksMuch =
  /^(count|draw|network|given|find|expect|update|check|claim|choose|fill|limit|simplify)/;

/** A few statements of one worksheet, with cuts, swaps and statements of another one. */
export function spliced(sheets: readonly (readonly string[])[], random: Random): string {
  const one = random.pick(sheets);
  const other = random.pick(sheets);
  const start = random.below(one.length);
  const definitions = one.slice(0, start).filter((line) => !asksMuch.test(line));
  const asked = one.slice(start, start + random.between(1, 3));
  const kept = [...definitions, ...asked].filter(() => !random.chance(0.08));
  if (random.chance(0.3)) kept.splice(random.below(kept.length + 1), 0, random.pick(other));
  if (kept.length > 0 && random.chance(0.5)) {
    const at = random.below(kept.length);
    kept[at] = damaged(kept[at] as string, random);
  }
  return `${kept.join('\n')}\n`;
}
