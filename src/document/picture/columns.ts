/** Units in columns: activations drawn together with their inputs, columns in the order of use. */
import type { Entry, Instance, Use } from './instances.js';

export interface Node {
  readonly entry: Entry;
  readonly uses: readonly Use[];
  readonly biases: readonly Entry[];
  /** What is drawn together with it. */
  readonly inside: readonly Entry[];
  readonly isLeaf: boolean;
}

/** Plain functions of plain functions that are followed to a weighted sum. */
const LONGEST_CHAIN = 8;

/** Nodes of the picture: leaves that are used, and definitions with pure activations drawn as one. */
export function nodesOf(all: readonly Instance[]): readonly Node[] {
  const { instances, aliases } = withoutAliases(all);
  const byId = new Map(instances.map((instance) => [instance.entry.id, instance]));
  const users = new Map<string, number>();
  for (const { uses } of instances)
    for (const { entry } of uses) users.set(entry.id, (users.get(entry.id) ?? 0) + 1);

  /** What an entry is a plain function of, if it is of one thing that nobody else uses. */
  const inputOf = ({ uses, biases }: Instance): Instance | undefined => {
    const [only] = uses;
    if (uses.length !== 1 || biases.length > 0 || only?.weight !== undefined) return undefined;
    const input = byId.get(only?.entry.id ?? '');
    return input && users.get(input.entry.id) === 1 ? input : undefined;
  };
  /** The weighted sum behind an activation, what is behind another name: only those are drawn together with it. */
  const sourceOf = (instance: Instance, left = LONGEST_CHAIN): Instance | undefined => {
    if (instance.biases.length > 0 || instance.uses.some(({ weight }) => weight)) return instance;
    const input = inputOf(instance);
    const source = input && left > 0 ? sourceOf(input, left - 1) : undefined;
    return source ?? (instance.isAlias ? input : undefined);
  };
  const isOne = ({ isAlias }: Instance, input: Instance): boolean =>
    isAlias || sourceOf(input) !== undefined;
  const insideOf = (instance: Instance): readonly Entry[] => {
    const input = inputOf(instance);
    return input && isOne(instance, input) ? [input.entry, ...insideOf(input)] : [];
  };
  const absorbed = new Set<string>();
  for (const instance of instances) {
    const input = inputOf(instance);
    if (input && isOne(instance, input)) absorbed.add(input.entry.id);
  }
  const defined = instances
    .filter(({ entry }) => !absorbed.has(entry.id))
    .map((instance): Node => {
      const { uses, biases } = sourceOf(instance) ?? instance;
      return { entry: instance.entry, uses, biases, inside: insideOf(instance), isLeaf: false };
    });
  const leaves = new Map<string, Node>();
  for (const { uses } of instances)
    for (const { entry } of uses)
      if (!byId.has(entry.id))
        leaves.set(entry.id, {
          entry,
          uses: [],
          biases: [],
          inside: aliases.get(entry.id) ?? [],
          isLeaf: true,
        });
  return [...leaves.values(), ...defined];
}

/** An input that has two names (`a^0_k = x_k`) is one unit, called by the first. */
function withoutAliases(all: readonly Instance[]): {
  readonly instances: readonly Instance[];
  readonly aliases: ReadonlyMap<string, readonly Entry[]>;
} {
  const defined = new Set(all.map(({ entry }) => entry.id));
  const used = new Set(all.flatMap(({ uses }) => uses.map(({ entry }) => entry.id)));
  const meant = new Map<string, Entry>();
  const aliases = new Map<string, Entry[]>();
  for (const { entry, uses, isAlias } of all) {
    const input = uses[0]?.entry;
    if (!isAlias || !input || defined.has(input.id) || !used.has(entry.id)) continue;
    meant.set(entry.id, input);
    aliases.set(input.id, [...(aliases.get(input.id) ?? []), entry]);
  }
  const instances = all
    .filter(({ entry }) => !meant.has(entry.id))
    .map((instance) => ({
      ...instance,
      uses: instance.uses.map((use) => ({ ...use, entry: meant.get(use.entry.id) ?? use.entry })),
    }));
  return { instances, aliases };
}

/** Rounds of relaxation before a graph is taken to have a cycle. */
const MOST_ROUNDS = 2_000;

/**
 * Nodes by column, from the inputs to the loss. All entries of a family (of one layer of it) share a
 * column; a leaf stands just before its first use.
 * @param group the family and layer an entry belongs to
 */
export function columnsOf(
  nodes: readonly Node[],
  group: (entry: Entry) => string,
): readonly (readonly Node[])[] {
  const rank = new Map<string, number>();
  const rankOf = (entry: Entry) => rank.get(group(entry)) ?? 0;
  const defined = nodes.filter(({ isLeaf }) => !isLeaf);
  const leafGroups = new Set(nodes.filter(({ isLeaf }) => isLeaf).map(({ entry }) => group(entry)));
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    let changed = false;
    for (const { entry, uses } of defined) {
      const needed = Math.max(
        0,
        ...uses
          .filter((use) => group(use.entry) !== group(entry))
          .map((use) => rankOf(use.entry) + 1),
      );
      if (needed > rankOf(entry)) {
        rank.set(group(entry), needed);
        changed = true;
      }
    }
    if (!changed) break;
    if (round > defined.length + 1) break;
  }
  for (const leaf of leafGroups) {
    const users = defined.filter(({ uses }) => uses.some((use) => group(use.entry) === leaf));
    rank.set(leaf, Math.max(0, Math.min(...users.map(({ entry }) => rankOf(entry))) - 1));
  }
  const columns: Node[][] = [];
  for (const node of nodes) {
    const place = rankOf(node.entry);
    columns[place] = [...(columns[place] ?? []), node];
  }
  return columns.filter((column) => column !== undefined && column.length > 0);
}
