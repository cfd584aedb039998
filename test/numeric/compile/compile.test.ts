import { describe, expect, it } from 'vitest';
import { derivative, number, symbol } from '../../../src/expression/formula.js';
import { buildNetwork } from '../../../src/network/build.js';
import type { Network } from '../../../src/network/network.js';
import { compile } from '../../../src/numeric/compile/compile.js';
import { evaluate } from '../../../src/numeric/evaluate.js';
import type { Machine } from '../../../src/numeric/machine.js';
import { makeModels } from '../../../src/numeric/models.js';
import { readDocument } from '../../../src/read/document.js';

const networkOf = (text: string): Network => {
  const [sheet] = readDocument(text, 'sheet.hg').scopes;
  if (!sheet) throw new Error('no sheet');
  return buildNetwork(sheet, { block: 99, line: 9999 });
};

const softmaxNet = (widths: string) =>
  `network: dense ${widths}, hidden tanh, output softmax, loss cross-entropy\n`;

const sheets = {
  'dense tanh, softmax, cross-entropy': { text: softmaxNet('4-4-3-3'), by: ['W', 'b'] },
  'wide dense': { text: softmaxNet('8-8-8-8'), by: ['W', 'b'] },
  recurrent: {
    text: [
      'T = 4',
      'd = 3',
      'n = 2',
      'W in R^(d x d)',
      'U in R^(d x n)',
      'x_t in R^n',
      'v in R^d',
      'h_t = tanh(W h_(t-1) + U x_t)   for t = 1..T',
      'C = 1/2 (v^T h_T)^2',
    ].join('\n'),
    by: ['W', 'U'],
  },
  convolution: {
    text: [
      'z_i = sum_(k=1)^3 w_k x_(i+k-1) + b   for i = 1..5',
      'a_i = relu(z_i)   for i = 1..5',
      'C = sum_(i=1)^5 c_i sigmoid(a_i)^2',
    ].join('\n'),
    by: ['w', 'b', 'x'],
  },
} as const;

/** Numbers from a seed, so that a failure can be met again. */
const drawn = (seed: number) => {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648 - 0.5;
  };
};

describe.each(Object.entries(sheets))('%s', (_name, { text, by }) => {
  const network = networkOf(text);
  const C = symbol([...network.definitions].at(-1)?.name ?? 'C');

  it('has the value and the gradients of central differences', () => {
    const compiled = compile(C, by, network);
    const next = drawn(7);
    for (const [name, values] of compiled.values)
      if (network.families.get(name)?.kind !== 'defined')
        for (let place = 0; place < values.length; place += 1) values[place] = next();
    let entries = 0;
    for (const name of by) {
      compiled.run();
      const values = compiled.values.get(name) as Float64Array;
      const gradient = Float64Array.from(compiled.gradients.get(name) as Float64Array);
      for (let place = 0; place < values.length; place += 1) {
        const before = values[place] as number;
        values[place] = before + 1e-5;
        const above = compiled.run();
        values[place] = before - 1e-5;
        const below = compiled.run();
        values[place] = before;
        expect(gradient[place]).toBeCloseTo((above - below) / 2e-5, 7);
        entries += 1;
      }
    }
    expect(entries).toBeGreaterThan(3);
  });

  it('is the same without code generation', () => {
    const [one, other] = [
      compile(C, by, network),
      compile(C, by, network, { mode: 'interpreted' }),
    ];
    for (const compiled of [one, other]) {
      const next = drawn(11);
      for (const [name, values] of compiled.values)
        if (network.families.get(name)?.kind !== 'defined')
          for (let place = 0; place < values.length; place += 1) values[place] = next();
    }
    expect(other.run()).toBeCloseTo(one.run(), 12);
    for (const name of by)
      expect([...(other.gradients.get(name) ?? [])]).toEqual([...(one.gradients.get(name) ?? [])]);
  });

  it('agrees with the evaluator on the tape', () => {
    const compiled = compile(C, by, network);
    const [model] = makeModels(network, { formulas: [C], count: 1 });
    if (!model) throw new Error('no model');
    const shapes = new Map<string, readonly (readonly number[])[]>();
    for (const [name, values] of compiled.values) {
      if (network.families.get(name)?.kind === 'defined') continue;
      const all = entriesOf(network, name, model.machine);
      shapes.set(name, all);
      all.forEach((indices, place) => {
        values[place] = model.machine.tape.value(model.machine.entryNode(name, indices));
      });
    }
    expect(compiled.run()).toBeCloseTo(evaluate(C, model), 10);
    for (const name of by)
      (shapes.get(name) ?? []).forEach((indices, place) => {
        const asked = derivative(
          C,
          symbol(
            name,
            indices.map((index) => number(index)),
          ),
        );
        expect(compiled.gradients.get(name)?.[place]).toBeCloseTo(evaluate(asked, model), 9);
      });
  });
});

/** The indices of all entries, the last index fastest. */
function entriesOf(
  network: Network,
  name: string,
  machine: Machine,
): readonly (readonly number[])[] {
  const slots = network.families.get(name)?.slots ?? [];
  const visit = (place: number, letters: ReadonlyMap<string, number>): (readonly number[])[] => {
    const slot = slots[place];
    if (!slot) return [[]];
    const bounds = slot.bounds;
    if (!bounds) throw new Error(`${name} has no range`);
    const found: (readonly number[])[] = [];
    for (
      let value = machine.count(bounds.lower, letters);
      value <= machine.count(bounds.upper, letters);
      value += 1
    )
      for (const rest of visit(place + 1, new Map([...letters, [slot.variable, value]])))
        found.push([value, ...rest]);
    return found;
  };
  return visit(0, new Map());
}

describe('what is not compiled', () => {
  it('is refused where a size is not fixed', () => {
    const network = networkOf('C = sum_(i=1)^n x_i^2');
    expect(() => compile(symbol('C'), ['x'], network)).toThrow();
  });
});
