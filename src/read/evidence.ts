import type { Head } from './heads.js';
import { isRun, lettersOf, splitAtCommas, upperParts } from './indices.js';
import type { Collected, Piece } from './pieces.js';
import type { RawStatement } from './raw.js';
import type { Atom } from './scan.js';
import type { Notation, Script } from './scripts.js';
import { lowerOf, textOf } from './signs-at-top.js';
import type { Token } from './token.js';
import type { NameEntry, Vocabulary } from './vocabulary.js';

/** The notation of a statement: strictly LaTeX in displays, else by its backslashes. */
export function notationOf(statement: RawStatement, mostlyLatex: boolean): Notation {
  if (statement.latex) return 'latex';
  return mostlyLatex || statement.source.includes('\\') ? 'mixed' : 'plain';
}

/** Whether most formulas of the scope are LaTeX. */
export const isMostlyLatex = (statements: readonly RawStatement[]): boolean => {
  const own = statements.filter(
    (statement) => statement.keyword !== 'network' && statement.keyword !== 'given',
  );
  const latex = own.filter((statement) => /\\[A-Za-z]/.test(statement.source));
  return own.length > 0 && latex.length * 2 > own.length;
};

export interface SidedAtom extends Atom {
  readonly side: Piece['side'];
  readonly statement: number;
}

export interface Evidence {
  readonly heads: readonly Head[];
  readonly atoms: readonly SidedAtom[];
  readonly strong: Set<string>;
  readonly sizes: Set<string>;
  readonly collected: Collected;
  readonly builder: readonly NameEntry[];
  readonly preliminary: Vocabulary;
  readonly statements: readonly RawStatement[];
}

/** The index formulas of a script: between commas, in brackets. */
export function indexParts(script: Script): readonly (readonly Token[])[] {
  if (!script.above) return splitAtCommas(script.tokens);
  if (script.bracket === 'round' || script.bracket === 'square')
    return splitAtCommas(script.tokens);
  const parts = upperParts(script.tokens);
  return parts.indices.length > 0 ? parts.indices : splitAtCommas(script.tokens);
}

/** Letters that stand below a left side and below something on its right: they run. */
export function weakLetters({ heads, atoms }: Evidence): Set<string> {
  const weak = new Set<string>();
  const below = (scripts: readonly Script[]): readonly string[] =>
    lowerOf(scripts).flatMap((script) =>
      splitAtCommas(script.tokens).flatMap((part) =>
        isRun(part) ? lettersOf(part).map((token) => token.text) : part.map((token) => token.text),
      ),
    );
  const onRight = new Map<number, Set<string>>();
  for (const atom of atoms) {
    if (atom.side !== 'right') continue;
    const letters = onRight.get(atom.statement) ?? new Set<string>();
    for (const letter of below(atom.scripts)) letters.add(letter);
    onRight.set(atom.statement, letters);
  }
  for (const head of heads) {
    if (head.by !== 'definition') continue;
    const own = below(head.scripts);
    const right = onRight.get(head.statement) ?? new Set<string>();
    for (const letter of own) if (/^[a-z]$/.test(letter) && right.has(letter)) weak.add(letter);
  }
  return weak;
}

export const isTranspose = (script: Script): boolean => {
  const text = textOf(script.tokens);
  return text === 'top' || text === 'T' || text === "'" || text === '*';
};
