/** A picture as SVG: colours from the page, text as text, nothing from outside. */
import { escapeHtml } from '../escape.js';
import {
  type Layout,
  layOut,
  type PlacedLine,
  type PlacedUnit,
  RADIUS,
  WEIGHT_AT,
} from './layout.js';
import type { Label, Paths, Picture } from './model.js';

/** Letters on lines stand out from them. */
const HALO =
  'paint-order="stroke" stroke="var(--paper, #fff)" stroke-width="4" stroke-linejoin="round"';

/** Width of one character of an index. */
const SCRIPT_WIDTH = 5.4;

/** A name in a unit is set smaller if it is longer than this. */
const LONGEST_IN_UNIT = 3;

/** Significant digits beside a unit; the full number stands in its title. */
const DIGITS = 4;

/**
 * Draws a picture; `currentColor` and the page's variables give the colours.
 * @param paths what is marked in it
 */
export function writeSvg(picture: Picture, paths?: Paths): string {
  const layout = layOut(picture);
  const words = paths ? `${picture.description} Marked: ${sentenceOf(paths)}` : picture.description;
  return [
    `<svg ${frame(layout)} role="img" aria-label="${escapeHtml(words)}" font-family="Georgia, 'Times New Roman', serif" font-size="15" text-anchor="middle" fill="currentColor">`,
    ...(paths ? [underlay(layout, paths)] : []),
    ...body(layout),
    '</svg>',
  ].join('\n');
}

/** The paths of a derivative alone, in the frame of the whole picture, to be laid below it. */
export function writePaths(picture: Picture, paths: Paths): string {
  const layout = layOut(picture);
  const label = escapeHtml(`Marked: ${sentenceOf(paths)}`);
  return `<svg ${frame(layout)} role="img" aria-label="${label}">${underlay(layout, paths)}</svg>`;
}

function frame(layout: Layout): string {
  const below = layout.units.map(
    ({ unit, y }) => y + (unit.value === undefined && unit.gradient === undefined ? 28 : 54),
  );
  const bows = layout.lines.map(({ from, to, bow }) => (from.y + to.y) / 2 + bow);
  const height = round(Math.max(...bows, ...below));
  const { width } = layout;
  return `xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`;
}

/** Broad strokes below lines and around units; letters and their halo stay on top. */
function underlay(layout: Layout, paths: Paths): string {
  const lines = layout.lines.filter(({ line }) => paths.lines.has(line));
  const units = layout.units.filter(({ unit }) => paths.units.has(unit.id));
  return [
    '<g fill="none" stroke="var(--path, #f0a35e)" stroke-width="5">',
    ...lines.map((placed) => `<path d="${curve(placed)}"/>`),
    ...units.map(({ x, y }) => `<circle cx="${x}" cy="${y}" r="${RADIUS + 2}"/>`),
    '</g>',
  ].join('');
}

const sentenceOf = ({ of, by, names }: Paths): string =>
  `the paths from ${by} to ${of}, over ${names.join(', ')}.`;

const body = (layout: Layout): readonly string[] => [
  '<g class="edges" fill="none" stroke="var(--edge, #8a949e)" stroke-width="1.2">',
  ...layout.lines.map(lineSvg),
  '</g>',
  ...layout.lines.map(weightSvg).filter((text) => text !== ''),
  ...layout.dots.map(({ x, y, vertical }) =>
    [-8, 0, 8]
      .map(
        (by) => `<circle cx="${x + (vertical ? 0 : by)}" cy="${y + (vertical ? by : 0)}" r="2"/>`,
      )
      .join(''),
  ),
  ...layout.units.map(unitSvg),
];

const round = (value: number): number => Math.round(value * 10) / 10;

/** The ends of a line at the rims of its units, with the place of its weight. */
function geometry({ from, to, bow }: PlacedLine) {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const [dx, dy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const start = { x: from.x + dx * RADIUS, y: from.y + dy * RADIUS };
  const end = { x: to.x - dx * (RADIUS + 3), y: to.y - dy * (RADIUS + 3) };
  const bend = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 + bow * 1.6 };
  const at = (part: number) => ({
    x: start.x + (end.x - start.x) * part,
    y: start.y + (end.y - start.y) * part + (bow === 0 ? 0 : bow * 0.8),
  });
  return { start, end, bend, weight: at(bow === 0 ? WEIGHT_AT : 0.5) };
}

function curve(placed: PlacedLine): string {
  const { start, end, bend } = geometry(placed);
  const from = `M${round(start.x)} ${round(start.y)}`;
  const to = `${round(end.x)} ${round(end.y)}`;
  return placed.bow === 0 ? `${from}L${to}` : `${from}Q${round(bend.x)} ${round(bend.y)} ${to}`;
}

