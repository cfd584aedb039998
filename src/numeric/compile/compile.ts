/** Gradients as functions over flat arrays of numbers. */
import type { SymbolFormula } from '../../expression/formula.js';
import { functionTable } from '../../expression/functions.js';
import type { Network } from '../../network/network.js';
import { gradientProgram } from './gradient-program.js';
import { interpreted } from './interpreter.js';
import { javascriptBody } from './javascript.js';
import type { Program } from './program.js';

/** A scalar and its gradients, ready to run. */
export interface Compiled {
  /**
   * The entries of each family, in the order of their indices, the last one fastest. Write the
   * numbers of leaves here; defined families are filled by `run`.
   */
  readonly values: ReadonlyMap<string, Float64Array>;
  /** The gradients, filled by `run`. */
  readonly gradients: ReadonlyMap<string, Float64Array>;
  /** Works everything out and returns the scalar; allocates nothing. */
  readonly run: () => number;
}

/** How gradients are compiled. */
export interface CompileOptions {
  /** `interpreted` makes no code, for pages with a strict content security policy. */
  readonly mode?: 'generated' | 'interpreted';
}

/**
 * Compiles a scalar of a network (`symbol('C')`) and its gradients by whole families (`['w', 'b']`).
 * All sizes must be fixed by the sheet. The code is generated from the network's own formulas, with
 * names of its own; no text of the sheet enters it. A gradient has the shape of its family.
 *
 * @throws Unsupported where a size is not fixed, a name is no family of numbers, or a function has
 *   no slope that is known
 */
export function compile(
  of: SymbolFormula,
  by: readonly string[],
  network: Network,
  { mode = 'generated' }: CompileOptions = {},
): Compiled {
  const program = gradientProgram(of, by, network);
  const arrays = new Map(
    program.arrays.map(({ array, length }) => [array, new Float64Array(length)]),
  );
  const byFamily = (role: 'value' | 'gradient') =>
    new Map(
      program.arrays
        .filter((shape) => shape.role === role)
        .map(({ family, array }) => [family, arrays.get(array) as Float64Array]),
    );
  const run = mode === 'generated' ? generated(program, arrays) : interpreted(program, arrays);
  return { values: byFamily('value'), gradients: byFamily('gradient'), run };
}

function generated(program: Program, arrays: ReadonlyMap<string, Float64Array>): () => number {
  const functions = Object.fromEntries(
    [...functionTable.values()].map(({ name, value }) => [name, value]),
  );
  let make: (...parts: readonly object[]) => () => number;
  try {
    make = new Function('arrays', 'functions', javascriptBody(program)) as typeof make;
  } catch (problem) {
    if (!(problem instanceof EvalError)) throw problem;
    throw new Error("code generation is forbidden here; compile with { mode: 'interpreted' }", {
      cause: problem,
    });
  }
  return make(Object.fromEntries(arrays), functions);
}
