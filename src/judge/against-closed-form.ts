/** A slip told by comparing a line with the closed form of what it should be equal to. */
import { add, type Formula, multiply, rawMultiply, symbol } from '../expression/formula.js';
import { same, structureKey } from '../expression/same.js';
import { contains, substitute } from '../expression/walk.js';
import { raise } from '../forms/matrix-form.js';
import type { Lowered, Network } from '../network/network.js';
import { told } from '../rewrite/told.js';
import { expand } from '../simplify/expand.js';
import { knowledgeFor } from './closed-form.js';
import { placesOf } from './places.js';
import { activationOf, outputSlopesIn } from './slips/output-slopes.js';
import type { Slip } from './slips/slip.js';
import { factorsIn, isActivation, termsOf, unique } from './slips/surroundings.js';
import type { Tester } from './tester.js';

/** What a wrong line is compared with. */
export interface ClosedComparison {
  /** The side in question, with all indices written out. */
  readonly suspect: Lowered;
  /** What it should be, in the letters of the suspect. */
  readonly closed: Formula;
  readonly network: Network;
  readonly test: Tester;
}

type Row = (comparison: ClosedComparison) => Slip | undefined;

/** Places of a formula up to which its matrix form is looked for. */
const LARGEST_RAISED = 30;

/** An entry as the author would write it: as vectors and matrices where the line has them. */
function written(body: Formula, { suspect, network }: ClosedComparison): Formula {
  if (suspect.axes.length === 0 || placesOf(body).length > LARGEST_RAISED) return body;
  const raised = raise({ ...suspect, body }, network);
  return 'kind' in raised ? raised : body;
}

/** The terms of a product with a sum of terms in it, each with the other factors. */
function spreadTerms(formula: Formula): readonly Formula[] {
  if (formula.kind !== 'multiply') return [];
  const { factors } = formula;
  return factors.flatMap((factor, place) =>
    factor.kind === 'add' ? factor.terms.map((term) => rawMultiply(factors.with(place, term))) : [],
  );
}

/** Parts of a closed form tried in one line. */
const MOST_PARTS = 60;

const termMissing: Row = (comparison) => oneOfTerms(termsOf(comparison.closed), comparison);

/** A term of a bracket; a factor that is missing explains a line better. */
const termInside: Row = (comparison) => {
  const { suspect, closed, network } = comparison;
  const expanded = expand(closed, knowledgeFor(suspect, network)) ?? closed;
  return oneOfTerms([...spreadTerms(closed), ...termsOf(expanded)], comparison);
};

function oneOfTerms(terms: readonly Formula[], comparison: ClosedComparison): Slip | undefined {
  const { suspect, closed, test } = comparison;
  for (const term of unique(terms).slice(0, MOST_PARTS)) {
    const body = add(suspect.body, term);
    if (same(term, closed) || !test.holdsLowered({ ...suspect, body })) continue;
    return {
      kind: 'term',
      message: told`a term ${written(term, comparison)} is missing`,
      suggestion: written(body, comparison),
    };
  }
  return undefined;
}

const termWithSign: Row = (comparison) => {
  const { suspect, closed, test } = comparison;
  const terms = termsOf(closed);
  if (terms.length < 2) return undefined;
  for (const term of terms.slice(0, MOST_PARTS)) {
    const body = add(suspect.body, term, term);
    if (!test.holdsLowered({ ...suspect, body })) continue;
    return {
      kind: 'sign',
      message: told`the sign of the term ${written(term, comparison)} is wrong`,
      suggestion: written(closed, comparison),
    };
  }
  return undefined;
};

const factorMissing: Row = (comparison) => {
  const { suspect, closed, network, test } = comparison;
  const factors = [...factorsIn(closed), ...outputSlopesIn(closed)];
  for (const factor of unique(factors).slice(0, MOST_PARTS)) {
    const body = multiply(factor, suspect.body);
    if (!test.holdsLowered({ ...suspect, body })) continue;
    const slope = activationOf(factor, network);
    return {
      kind: slope ? 'derivative' : 'factor',
      message: told`a factor ${written(factor, comparison)}${slope ? told`, the derivative of ${symbol(slope)},` : ''} is missing`,
      suggestion: written(body, comparison),
    };
  }
  return undefined;
};

