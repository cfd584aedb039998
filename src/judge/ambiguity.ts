/**
 * Notation that says something else than its author probably meant. The line is judged as written;
 * what was meant is offered, and whether it would hold is tried.
 */
import {
  call,
  derivative,
  type Formula,
  operation,
  rawAdd,
  rawMultiply,
  sum,
  symbol,
  whole,
} from '../expression/formula.js';
import { boundNames } from '../expression/walk.js';
import type { Network } from '../network/network.js';
import type { Reason } from '../rewrite/step.js';
import { told } from '../rewrite/told.js';
import { isIndexPlace, placesOf } from './places.js';
import type { SlipKind } from './slips/slip.js';

/** A doubtful spot: what was probably meant, and how to say it. */
export interface Doubt {
  readonly kind: SlipKind;
  readonly message: Reason;
  /** The line as it was probably meant; `undefined` if only the notation is unclear. */
  readonly meant: Formula | undefined;
}

type Row = (formula: Formula, network: Network, free: ReadonlySet<string>) => Iterable<Doubt>;

/** `sum_k d_k sum_j h_kj b_j z_j` where j also stands outside: an index bound twice. */
const shadowing: Row = function* (formula, _network, free) {
  for (const place of placesOf(formula)) {
    const { part } = place;
    if (part.kind !== 'sum' && part.kind !== 'product') continue;
    const outside = [...free, ...place.above.flatMap((above) => boundNames(above))];
    if (!outside.includes(part.index)) continue;
    yield {
      kind: 'sum',
      message: told`the index ${symbol(part.index)} of ${part} is also used outside of it: take another letter inside`,
      meant: undefined,
    };
  }
};

/** `d/dw sum_j b_j w_j + f`: the operator takes the product only, the brackets are missing. */
const missingBrackets: Row = function* (formula) {
  for (const { part, put } of placesOf(formula)) {
    if (part.kind !== 'add') continue;
    for (const [position, term] of part.terms.entries()) {
      const rest = part.terms.slice(position + 1);
      if (rest.length === 0) continue;
      const inner = lastOperator(term);
      if (!inner) continue;
      const all = rawAdd([inner.body, ...rest]);
      const meant = put(rawAdd([...part.terms.slice(0, position), inner.around(all)]));
      yield {
        kind: 'term',
        message: told`brackets are missing: as written, ${rawAdd(rest)} stands outside of ${inner.word}; meant is probably ${inner.around(all)}`,
        meant,
      };
    }
  }
};

/** A sum or derivative at the end of a term, which a following term could belong to. */
function lastOperator(
  term: Formula,
): { body: Formula; around: (body: Formula) => Formula; word: Reason } | undefined {
  if (term.kind === 'multiply') {
    const last = lastOperator(term.factors.at(-1) as Formula);
    if (!last) return undefined;
    const front = term.factors.slice(0, -1);
    return { ...last, around: (body) => rawMultiply([...front, last.around(body)]) };
  }
  if (term.kind === 'derivative')
    return {
      body: term.of,
      around: (body) => derivative(body, term.by),
      word: 'the derivative',
    };
  if (term.kind === 'sum')
    return {
      body: term.body,
      around: (body) => sum(term.index, term.bounds, body, term.where),
      word: told`the sum over ${symbol(term.index)}`,
    };
  return undefined;
}

const familyFunctions: ReadonlySet<string> = new Set(['softmax', 'log_softmax']);

/** `softmax(z_k)`: of one number; meant is entry k of the softmax of all of them. */
const softmaxOfEntry: Row = function* (formula, network) {
  for (const place of placesOf(formula)) {
    const { part } = place;
    if (isIndexPlace(place) || part.kind !== 'call' || !familyFunctions.has(part.name)) continue;
    const argument = part.args[0];
    if (argument?.kind !== 'symbol' || argument.indices.some((index) => index.kind === 'whole'))
      continue;
    const slots = network.families.get(argument.name)?.slots.length ?? 0;
    const last = argument.indices.at(-1);
    if (slots === 0 || last === undefined || argument.indices.length !== slots) continue;
    const family = symbol(argument.name, [...argument.indices.slice(0, -1), whole]);
    const meant = operation('entry', call(part.name, [family]), last);
    yield {
      kind: 'index',
      message: told`${part} is the ${part.name} of a single number; meant is probably ${meant}`,
      meant: place.put(meant),
    };
  }
};

const rows: readonly Row[] = [softmaxOfEntry, missingBrackets, shadowing];

/** All doubtful spots of a formula; `free` are the letters that are indices of the other side. */
export const doubtsOf = (
  formula: Formula,
  network: Network,
  free: ReadonlySet<string>,
): readonly Doubt[] => rows.flatMap((row) => [...row(formula, network, free)]);
