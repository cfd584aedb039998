/** The paths that a derivative sums over: from what it is by to what it is of, in a picture. */
import type { Formula, SymbolFormula } from '../../expression/formula.js';
import { freeNames } from '../../expression/walk.js';
import { plainLabel } from './draw-network.js';
import type { Entry } from './instances.js';
import type { Line, NamedEntry, Paths, Picture, Unit } from './model.js';
import type { Environment, Sizes } from './sizes.js';

/** Pairs of entries between which paths are looked for. */
const MOST_PAIRS = 2_000;

/** Of what and by what a derivative is, and the names of its indices. */
export interface Slope {
  readonly of: SymbolFormula;
  readonly by: SymbolFormula;
  readonly indices: ReadonlySet<string>;
}

/** The derivative that a formula is, if it is one of a named quantity by another. */
export function slopeOf(formula: Formula, indices: ReadonlySet<string>): Slope | undefined {
  if (formula.kind !== 'derivative') return undefined;
  const { of, by } = formula;
  return of.kind === 'symbol' && by.kind === 'symbol' ? { of, by, indices } : undefined;
}

/**
 * The paths of a derivative. Where it is by a whole family (`dC/dw^l_jk`), those of the first entry
 * in the picture that has any: paths of all entries together would say nothing.
 */
export function pathsOf(slope: Slope, picture: Picture): Paths | undefined {
  const { sizes } = picture;
  const graph = new Graph(picture);
  let tried = 0;
  for (const start of graph.entries()) {
    const bound = matched(slope.by, start, slope.indices, sizes, new Map());
    if (!bound) continue;
    for (const end of graph.entries()) {
      if (!matched(slope.of, end, slope.indices, sizes, bound)) continue;
      tried += 1;
      if (tried > MOST_PAIRS) return undefined;
      const found = graph.between(start, end);
      if (found) return { of: plainLabel(end.label), by: plainLabel(start.label), ...found };
    }
  }
  return undefined;
}

/** The values of the indices with which a name is an entry of the picture; `undefined` if it is not. */
function matched(
  { name, indices }: SymbolFormula,
  entry: Entry,
  variables: ReadonlySet<string>,
  sizes: Sizes,
  before: Environment,
): Environment | undefined {
  if (name !== entry.name || indices.length !== entry.indices.length) return undefined;
  const values = new Map(before);
  for (const [place, index] of indices.entries()) {
    const wanted = entry.indices[place] as number;
    const open = [...freeNames(index)].filter((one) => variables.has(one) && !values.has(one));
    if (open.length === 0) {
      if (sizes.index(index, values) !== wanted) return undefined;
    } else if (index.kind === 'symbol') values.set(index.name, wanted);
    // An index such as `l - 1` with a free `l` is any.
  }
  return values;
}

/** Units by what they hold, and who uses whom. */
class Graph {
  private readonly units: readonly Unit[];
  private readonly ahead = new Map<string, Set<string>>();
  private readonly behind = new Map<string, Set<string>>();

  constructor(private readonly picture: Picture) {
    const columns = picture.columns.map(({ units }) =>
      units.filter((unit): unit is Unit => unit !== 'dots'),
    );
    this.units = columns.flat();
    for (const { from, to } of picture.lines) this.connect(from, to);
    // Through layers that are left out every unit reaches every unit.
    const isAway = (at: number) => picture.columns[at]?.elided === true;
    columns.forEach((before, at) => {
      if (isAway(at) || !isAway(at + 1)) return;
      let next = at + 1;
      while (isAway(next)) next += 1;
      for (const from of before)
        for (const to of columns[next] ?? []) if (to.kind !== 'input') this.connect(from.id, to.id);
    });
  }

  private connect(from: string, to: string): void {
    this.ahead.set(from, (this.ahead.get(from) ?? new Set()).add(to));
    this.behind.set(to, (this.behind.get(to) ?? new Set()).add(from));
  }

  /** Everything that a derivative may be of or by: units with what they hold, and weights. */
  *entries(): Iterable<NamedEntry> {
    for (const { holds } of this.units) yield* holds;
    for (const { through } of this.picture.lines) if (through) yield through;
  }

  /** What lies between two entries; nothing if the one is not reached from the other. */
  between(start: Entry, end: Entry): Pick<Paths, 'names' | 'units' | 'lines'> | undefined {
    const holding = ({ id }: Entry): readonly string[] =>
      this.units.filter(({ holds }) => holds.some((one) => one.id === id)).map((unit) => unit.id);
    const weighted = this.picture.lines.filter(({ through }) => through?.id === start.id);
    const ends = holding(end);
    const from = reached([...holding(start), ...weighted.map(({ to }) => to)], this.ahead);
    const to = reached(ends, this.behind);
    const units = new Set([...from].filter((id) => to.has(id)));
    if (units.size === 0) return undefined;
    const isOn = (line: Line) =>
      units.has(line.to) && (units.has(line.from) || weighted.includes(line));
    const names = this.units
      .filter(({ id }) => units.has(id))
      .map(({ label }) => plainLabel(label));
    return { names, units, lines: new Set(this.picture.lines.filter(isOn)) };
  }
}

/** What can be reached from some units, themselves included. */
function reached(
  starts: readonly string[],
  next: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlySet<string> {
  const found = new Set(starts);
  // A set gives what is added while one walks it.
  for (const id of found) for (const other of next.get(id) ?? []) found.add(other);
  return found;
}
