/** G. Gradients a second of compiled functions, beside loops by hand and NumPy. */
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { figure, objectsIn, processOf, ratio, table, timeOf } from './measure.mjs';
import { pythonWith } from './peers.mjs';
import { denseLoops } from './reference.mjs';

export const title = 'G. Gradients a second of compiled functions, one sample';

const close = (one, other) => Math.abs(one - other) <= 1e-10 * (1 + Math.abs(one));

export async function run({ handgrad, quick, seconds }) {
  const { buildNetwork, compile, readDocument, symbol } = handgrad;
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
    const slow = compile(symbol('C'), ['W', 'b'], network, { mode: 'interpreted' });
    const hand = denseLoops(widths);
    for (const leaf of ['x', 'W', 'b', 'y'])
      for (const one of [made, slow]) one.values.get(leaf).set(hand.values[leaf]);
    const same = (value, dW, db) =>
      close(value, hand.run()) &&
      hand.dW.every((part, place) => close(part, dW[place])) &&
      hand.db.every((part, place) => close(part, db[place]));
    for (const one of [made, slow])
      if (!same(one.run(), one.gradients.get('W'), one.gradients.get('b')))
        throw new Error(`${name}: the gradients differ; nothing is measured`);
    const rounds = { rounds: quick ? 3 : 7 };
    const [ours, byHand, closures] = [made.run, hand.run, slow.run].map((work) =>
      timeOf(work, rounds),
    );
    const numpy = await withNumpy(widths, hand.values, seconds);
    if (numpy && !same(numpy.value, numpy.dW, numpy.db)) throw new Error(`${name}: NumPy differs`);
    rows.push({
      net: name,
      'compiled /s': figure(1000 / ours),
      'loops by hand /s': figure(1000 / byHand),
      'ours : by hand': ratio(byHand, ours),
      'NumPy /s': numpy ? figure(1000 / numpy.ms) : 'no NumPy',
      'ours : NumPy': numpy ? ratio(numpy.ms, ours) : '',
      'without code generation /s': figure(1000 / closures),
      'compiled in ms': figure(making),
    });
  }
  table(rows);
}

/** The same gradients as one writes them in NumPy, with whole vectors and matrices. */
async function withNumpy(widths, values, seconds) {
  const found = pythonWith('numpy');
  if (!found) return undefined;
  const plain = Object.fromEntries(Object.entries(values).map(([name, list]) => [name, [...list]]));
  const input = JSON.stringify({ widths, ...plain, seconds });
  const driver = fileURLToPath(new URL('peers/numpy_loops.py', import.meta.url));
  const ran = await processOf(found.python, [driver], { input });
  if (ran.code !== 0) throw new Error(ran.problem);
  return objectsIn(ran.out);
}
