/** Families: every name of a sheet with its slots, their ranges, and what kind of thing it is. */
import { type Bounds, type Formula, symbol } from '../../expression/formula.js';
import { structureKey } from '../../expression/same.js';
import { freeNames } from '../../expression/walk.js';
import type { NameInfo } from '../../read/statement.js';
import { defaultLatexName } from '../../write/names.js';
import { compareAffine, hull } from '../affine.js';
import { stemOf } from '../indexing/context.js';
import type { Family, Slot, Vocabulary } from '../network.js';
import type { Facts } from './facts.js';
import { atLayer, mapBounds } from './range-ends.js';
import type { Sizes } from './sizes.js';
import type { DefinitionUnit } from './units.js';
import { nodeOf } from './uses.js';

export interface FamilySources {
  readonly facts: Facts;
  readonly vocabulary: Vocabulary;
  readonly names: ReadonlyMap<string, NameInfo>;
  readonly definitions: readonly DefinitionUnit[];
  readonly sizes: Sizes;
  readonly sizeNames: ReadonlySet<string>;
  readonly indexNames: ReadonlySet<string>;
  /** Index letters that stand for one fixed value, with their ranges. */
  readonly fixedIndices: ReadonlyMap<string, Bounds | undefined>;
}

const slotLetters = ['i', 'j', 'k', 'm', 'p', 'q', 'r', 's'];

/** All families of a sheet. */
export function familiesOf(sources: FamilySources): ReadonlyMap<string, Family> {
  const families = new Map<string, Family>();
  for (const [name, rank] of sources.vocabulary.ranks) {
    if (sources.indexNames.has(name) && rank.upper + rank.lower === 0) continue;
    families.set(name, familyOf(name, sources));
  }
  for (const name of sources.sizeNames)
    if (!families.has(name)) families.set(name, plain(name, 'size', sources));
  for (const [name, range] of sources.fixedIndices)
    families.set(name, {
      ...plain(name, 'index', sources),
      ...(range ? { range } : {}),
    });
  for (const [name, manner] of sources.sizes.invented) {
    const slots: readonly Slot[] =
      manner === 'layers' ? [{ place: 'lower', variable: 'l', bounds: undefined }] : [];
    families.set(name, { ...plain(name, 'size', sources), slots, invented: true });
  }
  return families;
}

const plain = (name: string, role: Family['role'], { names }: FamilySources): Family => ({
  name,
  slots: [],
  kind: 'leaf',
  role,
  row: false,
  guessed: false,
  latex: names.get(name)?.latex ?? defaultLatexName(name),
});

function familyOf(name: string, sources: FamilySources): Family {
  const { vocabulary, sizes, sizeNames, definitions, facts } = sources;
  const rank = vocabulary.ranks.get(name) ?? {
    upper: 0,
    lower: 0,
    row: false,
    guessed: false,
    square: false,
  };
  const total = rank.upper + rank.lower;
  const variables = slotVariables(name, total, sources);
  const slots: Slot[] = [];
  let pointsOnly = false;
  for (let place = 0; place < total; place += 1) {
    const { bounds: inferred, dependsOn } = sizes.slotRange(name, place);
    const bounds = inferred ?? (total > 1 ? writtenHull(name, place, sources) : undefined);
    const argument = dependsOn === undefined ? undefined : variables[dependsOn];
    const here =
      bounds && argument !== undefined
        ? mapBounds(bounds, (end) => atLayer(end, symbol(argument)))
        : bounds;
    if (!here) pointsOnly = true;
    const heads = here ? sizes.definedRange(nodeOf(name, place)) : undefined;
    const narrower = heads && here && argument === undefined && !sameBounds(heads, here);
    slots.push({
      place: place < rank.upper ? 'upper' : 'lower',
      variable: variables[place] as string,
      bounds: here,
      ...(narrower ? { defined: heads } : {}),
    });
  }
  const heads = definitions.filter((unit) => unit.head.name === name);
  const declared = facts.declares.find((statement) =>
    statement.targets.some((target) => target.kind === 'symbol' && target.name === name),
  );
  const written = pointsOnly ? writtenTuples(name, total, sources) : undefined;
  const covered = coversAll(slots, heads) && (!written || coversWritten(written, heads));
  return {
    ...plain(name, sizeNames.has(name) ? 'size' : 'quantity', sources),
    slots,
    kind: heads.length === 0 ? 'leaf' : covered ? 'defined' : 'mixed',
    row: rank.row,
    guessed: rank.guessed,
    ...(declared ? { declared: true } : {}),
    ...(declared?.symmetric ? { symmetric: true } : {}),
    ...(written ? { written } : {}),
  };
}

