import { splitAtCommas } from './indices.js';
import type { Collected } from './pieces.js';
import { scan } from './scan.js';
import type { Notation, Script } from './scripts.js';
import { isSign } from './signs-at-top.js';
import type { Token } from './token.js';
import {
  emptyVocabulary,
  type FunctionEntry,
  type NameEntry,
  type Vocabulary,
} from './vocabulary.js';

export interface Head {
  readonly name: string;
  readonly scripts: readonly Script[];
  readonly parameters: readonly string[] | undefined;
  readonly by: 'definition' | 'given' | 'shape';
  readonly statement: number;
  readonly sizes: number;
}

/** The names on left sides; a run there is one name. */
export function readHeads(
  collected: Collected,
  notation: (place: number) => Notation,
): readonly Head[] {
  return collected.heads.flatMap((head): readonly Head[] => {
    const tokens = stripBold(head.tokens);
    const first = tokens[0];
    if (first === undefined || (first.kind !== 'word' && first.kind !== 'name')) return [];
    if (first.kind === 'word' && isDerivativeHead(tokens)) return [];
    // The first name is known while its scripts are taken, so that it is not split.
    const known = oneName(first.text);
    const found = scan(tokens, known, notation(head.statement)).atoms[0];
    if (!found) return [];
    const parameters = found.call ? parametersOf(found.call) : undefined;
    return [
      {
        name: found.name,
        scripts: found.scripts,
        parameters,
        by: head.by,
        statement: head.statement,
        sizes: head.sizes,
      },
    ];
  });
}

const stripBold = (tokens: readonly Token[]): readonly Token[] =>
  tokens.filter((token) => token.kind !== 'text');

const isDerivativeHead = (tokens: readonly Token[]): boolean =>
  tokens.some((token) => isSign(token, '/'));

export const entryOf = (name: string, changes: Partial<NameEntry> = {}): NameEntry => ({
  name,
  latex: name,
  upper: 0,
  lower: undefined,
  defined: false,
  declared: true,
  notes: [],
  ...changes,
});

const oneName = (name: string): Vocabulary => ({
  ...emptyVocabulary,
  names: new Map([[name, entryOf(name)]]),
});

/** Single names between commas; `undefined` if anything else stands there. */
export function parametersOf(tokens: readonly Token[]): readonly string[] | undefined {
  const parts = splitAtCommas(tokens);
  const names = parts.map((part) =>
    part.length === 1 && (part[0]?.kind === 'word' || part[0]?.kind === 'name')
      ? part[0].text
      : undefined,
  );
  return names.every((name): name is string => name !== undefined) ? names : undefined;
}

export function preliminaryVocabulary(
  heads: readonly Head[],
  collected: Collected,
  builder: readonly NameEntry[],
): Vocabulary {
  const names = new Map<string, NameEntry>();
  for (const entry of builder) names.set(entry.name, entry);
  for (const head of heads) names.set(head.name, entryOf(head.name));
  const functions = new Map<string, FunctionEntry>();
  for (const name of collected.functions)
    functions.set(name, { name, latex: name, parameters: undefined, isQuantity: false });
  return { ...emptyVocabulary, names, functions, labels: writtenRuns(heads) };
}

/** Runs in braces below left sides (`W_{hy}`): they stay together where braces are left out. */
function writtenRuns(heads: readonly Head[]): ReadonlyMap<string, ReadonlySet<string>> {
  const runs = new Map<string, Set<string>>();
  for (const { name, scripts } of heads)
    for (const { above, bracket, tokens } of scripts) {
      const [only] = tokens;
      if (above || bracket !== 'braces' || tokens.length !== 1 || only?.kind !== 'word') continue;
      runs.set(name, (runs.get(name) ?? new Set()).add(only.text));
    }
  return runs;
}

type NameShape = readonly [letter: string, upper: number, lower: number, defined: boolean];

/** Names of the builders other than `dense`: the letters that `names` may replace come first. */
const builderShapes: Readonly<Record<string, readonly NameShape[]>> = {
  recurrent: [
    ['U', 0, 2, false],
    ['W', 0, 2, false],
    ['b', 0, 1, false],
    ['z', 1, 1, true],
    ['h', 1, 1, true],
    ['V', 0, 2, false],
    ['c', 0, 1, false],
    ['x', 1, 1, false],
    ['y', 1, 1, false],
    ['yhat', 1, 1, true],
    ['C', 0, 0, true],
  ],
  conv: [
    ['w', 0, 1, false],
    ['b', 0, 0, false],
    ['z', 0, 1, true],
    ['a', 0, 1, true],
    ['x', 0, 1, false],
    ['y', 0, 1, false],
    ['yhat', 0, 1, true],
    ['C', 0, 0, true],
  ],
};

/** The names a builder makes; see the worksheet's reference for the defaults. */
export function builderNames(texts: readonly string[]): readonly NameEntry[] {
  return texts.flatMap((text) => {
    const given = /names\s+([A-Za-z ]+?)(?:,|$)/.exec(text)?.[1]?.trim().split(/\s+/) ?? [];
    const word = /^\s*(\w+)/.exec(text)?.[1]?.toLowerCase() ?? '';
    const shapes = builderShapes[word === 'rnn' ? 'recurrent' : word];
    if (shapes)
      return shapes.map(([letter, upper, lower, defined], place) =>
        entryOf(given[place] ?? letter, { upper, lower, defined }),
      );
    const [weights = 'W', biases = 'b', inputs = 'z', outputs = 'a'] = given;
    const batch = /\bbatch\b/.test(text) ? 1 : 0;
    return [
      entryOf(weights, { upper: 1, lower: 2 }),
      entryOf(biases, { upper: 1, lower: 1 }),
      entryOf(inputs, { upper: 1, lower: 1 + batch, defined: true }),
      entryOf(outputs, { upper: 1, lower: 1 + batch, defined: true }),
      entryOf('x', { lower: 1 + batch }),
      entryOf('y', { lower: 1 + batch }),
      entryOf('yhat', { lower: 1 + batch, defined: true }),
      entryOf('C', { lower: 0, defined: true }),
    ];
  });
}
