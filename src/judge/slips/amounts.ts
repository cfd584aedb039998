/** Slips of factors and terms: one too few, one too many, one in another's place. */
import {
  type Formula,
  minusOne,
  one,
  rawAdd,
  rawMultiply,
  rawPower,
  symbol,
  zero,
} from '../../expression/formula.js';
import { same } from '../../expression/same.js';
import { candidateFactors, candidateTerms, symbolsOf } from './parts.js';
import {
  type Change,
  quantityPlaces,
  type SlipContext,
  type SlipKind,
  type SlipRow,
} from './slip.js';

const isSlope = (factor: Formula): boolean =>
  factor.kind === 'product'
    ? isSlope(factor.body)
    : factor.kind === 'call' && factor.slots.length > 0;

const factorKind = (factor: Formula): SlipKind => (isSlope(factor) ? 'derivative' : 'factor');

const factorDropped: SlipRow = {
  name: 'factor-extra',
  kind: 'factor',
  example: ['w_1 ... w_L', 'w_2 ... w_L'],
  *changes({ suspect, print }): Iterable<Change> {
    for (const { part, put, above } of quantityPlaces(suspect)) {
      if (part.kind === 'multiply')
        for (const [position, factor] of part.factors.entries()) {
          const formula = put(rawMultiply(part.factors.toSpliced(position, 1)));
          yield { formula, message: `the factor ${print(factor)} does not belong there` };
        }
      // A lone quotient or power that should not be there: `1/n` in front of nothing else.
      if (part.kind === 'power' && above.length === 0)
        yield { formula: one, message: `${print(part)} does not belong there` };
    }
  },
};

/** Places where a factor is lost: the side, its terms, bodies of sums, arguments, bases. */
function* scopes(formula: Formula) {
  for (const place of quantityPlaces(formula)) {
    const parent = place.above.at(-1);
    const inside = parent?.kind === 'derivative' || parent?.kind === 'multiply';
    if (inside || place.part.kind === 'number') continue;
    yield place;
  }
}

const factorMissing: SlipRow = {
  name: 'factor-missing',
  kind: 'factor',
  example: ['(c - t)', "(c - t) g'(h)"],
  *changes(context): Iterable<Change> {
    const candidates = candidateFactors(context);
    for (const { part, put, above } of scopes(context.suspect)) {
      const where = above.length === 0 ? 'on the right' : `at ${context.print(part)}`;
      for (const factor of candidates) {
        const kind = factorKind(factor);
        const written = context.print(factor);
        yield {
          formula: put(rawMultiply([part, factor])),
          kind,
          message: `a factor ${written} is missing ${where}`,
        };
        if (above.length <= 1 && factor.kind !== 'number' && factor.kind !== 'power')
          yield {
            formula: put(rawMultiply([part, rawPower(factor, minusOne)])),
            kind: 'factor',
            message: `a division by ${written} is missing ${where}`,
          };
      }
    }
  },
};

const termDropped: SlipRow = {
  name: 'term-extra',
  kind: 'term',
  example: ['y_i + z_i', 'y_i'],
  *changes({ suspect, print }): Iterable<Change> {
    for (const { part, put } of quantityPlaces(suspect)) {
      if (part.kind !== 'add') continue;
      for (const [position, term] of part.terms.entries()) {
        const formula = put(rawAdd(part.terms.toSpliced(position, 1)));
        yield { formula, message: `the term ${print(term)} does not belong there` };
      }
    }
  },
};

const termMissing: SlipRow = {
  name: 'term-missing',
  kind: 'term',
  example: ["W_11 g'(z_1) W_21", "W_11 g'(z_1) W_21 + W_21 g'(z_2) W_22"],
  *changes(context): Iterable<Change> {
    const candidates = candidateTerms(context);
    for (const { part, put, above } of scopes(context.suspect)) {
      if (above.length > 3 || above.at(-1)?.kind === 'add' || same(part, zero)) continue;
      for (const term of candidates)
        yield {
          formula: put(rawAdd([part, term])),
          message: `a term ${context.print(term)} is missing`,
        };
    }
  },
};

const termMissingAndSign: SlipRow = {
  name: 'term-missing-and-sign',
  kind: 'term',
  example: ['eta dL/dw', 'w - eta dL/dw'],
  *changes(context): Iterable<Change> {
    const turned = rawMultiply([minusOne, context.suspect]);
    for (const term of candidateTerms(context))
      yield {
        formula: rawAdd([term, turned]),
        message: `the term ${context.print(term)} is missing, and the sign of the rest is wrong`,
      };
  },
};

const symbolReplaced: SlipRow = {
  name: 'name-replaced',
  kind: 'other',
  example: ['h = y', 'h = yhat'],
  *changes(context): Iterable<Change> {
    const names = new Set<Formula>(otherNames(context));
    for (const { part, put } of quantityPlaces(context.suspect)) {
      if (part.kind !== 'symbol') continue;
      for (const other of names) {
        if (other.kind !== 'symbol' || other.name === part.name) continue;
        if (other.indices.length !== part.indices.length) continue;
        const meant = symbol(other.name, part.indices);
        yield {
          formula: put(meant),
          message: `${context.print(part)} stands where ${context.print(meant)} belongs`,
        };
        if (same(meant, other)) continue;
        yield {
          formula: put(other),
          message: `${context.print(part)} stands where ${context.print(other)} belongs`,
        };
      }
    }
  },
};

/** Names of the line first, then the other families of the network. */
function otherNames(context: SlipContext): readonly Formula[] {
  const written = symbolsOf(context);
  const others = [...context.network.families.values()]
    .filter((family) => family.role === 'quantity')
    .map((family) =>
      symbol(
        family.name,
        family.slots.map(() => zero),
      ),
    );
  return [...written, ...others].slice(0, 40);
}

export const factorRows: readonly SlipRow[] = [factorDropped, factorMissing];
export const termRows: readonly SlipRow[] = [termDropped, termMissing, termMissingAndSign];
export const nameRows: readonly SlipRow[] = [symbolReplaced];
