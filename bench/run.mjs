/**
 * `npm run bench`: what handgrad does beside what people use instead, in one run. Results are checked
 * before they count; figures are medians. See README.md.
 */
import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const bundle = fileURLToPath(new URL('../node_modules/.cache/bench/handgrad.mjs', import.meta.url));
await build({
  absWorkingDir: root,
  entryPoints: ['src/index.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  outfile: bundle,
  logLevel: 'error',
  banner: {
    js: "import { createRequire as benchRequire } from 'node:module';const require = benchRequire(import.meta.url);",
  },
});
const { buildNetwork, compile, gradientSource, readDocument, symbol } = await import(
  pathToFileURL(bundle).href
);

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Milliseconds of one call: the median of several rounds of a fifth of a second. */
function timeOf(work, rounds = 5) {
  work();
  return median(
    Array.from({ length: rounds }, () => {
      const start = performance.now();
      let calls = 0;
      while (performance.now() - start < 200) {
        work();
        calls += 1;
      }
      return (performance.now() - start) / calls;
    }),
  );
}

/** Backpropagation of a dense net with tanh, softmax and cross-entropy, as one writes it by hand. */
function byHand(widths, { x, W, b, y }) {
  const depth = widths.length - 1;
  const a = widths.map((width) => new Float64Array(width));
  const d = widths.map((width) => new Float64Array(width));
  const [dW, db] = [new Float64Array(W.length), new Float64Array(b.length)];
  const run = () => {
    a[0].set(x);
    for (let l = 1, w = 0, o = 0; l <= depth; l += 1) {
      const [rows, columns] = [widths[l], widths[l - 1]];
      for (let j = 0; j < rows; j += 1) {
        let z = b[o + j];
        for (let k = 0; k < columns; k += 1) z += W[w + j * columns + k] * a[l - 1][k];
        a[l][j] = l < depth ? Math.tanh(z) : z;
      }
      w += rows * columns;
      o += rows;
    }
    const out = a[depth];
    let [most, total, loss] = [-Infinity, 0, 0];
    for (let i = 0; i < out.length; i += 1) most = Math.max(most, out[i]);
    for (let i = 0; i < out.length; i += 1) total += out[i] = Math.exp(out[i] - most);
    let all = 0;
    for (let i = 0; i < out.length; i += 1) {
      out[i] /= total;
      loss -= y[i] * Math.log(out[i]);
      all += y[i];
    }
    for (let i = 0; i < out.length; i += 1) d[depth][i] = all * out[i] - y[i];
    for (let l = depth, w = W.length, o = b.length; l >= 1; l -= 1) {
      const [rows, columns] = [widths[l], widths[l - 1]];
      w -= rows * columns;
      o -= rows;
      d[l - 1].fill(0);
      for (let j = 0; j < rows; j += 1) {
        const slope = d[l][j];
        db[o + j] = slope;
        for (let k = 0; k < columns; k += 1) {
          dW[w + j * columns + k] = slope * a[l - 1][k];
          if (l > 1) d[l - 1][k] += slope * W[w + j * columns + k];
        }
      }
      if (l > 1) for (let k = 0; k < columns; k += 1) d[l - 1][k] *= 1 - a[l - 1][k] ** 2;
    }
    return loss;
  };
  return { run, dW, db };
}

const close = (one, other) => Math.abs(one - other) <= 1e-10 * (1 + Math.abs(one));

function compiledGradients() {
  const rows = [];
  for (const widths of [
    [4, 4, 3, 3],
    [64, 64, 64, 10],
  ]) {
    const name = widths.join('-');
    const text = `network: dense ${name}, hidden tanh, output softmax, loss cross-entropy\n`;
    const started = performance.now();
    const network = buildNetwork(readDocument(text, 'bench.hg').scopes[0], { block: 9, line: 99 });
    const made = compile(symbol('C'), ['W', 'b'], network);
    const making = performance.now() - started;
    for (const leaf of ['x', 'W', 'b', 'y'])
      made.values.get(leaf).forEach((_, place, all) => {
        all[place] = Math.sin(7.3 * place + leaf.charCodeAt(0)) / 2;
      });
    const slow = compile(symbol('C'), ['W', 'b'], network, { mode: 'interpreted' });
    for (const leaf of ['x', 'W', 'b', 'y']) slow.values.get(leaf).set(made.values.get(leaf));
    const hand = byHand(widths, Object.fromEntries(made.values));
    const right =
      close(made.run(), hand.run()) &&
      close(slow.run(), hand.run()) &&
      [made, slow].every(
        ({ gradients }) =>
          gradients.get('W').every((part, place) => close(part, hand.dW[place])) &&
          gradients.get('b').every((part, place) => close(part, hand.db[place])),
      );
    if (!right) throw new Error(`${name}: the gradients differ; nothing is measured`);
    const [ours, theirs, closures] = [made.run, hand.run, slow.run].map((work) => timeOf(work));
    const source = gradientSource(symbol('C'), ['W', 'b'], network, 'numpy');
    rows.push({
      network: name,
      'compiled /s': Math.round(1000 / ours),
      'by hand /s': Math.round(1000 / theirs),
      'ours : by hand': (theirs / ours).toFixed(2),
      'interpreted /s': Math.round(1000 / closures),
      'made in ms': making.toFixed(0),
      'source lines': source.split('\n').length,
    });
  }
  return rows;
}

/** Median milliseconds of a process. */
const processTime = (...args) =>
  median(
    Array.from({ length: 9 }, () => {
      const start = performance.now();
      const { status } = spawnSync(process.execPath, args, { cwd: root });
      if (status !== 0) throw new Error(`${args.join(' ')} failed`);
      return performance.now() - start;
    }),
  );

function startUp() {
  const bare = processTime('-e', '0');
  const ratio = (time) => ({ ms: time.toFixed(0), 'times node -e 0': (time / bare).toFixed(2) });
  const command = ['dist/cli.js'];
  return {
    'node -e 0': ratio(bare),
    'handgrad --help': ratio(processTime(...command, '--help')),
    'handgrad solve (simple network)': ratio(
      processTime(...command, 'solve', 'examples/simple-network.md'),
    ),
  };
}

console.log('G. Gradients of compiled functions, checked against loops written by hand');
console.table(compiledGradients());
console.log('E. Start of the process (dist/cli.js as it was built last)');
console.table(startUp());
