/** From a network to its picture. */
import { type Formula, number, symbol } from '../../expression/formula.js';
import { children, freeNames, substitute } from '../../expression/walk.js';
import type { Definition, Network } from '../../network/network.js';
import type { Display } from '../../write/display.js';
import { unicodeName } from '../../write/names.js';
import { writeLatex, writeUnicode } from '../../write/write.js';
import { columnsOf, type Node, nodesOf } from './columns.js';
import { type Entry, instancesOf, NotDrawn } from './instances.js';
import type { Column, Known, Label, Line, Picture, Unit } from './model.js';
import { type DrawnRange, drawnSizes, type Sizes } from './sizes.js';

/** Units of one column that are drawn; more are left out with dots. */
const TALLEST_COLUMN = 8;
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
  const drawn = drawnSizes(sizes);
  const nodes = nodesOf(instancesOf(network, drawn));
  const positions = sequencePositions(network);
  const sequence = (entry: Entry) =>
    entry.indices.filter((_, place) => positions.get(entry.name)?.has(place));
  const columns = columnsOf(nodes, (entry) => `${entry.name}|${sequence(entry).join(',')}`);
  if (columns.length > MOST_COLUMNS)
    throw new NotDrawn(`the network has ${columns.length} stages: too many to draw`);

  const ranges = (entry: Entry) => rangesOf(entry, network, drawn);
  const label = (entry: Entry) => labelOf(entry, ranges(entry), network, display);
  const last = columns.length - 1;
  const isDots = (entry: Entry, place: number) =>
    ranges(entry)[place]?.elision?.dotsAt === entry.indices[place];
  const shown = columns.map((column, place): Column => {
    const elided = column.every(({ entry }) =>
      entry.indices.some((_, at) => positions.get(entry.name)?.has(at) && isDots(entry, at)),
    );
    const order = [...column].sort((a, b) => Number(a.isLeaf) - Number(b.isLeaf));
    const units = order.map(({ entry, biases, inside, isLeaf }): Unit | 'dots' => {
      const left = entry.indices.some(
        (_, at) => !positions.get(entry.name)?.has(at) && isDots(entry, at),
      );
      if (left) return 'dots';
      const kind = isLeaf ? 'input' : place === last ? 'output' : 'hidden';
      return {
        id: entry.id,
        label: label(entry),
        kind,
        biases: biases.map(label),
        holds: [entry, ...inside, ...biases].map((one) => ({ ...one, label: label(one) })),
        ...facts(entry, known),
      };
    });
    return { units: shorten(withoutRepeatedDots(units)), elided };
  });
  const lines = linesOf(nodes, shown, label, known);
  return { columns: shown, lines, description: describe(shown) };
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
  columns.forEach(({ units, elided }, place) => {
    for (const unit of units) if (unit !== 'dots' && !elided) shown.set(unit.id, place);
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
  const upper = display.upperSlots(entry.name);
  const words = indices.map((index) => writeUnicode(index, display));
  return {
    base: unicodeName(entry.name),
    upper: words.slice(0, upper).join(','),
    lower: join(words.slice(upper)),
    latex: writeLatex(symbol(entry.name, indices), display),
  };
}

const join = (indices: readonly string[]): string =>
  indices.every((index) => index.length === 1) ? indices.join('') : indices.join(',');

/** Index positions along which a family is a sequence: layers, time steps, constant heads. */
function sequencePositions(network: Network): ReadonlyMap<string, ReadonlySet<number>> {
  const found = new Map<string, Set<number>>();
  const mark = (name: string, place: number) =>
    found.set(name, (found.get(name) ?? new Set()).add(place));
  for (const { name, slots } of network.families.values())
    slots.forEach((slot, place) => {
      if (slot.place === 'upper') mark(name, place);
    });
  for (const definition of network.definitions) {
    const shifted = shiftedNames(definition);
    const visit = (name: string, indices: readonly Formula[]) =>
      indices.forEach((index, place) => {
        const names = freeNames(index);
        if ([...names].some((variable) => shifted.has(variable))) mark(name, place);
      });
    visit(definition.name, definition.head);
    definition.head.forEach((index, place) => {
      if (index.kind === 'number') mark(definition.name, place);
    });
    const walk = (formula: Formula): void => {
      if (formula.kind === 'symbol') visit(formula.name, formula.indices);
      else for (const child of children(formula)) walk(child);
    };
    walk(definition.right);
  }
  return found;
}

/** Index variables of a definition that its right side uses shifted (`t-1`). */
function shiftedNames({ ranges, right }: Definition): ReadonlySet<string> {
  const own = new Set(ranges.map(({ index }) => index));
  const found = new Set<string>();
  const walk = (formula: Formula): void => {
    if (formula.kind === 'symbol')
      for (const index of formula.indices) {
        if (index.kind !== 'add') continue;
        const names = [...freeNames(index)];
        if (names.length === 1 && own.has(names[0] as string)) found.add(names[0] as string);
      }
    for (const child of children(formula)) walk(child);
  };
  walk(right);
  return found;
}

/** `A network in 3 columns: 2 inputs, 3 units, 1 output.` */
function describe(columns: readonly Column[]): string {
  const parts = columns.map(({ units, elided }) => {
    if (elided) return 'further layers';
    const names = units.map((unit) => (unit === 'dots' ? '…' : plainLabel(unit.label)));
    return names.join(', ');
  });
  return `The network from its inputs to its last unit: ${parts.join('; then ')}.`;
}

/** `a^(1)_2`. */
export const plainLabel = ({ base, upper, lower }: Label): string =>
  `${base}${upper === '' ? '' : `^(${upper})`}${lower === '' ? '' : `_${lower}`}`;