function lineSvg(placed: PlacedLine): string {
  const names = placed.line.weight
    ? ` data-name="${escapeHtml(labelKey(placed.line.weight))}"`
    : '';
  return `<path class="edge" d="${curve(placed)}"${names}/>`;
}

function weightSvg(placed: PlacedLine): string {
  const { weight, value, gradient } = placed.line;
  if (weight === undefined) return '';
  const { x, y } = geometry(placed).weight;
  const parts = [
    `<text x="${round(x)}" y="${round(y - 3)}" font-size="13" ${HALO}>${labelSvg(weight)}</text>`,
  ];
  if (value !== undefined)
    parts.push(
      `<text x="${round(x)}" y="${round(y + 11)}" font-size="10" font-family="system-ui, sans-serif" ${HALO}>${shortNumber(value)}</text>`,
    );
  if (gradient !== undefined)
    parts.push(
      `<text class="gradient" x="${round(x)}" y="${round(y + 22)}" font-size="10" font-family="system-ui, sans-serif" ${HALO} style="fill:var(--accent, #1d4f91)">${shortNumber(gradient)}</text>`,
    );
  return parts.join('');
}

function unitSvg({ unit, x, y }: PlacedUnit): string {
  const { label, kind, value, gradient, biases } = unit;
  const dash = kind === 'input' ? ' stroke-dasharray="3 2"' : '';
  const title = [
    `${labelKey(label)}${unit.isFamily ? ', all units' : ''}`,
    ...(value === undefined ? [] : [`value ${value}`]),
    ...(gradient === undefined ? [] : [`gradient ${gradient}`]),
  ].join(', ');
  const rim = (left: number, top: number) =>
    `<circle cx="${left}" cy="${top}" r="${RADIUS}" fill="var(--unit, #fff)" stroke="currentColor" stroke-width="1.3"${dash}/>`;
  const small = `font-size="10.5" font-family="system-ui, sans-serif" ${HALO}`;
  return [
    `<g class="unit ${kind}"><title>${escapeHtml(title)}</title>`,
    ...(unit.isFamily ? [rim(x + 4, y - 4), rim(x + 2, y - 2)] : []),
    rim(x, y),
    `<text x="${x}" y="${y + 5}"${isLong(label) ? ' font-size="12"' : ''}>${labelSvg(label)}</text>`,
    ...biases.map(
      (bias, place) =>
        `<text x="${x + (place - (biases.length - 1) / 2) * 30}" y="${y - RADIUS - 6}" font-size="12" ${HALO}>+ ${labelSvg(bias)}</text>`,
    ),
    ...(value === undefined
      ? []
      : [`<text x="${x}" y="${y + RADIUS + 13}" ${small}>${shortNumber(value)}</text>`]),
    ...(gradient === undefined
      ? []
      : [
          `<text class="gradient" x="${x}" y="${y + RADIUS + 25}" ${small} style="fill:var(--accent, #1d4f91)">${shortNumber(gradient)}</text>`,
        ]),
    '</g>',
  ].join('');
}

/** A number short enough to stand beside a unit. */
export const shortNumber = (value: number): string => {
  const short = Number(value.toPrecision(DIGITS));
  return String(short).replace('-', '−');
};

/** Whether a name would touch the rim of its unit in the usual size. */
export const isLong = ({ base }: Label): boolean => [...base].length > LONGEST_IN_UNIT;

const labelKey = ({ base, upper, lower }: Label): string =>
  `${base}${upper === '' ? '' : `^(${upper})`}${lower === '' ? '' : `_${lower}`}`;

const italic = (text: string): string => (/\p{L}/u.test(text) ? ' font-style="italic"' : '');

/** `n_L` of an index, its own index smaller and lower. */
const scriptSvg = (text: string): string =>
  escapeHtml(text).replace(
    /_(\w)/g,
    '<tspan font-size="80%" dy="3">$1</tspan><tspan dy="-3">\u200b</tspan>',
  );

/** Base in italics, indices raised and lowered above each other. */
function labelSvg({ base: name, upper, lower: indices }: Label): string {
  // A name that ends in a label (`W_Q`) shares its subscript with the indices.
  const [, base, own] = /^(.+?)_(.+)$/.exec(name) ?? ['', name, ''];
  const lower = [own, indices].filter((text) => text !== '').join(',');
  const script = (text: string, by: number, back: number) =>
    text === ''
      ? ''
      : `<tspan font-size="68%" dy="${by}"${italic(text)}${back > 0 ? ` dx="-${round(back)}"` : ''}>${scriptSvg(text)}</tspan>`;
  const back = upper.length * SCRIPT_WIDTH;
  const lowered = upper === '' ? 4 : 10;
  return `<tspan font-style="italic">${escapeHtml(base as string)}</tspan>${script(upper, -6, 0)}${script(lower, lowered, back)}`;
}
