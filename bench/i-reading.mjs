/** I. Reading: formulas a second. */
import { fileURLToPath } from 'node:url';
import { errorOf, figure, objectsIn, processOf, ratio, table } from './measure.mjs';
import { drawn } from './reference.mjs';

export const title = 'I. Reading: formulas a second';

const values = { x: 0.31, y: 0.47, z: 0.59, u: 0.83, v: 1.07, w: 0.67 };

/** Formulas of about twenty words, from a seed, with their numbers worked out beside. */
function corpus(count) {
  const next = drawn(5);
  const choose = (list) => list[Math.floor(((next() + 1) / 2) * list.length) % list.length];
  const make = (depth) => {
    if (depth === 0) {
      const name = choose(Object.keys(values));
      return [name, values[name]];
    }
    const [[a, left], [b, right]] = [make(depth - 1), make(depth - 1)];
    switch (choose(['+', '-', '*', '/', 'tanh', 'exp', '^'])) {
      case '+':
        return [`(${a}+${b})`, left + right];
      case '-':
        return [`(${a}-${b})`, left - right];
      case '*':
        return [`${a}*${b}`, left * right];
      case '/':
        return [`${a}/(2+(${b})^2)`, left / (2 + right ** 2)];
      case 'tanh':
        return [`tanh(${a})*${b}`, Math.tanh(left) * right];
      case 'exp':
        return [`exp(-(${a})^2)*${b}`, Math.exp(-(left ** 2)) * right];
      default:
        return [`(1-(${a})^2)*${b}`, (1 - left ** 2) * right];
    }
  };
  const found = [];
  while (found.length < count) {
    const [text, value] = make(3);
    if (Number.isFinite(value)) found.push([text, value]);
  }
  return found;
}

export async function run({ bundle, limit, seconds, peers, quick }) {
  const all = corpus(quick ? 50 : 200);
  const numbers = all.map(([, value]) => value);
  const job = { task: 'read', texts: all.map(([text]) => text), values, seconds };
  const driver = fileURLToPath(new URL('ours.mjs', import.meta.url));
  const own = await processOf(process.execPath, [driver, bundle], {
    input: JSON.stringify(job),
    limit,
  });
  if (own.code !== 0) throw new Error(own.problem);
  const results = [['handgrad', objectsIn(own.out)]];
  for (const peer of peers)
    if (!peer.cannot?.includes('read')) results.push([peer.name, await peer.run(job, limit)]);
  const [[, ours]] = results;
  const rows = [];
  for (const [system, ran] of results) {
    const error = errorOf(ran.values, numbers);
    const right = error < 1e-9;
    rows.push({
      system,
      'formulas/s': right
        ? figure((1000 * all.length) / ran.ms)
        : `not counted: ${ran.problem ?? (ran.late ? 'late' : `error ${figure(error, 2)}`)}`,
      'ours : theirs': right && system !== 'handgrad' ? ratio(ran.ms, ours.ms) : '',
    });
  }
  rows.push({
    system: 'handgrad, LaTeX of the same',
    'formulas/s': figure((1000 * all.length) / ours.latexMs),
    'ours : theirs': '',
  });
  table(rows);
}
