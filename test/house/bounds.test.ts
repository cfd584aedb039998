import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { root } from './packed.js';

/** A number with a name at the top of a file: `file NAME` and its value as it is written. */
type Constants = ReadonlyMap<string, string>;

/** Whether an initialiser is a number, or worked out from numbers alone. */
const isNumeric = (value: ts.Expression): boolean =>
  ts.isNumericLiteral(value) ||
  ts.isBigIntLiteral(value) ||
  (ts.isPrefixUnaryExpression(value) && isNumeric(value.operand)) ||
  (ts.isBinaryExpression(value) &&
    [value.left, value.right].some(isNumeric) &&
    [value.left, value.right].every((side) => ts.isIdentifier(side) || isNumeric(side)));

/** The named numbers of a text. */
function numbersOf(file: string, text: string): Constants {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = new Map<string, string>();
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations)
      if (initializer && isNumeric(initializer) && /^[A-Z][A-Z0-9_]*$/.test(name.getText()))
        found.set(`${file} ${name.getText()}`, initializer.getText());
  }
  return found;
}

/** The named numbers of a table with the columns what, most, what happens, where; or name, value, where. */
function numbersIn(table: string): Constants {
  const found = new Map<string, string>();
  for (const [, most = '', file = '', name = ''] of table.matchAll(
    /^\| [^|]+ \| ([^|]+) \| [^|]+ \| `([^`]+)` `([^`]+)` \|$/gm,
  ))
    found.set(`${file} ${name}`, most);
  for (const [, name = '', value = '', file = ''] of table.matchAll(
    /^\| `([^`]+)` \| ([^|]+) \| `([^`]+)` \|$/gm,
  ))
    found.set(`${file} ${name}`, value);
  return found;
}

/** What the table lacks, has too much, or says otherwise. */
const clashes = (source: Constants, table: Constants): readonly string[] =>
  [...new Set([...source.keys(), ...table.keys()])].flatMap((key) =>
    source.get(key) === table.get(key)
      ? []
      : [
          `${key}: ${source.get(key) ?? 'nothing'} in the source, ${table.get(key) ?? 'nothing'} in BOUNDS.md`,
        ],
  );

const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'))
  .sort();
const source: Constants = new Map(
  files.flatMap((file) => [...numbersOf(file, readFileSync(join(root, 'src', file), 'utf8'))]),
);
const table = readFileSync(join(root, 'BOUNDS.md'), 'utf8');

describe('the table of bounds', () => {
  it('has every named number of the source with its value, and no other', () => {
    expect(source.size).toBeGreaterThan(150);
    expect(clashes(source, numbersIn(table))).toEqual([]);
  });

  it('has a row of four cells for each bound', () => {
    const rows = table
      .split('\n')
      .filter((line) => line.startsWith('| ') && !/^\| (what|name) /.test(line));
    expect(rows.length).toBe(numbersIn(table).size);
  });

  it('is held to the source: a bound that is missing, changed or gone is told', () => {
    const made = numbersOf(
      'read/x.ts',
      'export const MOST = 2 * OTHER + 20;\nconst LONGEST = 7;\nconst TEXT = "7";',
    );
    const row = '| words | 2 * OTHER + 20 | error | `read/x.ts` `MOST` |';
    expect(
      clashes(made, numbersIn(`${row}\n| letters | 8 | error | \`read/x.ts\` \`LONGEST\` |`)),
    ).toEqual(['read/x.ts LONGEST: 7 in the source, 8 in BOUNDS.md']);
    expect(clashes(made, numbersIn(`${row}\n| \`GONE\` | 8 | \`read/x.ts\` |`))).toEqual([
      'read/x.ts LONGEST: 7 in the source, nothing in BOUNDS.md',
      'read/x.ts GONE: nothing in the source, 8 in BOUNDS.md',
    ]);
  });
});
