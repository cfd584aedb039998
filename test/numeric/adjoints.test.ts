/** Derivatives cost what lies between the two, not what lies below both. */
import { describe, expect, it } from 'vitest';
import { openSheet } from '../../src/answer/session.js';
import { lower } from '../../src/network/lower.js';
import { derivativeOrder } from '../../src/numeric/derivative-order.js';
import type { Machine } from '../../src/numeric/machine.js';
import { makeModels } from '../../src/numeric/models.js';
import { readSheet } from '../../src/read/document.js';

/** A chain in which every layer has its own definitions, and every local slope of it. */
function chain(length: number, ask: string) {
  const lines = Array.from(
    { length },
    (_, at) => `z_${at + 1} = w_${at + 1} f_${at}\nf_${at + 1} = tanh(z_${at + 1})`,
  );
  const sheet = readSheet([...lines, `C = f_${length}^2`, `find ${ask}`, ''].join('\n'));
  const statement = sheet.statements.at(-1);
  if (statement?.kind !== 'find') throw new Error('no ask');
  const { network } = openSheet(sheet).settingOf(statement);
  const formulas = statement.asks.map(({ formula }) => lower(formula, network).body);
  const [model] = makeModels(network, { formulas, count: 1 });
  return { network, formulas, machine: model?.machine as Machine };
}

const slopes = (length: number): string =>
  Array.from(
    { length: length - 1 },
    (_, at) => `df_${at + 2}/dz_${at + 2}, dz_${at + 2}/df_${at + 1}`,
  )
    .reverse()
    .join(', ');

/** Numbers on the tape after all local slopes. */
function numbers(length: number): number {
  const { machine, formulas } = chain(length, slopes(length));
  for (const formula of formulas) machine.run(formula, new Map());
  return machine.tape.length;
}

describe('adjoints', () => {
  it('need no more numbers per layer in a longer chain', () => {
    const [short, long] = [numbers(50), numbers(100)];
    expect(long / short).toBeLessThan(2.1);
  });

  it('are the whole way down where it is asked for', () => {
    const { machine, formulas } = chain(3, 'dC/dw_1, df_3/dz_3');
    const value = (formula = formulas[0]) =>
      machine.tape.value(machine.run(formula as NonNullable<typeof formula>, new Map()));
    const entry = (name: string, index: number) =>
      machine.tape.value(machine.entryNode(name, [index]));
    const [w2, w3, f0] = [entry('w', 2), entry('w', 3), entry('f', 0)];
    const [f1, f2, f3] = [entry('f', 1), entry('f', 2), entry('f', 3)];
    const expected = 2 * f3 * (1 - f3 ** 2) * w3 * (1 - f2 ** 2) * w2 * (1 - f1 ** 2) * f0;
    expect(value()).toBeCloseTo(expected, 12);
    expect(value(formulas[1])).toBeCloseTo(1 - f3 ** 2, 12);
  });
});

describe('how many derivatives lie inside one another', () => {
  it('counts through definitions, and no further than three', () => {
    const { network, formulas } = chain(4, 'd/dw_1 dC/dw_1, C, d/dw_1 d/dw_1 d/dw_1 d/dw_1 C');
    expect(formulas.map((formula) => derivativeOrder(formula, network))).toEqual([2, 0, 3]);
  });
});

describe('sums inside one another', () => {
  /** Numbers on the tape for one entry of a product of three matrices and a vector, from the left. */
  function numbers(width: number): number {
    const text = [
      `A in R^(${width} x ${width})`,
      `v in R^${width}`,
      'C = sum_i v_i sum_j A_ij sum_k A_jk sum_m A_km v_m',
      'find C',
      '',
    ].join('\n');
    const sheet = readSheet(text);
    const statement = sheet.statements.at(-1);
    if (statement?.kind !== 'find') throw new Error('no ask');
    const { network } = openSheet(sheet).settingOf(statement);
    const [right] = network.definitions.map((definition) => definition.right);
    const [model] = makeModels(network, { formulas: right ? [right] : [], count: 1 });
    if (right) model?.machine.run(right, new Map());
    return model?.machine.tape.length ?? 0;
  }

  it('are worked out once for each value of their letters', () => {
    expect(numbers(16) / numbers(8)).toBeLessThan(4.2);
  });
});
