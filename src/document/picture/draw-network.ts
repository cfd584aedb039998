/** From a network to its picture. */
import { type Formula, number, symbol } from '../../expression/formula.js';
import { substitute } from '../../expression/walk.js';
import type { Network } from '../../network/network.js';
import type { Display } from '../../write/display.js';
import { unicodeName } from '../../write/names.js';
import { writeLatex, writeUnicode } from '../../write/write.js';
import { columnsOf, type Node, nodesOf } from './columns.js';
import { type Entry, instancesOf, NotDrawn } from './instances.js';
import type { Column, Known, Label, Line, Picture, Unit } from './model.js';
import { lengthsOf, sequencePositions } from './sequences.js';
import { type DrawnRange, densities, drawnSizes, type Sizes } from './sizes.js';

/** Units of one column that are drawn; more are left out with dots. */
const TALLEST_COLUMN = 12;
/** Columns of one picture. */
const MOST_COLUMNS = 24;
/** Lines between columns up to which each is named by its weight. */
const MOST_NAMED_LINES = 6;

/**
 * Draws a network: columns from the inputs to the loss, units in their own order, weights on the
 * lines. Symbolic and large sizes are drawn with dots.
 * @param known values and gradients to write beside units and weights
 * @param sizes true sizes by structure key, where more is known than the network says
 * @throws NotDrawn with the reason
 */
export function pictureOf(
  network: Network,
  display: Display,
  known: Known,
  sizes: ReadonlyMap<string, number> = network.sizes,
): Picture {
  const positions = sequencePositions(network);
  const { drawn, nodes, columns } = fittingDraft(network, positions, sizes);
  if (columns.length > MOST_COLUMNS)
    throw new NotDrawn(`the network has ${columns.length} stages: too many to draw`);

  const ranges = (entry: Entry) => rangesOf(entry, network, drawn);
  const label = (entry: Entry) => labelOf(entry, ranges(entry), network, display);
  const last = columns.length - 1;
  const isDots = (entry: Entry, place: number) =>
    ranges(entry)[place]?.elision?.dotsAt === entry.indices[place];
  const isFamily = (entry: Entry) => ranges(entry).some((range) => range?.isWhole);
  const isAway = (entry: Entry) =>
    entry.indices.some((_, at) => positions.get(entry.name)?.has(at) && isDots(entry, at));
  const all = columns.map((column, place): Column => {
    const computed = column.filter(({ isLeaf }) => !isLeaf);
    const mains = computed.length > 0 ? computed : column;
    const elided = mains.every(({ entry }) => isAway(entry));
    const order = [...column].sort((a, b) => Number(a.isLeaf) - Number(b.isLeaf));
    const there = order.filter(({ entry }) => !isAway(entry));
    const units = there.map(({ entry, biases, inside, isLeaf }): Unit | 'dots' => {
      if (entry.indices.some((_, at) => isDots(entry, at))) return 'dots';
      const kind = isLeaf ? 'input' : place === last ? 'output' : 'hidden';
      return {
        id: entry.id,
        label: label(entry),
        kind,
        isFamily: isFamily(entry),
        biases: biases.map(label),
        holds: [entry, ...inside, ...biases].map((one) => ({ ...one, label: label(one) })),
        ...(isFamily(entry) ? {} : facts(entry, known)),
      };
    });
    return { units: shorten(withoutRepeatedDots(units)), elided };
  });
  const isEmpty = (column: Column | undefined) => column?.elided && column.units.length === 0;
  const shown = all.filter((column, place) => !isEmpty(column) || !isEmpty(all[place - 1]));
  const lines = linesOf(nodes, shown, label, known);
  return { columns: shown, lines, sizes: drawn, description: describe(shown) };
}

/** A network in columns, drawn with some sizes. */
interface Draft {
  readonly drawn: Sizes;
  readonly nodes: readonly Node[];
  readonly columns: readonly (readonly Node[])[];
}

/** As much of the families as the columns have room for; the least tall if there is never room. */
function fittingDraft(
  network: Network,
  positions: ReadonlyMap<string, ReadonlySet<number>>,
  sizes: ReadonlyMap<string, number>,
): Draft {
  const lengths = lengthsOf(network, positions);
  const sequence = (entry: Entry) =>
    entry.indices.filter((_, place) => positions.get(entry.name)?.has(place));
  const heightOf = ({ columns }: Draft) => Math.max(...columns.map(({ length }) => length));
  let best: Draft | undefined;
  for (const density of densities) {
    const drawn = drawnSizes(sizes, density, lengths);
    const nodes = nodesOf(instancesOf(network, drawn));
    const columns = columnsOf(nodes, (entry) => `${entry.name}|${sequence(entry).join(',')}`);
    const draft = { drawn, nodes, columns };
    if (heightOf(draft) <= TALLEST_COLUMN) return draft;
    if (!best || heightOf(draft) < heightOf(best)) best = draft;
  }
  return best as Draft;
}

