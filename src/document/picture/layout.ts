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
const MARGIN = 46;

/** Where along a line its weight is written: a little nearer to its start, where lines are apart. */
export const WEIGHT_AT = 0.38;

/** Places units column by column; what is computed is centred, plain inputs beside it hang below. */
export function layOut(picture: Picture): Layout {
  const width = (picture.columns.length - 1) * COLUMN + 2 * MARGIN;
  const units: PlacedUnit[] = [];
  const dots: { x: number; y: number; vertical: boolean }[] = [];
  const columnOf = new Map<string, number>();
  const tops = picture.columns.map(({ units: list }) => (-(centredRows(list) - 1) * ROW) / 2);
  const ends = picture.columns.map(
    ({ units: list }, place) => (tops[place] ?? 0) + (list.length - 1) * ROW,
  );
  const middle = MARGIN - Math.min(0, ...tops);
  const height = middle + Math.max(0, ...ends) + MARGIN;
  picture.columns.forEach((column, place) => {
    const x = MARGIN + place * COLUMN;
    if (column.elided) {
      dots.push({ x, y: middle, vertical: false });
      return;
    }
    column.units.forEach((unit, row) => {
      const y = middle + (tops[place] ?? 0) + row * ROW;
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
    height: height + (lines.some(({ bow }) => bow > 0) ? ROW / 2 : 0),
    units,
    lines,
    dots,
  };
}

/** Rows of a column that are centred: all but the inputs below what is computed. */
function centredRows(units: readonly (Unit | 'dots')[]): number {
  const first = units.findIndex((unit) => unit !== 'dots' && unit.kind === 'input');
  return first > 0 ? first : units.length;
}
