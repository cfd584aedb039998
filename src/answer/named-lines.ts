/** Lines of a check that give something a name (`tmp := ...`): later lines may use it. */
import type { CheckLine, Sheet, Statement } from '../read/statement.js';
import { openSheet, type Setting } from './session.js';

type CheckStatement = Statement & { readonly kind: 'check' };
type Definition = Statement & { readonly kind: 'definition' };

/**
 * The setting of a check with its naming lines as definitions. A line names something if it is
 * written with `:=`, or if its left side is a name that nothing in the sheet mentions.
 */
export function withNamedLines(statement: CheckStatement, setting: Setting): Setting {
  const named = namingLines(statement, setting.sheet);
  if (named.length === 0) return setting;
  const { sheet } = setting;
  const at = sheet.statements.indexOf(statement);
  const block = sheet.blocks[at] ?? 0;
  const definitions = named.map((line) => definitionOf(line, statement));
  const extended: Sheet = {
    ...sheet,
    statements: sheet.statements.toSpliced(at, 0, ...definitions),
    blocks: sheet.blocks.toSpliced(at, 0, ...definitions.map(() => block)),
  };
  return openSheet(extended).settingOf(statement);
}

function namingLines(statement: CheckStatement, sheet: Sheet): readonly CheckLine[] {
  const candidates = statement.lines.flatMap((line) =>
    'unread' in line || line.left?.kind !== 'symbol' || line.relation !== '=' ? [] : [line],
  );
  if (candidates.length === 0) return [];
  const mentioned = new Set<string>();
  for (const other of sheet.statements) if (other !== statement) collectNames(other, mentioned);
  const defined = new Set(
    sheet.statements.flatMap((other) =>
      other.kind === 'definition' && other.left.kind === 'symbol' ? [other.left.name] : [],
    ),
  );
  const found = new Map<string, CheckLine>();
  for (const line of candidates) {
    if (line.left?.kind !== 'symbol') continue;
    const { name } = line.left;
    const own = new Set<string>();
    collectNames(line.right, own);
    const isNew = line.names ? !defined.has(name) : !mentioned.has(name);
    if (isNew && !own.has(name) && !found.has(name)) found.set(name, line);
  }
  return [...found.values()];
}

/** The names of all symbols and functions anywhere in a statement. */
function collectNames(value: unknown, into: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  const { kind, name } = value as { kind?: unknown; name?: unknown };
  if ((kind === 'symbol' || kind === 'call' || kind === 'function') && typeof name === 'string')
    into.add(name);
  for (const part of Object.values(value)) collectNames(part, into);
}

function definitionOf(line: CheckLine, statement: CheckStatement): Definition {
  return {
    kind: 'definition',
    line: line.line,
    column: line.column,
    source: line.source,
    latex: statement.latex,
    left: line.left as Definition['left'],
    right: line.right,
    chain: [],
    ranges: line.ranges,
    where: [],
  };
}
