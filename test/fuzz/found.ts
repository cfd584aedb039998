/** Findings kept as text files: a head of lines that say where it came from, `---`, and the input. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Found {
  readonly kind: string;
  readonly input: string;
  /** Seed, number and fault, as a sentence. */
  readonly told: string;
}

const RULE = '\n---\n';

/** Keeps a finding in a folder; the name says its kind. Places of this machine are left out. */
export function keep(folder: string, { kind, input, told }: Found): string {
  mkdirSync(folder, { recursive: true });
  const name = `${kind}-${createHash('sha256').update(input).digest('hex').slice(0, 8)}.txt`;
  // A lone surrogate has no UTF-8 and a carriage return is lost on the way: JSON keeps both.
  const body = /\r|[\ud800-\udfff]/.test(input) ? `json:${JSON.stringify(input)}` : input;
  writeFileSync(
    join(folder, name),
    told
      .replaceAll('\n', ' ')
      .replaceAll(/ +at .*$/g, '')
      .slice(0, 400) +
      RULE +
      body,
  );
  return name;
}

/** All findings of a folder. */
export function kept(folder: string): readonly (Found & { readonly file: string })[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.txt'))
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const at = text.indexOf(RULE);
      const body = text.slice(at + RULE.length);
      const input = body.startsWith('json:') ? (JSON.parse(body.slice(5)) as string) : body;
      return { file, kind: file.split('-')[0] as string, input, told: text.slice(0, at) };
    });
}