/** A factor that is missing inside a sum: `sum_j (h_j - y_j) W_ji` without `1 - h_j^2`. */
const factorInsideMissing: Row = (comparison) => {
  const { suspect, closed, network, test } = comparison;
  const sums = (formula: Formula) => placesOf(formula).filter(({ part }) => part.kind === 'sum');
  let tried = 0;
  for (const { part: own, put } of sums(suspect.body))
    for (const { part: meant } of sums(closed)) {
      if (own.kind !== 'sum' || meant.kind !== 'sum') continue;
      const renamed = substitute(meant.body, new Map([[meant.index, symbol(own.index)]]));
      for (const factor of unique([...factorsIn(renamed), ...outputSlopesIn(renamed)])) {
        tried += 1;
        if (tried > MOST_PARTS) return undefined;
        const body = put({ ...own, body: multiply(factor, own.body) });
        if (!test.holdsLowered({ ...suspect, body })) continue;
        const slope = activationOf(factor, network);
        return {
          kind: slope ? 'derivative' : 'factor',
          message: told`a factor ${factor}${slope ? told`, the derivative of ${symbol(slope)},` : ''} is missing in the sum`,
          suggestion: written(body, comparison),
        };
      }
    }
  return undefined;
};

/** Names and where they stand, each with how often. */
type Tally = ReadonlyMap<string, number>;

/** Slopes of activations in the closed form that the line does not have. */
const slopeMissing: Row = (comparison) => {
  const { suspect, closed } = comparison;
  const slopes = (formula: Formula) =>
    tallyOf(formula, (part) =>
      part.kind === 'call' && part.slots.some((slot) => slot.at.length === 0)
        ? isActivation(part.name)
          ? part.name
          : undefined
        : undefined,
    );
  const there = slopes(suspect.body);
  const lost = [...slopes(closed)].find(([name, count]) => (there.get(name) ?? 0) < count);
  if (!lost || contains(suspect.body, (part) => part.kind === 'derivative')) return undefined;
  return {
    kind: 'derivative',
    message: told`the derivative of ${symbol(lost[0])} is missing: expected ${written(closed, comparison)}`,
    suggestion: written(closed, comparison),
  };
};

/** The same names, at other layers or other indices. */
const indicesElsewhere: Row = (comparison) => {
  const { suspect, closed, network } = comparison;
  const upperSlots = (name: string) =>
    network.families.get(name)?.slots.filter((slot) => slot.place === 'upper').length ?? 0;
  const tally = (formula: Formula, shown: (name: string, count: number) => number) =>
    tallyOf(formula, (part) =>
      part.kind === 'symbol' && part.indices.length > 0
        ? `${part.name}[${part.indices.slice(0, shown(part.name, part.indices.length)).map(structureKey).join()}]`
        : undefined,
    );
  const names = tally(closed, () => 0);
  if (
    names.size === 0 ||
    !sameTally(
      names,
      tally(suspect.body, () => 0),
    )
  )
    return undefined;
  const whole = (_: string, count: number) => count;
  if (sameTally(tally(closed, whole), tally(suspect.body, whole))) return undefined;
  const layersFit = sameTally(tally(closed, upperSlots), tally(suspect.body, upperSlots));
  const meant = written(closed, comparison);
  return layersFit
    ? {
        kind: 'index',
        message: told`the indices do not fit: expected ${meant}`,
        suggestion: meant,
      }
    : {
        kind: 'layer',
        message: told`the layers do not fit: expected ${meant}`,
        suggestion: meant,
      };
};

const rows: readonly Row[] = [
  termMissing,
  factorMissing,
  factorInsideMissing,
  termInside,
  termWithSign,
  slopeMissing,
  indicesElsewhere,
];

/** The first row that explains the line; `undefined` where the two have too little in common. */
export function againstClosedForm(comparison: ClosedComparison): Slip | undefined {
  for (const row of rows) {
    const slip = row(comparison);
    if (slip) return slip;
  }
  return undefined;
}

/** A closed form of one side in the letters of the other's axes. */
export function inLettersOf(closed: Formula, own: Lowered, other: Lowered): Formula | undefined {
  if (own.axes.length !== other.axes.length) return undefined;
  return substitute(
    closed,
    new Map(
      own.axes.map((axis, place) => [axis.index, symbol(other.axes[place]?.index ?? axis.index)]),
    ),
  );
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
