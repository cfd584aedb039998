/**
 * Abstract functions in a model: smooth, not symmetric, never special at zero, with exact
 * derivatives of all orders: an offset and three sines of random linear forms of the arguments.
 */
import { between } from './draw.js';
import type { Node, Operation, Tape } from './tape.js';

/** One argument of an abstract function: a number, or one entry of a family. */
export interface WaveArgument {
  /** Which argument, and which entry of it: `0` or `0[2,1]`. */
  readonly place: string;
  readonly node: Node;
}

const SINES = 3;

/** How large the values of abstract functions are: any sign, or within (0, 1). */
export type WaveMode = 'mixed' | 'unit';

/** The numbers that make one abstract function; the derivatives share them. */
export interface Wave {
  readonly offset: number;
  readonly amplitude: (sine: number) => number;
  readonly phase: (sine: number) => number;
  /** The factor of an argument in the linear form of a sine. */
  readonly frequency: (sine: number, place: string) => number;
}

/** The function of that name (with its own indices, as in `phi[2]`) under a seed. */
export function waveOf(seed: number, name: string, mode: WaveMode): Wave {
  const signed = (text: string, lower: number, upper: number): number => {
    const size = between(seed, text, lower, upper);
    return between(seed, `${text}?`, 0, 1) < 0.5 ? -size : size;
  };
  return {
    offset: mode === 'unit' ? 0.5 : signed(`${name} offset`, 0.3, 1.2),
    amplitude: (sine) =>
      mode === 'unit'
        ? between(seed, `${name} size ${sine}`, 0.06, 0.14)
        : between(seed, `${name} size ${sine}`, 0.4, 1),
    phase: (sine) => between(seed, `${name} phase ${sine}`, 0.2, 6),
    frequency: (sine, place) => signed(`${name} slope ${sine} ${place}`, 0.4, 1.4),
  };
}

/** The function on the tape, with derivatives by the arguments at `slots` (positions) taken. */
export function applyWave(
  tape: Tape,
  wave: Wave,
  args: readonly WaveArgument[],
  slots: readonly number[],
): Node {
  let value = slots.length === 0 ? wave.offset : 0;
  for (let sine = 0; sine < SINES; sine += 1) {
    let angle = wave.phase(sine) + (slots.length * Math.PI) / 2;
    for (const { place, node } of args) angle += wave.frequency(sine, place) * tape.value(node);
    let size = wave.amplitude(sine);
    for (const slot of slots) size *= wave.frequency(sine, (args[slot] as WaveArgument).place);
    value += size * Math.sin(angle);
  }
  const operation: Operation = {
    name: 'wave',
    slope: (onto, _self, input) => applyWave(onto, wave, args, [...slots, input]),
  };
  return tape.made(
    operation,
    args.map((arg) => arg.node),
    value,
  );
}
