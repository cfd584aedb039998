import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';
import type { FindView } from '../../src/document/view.js';
import type { Formula } from '../../src/expression/formula.js';
import { same } from '../../src/expression/same.js';
import { buildNetwork } from '../../src/network/build.js';
import { lower } from '../../src/network/lower.js';
import { GivenWorld } from '../../src/numeric/given-world.js';
import { Machine } from '../../src/numeric/machine.js';
import { readDocument } from '../../src/read/document.js';
import { readFormula } from '../../src/read/read.js';

/** Numbers that look random and are the same in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return (state / 2147483647) * 2 - 1;
  };
}

const matrix = (rows: number, columns: number, next: () => number): number[][] =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, next));
const vector = (length: number, next: () => number): number[] => Array.from({ length }, next);
const list = (values: readonly (number | readonly number[])[]): string =>
  `[${values.map((value) => (typeof value === 'number' ? value.toFixed(6) : list(value))).join(', ')}]`;
const rounded = (values: number[][]): number[][] =>
  values.map((row) => row.map((value) => Number(value.toFixed(6))));
const times = (m: readonly number[][], v: readonly number[]): number[] =>
  m.map((row) => row.reduce((sum, value, place) => sum + value * (v[place] as number), 0));

async function answers(sheet: string, asks: readonly string[]): Promise<readonly FindView[]> {
  const text = [sheet, ...asks.map((ask) => `find ${ask}`)].join('\n');
  const { results } = await solveText(text, 'paths.hg');
  const found = results.filter((one): one is FindView => one.kind === 'find');
  expect(found).toHaveLength(asks.length);
  return found;
}

/** The numbers of a formula in text, under the numbers given, at letters. */
function numbersOf(
  text: string,
  sheet: string,
  givens: readonly string[],
  letters: Readonly<Record<string, number>>,
): readonly number[] {
  const source = `${[sheet, ...givens.map((one) => `given ${one}`)].join('\n')}\n`;
  const [scope] = readDocument(source, 'numbers.hg').scopes;
  if (!scope) throw new Error('the sheet has no scope');
  const network = buildNetwork(scope, { block: 9, line: 99 });
  const lowered = lower(readFormula(text, scope), network);
  const machine = new Machine(network, new GivenWorld(network));
  const [axis] = lowered.axes;
  const at = new Map(Object.entries(letters));
  if (!axis) return [machine.tape.value(machine.run(lowered.body, at))];
  const count = machine.count(axis.upper, at);
  return Array.from({ length: count }, (_, place) =>
    machine.tape.value(machine.run(lowered.body, new Map([...at, [axis.index, place + 1]]))),
  );
}

const close = (found: number, wanted: number): void =>
  expect(Math.abs(found - wanted)).toBeLessThan(2e-7 * (1 + Math.abs(wanted)));

