/** What the letter of a name suggests; used only when nothing else decides, and marked as a guess. */

/** The name without its label: `W` of `W_xh`. */
const stem = (name: string): string => name.replace(/_.*$/, '').replace(/\d+$/, '');

/** A single capital letter, with or without a label: usually a matrix. */
export const looksLikeMatrix = (name: string): boolean => /^[A-Z]$/.test(stem(name));

/** Weights by their usual letters: a bias beside `X W` lies, a bias beside `W x` stands. */
export const looksLikeWeight = (name: string): boolean => /^[WUV]$/.test(stem(name));

/** A bias by its usual letter. */
export const looksLikeBias = (name: string): boolean => stem(name) === 'b';

const numbersByHabit: ReadonlySet<string> = new Set([
  'eps',
  'epsilon',
  'varepsilon',
  'lambda',
  'eta',
  'alpha',
  'tau',
]);

/** Small constants and rates that spread over a family when added to it. */
export const looksLikeNumber = (name: string): boolean => numbersByHabit.has(name);
