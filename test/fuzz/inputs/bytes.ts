/** Texts of bytes, and texts damaged byte by byte. */
import type { Random } from '../random.js';

/** Signs that mean something somewhere in a worksheet, in a page or in LaTeX. */
const signs =
  '+-*/^_()[]{}<>=!,.;:|&~#%$\\\'"`@? \n\t0123456789abcdefghijklmnopqrstuvwxyzABCLNRWXZ∂∑∏√αβσδ≤≠→′ᵀ²₁ₖ·×⊙∞ℝ\u0000\u00a0\u200b\ufeff\u202e\ud800😀é';

const words = [
  'sum_', 'prod_', 'dL/dW', 'find ', 'check\n  ', 'given ', 'for l = 1..L', 'in R^', 'network: dense ',
  '\\frac{', '\\begin{cases}', '\\end{cases}', '\\left', '\\right)', '\\text{', '\\newcommand{\\a}{', '...',
  '\\cdots', '___', '1{', 'd/d', "f'(", ' = ', ' -> ', '<-', ':=', '```handgrad\n', '```\n', '\\begin{aligned}',
  '<script>', '&amp;', '1e999', '1e-999', '^(-1)', '^T', '.*', '\\|', '__proto__', 'constructor', 'toString',
]; // biome-ignore format: a list of words

const sign = (random: Random): string => random.pick([...signs]);

/** A text of signs and words in no order at all. */
export function bytes(random: Random): string {
  return random
    .many(1, 60, () => (random.chance(0.2) ? random.pick(words) : sign(random)))
    .join('');
}

/** A text with some signs dropped, doubled, exchanged or put in. */
export function damaged(text: string, random: Random): string {
  let result = text;
  for (let time = random.between(1, 4); time > 0; time -= 1) {
    const at = random.below(result.length + 1);
    const length = random.pick([0, 1, 1, 1, 2, 5, 20]);
    const put = random.pick([
      '',
      sign(random),
      random.pick(words),
      result.slice(at, at + length).repeat(2),
      result.slice(random.below(result.length + 1)).slice(0, 10),
    ]);
    result = result.slice(0, at) + put + result.slice(at + length);
  }
  return result;
}