describe('wide layers with a symbolic depth', () => {
  const sheet = `z^l_j = sum_k w^l_jk a^(l-1)_k + b^l_j for l = 1..L
a^l_j = tanh(z^l_j) for l = 1..L
C = 1/2 sum_j (a^L_j - y_j)^2`;

  /** The loss of a net whose weighted input of one unit is moved, in plain arithmetic. */
  function loss(
    net: { w: number[][][]; b: number[][]; x: number[]; y: number[] },
    moved: { layer: number; unit: number; by: number },
  ): number {
    let a = net.x;
    net.w.forEach((w, place) => {
      const z = times(w, a).map((value, unit) => value + (net.b[place]?.[unit] as number));
      if (place + 1 === moved.layer) z[moved.unit] = (z[moved.unit] as number) + moved.by;
      a = z.map(Math.tanh);
    });
    return a.reduce((sum, value, unit) => sum + (value - (net.y[unit] as number)) ** 2 / 2, 0);
  }

  it('has the matrix product and the path sum, right at depths 1, 2, 3 and 5', async () => {
    const [asMatrices, asPaths, plain] = await answers(sheet, [
      'dC/dz^l as unrolled',
      'dC/dz^l_j as unrolled',
      'dC/dz^l',
    ]);
    expect(asMatrices?.answer.text).toContain('prod_{m=l}^{L-1}');
    expect(asPaths?.answer.text).toMatch(/^sum_\{k_l = j, k_\{l\+1\}, \.\.\., k_L\}/);
    expect(plain?.forms.unrolled?.text).toBe(asMatrices?.answer.text);
    expect(plain?.forms.recurrence).toBeDefined();
    for (const one of [asMatrices, asPaths]) expect(['proved', 'agrees']).toContain(one?.verdict);
    const widths = [2, 4, 1, 3, 2, 5];
    for (const depth of [1, 2, 3, 5]) {
      const next = numbers(depth + 7);
      const w = Array.from({ length: depth }, (_, l) =>
        rounded(matrix(widths[l + 1] as number, widths[l] as number, next)),
      );
      const b = Array.from(
        { length: depth },
        (_, l) => rounded([vector(widths[l + 1] as number, next)])[0] as number[],
      );
      const [x] = rounded([vector(widths[0] as number, next)]) as [number[]];
      const [y] = rounded([vector(widths[depth] as number, next)]) as [number[]];
      const givens = [
        `L = ${depth}`,
        ...w.map((value, l) => `w^(${l + 1}) = ${list(value)}`),
        ...b.map((value, l) => `b^(${l + 1}) = ${list(value)}`),
        `a^(0) = ${list(x)}`,
        `y = ${list(y)}`,
      ];
      for (let layer = 1; layer <= depth; layer += 1) {
        const whole = numbersOf(asMatrices?.answer.text ?? '', sheet, givens, { l: layer });
        expect(whole).toHaveLength(widths[layer] as number);
        whole.forEach((found, unit) => {
          const at = (by: number) => loss({ w, b, x, y }, { layer, unit, by });
          const wanted = (at(1e-5) - at(-1e-5)) / 2e-5;
          close(found, wanted);
          const letters = { l: layer, j: unit + 1 };
          const [path] = numbersOf(asPaths?.answer.text ?? '', sheet, givens, letters);
          close(path as number, wanted);
        });
      }
    }
  });

  it('reads its own forms back, in both notations', async () => {
    const found = await answers(sheet, ['dC/dz^l as unrolled', 'dC/dz^l_j as unrolled']);
    const [scope] = readDocument(`${sheet}\n`, 'read.hg').scopes;
    if (!scope) throw new Error('the sheet has no scope');
    const network = buildNetwork(scope, { block: 9, line: 99 });
    for (const { answer } of found) {
      const [plain, latex] = [answer.text, answer.latex].map((text) =>
        lower(readFormula(text, scope), network),
      );
      expect(same(plain?.body as Formula, latex?.body as Formula)).toBe(true);
    }
  });

  it('differentiates an ordered product by an entry of one factor', async () => {
    const { results } = await solveText(
      `${sheet}\nA^l in R^(n x n) for l = 1..L\nq = u^T v\nfind d/dA^3_ij (u^T (prod_{m=2}^{L} A^m) v)\n`,
      'product.hg',
    );
    const [only] = results;
    expect(only?.kind === 'find' && ['proved', 'agrees'].includes(only.verdict)).toBe(true);
  });

  it('judges products and path sums that a person wrote', async () => {
    const claims = [
      'dC/dz^l = diag(1 - (a^l).^2) (prod_{m=l+1}^{L} (w^m)^T diag(1 - (a^m).^2)) (a^L - y)',
      'dC/dz^l = diag(1 - (a^l).^2) (w^(l+1))^T diag(1 - (a^(l+1)).^2) ... (w^L)^T diag(1 - (a^L).^2) (a^L - y)',
      'dC/dz^l_j = \\sum_{k_l = j,\\, k_{l+1}, \\dots, k_L} (a^L_{k_L} - y_{k_L}) \\prod_{m=l}^L (1 - (a^m_{k_m})^2) \\prod_{m=l+1}^{L} w^m_{k_m k_{m-1}}',
      // A factor missing, and weights turned round.
      'dC/dz^l_j = sum_{k_l = j, k_(l+1), ..., k_L} (a^L_{k_L} - y_{k_L}) prod_{m=l+1}^L (1 - (a^m_{k_m})^2) prod_{m=l+1}^{L} w^m_{k_m,k_(m-1)}',
      'dC/dz^l = (prod_{m=l}^{L-1} (w^(m+1))^T diag(1 - (a^m).^2)) ((a^L - y) .* (1 - (a^L).^2))',
    ];
    const text = [sheet, ...claims.map((claim) => `claim ${claim}`)].join('\n');
    const { results } = await solveText(text, 'claims.hg');
    expect(results.map((one) => (one.kind === 'claim' ? one.holds : one))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it('says what a sum over paths must look like', async () => {
    const { results } = await solveText(
      `${sheet}\nclaim sum_{k_l = j, k_(l+1), ..., k_L} a^L_{k_L} = 1\n`,
      'claims.hg',
    );
    const [only] = results;
    expect(only?.kind === 'error' && only.message.split('\n')[0]).toBe(
      'line 4, column 7: no product over the levels of the path is met; write a sum over paths as sum_{k_1 = j, k_2, ..., k_L} with its factors under one product sign, such as prod_{m=1}^{L-1} w_{k_m,k_(m+1)}',
    );
  });
});

describe('a recurrent net with a symbolic number of steps', () => {
  const sheet = `h_t = tanh(W h_(t-1) + U x_t + b) for t = 1..T
C = sum_t sum_i c_ti h_ti`;

  it('has dh_T/dh_t as a product of Jacobians, also where it is empty', async () => {
    const [jacobian, loss] = await answers(sheet, ['dh_T/dh_t as unrolled', 'dC/dh_t as unrolled']);
    expect(jacobian?.answer.text).toBe('(prod_{s=t}^{T-1} W^T diag(1 - h_{s+1} .* h_{s+1}))^T');
    expect(jacobian?.notes).toContain(
      'the factors of the product stand from left to right for s = t, ..., T - 1; with no factor it is the identity',
    );
    expect(loss?.answer.text).toContain('sum_{s=t}^T (prod');
    for (const steps of [1, 2, 3, 5]) {
      const next = numbers(steps + 3);
      const [W, U] = [rounded(matrix(3, 3, next)), rounded(matrix(3, 2, next))];
      const [x, c] = [rounded(matrix(steps, 2, next)), rounded(matrix(steps, 3, next))];
      const [b, start] = rounded([vector(3, next), vector(3, next)]) as [number[], number[]];
      const givens = [
        `T = ${steps}`,
        `W = ${list(W)}`,
        `U = ${list(U)}`,
        `b = ${list(b)}`,
        `h_0 = ${list(start)}`,
        ...x.map((value, t) => `x_${t + 1} = ${list(value)}`),
        ...c.map((value, t) => `c_${t + 1} = ${list(value)}`),
      ];
      /** All states from a moved one on. */
      const run = (at: number, unit: number, by: number): number[][] => {
        let h = start;
        return x.map((input, t) => {
          const [own, from] = [times(W, h), times(U, input)];
          h = own.map((value, i) => Math.tanh(value + (from[i] as number) + (b[i] as number)));
          if (t + 1 === at) h = h.map((value, i) => (i === unit ? value + by : value));
          return h;
        });
      };
      for (let t = 1; t <= steps; t += 1)
        for (let unit = 0; unit < 3; unit += 1) {
          const [more, less] = [run(t, unit, 1e-5), run(t, unit, -1e-5)];
          const total = (states: number[][]) =>
            states.reduce(
              (sum, h, s) => sum + h.reduce((part, v, i) => part + v * (c[s]?.[i] as number), 0),
              0,
            );
          const found = numbersOf(loss?.answer.text ?? '', sheet, givens, { t });
          close(found[unit] as number, (total(more) - total(less)) / 2e-5);
          for (let i = 0; i < 3; i += 1) {
            const entry = `(${jacobian?.answer.text})_{${i + 1},${unit + 1}}`;
            const [value] = numbersOf(entry, sheet, givens, { t });
            const wanted = ((more.at(-1)?.[i] as number) - (less.at(-1)?.[i] as number)) / 2e-5;
            close(value as number, wanted);
          }
        }
    }
  });
});
