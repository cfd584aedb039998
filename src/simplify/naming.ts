/**
 * One naming for bound indices that may stand in any order: colour refinement, then, for what it
 * leaves tied, trying each member of the first tied cell (twins once). The smallest text wins.
 */

export type Labels = ReadonlyMap<string, string>;

export interface Naming {
  /** The names in canonical order. */
  readonly order: readonly string[];
  /** The parts under that order, sorted. */
  readonly key: string;
}

/** Orders tried before the search settles for the best so far (the key is then valid, not least). */
const LEAF_LIMIT = 120;

/**
 * The canonical order of `names`. `describe` gives the texts of all parts under a labelling; a
 * label starts with `@`.
 */
export function canonicalNaming(
  names: readonly string[],
  outer: Labels,
  describe: (labels: Labels) => readonly string[],
): Naming {
  const labelled = (order: readonly string[]): Labels =>
    new Map([...outer, ...order.map((name, at) => [name, `@${outer.size + at}`] as const)]);
  const finish = (order: readonly string[]): Naming => ({
    order,
    key: [...describe(labelled(order))].sort().join('*'),
  });
  if (names.length <= 1) return finish(names);
  let leaves = 0;
  let best: Naming | undefined;
  const search = (colours: ReadonlyMap<string, string>): void => {
    const refined = refine(names, colours, outer, describe);
    const cells = cellsOf(names, refined);
    const tied = cells.find((cell) => cell.length > 1);
    if (!tied) {
      leaves += 1;
      const candidate = finish(cells.flat());
      if (!best || candidate.key < best.key) best = candidate;
      return;
    }
    const tried: string[] = [];
    for (const name of tied) {
      if (best && leaves >= LEAF_LIMIT) return;
      if (tried.some((other) => areTwins(name, other, refined, outer, describe))) continue;
      tried.push(name);
      search(new Map([...refined, [name, `${refined.get(name)}!`]]));
    }
  };
  search(new Map(names.map((name) => [name, '?'])));
  return best ?? finish(names);
}

function cellsOf(names: readonly string[], colours: ReadonlyMap<string, string>): string[][] {
  const cells = new Map<string, string[]>();
  for (const name of names) {
    const colour = colours.get(name) ?? '';
    cells.set(colour, [...(cells.get(colour) ?? []), name]);
  }
  return [...cells].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, cell]) => cell);
}

/** Splits colours by the parts a name stands in, until nothing splits any more. */
function refine(
  names: readonly string[],
  colours: ReadonlyMap<string, string>,
  outer: Labels,
  describe: (labels: Labels) => readonly string[],
): ReadonlyMap<string, string> {
  let current = colours;
  for (let round = 0; round < names.length; round += 1) {
    const views = new Map<string, string>();
    for (const name of names) {
      const labels = new Map([
        ...outer,
        ...names.map((other) => [other, `@<${current.get(other)}>`] as const),
        [name, `@me<${current.get(name)}>`] as const,
      ]);
      views.set(name, [...describe(labels)].sort().join('*'));
    }
    const ranked = [...new Set(names.map((name) => `${current.get(name)}~${views.get(name)}`))];
    ranked.sort();
    const next = new Map(
      names.map((name) => {
        const rank = ranked.indexOf(`${current.get(name)}~${views.get(name)}`);
        return [name, String(rank).padStart(3, '0')] as const;
      }),
    );
    const before = new Set(current.values()).size;
    current = next;
    if (ranked.length === before && round > 0) break;
    if (ranked.length === names.length) break;
  }
  return current;
}

/** Whether swapping the two names leaves the parts as they are. */
function areTwins(
  left: string,
  right: string,
  colours: ReadonlyMap<string, string>,
  outer: Labels,
  describe: (labels: Labels) => readonly string[],
): boolean {
  const view = (first: string, second: string) =>
    [
      ...describe(
        new Map([
          ...outer,
          ...[...colours.keys()].map((name) => [name, `@=${name}`] as const),
          [first, '@first'] as const,
          [second, '@second'] as const,
        ]),
      ),
    ]
      .sort()
      .join('*');
  return view(left, right) === view(right, left);
}
