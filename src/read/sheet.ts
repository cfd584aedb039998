/** All statements of one scope, read with the names of the whole scope. */
import { checkBrackets } from './cursor.js';
import { withFamiliesApart } from './doubled.js';
import { isMostlyLatex, notationOf } from './evidence.js';
import { collectNames } from './names.js';
import { FormulaParser } from './parser.js';
import { problemOf, ReadError } from './problem.js';
import type { RawStatement } from './raw.js';
import { respelled } from './spelled-definitions.js';
import type { NameInfo, Place, Sheet, Statement, StatementBody } from './statement.js';
import { readBody } from './statements.js';
import type { SourceLine, Token } from './token.js';
import type { Vocabulary } from './vocabulary.js';

/** Longest source line that messages quote from. */
const QUOTED_LINE = 2000;

export function sheetOf(
  statementsAsMet: readonly RawStatement[],
  lines: readonly SourceLine[],
): Sheet {
  const raw = respelled(withFamiliesApart(statementsAsMet.map(withBracketsChecked)));
  const vocabulary = collectNames(raw.filter((statement) => statement.problem === undefined));
  const mostlyLatex = isMostlyLatex(raw);
  const notes: (Place & { message: string })[] = [];
  const byLine = new Map(lines.map((line) => [line.line, line]));
  const statements: Statement[] = [];
  const blocks: number[] = [];
  const seen = new Set<string>();
  const quote = (error: ReadError): ReadError => {
    const line = byLine.get(error.line);
    return line && line.text.length <= QUOTED_LINE
      ? error.quoting(' '.repeat(line.column - 1) + line.text)
      : error;
  };
  for (const statement of raw) {
    const place: Token = {
      kind: 'end',
      text: '',
      line: statement.line,
      column: statement.column,
      length: Math.max(1, statement.keyword?.length ?? 1),
      spaced: true,
      latex: false,
    };
    const note = (token: Token, message: string) => {
      if (seen.has(message)) return;
      seen.add(message);
      notes.push({ line: token.line, column: token.column, message });
    };
    for (const body of bodiesOf(statement, vocabulary, mostlyLatex, place, note, quote)) {
      statements.push({
        line: statement.line,
        column: statement.column,
        source: statement.source,
        latex: statement.latex,
        ...body,
      });
      blocks.push(statement.block);
    }
  }
  return { statements, blocks, names: namesOf(vocabulary), notes, vocabulary };
}

/** Unclosed brackets are found before any name is looked for. */
function withBracketsChecked(statement: RawStatement): RawStatement {
  try {
    checkBrackets(statement.tokens);
    return statement;
  } catch (error) {
    if (error instanceof ReadError) return { ...statement, problem: statement.problem ?? error };
    throw error;
  }
}

function bodiesOf(
  statement: RawStatement,
  vocabulary: Vocabulary,
  mostlyLatex: boolean,
  place: Token,
  note: (token: Token, message: string) => void,
  quote: (error: ReadError) => ReadError,
): readonly StatementBody[] {
  try {
    if (statement.problem) throw statement.problem;
    const notation = notationOf(statement, mostlyLatex);
    const context = { vocabulary, notation, bound: [], depth: 0, insideIndex: false, note };
    const parser = new FormulaParser([], context, place);
    return readBody({ raw: statement, parser, place, quote });
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    return [{ kind: 'error', problem: problemOf(quote(error)) }];
  }
}

/** What reading alone knows of each name. */
function namesOf(vocabulary: Vocabulary): ReadonlyMap<string, NameInfo> {
  const names = new Map<string, NameInfo>();
  for (const entry of vocabulary.names.values()) {
    const isSize = vocabulary.sizes.has(entry.name);
    const isIndex = !entry.declared && vocabulary.indices.has(entry.name);
    names.set(entry.name, {
      name: entry.name,
      latex: entry.latex,
      role: isSize ? 'size' : isIndex ? 'index' : 'quantity',
      upper: entry.upper,
      lower: entry.lower ?? 0,
      defined: entry.defined,
      notes: entry.notes,
    });
  }
  const plain = { upper: 0, lower: 0, defined: false, notes: [] };
  for (const entry of vocabulary.functions.values()) {
    // A quantity of the same letter keeps its own entry; the function is met in calls.
    if (!names.has(entry.name) || entry.isQuantity === false) {
      const own = names.get(entry.name);
      if (!own || !vocabulary.names.get(entry.name)?.declared)
        names.set(entry.name, {
          ...plain,
          name: entry.name,
          latex: entry.latex,
          role: 'function',
          defined: entry.parameters !== undefined,
        });
    }
  }
  for (const name of vocabulary.indices)
    if (!names.has(name)) names.set(name, { ...plain, name, latex: name, role: 'index' });
  for (const name of vocabulary.sizes)
    if (!names.has(name)) names.set(name, { ...plain, name, latex: name, role: 'size' });
  for (const [base, labels] of vocabulary.labels)
    for (const label of labels)
      if (!names.has(label) && !vocabulary.indices.has(label))
        names.set(label, {
          ...plain,
          name: label,
          latex: label,
          role: 'label',
          notes: [`label of ${base}`],
        });
  return names;
}
