import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { all, type BigNumber, create } from 'mathjs';
import { describe, expect, it } from 'vitest';
import { symbol } from '../../../src/expression/formula.js';
import { buildNetwork } from '../../../src/network/build.js';
import type { Network } from '../../../src/network/network.js';
import { gradientSource, type SourceLanguage } from '../../../src/numeric/compile/source.js';
import { readDocument } from '../../../src/read/document.js';

function networkOf(text: string): Network {
  const [sheet] = readDocument(text, 'sheet.hg').scopes;
  if (!sheet) throw new Error('no sheet');
  return buildNetwork(sheet, { block: 99, line: 9999 });
}

const C = symbol('C');
type Leaves = Readonly<Record<string, readonly number[]>>;

/** Forward passes by hand in 64 digits: what the exports are compared with shares no code with them. */
const big = create(all as NonNullable<typeof all>, { number: 'BigNumber', precision: 64 });
const numbers = (list: readonly number[]): BigNumber[] => list.map((part) => big.bignumber(part));
const total = (list: readonly BigNumber[]): BigNumber =>
  list.reduce((sum, part) => sum.plus(part), big.bignumber(0));
const one = big.bignumber(1);
const logistic = (u: BigNumber) => one.div(one.plus(u.negated().exp()));

const nets: Readonly<
  Record<
    string,
    {
      readonly text: string;
      readonly by: readonly string[];
      readonly leaves: Leaves;
      readonly forward: (leaf: (name: string) => readonly BigNumber[]) => BigNumber;
    }
  >
> = {
  'softmax and cross-entropy': {
    text: 'network: dense 3-2-2, hidden tanh, output softmax, loss cross-entropy\n',
    by: ['W', 'b'],
    leaves: {
      x: [0.3, -0.7, 0.2],
      W: [0.5, -0.1, 0.9, 0.4, 0.8, -0.6, 0.7, -0.2, -0.5, 0.3],
      b: [0.1, -0.3, 0.2, 0.05],
      y: [0.25, 0.75],
    },
    forward: (leaf) => {
      const [x, W, b, y] = [leaf('x'), leaf('W'), leaf('b'), leaf('y')];
      const at = (list: readonly BigNumber[], place: number) => list[place] as BigNumber;
      const a = [0, 1].map((j) =>
        total([at(b, j), ...[0, 1, 2].map((k) => at(W, 3 * j + k).times(at(x, k)))]).tanh(),
      );
      const z = [0, 1].map((j) =>
        total([at(b, 2 + j), ...[0, 1].map((k) => at(W, 6 + 2 * j + k).times(at(a, k)))]),
      );
      const all = total(z.map((part) => part.exp()));
      return total(z.map((part, j) => at(y, j).times(part.exp().div(all).ln()))).negated();
    },
  },
  'a convolution with kinks, cases and functions that a language lacks': {
    text: [
      "convention relu'(0) = 1/2",
      'z_i = sum_(k=1)^3 w_k x_(i+k-1) + b   for i = 1..4',
      'a_i = relu(z_i)   for i = 1..4',
      'C = sum_(i=1)^4 c_i (silu(a_i) + elu(z_i) + softplus(z_i)^2 + max(z_i, 1/10) + leaky_relu(z_i))',
    ].join('\n'),
    by: ['w', 'b', 'x'],
    leaves: {
      w: [0.6, -0.4, 0.9],
      x: [0.2, -0.5, 0.7, -0.9, 0.4, 0.3],
      b: [-0.1],
      c: [1.5, -0.5, 0.8, 0.3],
    },
    forward: (leaf) => {
      const [w, x, [b], c] = [leaf('w'), leaf('x'), leaf('b'), leaf('c')];
      const zero = big.bignumber(0);
      const most = (u: BigNumber, v: BigNumber) => (u.gt(v) ? u : v);
      return total(
        c.map((weight, i) => {
          const z = total([
            b as BigNumber,
            ...w.map((part, k) => part.times(x[i + k] as BigNumber)),
          ]);
          const a = most(z, zero);
          const parts = [
            a.times(logistic(a)),
            z.gt(0) ? z : z.exp().minus(1),
            z.exp().plus(1).ln().pow(2),
            most(z, big.bignumber(0.1)),
            z.gt(0) ? z : z.div(100),
          ];
          return weight.times(total(parts));
        }),
      );
    },
  },
};

