/** A slip told by comparing a line with the closed form of what it should be equal to. */
import type { Condition, Formula } from '../expression/formula.js';
import { structureKey } from '../expression/same.js';
import { contains } from '../expression/walk.js';
import { takeDerivatives } from '../gradient/take.js';
import type { Lowered, Network } from '../network/network.js';
import type { Slip } from './find-slip.js';

/** Names and where they stand, each with how often. */
type Tally = ReadonlyMap<string, number>;

/**
 * Compares what stands in the suspect with what stands in the closed form of the reference: the same
 * names at other layers, at other indices, without a slope, or without a factor. `undefined` where
 * the two have too little in common.
 */
export function againstClosedForm(
  reference: Lowered,
  suspect: Lowered,
  where: readonly Condition[],
  network: Network,
  print: (formula: Formula) => string,
): Slip | undefined {
  const right = closedFormOf(reference, where, network);
  if (!right) return undefined;
  const upper = (name: string) =>
    network.families.get(name)?.slots.filter((slot) => slot.place === 'upper').length ?? 0;
  const meant = { suggestion: right };
  const expected = `expected ${print(right)}`;
  const slopes = (tally: Tally) => [...tally].filter(([key]) => key.includes("'"));
  const calls = tallyOf(right, (part) =>
    part.kind === 'call' ? `${part.name}${"'".repeat(part.slots.length)}` : undefined,
  );
  const written = tallyOf(suspect.body, (part) =>
    part.kind === 'call' ? `${part.name}${"'".repeat(part.slots.length)}` : undefined,
  );
  if (!slopes(calls).every(([key, count]) => (written.get(key) ?? 0) >= count))
    return {
      kind: 'derivative',
      message: `a derivative of the activation is missing: ${expected}`,
      ...meant,
    };
  const named = (
    part: Formula,
    shown: (indices: readonly Formula[], name: string) => readonly Formula[],
  ) =>
    part.kind === 'symbol' && part.indices.length > 0
      ? `${part.name}[${shown(part.indices, part.name).map(structureKey).join()}]`
      : undefined;
  const bare = (formula: Formula) => tallyOf(formula, (part) => named(part, () => []));
  if (!sameTally(bare(right), bare(suspect.body))) return undefined;
  const layers = (formula: Formula) =>
    tallyOf(formula, (part) => named(part, (indices, name) => indices.slice(0, upper(name))));
  return sameTally(layers(right), layers(suspect.body))
    ? { kind: 'index', message: `the indices do not fit: ${expected}`, ...meant }
    : { kind: 'layer', message: `the layers do not fit: ${expected}`, ...meant };
}

function closedFormOf(
  lowered: Lowered,
  where: readonly Condition[],
  network: Network,
): Formula | undefined {
  try {
    const ranges = [...lowered.axes, ...lowered.free];
    const { cases } = takeDerivatives(lowered.body, network, { ranges, where });
    return cases.length === 1 ? cases[0]?.formula : undefined;
  } catch {
    // Without a closed form there is nothing to compare with.
    return undefined;
  }
}

function tallyOf(formula: Formula, keyOf: (part: Formula) => string | undefined): Tally {
  const tally = new Map<string, number>();
  contains(formula, (part) => {
    const key = keyOf(part);
    if (key !== undefined) tally.set(key, (tally.get(key) ?? 0) + 1);
    return false;
  });
  return tally;
}

const sameTally = (left: Tally, right: Tally): boolean =>
  left.size === right.size && [...left].every(([key, count]) => right.get(key) === count);
