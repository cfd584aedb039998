/** Sheets from text, and networks written as text, for the tests of this folder. */
import type { Formula } from '../../src/expression/formula.js';
import { buildNetwork } from '../../src/network/build.js';
import { lower } from '../../src/network/lower.js';
import type { Definition, Lowered, Network, Range } from '../../src/network/network.js';
import { readSheet } from '../../src/read/document.js';
import { readFormula } from '../../src/read/read.js';
import type { Sheet } from '../../src/read/statement.js';
import { writePlain } from '../../src/write/write.js';

export interface Scope {
  readonly sheet: Sheet;
  readonly network: Network;
}

export function scopeOf(text: string, line = Number.MAX_SAFE_INTEGER): Scope {
  const sheet = readSheet(text);
  return { sheet, network: buildNetwork(sheet, { block: 0, line }) };
}

export const networkOf = (text: string, line?: number): Network => scopeOf(text, line).network;

export const displayOf = (network: Network) => ({
  latexName: (name: string) => name,
  upperSlots: (name: string) =>
    network.families.get(name)?.slots.filter((slot) => slot.place === 'upper').length ?? 0,
});

export const plain = (formula: Formula, network: Network): string =>
  writePlain(formula, displayOf(network));

const rangeText = (range: Range, network: Network): string =>
  `${range.index}=${plain(range.lower, network)}..${plain(range.upper, network)}`;

/** `z[l,j] = sum ...  for l=1..L, j=1..n_l`. */
export function definitionText(definition: Definition, network: Network): string {
  const head = definition.head.map((index) => plain(index, network)).join(',');
  const ranges = definition.ranges.map((range) => rangeText(range, network)).join(', ');
  return `${definition.name}[${head}] = ${plain(definition.right, network)}${ranges ? `  for ${ranges}` : ''}`;
}

export const definitionTexts = (network: Network): readonly string[] =>
  network.definitions.map((definition) => definitionText(definition, network));

/** `W ^l:1..L _j:1..n_l`, with `?` for a guess and `row` for a vector that lies. */
export function familyText(name: string, network: Network): string {
  const family = network.families.get(name);
  if (!family) return `${name} is unknown`;
  const slots = family.slots.map((slot) => {
    const place = slot.place === 'upper' ? '^' : '_';
    const bounds = slot.bounds
      ? `${plain(slot.bounds.lower, network)}..${plain(slot.bounds.upper, network)}`
      : '?';
    return ` ${place}${slot.variable}:${bounds}`;
  });
  return `${name}${family.guessed ? '?' : ''}${family.row ? ' row' : ''}${slots.join('')}`;
}

export function loweredOf(text: string, scope: Scope): Lowered {
  return lower(readFormula(text, scope.sheet), scope.network);
}

/** `[i=1..n] row sum ...`. */
export function loweredText(text: string, scope: Scope): string {
  const lowered = loweredOf(text, scope);
  const axes = lowered.axes.map((axis) => rangeText(axis, scope.network)).join(', ');
  return `[${axes}]${lowered.row ? ' row' : ''} ${plain(lowered.body, scope.network)}`;
}

/** The message of the error that something throws. */
export function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (problem) {
    if (problem instanceof Error) return `${problem.name}: ${problem.message}`;
    throw problem;
  }
  return 'nothing was thrown';
}
