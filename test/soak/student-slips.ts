/** Slips that students make, one row each: a right formula with one thing wrong. */
import {
  bound,
  call,
  type Formula,
  minusOne,
  number,
  one,
  operation,
  rawAdd,
  rawMultiply,
  rawPower,
  sum,
  symbol,
} from '../../src/expression/formula.js';
import { same } from '../../src/expression/same.js';
import { boundNames, freeNames, substitute } from '../../src/expression/walk.js';
import { isIndexPlace, type Place, placesOf } from '../../src/judge/places.js';
import type { SlipKind } from '../../src/judge/slips/slip.js';
import type { Network } from '../../src/network/network.js';

/** A kind of slip; `named` lists the kinds under which it may fairly be told. */
export interface StudentSlip {
  readonly name: string;
  readonly named: readonly SlipKind[];
  readonly wrong: (right: Formula, network: Network) => Iterable<Formula>;
}

const quantities = (formula: Formula): readonly Place[] =>
  placesOf(formula).filter((place) => !isIndexPlace(place));

const insideDerivative = (place: Place): boolean =>
  place.above.some((formula) => formula.kind === 'derivative');

const negative = (formula: Formula): Formula => rawMultiply([minusOne, formula]);

const indexPlaces = (formula: Formula): readonly Place[] =>
  placesOf(formula).filter(
    (place) => place.above.at(-1)?.kind === 'symbol' && place.part.kind !== 'whole',
  );

const lettersOf = (formula: Formula): ReadonlySet<string> =>
  new Set(
    indexPlaces(formula).flatMap(({ part }) =>
      part.kind === 'symbol' && part.indices.length === 0 ? [part.name] : [],
    ),
  );

const everyFactor = function* (
  formula: Formula,
  change: (factors: readonly Formula[], at: number) => readonly Formula[] | undefined,
): Iterable<Formula> {
  for (const { part, put } of quantities(formula))
    if (part.kind === 'multiply')
      for (const at of part.factors.keys()) {
        const factors = change(part.factors, at);
        if (factors) yield put(rawMultiply(factors));
      }
};

