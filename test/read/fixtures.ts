/** Fixtures as text: cases between lines of a single dot, input first, then output. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Case {
  readonly input: string;
  readonly output: string;
}

export function casesOf(name: string): readonly Case[] {
  const text = readFileSync(join(import.meta.dirname, 'fixtures', `${name}.txt`), 'utf8');
  const parts = text.split(/^\.\n/m).slice(1);
  return parts.flatMap((part, place): readonly Case[] => {
    if (place % 3 !== 0) return [];
    return [
      { input: part.replace(/\n$/, ''), output: (parts[place + 1] ?? '').replace(/\n$/, '') },
    ];
  });
}
