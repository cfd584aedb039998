/** The table of slips: every row mends its own example, and every message can be read. */
import { describe, expect, it } from 'vitest';
import { sentencePieces, sentenceText } from '../../src/answer/reasons.js';
import { openSheet, type Setting } from '../../src/answer/session.js';
import { closedFormOfSide } from '../../src/judge/closed-form.js';
import { compareSides } from '../../src/judge/compare.js';
import { freeLetters, type SlipContext, type SlipRow } from '../../src/judge/slips/slip.js';
import { slipTable } from '../../src/judge/slips/table.js';
import { ShapeError } from '../../src/network/errors.js';
import { readDocument } from '../../src/read/document.js';
import type { Sheet, Statement } from '../../src/read/statement.js';
import type { Display } from '../../src/write/display.js';

/** Definitions that give the names of the examples their shapes. */
const sheets: Readonly<Record<string, string>> = {
  plain: '',
  families: [
    'z_j = sum_k w_jk x_k',
    'y_j = g(z_j)',
    'h_k = sum_j b_j v_kj',
    'E = C(y)',
    'delta_j = dE/dz_j',
  ].join('\n'),
  layers: [
    'z^l_j = sum_k w^l_jk a^(l-1)_k    for l = 1..L',
    'a^l_j = f(z^l_j)    for l = 1..L',
    'Loss = C(a^L)',
    'delta^l_j = dLoss/dz^l_j',
  ].join('\n'),
  matrices: ['W in R^(n x n)', 'A in R^(n x n)', 'd in R^n', 'a in R^n', 'x in R^n'].join('\n'),
  chain: ['f_0 = x', 'f_i = w_i f_(i-1)    for i = 1..L'].join('\n'),
};

/** The example of a row in the scope where its names have the right shapes. */
function contextOf(
  row: SlipRow,
  sheet: string,
): { context: SlipContext; display: Display } | undefined {
  const [wrong, right] = row.example;
  const text = `${sheet}\nclaim (${right}) = (${wrong})\n`;
  const [scope] = readDocument(text, 'sheet.hg').scopes;
  const claim = scope?.statements.at(-1);
  if (!scope || claim?.kind !== 'claim' || claim.assertion.kind !== 'relations') return undefined;
  const [part] = claim.assertion.parts;
  if (!part) return undefined;
  const setting = settingIn(scope, claim);
  if (!setting) return undefined;
  const { network, display } = setting;
  const context = {
    network,
    reference: part.left,
    suspect: part.right,
    closed: closedFormOfSide(part.left, [], network),
    free: freeLetters(part.left, network),
  };
  return { context, display };
}

/** Examples whose names mean something else in a scope do not belong there. */
function settingIn(scope: Sheet, claim: Statement): Setting | undefined {
  try {
    return openSheet(scope).settingOf(claim);
  } catch (problem) {
    if (problem instanceof ShapeError) return undefined;
    throw problem;
  }
}

/** The messages of changes that turn the wrong example into the right one. */
function mendings(row: SlipRow): readonly string[] {
  return Object.values(sheets).flatMap((sheet) => {
    const found = contextOf(row, sheet);
    if (!found) return [];
    const { context, display } = found;
    const { reference, network } = context;
    return [...row.changes(context)].flatMap(({ formula, message }) => {
      const comparison = { left: reference, relation: '=' as const, right: formula, where: [] };
      const { verdict } = compareSides(comparison, network);
      return verdict === 'proved' || verdict === 'agrees'
        ? [sentenceText(sentencePieces(message, display))]
        : [];
    });
  });
}

describe('each slip', () => {
  it.each(slipTable.map((row) => [row.name, row] as const))('%s mends its example', (_, row) => {
    const [message] = mendings(row);
    expect(message).toMatch(/^.{10,}$/);
  });
});

describe('the table of slips', () => {
  it('has each name once', () => {
    const names = slipTable.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