export const studentSlips: readonly StudentSlip[] = [
  {
    name: 'the sign of the side',
    named: ['sign'],
    *wrong(right) {
      yield negative(right);
    },
  },
  {
    name: 'the sign of a term',
    named: ['sign', 'term'],
    *wrong(right) {
      for (const { part, put } of quantities(right))
        if (part.kind === 'add')
          for (const [at, term] of part.terms.entries())
            yield put(rawAdd(part.terms.with(at, negative(term))));
    },
  },
  {
    name: 'the sign of an argument',
    named: ['sign', 'power', 'derivative', 'term', 'factor'],
    *wrong(right) {
      for (const { part, put } of quantities(right))
        if (part.kind === 'call')
          for (const [at, argument] of part.args.entries())
            yield put(call(part.name, part.args.with(at, negative(argument)), part));
    },
  },
  {
    name: 'a factor dropped',
    named: ['factor', 'derivative', 'sum', 'power', 'term', 'shape', 'sign', 'transpose', 'order'],
    wrong: (right) => everyFactor(right, (factors, at) => factors.toSpliced(at, 1)),
  },
  {
    name: 'a factor twice',
    named: ['factor', 'power', 'derivative', 'sum'],
    wrong: (right) =>
      everyFactor(right, (factors, at) => {
        const factor = factors[at] as Formula;
        return factor.kind === 'number' ? undefined : factors.toSpliced(at, 0, factor);
      }),
  },
  {
    name: 'a factor two',
    named: ['factor', 'term'],
    *wrong(right) {
      yield rawMultiply([number(2), right]);
      yield rawMultiply([number('1/2'), right]);
      for (const { part, put } of quantities(right))
        if (part.kind === 'add')
          for (const [at, term] of part.terms.entries())
            yield put(rawAdd(part.terms.with(at, rawMultiply([number(2), term]))));
    },
  },
  {
    name: 'a size too many',
    named: ['factor', 'power', 'sum'],
    *wrong(right, network) {
      for (const family of network.families.values())
        if (family.role === 'size' && family.slots.length === 0 && !family.invented) {
          yield rawMultiply([right, rawPower(symbol(family.name), minusOne)]);
          yield rawMultiply([symbol(family.name), right]);
        }
    },
  },
  {
    name: 'a term dropped',
    named: ['term', 'factor', 'derivative', 'sign'],
    *wrong(right) {
      for (const { part, put } of quantities(right))
        if (part.kind === 'add')
          for (const at of part.terms.keys()) yield put(rawAdd(part.terms.toSpliced(at, 1)));
    },
  },
  {
    name: 'a term twice',
    named: ['term', 'factor', 'derivative'],
    *wrong(right) {
      for (const { part, put } of quantities(right))
        if (part.kind === 'add')
          for (const term of part.terms)
            if (term.kind !== 'number') yield put(rawAdd([...part.terms, term]));
    },
  },
  {
    name: 'indices swapped',
    named: ['index', 'layer', 'shape'],
    *wrong(right) {
      for (const { part, put } of placesOf(right))
        if (part.kind === 'symbol' && part.indices.length > 1)
          for (let at = 0; at + 1 < part.indices.length; at += 1) {
            const [first, second] = [part.indices[at], part.indices[at + 1]] as [Formula, Formula];
            if (first.kind === 'whole' || second.kind === 'whole') continue;
            yield put(symbol(part.name, part.indices.with(at, second).with(at + 1, first)));
          }
    },
  },
  {
    name: 'an index replaced',
    named: ['index', 'layer', 'sum', 'shape', 'other'],
    *wrong(right) {
      for (const place of indexPlaces(right))
        for (const letter of lettersOf(right))
          if (!same(place.part, symbol(letter))) yield place.put(symbol(letter));
    },
  },
  {
    name: 'a layer or index one off',
    named: ['layer', 'index', 'shape'],
    *wrong(right) {
      for (const place of indexPlaces(right))
        for (const step of [one, minusOne]) yield place.put(rawAdd([place.part, step]));
    },
  },
  {
    name: 'a transpose dropped',
    named: ['transpose', 'order', 'shape'],
    *wrong(right) {
      for (const { part, put } of quantities(right))
        if (part.kind === 'operation' && part.name === 'transpose')
          yield put(part.args[0] as Formula);
    },
  },
  {
    name: 'a transpose added',
    named: ['transpose', 'order', 'shape'],
    *wrong(right, network) {
      for (const place of quantities(right)) {
        const { part, put } = place;
        if (part.kind !== 'symbol' || insideDerivative(place)) continue;
        if (place.above.at(-1)?.kind === 'operation') continue;
        if (part.indices.filter((index) => index.kind === 'whole').length > 0)
          yield put(operation('transpose', part));
        else if (network.vocabulary.ranks.get(part.name)?.lower === 2 && part.indices.length === 0)
          yield put(operation('transpose', part));
      }
    },
  },
  {
    name: 'the order exchanged',
    named: ['order', 'transpose', 'shape'],
    wrong: (right) =>
      everyFactor(right, (factors, at) => {
        const [first, second] = [factors[at], factors[at + 1]];
        return first && second ? factors.with(at, second).with(at + 1, first) : undefined;
      }),
  },
  {
    name: 'elementwise for the matrix product',
    named: ['order', 'transpose', 'shape'],
    wrong: (right) =>
      everyFactor(right, (factors, at) => {
        const [first, second] = [factors[at], factors[at + 1]];
        return first && second
          ? factors.toSpliced(at, 2, operation('elementwise', first, second))
          : undefined;
      }),
  },
  {
    name: 'the matrix product for elementwise',
    named: ['order', 'transpose', 'shape'],
    *wrong(right) {
      for (const { part, put } of quantities(right))
        if (part.kind === 'operation' && part.name === 'elementwise')
          yield put(rawMultiply(part.args));
    },
  },
  {
    name: "f for f'",
    named: ['derivative', 'factor'],
    *wrong(right) {
      for (const { part, put } of quantities(right))
        if (part.kind === 'call' && part.slots.length > 0 && part.slots[0]?.at.length === 0)
          yield put(call(part.name, part.args, { indices: part.indices }));
    },
  },
  {
    name: "f' for f",
    named: ['derivative', 'factor', 'power', 'sign'],
    *wrong(right) {
      for (const { part, put } of quantities(right))
        if (part.kind === 'call' && part.args.length === 1)
          yield put(
            call(part.name, part.args, {
              indices: part.indices,
              slots: [...part.slots, { argument: 0, at: [] }],
            }),
          );
    },
  },
  {
    name: 'one minus',
    named: ['derivative', 'sign', 'factor', 'term'],
    *wrong(right) {
      for (const place of quantities(right)) {
        const parent = place.above.at(-1)?.kind;
        if (place.part.kind === 'symbol' && parent === 'multiply')
          yield place.put(rawAdd([one, negative(place.part)]));
        if (place.part.kind === 'add' && same(place.part.terms[0] as Formula, one))
          yield place.put(negative(rawAdd(place.part.terms.slice(1))));
      }
    },
  },
  {
    name: 'a sum dropped',
    named: ['sum', 'index', 'shape'],
    *wrong(right) {
      for (const { part, put } of quantities(right)) if (part.kind === 'sum') yield put(part.body);
    },
  },
  {
    name: 'a sum added',
    named: ['sum', 'factor', 'index'],
    *wrong(right) {
      const free = freeNames(right);
      for (const letter of lettersOf(right))
        if (free.has(letter)) yield sum(letter, undefined, right);
    },
  },
  {
    name: 'a clashing index',
    named: ['sum', 'index', 'shape'],
    *wrong(right) {
      for (const { part, put, above } of quantities(right))
        if (part.kind === 'sum')
          for (const letter of [...freeNames(right), ...above.flatMap(boundNames)])
            if (lettersOf(right).has(letter) && letter !== part.index)
              yield put(
                bound(
                  'sum',
                  letter,
                  part.bounds,
                  renamed(part.body, part.index, letter),
                  part.where,
                ),
              );
    },
  },
  {
    name: 'wrong bounds',
    named: ['sum', 'factor', 'shape'],
    *wrong(right) {
      for (const { part, put } of quantities(right)) {
        if ((part.kind !== 'sum' && part.kind !== 'product') || !part.bounds) continue;
        const { lower, upper } = part.bounds;
        for (const bounds of [
          { lower: rawAdd([lower, one]), upper },
          { lower, upper: rawAdd([upper, minusOne]) },
        ])
          yield put(bound(part.kind, part.index, bounds, part.body, part.where));
      }
    },
  },
  {
    name: 'a power changed',
    named: ['power', 'factor'],
    *wrong(right) {
      for (const { part, put } of quantities(right)) {
        if (part.kind !== 'power') continue;
        yield put(rawPower(part.base, rawAdd([part.exponent, one])));
        yield put(rawPower(part.base, negative(part.exponent)));
        if (!same(part.exponent, minusOne)) yield put(part.base);
      }
    },
  },
  {
    name: 'a square too many',
    named: ['power', 'factor', 'derivative'],
    *wrong(right) {
      for (const place of quantities(right))
        if (place.part.kind === 'symbol' && !insideDerivative(place))
          yield place.put(rawPower(place.part, number(2)));
    },
  },
  {
    name: 'a wrong number',
    named: ['factor', 'power', 'term', 'index', 'sign', 'derivative', 'shape', 'layer'],
    *wrong(right) {
      for (const place of quantities(right)) {
        const { part } = place;
        if (part.kind !== 'number' || same(part, minusOne)) continue;
        yield place.put(number(part.value.add(1)));
      }
    },
  },
  {
    name: 'another name',
    named: ['other', 'index', 'layer', 'factor', 'term', 'shape', 'derivative', 'power', 'sign'],
    *wrong(right, network) {
      const used = new Set(freeNames(right));
      for (const place of quantities(right)) {
        const { part } = place;
        if (part.kind !== 'symbol' || insideDerivative(place)) continue;
        for (const family of network.families.values())
          if (
            family.role === 'quantity' &&
            family.name !== part.name &&
            used.has(family.name) &&
            family.slots.length === part.indices.length
          )
            yield place.put(symbol(family.name, part.indices));
      }
    },
  },
];

function renamed(formula: Formula, from: string, to: string): Formula {
  return substitute(formula, new Map([[from, symbol(to)]]));
}
