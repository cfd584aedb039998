/** A picture as TikZ, from the same layout as the SVG. */

import { escapeTex } from '../escape.js';
import { isSafeMath } from '../safe-math.js';
import { layOut, type PlacedLine, type PlacedUnit } from './layout.js';
import type { Label, Paths, Picture } from './model.js';
import { isLong, shortNumber } from './svg.js';

/** Pixels in a centimetre of paper. */
const SCALE = 52;
/** Width of a page's text in centimetres; wider pictures are made smaller. */
const TEXT_WIDTH = 15.6;

/**
 * Draws a picture with plain TikZ: no library is needed.
 * @param paths what is marked in it
 */
export function writeTikz(picture: Picture, paths?: Paths): string {
  const layout = layOut(picture);
  const wide = layout.width / SCALE;
  const scale = wide > TEXT_WIDTH ? TEXT_WIDTH / wide : 1;
  const names = new Map(layout.units.map(({ unit }, place) => [unit.id, `u${place}`]));
  const node = (placed: PlacedUnit) => names.get(placed.unit.id) ?? 'u0';
  return [
    `\\begin{tikzpicture}[scale=${scale.toFixed(3)},every node/.style={transform shape},unit/.style={circle,draw,fill=white,minimum size=0.74cm,inner sep=0pt,font=\\small},number/.style={font=\\tiny,inner sep=1.6pt}]`,
    ...layout.units.map((placed) =>
      unitTikz(placed, node(placed), paths?.units.has(placed.unit.id) ?? false),
    ),
    ...layout.dots.map(
      ({ x, y, vertical }) => `\\node at (${point(x, y)}) {$\\${vertical ? 'vdots' : 'cdots'}$};`,
    ),
    ...layout.lines.map((placed) =>
      lineTikz(placed, node(placed.from), node(placed.to), paths?.lines.has(placed.line) ?? false),
    ),
    '\\end{tikzpicture}',
  ].join('\n');
}

const point = (x: number, y: number): string =>
  `${(x / SCALE).toFixed(2)},${(-y / SCALE).toFixed(2)}`;

const math = ({ latex, base }: Label): string =>
  isSafeMath(latex) ? `$${latex}$` : escapeTex(base);

const numberTikz = (value: number): string =>
  `$${shortNumber(value)
    .replace('−', '-')
    .replace(/e([+-]?\d+)/, (_all, power) => `\\cdot 10^{${Number(power)}}`)}$`;

/** How what is marked is drawn. */
const MARKED = 'orange!75!black,very thick';

function unitTikz({ unit, x, y }: PlacedUnit, name: string, marked: boolean): string {
  const dashed = unit.kind === 'input' ? 'unit,densely dashed' : 'unit';
  const sized = isLong(unit.label) ? `${dashed},font=\\footnotesize` : dashed;
  const style = marked ? `${sized},draw=orange!75!black,very thick` : sized;
  const behind = unit.isFamily
    ? [4, 2].map((by) => `\\node[${sized}] at (${point(x + by, y - by)}) {};`)
    : [];
  const lines = [
    ...behind,
    `\\node[${style}] (${name}) at (${point(x, y)}) {${math(unit.label)}};`,
  ];
  const biases = unit.biases.map((bias) => `${math(bias)}`).join(', ');
  if (biases !== '') lines.push(`\\node[number,above] at (${name}.north) {$+$ ${biases}};`);
  const numbers = [
    ...(unit.value === undefined ? [] : [numberTikz(unit.value)]),
    ...(unit.gradient === undefined
      ? []
      : [`\\textcolor{blue!60!black}{${numberTikz(unit.gradient)}}`]),
  ];
  if (numbers.length > 0)
    lines.push(
      `\\node[number,below,align=center] at (${name}.south) {${numbers.join('\\\\[-2pt] ')}};`,
    );
  return lines.join('\n');
}

function lineTikz({ line, bow }: PlacedLine, from: string, to: string, marked: boolean): string {
  const numbers = [
    ...(line.weight ? [math(line.weight)] : []),
    ...(line.value === undefined ? [] : [numberTikz(line.value)]),
    ...(line.gradient === undefined
      ? []
      : [`\\textcolor{blue!60!black}{${numberTikz(line.gradient)}}`]),
  ];
  const font = numbers.length === 1 && line.weight ? ',font=\\scriptsize' : '';
  const weight =
    numbers.length === 0
      ? ''
      : ` node[number,pos=${bow > 0 ? 0.5 : 0.38},fill=white,align=center${font}] {${numbers.join('\\\\[-2pt] ')}}`;
  return `\\draw[->,${marked ? MARKED : 'gray'}] (${from}) to${bow > 0 ? '[bend right=30]' : ''}${weight.replace(' {', ' {\\color{black}')} (${to});`;
}