const withoutRepeatedDots = (units: readonly (Unit | 'dots')[]) =>
  units.filter((unit, place) => unit !== 'dots' || units[place - 1] !== 'dots');

function shorten(units: readonly (Unit | 'dots')[]): readonly (Unit | 'dots')[] {
  if (units.length <= TALLEST_COLUMN) return units;
  const first = units.slice(0, TALLEST_COLUMN - 2);
  return withoutRepeatedDots([...first, 'dots', ...units.slice(-1)]);
}

function facts(entry: Entry, known: Known): { value?: number; gradient?: number } {
  const value = known.value(entry.name, entry.indices);
  const gradient = known.gradient(entry.name, entry.indices);
  return {
    ...(value === undefined ? {} : { value }),
    ...(gradient === undefined ? {} : { gradient }),
  };
}

function linesOf(
  nodes: readonly Node[],
  columns: readonly Column[],
  label: (entry: Entry) => Label,
  known: Known,
): readonly Line[] {
  const shown = new Map<string, number>();
  columns.forEach(({ units }, place) => {
    for (const unit of units) if (unit !== 'dots') shown.set(unit.id, place);
  });
  const uses = nodes
    .filter(({ entry }) => shown.has(entry.id))
    .flatMap(({ entry, uses }) =>
      uses.filter((use) => shown.has(use.entry.id)).map((use) => ({ to: entry, use })),
    );
  const crowd = new Map<number, number>();
  for (const { to } of uses) {
    const place = shown.get(to.id) ?? 0;
    crowd.set(place, (crowd.get(place) ?? 0) + 1);
  }
  return uses.map(({ to, use }): Line => {
    const few = (crowd.get(shown.get(to.id) ?? 0) ?? 0) <= MOST_NAMED_LINES;
    const weight = few && use.weight ? { weight: label(use.weight) } : {};
    const numbers = few && use.weight ? facts(use.weight, known) : {};
    const through = use.weight ? { through: { ...use.weight, label: label(use.weight) } } : {};
    return { from: use.entry.id, to: to.id, ...weight, ...through, ...numbers };
  });
}

/** The drawn range of each index of an entry. */
function rangesOf(
  entry: Entry,
  network: Network,
  sizes: Sizes,
): readonly (DrawnRange | undefined)[] {
  const environment = new Map<string, number>();
  const slots = network.families.get(entry.name)?.slots ?? [];
  return slots.map((slot, place) => {
    const range = slot.bounds && sizes.range(slot.bounds, environment);
    environment.set(slot.variable, entry.indices[place] ?? 0);
    return range;
  });
}

/** The name with its indices; the last of many is called by the size. */
function labelOf(
  entry: Entry,
  ranges: readonly (DrawnRange | undefined)[],
  network: Network,
  display: Display,
): Label {
  const slots = network.families.get(entry.name)?.slots ?? [];
  const called = new Map<string, Formula>();
  const indices = entry.indices.map((index, place): Formula => {
    const range = ranges[place];
    const isLast = range?.elision && index === range.to;
    const label = isLast ? substitute(range.elision.last, called) : number(index);
    const variable = slots[place]?.variable;
    if (variable) called.set(variable, label);
    return label;
  });
  // A unit that stands for a whole family has no index of its own.
  const isSaid = (place: number) => ranges[place]?.isWhole !== true;
  const upper = display.upperSlots(entry.name);
  const words = (from: number, to: number) =>
    indices
      .slice(from, to)
      .flatMap((index, place) => (isSaid(from + place) ? [writeUnicode(index, display)] : []));
  const allSaid = indices.every((_, place) => isSaid(place));
  const said = indices.filter((_, place) => isSaid(place));
  return {
    base: unicodeName(entry.name),
    upper: words(0, upper).join(','),
    lower: join(words(upper, indices.length)),
    latex: writeLatex(symbol(entry.name, allSaid ? indices : said), display),
  };
}

const join = (indices: readonly string[]): string =>
  indices.every((index) => index.length === 1) ? indices.join('') : indices.join(',');

/** `A network in 3 columns: 2 inputs, 3 units, 1 output.` */
function describe(columns: readonly Column[]): string {
  const parts = columns.map(({ units, elided }) => {
    const names = units.map((unit) => (unit === 'dots' ? '…' : plainLabel(unit.label)));
    return [...(elided ? ['further layers'] : []), ...names].join(', ');
  });
  return `The network from its inputs to its last unit: ${parts.join('; then ')}.`;
}

/** `a^(1)_2`. */
export const plainLabel = ({ base, upper, lower }: Label): string =>
  `${base}${upper === '' ? '' : `^(${upper})`}${lower === '' ? '' : `_${lower}`}`;
