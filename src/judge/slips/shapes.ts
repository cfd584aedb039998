/** Slips of shape: a transpose too many or too few, the order of a product, the kind of a product. */
import {
  type Formula,
  isNumber,
  operation,
  rawAdd,
  rawMultiply,
} from '../../expression/formula.js';
import { told } from '../../rewrite/told.js';
import { type Change, quantityPlaces, type SlipRow } from './slip.js';

const families: ReadonlySet<Formula['kind']> = new Set([
  'symbol',
  'derivative',
  'add',
  'operation',
  'multiply',
]);

const isTranspose = (formula: Formula | undefined): boolean =>
  formula?.kind === 'operation' && formula.name === 'transpose';

/** The transpose of a part; of a transpose, what stands below it. */
const turned = (formula: Formula): Formula =>
  formula.kind === 'operation' && formula.name === 'transpose'
    ? (formula.args[0] as Formula)
    : operation('transpose', formula);

const transposed: SlipRow = {
  name: 'transpose',
  kind: 'transpose',
  example: ['W d', 'W^T d'],
  *changes({ suspect }): Iterable<Change> {
    for (const { part, put, above } of quantityPlaces(suspect)) {
      if (isTranspose(part)) {
        const plain = turned(part);
        yield { formula: put(plain), message: told`${plain} should not be transposed` };
        continue;
      }
      if (!families.has(part.kind) || isTranspose(above.at(-1))) continue;
      if (above.some((formula) => formula.kind === 'derivative')) continue;
      yield { formula: put(turned(part)), message: told`${part} should be transposed` };
    }
  },
};

/** `2 A x` where `A x + A^T x` is right: twice the matrix for the matrix and its transpose. */
const doubledForBoth: SlipRow = {
  name: 'doubled-for-transpose',
  kind: 'transpose',
  example: ['2 A x', '(A + A^T) x'],
  *changes({ suspect }): Iterable<Change> {
    for (const { part, put } of quantityPlaces(suspect)) {
      if (part.kind !== 'multiply') continue;
      const two = part.factors.findIndex((factor) => isNumber(factor, 2));
      if (two < 0) continue;
      for (const [position, factor] of part.factors.entries()) {
        if (position === two || factor.kind === 'number') continue;
        const both = rawAdd([factor, turned(factor)]);
        const formula = put(rawMultiply(part.factors.with(position, both).toSpliced(two, 1)));
        yield {
          formula,
          message: told`${rawMultiply([part.factors[two] as Formula, factor])} stands where ${both} belongs: they are equal for symmetric matrices only`,
        };
      }
    }
  },
};

const exchangedOrder: SlipRow = {
  name: 'order',
  kind: 'order',
  example: ['a d^T', 'd a^T'],
  *changes({ suspect }): Iterable<Change> {
    for (const { part, put } of quantityPlaces(suspect)) {
      if (part.kind !== 'multiply') continue;
      const { factors } = part;
      for (let position = 0; position + 1 < factors.length; position += 1) {
        const first = factors[position] as Formula;
        const second = factors[position + 1] as Formula;
        const exchanged = rawMultiply(factors.with(position, second).with(position + 1, first));
        yield {
          formula: put(exchanged),
          message: told`the order is wrong: ${second} comes before ${first}`,
        };
        const both = rawMultiply(
          factors.with(position, turned(second)).with(position + 1, turned(first)),
        );
        yield {
          formula: put(both),
          kind: 'transpose',
          message: told`the product is transposed: it should be ${both}`,
        };
        const wise = [
          ...factors.slice(0, position),
          operation('elementwise', first, second),
          ...factors.slice(position + 2),
        ];
        yield {
          formula: put(rawMultiply(wise)),
          message: told`the product of ${first} and ${second} should be elementwise`,
        };
      }
    }
  },
};

const elementwiseWrong: SlipRow = {
  name: 'elementwise',
  kind: 'order',
  example: ['W^T .* d', 'W^T d'],
  *changes({ suspect }): Iterable<Change> {
    for (const { part, put } of quantityPlaces(suspect)) {
      if (part.kind !== 'operation' || part.name !== 'elementwise') continue;
      const formula = rawMultiply(part.args);
      yield {
        formula: put(formula),
        message: told`the elementwise product ${part} should be the matrix product ${formula}`,
      };
    }
  },
};

export const shapeRows: readonly SlipRow[] = [
  transposed,
  exchangedOrder,
  elementwiseWrong,
  doubledForBoth,
];
