/** Coordinates for a picture, shared by SVG and TikZ. One unit of length is one pixel. */
import type { Line, Picture, Unit } from './model.js';

export interface PlacedUnit {
  readonly unit: Unit;
  readonly x: number;
  readonly y: number;
}

export interface PlacedLine {
  readonly line: Line;
  readonly from: PlacedUnit;
  readonly to: PlacedUnit;
  /** Goes over other columns, and so in a bow. */
  readonly bow: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly units: readonly PlacedUnit[];
  readonly lines: readonly PlacedLine[];
  /** Middles of what is left out: below each other (`vertical`) or beside each other. */
  readonly dots: readonly { readonly x: number; readonly y: number; readonly vertical: boolean }[];
}

export const RADIUS = 19;
const COLUMN = 128;
const ROW = 74;
const FULL_ROW = 94;
/** Between two families of one column, in rows. */
const GROUP = 1.35;
const MARGIN = 46;

/** Where along a line its weight is written: a little nearer to its start, where lines are apart. */
export const WEIGHT_AT = 0.38;

/** Places units column by column; what is computed is centred, plain inputs beside it hang below. */
export function layOut(picture: Picture): Layout {
  const width = (picture.columns.length - 1) * COLUMN + 2 * MARGIN;
  const units: PlacedUnit[] = [];
  const dots: { x: number; y: number; vertical: boolean }[] = [];
  const columnOf = new Map<string, number>();
  const heights = heightsOf(picture);
  const middle = MARGIN - Math.min(0, ...heights.flat());
  const height = middle + Math.max(0, ...heights.flat()) + MARGIN;
  picture.columns.forEach((column, place) => {
    const x = MARGIN + place * COLUMN;
    if (column.elided) dots.push({ x, y: middle, vertical: false });
    column.units.forEach((unit, row) => {
      const y = middle + (heights[place]?.[row] ?? 0);
      if (unit === 'dots') dots.push({ x, y, vertical: true });
      else {
        units.push({ unit, x, y });
        columnOf.set(unit.id, place);
      }
    });
  });
  const byId = new Map(units.map((placed) => [placed.unit.id, placed]));
  const lines = picture.lines.flatMap((line): PlacedLine[] => {
    const from = byId.get(line.from);
    const to = byId.get(line.to);
    if (!from || !to) return [];
    const span = (columnOf.get(line.to) ?? 0) - (columnOf.get(line.from) ?? 0);
    const level = Math.abs(from.y - to.y) < ROW / 2;
    return [{ line, from, to, bow: span > 1 && level ? 34 + 12 * span : 0 }];
  });
  return {
    width,
    height: Math.max(height, ...lines.map(({ from, to, bow }) => (from.y + to.y) / 2 + bow)),
    units,
    lines,
    dots,
  };
}

/** How high the units of each column stand, 0 in the middle of what is computed. */
function heightsOf({ columns, lines }: Picture): readonly (readonly number[])[] {
  const heightOf = new Map<string, number>();
  const row = rowHeight(columns);
  return columns.map(({ units, elided }, place) => {
    const rows = rowsOf(units, elided);
    const centred = centredRows(units);
    const single = units[0];
    // A last unit stands in the middle of what it uses, if that is all in the column before it.
    const used =
      place === columns.length - 1 && units.length === 1 && single && single !== 'dots'
        ? lines.flatMap(({ from, to }) => (to === single.id ? [heightOf.get(from)] : []))
        : [];
    const near = used.filter((height) => height !== undefined);
    const isNear = near.length > 0 && near.length === used.length;
    const middle = isNear ? (Math.min(...near) + Math.max(...near)) / 2 : 0;
    const first = elided ? 0 : (rows[centred - 1] ?? 0) / 2;
    const heights = rows.map((at) => middle + (at - first) * row);
    heightOf.clear();
    units.forEach((unit, at) => {
      if (unit !== 'dots') heightOf.set(unit.id, heights[at] as number);
    });
    return heights;
  });
}

/** Rows are further apart where numbers stand below units and biases above them. */
function rowHeight(columns: Picture['columns']): number {
  const units = columns.flatMap((column) => column.units.filter((unit) => unit !== 'dots'));
  const isFull = units.some((unit) => unit.gradient !== undefined && unit.biases.length > 0);
  return isFull ? FULL_ROW : ROW;
}

/** The rows of a column's units, with a little more room between families. */
function rowsOf(units: readonly (Unit | 'dots')[], elided: boolean): readonly number[] {
  let row = elided ? GROUP : 0;
  let family: string | undefined;
  return units.map((unit, place) => {
    const own = unit === 'dots' ? family : unit.label.base;
    if (place > 0) row += own === family ? 1 : GROUP;
    family = own;
    return row;
  });
}

/** Rows of a column that are centred: all but the inputs below what is computed. */
function centredRows(units: readonly (Unit | 'dots')[]): number {
  const first = units.findIndex((unit) => unit !== 'dots' && unit.kind === 'input');
  return first > 0 ? first : units.length;
}
