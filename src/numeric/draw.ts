/** Our own seeded numbers: each is a function of a seed and a text, whatever the order of drawing. */

/** FNV-1a with a final mix (the finaliser of MurmurHash3), as 32 bits without sign. */
export function hash(seed: number, text: string): number {
  let state = (0x811c9dc5 ^ seed) >>> 0;
  for (let place = 0; place < text.length; place += 1)
    state = Math.imul(state ^ text.charCodeAt(place), 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}

/** A number in [0, 1). */
export const fraction = (seed: number, text: string): number => hash(seed, text) / 2 ** 32;

/** A decimal with three places in [lower, upper]: short enough to be shown, and exact as text. */
export const between = (seed: number, text: string, lower: number, upper: number): number =>
  Math.round((lower + fraction(seed, text) * (upper - lower)) * 1000) / 1000;
