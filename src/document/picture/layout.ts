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

/** Places units column by column, each column centred. */
export function layOut(picture: Picture): Layout {
  const tallest = Math.max(1, ...picture.columns.map(({ units }) => units.length));
  const height = (tallest - 1) * ROW + 2 * MARGIN;
  const width = (picture.columns.length - 1) * COLUMN + 2 * MARGIN;
  const units: PlacedUnit[] = [];
  const dots: { x: number; y: number; vertical: boolean }[] = [];
  const columnOf = new Map<string, number>();
  picture.columns.forEach((column, place) => {
    const x = MARGIN + place * COLUMN;
    if (column.elided) {
      dots.push({ x, y: height / 2, vertical: false });
      return;
    }
    const top = height / 2 - ((column.units.length - 1) * ROW) / 2;
    column.units.forEach((unit, row) => {
      const y = top + row * ROW;
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