/** The value and the gradients by central differences in 64 digits. */
function expected({ by, leaves, forward }: (typeof nets)[string]) {
  const point = new Map(Object.entries(leaves).map(([name, list]) => [name, numbers(list)]));
  const at = (name: string): readonly BigNumber[] => point.get(name) as BigNumber[];
  const step = big.bignumber('1e-20');
  const slope = (name: string, place: number): number => {
    const sides = [step, step.negated()].map((gap) =>
      forward((leaf) =>
        leaf === name ? at(leaf).map((part, p) => (p === place ? part.plus(gap) : part)) : at(leaf),
      ),
    ) as [BigNumber, BigNumber];
    return sides[0].minus(sides[1]).div(step.times(2)).toNumber();
  };
  return {
    value: forward(at).toNumber(),
    gradients: by.map((name) => at(name).map((_, place) => slope(name, place))),
  };
}

const python = ['/usr/bin/python3', 'python3'].find(
  (command) => spawnSync(command, ['-c', 'import numpy']).status === 0,
);
/** PyTorch and JAX themselves are not needed: stand-ins over NumPy, as strict as they are, run the exports. */
const stubs = join(import.meta.dirname, 'stubs');

function runPython(source: string, makeArray: string, { leaves }: (typeof nets)[string]) {
  const program = `${source}
import json, sys
import numpy
leaves = {name: ${makeArray} for name, part in json.loads(sys.argv[1]).items()}
value, *slopes = gradients(**leaves)
print(json.dumps([float(value), [[float(one) for one in part] for part in slopes]]))`;
  const run = spawnSync(python ?? 'python3', ['-c', program, JSON.stringify(leaves)], {
    encoding: 'utf8',
    env: { ...process.env, PYTHONPATH: stubs, PYTHONDONTWRITEBYTECODE: '1' },
  });
  expect(run.stderr).toBe('');
  const [value, gradients] = JSON.parse(run.stdout);
  return { value, gradients };
}

const arrays: Readonly<Record<Exclude<SourceLanguage, 'javascript'>, string>> = {
  numpy: 'numpy.array(part)',
  pytorch: 'torch.tensor(part)',
  jax: 'jnp.array(part)',
};

function close(found: { value: number; gradients: number[][] }, net: (typeof nets)[string]) {
  const { value, gradients } = expected(net);
  expect(found.value).toBeCloseTo(value, 13);
  expect(found.gradients.map((part) => part.length)).toEqual(gradients.map((part) => part.length));
  found.gradients.flat().forEach((slope, place) => {
    expect(slope).toBeCloseTo(gradients.flat()[place] as number, 13);
  });
}

describe.each(Object.entries(nets))('gradients as source: %s', (_name, net) => {
  const network = networkOf(net.text);

  it('JavaScript has the gradients of differences in 64 digits', async () => {
    const source = gradientSource(C, net.by, network, 'javascript');
    const module = await import(`data:text/javascript,${encodeURIComponent(source)}`);
    const found = module.gradients(net.leaves);
    const gradients = net.by.map((name) => [...found[`d${name}`]]);
    close({ value: found.value, gradients }, net);
  });

  it.runIf(python).each(Object.entries(arrays))('%s has them too', (language, makeArray) => {
    const source = gradientSource(C, net.by, network, language as SourceLanguage);
    close(runPython(source, makeArray, net), net);
  });
});

describe('the text of an export', () => {
  const network = networkOf(nets['softmax and cross-entropy']?.text ?? '');

  it('keeps the names of the sheet and says what it takes', () => {
    const source = gradientSource(C, ['W', 'b'], network, 'numpy');
    expect(source).toContain('def gradients(x, W, b, y):');
    expect(source).toContain(
      '    # Flat arrays, the last index fastest: x of 3, W of 10, b of 4, y of 2',
    );
    expect(source).toContain('return C[0], dW, db');
  });

  it('has no names that a language keeps for itself, nor text of the sheet', () => {
    const odd = networkOf('lambda = y^2 + range\nC = (lambda - np)^2\n');
    for (const language of ['javascript', 'numpy', 'pytorch', 'jax'] as const) {
      const source = gradientSource(C, ['np'], odd, language);
      expect(source).not.toMatch(/\\|\brange\[|\blambda\[|\bnp\[/);
      expect(source).toContain('np_2[0]');
    }
  });

  it('says what a language cannot do', () => {
    const gauss = networkOf('C = erf(w x)\n');
    expect(() => gradientSource(C, ['w'], gauss, 'javascript')).toThrow(
      'erf cannot be written in this language; use another one',
    );
    expect(gradientSource(C, ['w'], gauss, 'numpy')).toContain('math.erf');
  });

  it('says which size is not fixed', () => {
    const open = networkOf('C = sum_(i=1)^n w_i^2\n');
    expect(() => gradientSource(C, ['w'], open, 'jax')).toThrow(/n/);
  });
});
