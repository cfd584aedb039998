/** All right lines of the examples and of the fixtures, with the network they stand in. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { conditionsOf } from '../../src/answer/clauses.js';
import { openSheet, type Setting } from '../../src/answer/session.js';
import type { Condition, Formula } from '../../src/expression/formula.js';
import { structureKey } from '../../src/expression/same.js';
import { compareDerivation } from '../../src/judge/compare.js';
import { readDocument } from '../../src/read/document.js';
import type { Statement } from '../../src/read/statement.js';

/** One line that holds. */
export interface RightLine {
  readonly place: string;
  readonly left: Formula;
  readonly right: Formula;
  readonly where: readonly Condition[];
  readonly setting: Setting;
}

const root = join(import.meta.dirname, '..', '..');
const folders = [join(root, 'examples'), join(root, 'test', 'judge', 'fixtures')];

/** Every line that the judge itself takes for right; wrong ones are the fixtures' own. */
export function rightLines(): readonly RightLine[] {
  const lines = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.md'))
      .flatMap((file) => linesOf(readFileSync(join(folder, file), 'utf8'), file)),
  );
  const seen = new Set<string>();
  return lines.filter((line) => {
    const key = `${line.place.split(':')[0]} ${structureKey(line.left)} ${structureKey(line.right)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    const { verdict } = compareDerivation({ ...line, relation: '=' }, line.setting.network);
    return verdict === 'proved' || verdict === 'agrees';
  });
}

function linesOf(text: string, file: string): readonly RightLine[] {
  return readDocument(text, file).scopes.flatMap((sheet) => {
    const { settingOf } = openSheet(sheet);
    return sheet.statements.flatMap((statement) => {
      const place = `${file}:${statement.line}`;
      return sidesOf(statement).map((sides) => ({
        ...sides,
        place,
        setting: settingOf(statement),
      }));
    });
  });
}

type Sides = Pick<RightLine, 'left' | 'right' | 'where'>;

function sidesOf(statement: Statement): readonly Sides[] {
  if (statement.kind === 'claim' && statement.assertion.kind === 'relations')
    return statement.assertion.parts
      .filter((part) => part.relation === '=')
      .map(({ left, right }) => ({ left, right, where: [] }));
  if (statement.kind !== 'check') return [];
  const found: Sides[] = [];
  let before: Formula | undefined;
  for (const line of statement.lines) {
    if ('unread' in line) {
      before = undefined;
      continue;
    }
    const left = line.left ?? before;
    before = line.right;
    if (left && line.relation === '=')
      found.push({ left, right: line.right, where: conditionsOf(line.ranges, line.where) });
  }
  return found;
}
