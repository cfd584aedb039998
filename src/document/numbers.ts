/** Numbers and families of numbers, as people read them. */
import type { ValueView } from './view.js';

/** Rows and columns of a family that documents show before they leave some out. */
const SHOWN_ENTRIES = 8;

/** A number with all digits that tell it from its neighbours; nothing is rounded away. */
export const writeNumber = (value: number): string =>
  Number.isFinite(value) ? String(value).replace('e+', 'e') : notFinite(value);

const notFinite = (value: number): string =>
  Number.isNaN(value) ? 'undefined' : value > 0 ? 'infinity' : '-infinity';

/** A number in LaTeX: `1.5 \cdot 10^{-7}`. */
export function writeNumberLatex(value: number): string {
  if (Number.isNaN(value)) return '\\text{undefined}';
  if (!Number.isFinite(value)) return value > 0 ? '\\infty' : '-\\infty';
  const [digits, exponent] = String(value).split('e');
  return exponent === undefined ? (digits as string) : `${digits} \\cdot 10^{${Number(exponent)}}`;
}

/** A value in plain text: a number, or nested brackets. */
export const writeValue = (value: ValueView): string =>
  typeof value === 'number' ? writeNumber(value) : `[${value.map(writeValue).join(', ')}]`;

/** A value in LaTeX: a number, a column, a matrix; deeper families as a list of matrices. */
export function writeValueLatex(value: ValueView): string {
  if (typeof value === 'number') return writeNumberLatex(value);
  const rows = value.map((row) => (typeof row === 'number' ? [row] : row));
  if (rows.length === 0) return '()';
  if (rows.every((row) => row.every((entry) => typeof entry === 'number'))) {
    const shown = shorten(
      rows.map((row) => shorten((row as readonly number[]).map(writeNumberLatex), '\\cdots')),
      undefined,
    );
    const width = Math.max(...shown.map((row) => row?.length ?? 0));
    const dots = Array.from({ length: width }, () => '\\vdots').join(' & ');
    return `\\begin{pmatrix} ${shown.map((row) => row?.join(' & ') ?? dots).join(' \\\\ ')} \\end{pmatrix}`;
  }
  return `\\left( ${shorten(value.map(writeValueLatex), '\\dots').join(',\\; ')} \\right)`;
}

/** A long list with its middle replaced by one mark. */
function shorten<T>(list: readonly T[], mark: T): readonly T[] {
  if (list.length <= SHOWN_ENTRIES) return list;
  return [...list.slice(0, SHOWN_ENTRIES - 2), mark, ...list.slice(-1)];
}
