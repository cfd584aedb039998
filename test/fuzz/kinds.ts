/**
 * The kinds of inputs, one row each: how an input is made, and what must hold of it. A probe answers
 * nothing where all is well, else a sentence: what is wrong, then what was met.
 */

import { bytes, damaged } from './inputs/bytes.js';
import { hostileDocument } from './inputs/documents.js';
import { anyFormula, scopeText } from './inputs/formulas.js';
import { scalarLine } from './inputs/lines.js';
import { spliced } from './inputs/splice.js';
import { worksheet } from './inputs/worksheets.js';
import { probeDocument } from './probes/documents.js';
import { probeGradient } from './probes/gradients.js';
import { probeLine } from './probes/lines.js';
import { probeFormula, probeSheet, probeText } from './probes/reading.js';
import { probeWorksheet } from './probes/worksheets.js';
import type { Random } from './random.js';
import { scalarNetwork } from './scalar/network.js';

/** The statements of real worksheets. */
export type Corpus = readonly (readonly string[])[];

/** Tells that one bounded piece of work is done: nothing may take two seconds between two beats. */
export type Beat = () => void;

export interface Kind {
  readonly name: string;
  /** Its part of the inputs of a run: quick probes get many. */
  readonly share: number;
  readonly make: (random: Random, corpus: Corpus) => string;
  readonly probe: (input: string, beat: Beat) => string | undefined | Promise<string | undefined>;
}

export const kinds: readonly Kind[] = [
  {
    name: 'formula',
    share: 0.3,
    make: (random) => anyFormula(random, random.between(1, 4)),
    probe: probeFormula,
  },
  {
    name: 'text',
    share: 0.4,
    make: (random) =>
      random.chance(0.3)
        ? bytes(random)
        : damaged(anyFormula(random, random.between(0, 3)), random),
    probe: probeText,
  },
  {
    name: 'sheet',
    share: 0.25,
    make: (random, corpus) =>
      random.chance(0.15)
        ? bytes(random)
        : random.chance(0.4)
          ? damaged(worksheet(random), random)
          : damaged(spliced(corpus, random), random),
    probe: probeSheet,
  },
  {
    name: 'solve',
    share: 0.01,
    make: (random, corpus) =>
      random.chance(0.45)
        ? worksheet(random)
        : random.chance(0.2)
          ? damaged(`${scopeText}\n${worksheet(random)}`, random)
          : spliced(corpus, random),
    probe: probeWorksheet,
  },
  { name: 'gradient', share: 0.01, make: scalarNetwork, probe: probeGradient },
  { name: 'line', share: 0.025, make: scalarLine, probe: probeLine },
  { name: 'document', share: 0.005, make: hostileDocument, probe: probeDocument },
];

/** @throws Error for a name that no kind has */
export function kindNamed(name: string): Kind {
  const found = kinds.find((kind) => kind.name === name);
  if (!found)
    throw new Error(`no kind ${name}: there are ${kinds.map((kind) => kind.name).join(', ')}`);
  return found;
}