const sameBounds = (left: Bounds, right: Bounds): boolean =>
  compareAffine(left.lower, right.lower) === 0 && compareAffine(left.upper, right.upper) === 0;

/** Whether the heads reach every entry: no slot is wider than what is defined on it. */
const coversAll = (slots: readonly Slot[], heads: readonly DefinitionUnit[]): boolean =>
  slots.every((slot) => slot.bounds === undefined || slot.defined === undefined) &&
  heads.length > 0;

/** Whether every entry met has a definition (`f_0` beside `f_1 = ...` has none: it is a leaf). */
const coversWritten = (
  written: readonly (readonly Formula[])[],
  heads: readonly DefinitionUnit[],
): boolean => {
  const defined = new Set(heads.map((unit) => unit.head.indices.map(structureKey).join()));
  return written.every((tuple) => defined.has(tuple.map(structureKey).join()));
};

/** The letters of a family's slots: those of its head, else those it is met with. */
function slotVariables(name: string, total: number, sources: FamilySources): readonly string[] {
  if (total === 0) return [];
  const chosen: string[] = [];
  const avoid = new Set([...sources.sizeNames, ...sources.sizes.invented.keys()]);
  for (const family of sources.vocabulary.ranks.keys())
    if (!sources.indexNames.has(family)) avoid.add(family);
  for (let place = 0; place < total; place += 1) {
    const uses = sources.sizes.usesOfNode(nodeOf(name, place));
    const stems = uses
      .filter((use) => use.shifted)
      .sort((a, b) => Number(b.isHead) - Number(a.isHead))
      .map((use) => stemOf(use.shifted?.variable ?? ''));
    const met = stems.find((stem) => stem !== '' && !chosen.includes(stem) && !avoid.has(stem));
    const letters =
      place < (sources.vocabulary.ranks.get(name)?.upper ?? 0)
        ? ['l', ...slotLetters]
        : slotLetters;
    const free = letters.find((letter) => !chosen.includes(letter) && !avoid.has(letter));
    chosen.push(met ?? free ?? `i${place + 1}`);
  }
  return chosen;
}

/** Layers that are only met by number (`W_1`, `W_2`), beside slots that have ranges. */
function writtenHull(name: string, place: number, sources: FamilySources): Bounds | undefined {
  const total = sources.sizes.usesOfNode(nodeOf(name, place)).map((use) => use.index);
  const others = sources.vocabulary.ranks.get(name);
  const ranged = Array.from({ length: (others?.upper ?? 0) + (others?.lower ?? 0) }).some(
    (_, slot) => slot !== place && sources.sizes.slotRange(name, slot).bounds !== undefined,
  );
  if (!ranged || total.length === 0) return undefined;
  return total.map((index): Bounds => ({ lower: index, upper: index })).reduce(hull);
}

/** The index tuples at which a family without ranges is met in definitions. */
function writtenTuples(
  name: string,
  total: number,
  sources: FamilySources,
): readonly (readonly Formula[])[] {
  const tuples = new Map<string, readonly Formula[]>();
  const lists = Array.from({ length: total }, (_, place) =>
    sources.sizes.usesOfNode(nodeOf(name, place)),
  );
  (lists[0] ?? []).forEach((_, at) => {
    const tuple = lists.map((uses) => uses[at]?.index as Formula);
    const open = tuple.some((index) =>
      [...freeNames(index)].some((variable) => lists[0]?.[at]?.unit.variables.has(variable)),
    );
    if (!open) tuples.set(tuple.map((index) => JSON.stringify(index, textOf)).join(), tuple);
  });
  return [...tuples.values()];
}

const textOf = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? `${value}` : value;
