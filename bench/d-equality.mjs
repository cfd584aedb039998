/** D. Equality of formulas: two right pairs and their near-misses. */

import { fileURLToPath } from 'node:url';
import { figure, objectsIn, processOf, table } from './measure.mjs';

export const title = 'D. Equality: two right pairs, six near-misses';

const s = '(1/(1+exp(-z)))';
const [f1, f2] = ['tanh(v*x)', 'tanh(w*tanh(v*x))'];
const chain = `2*(${f2}-y)*(1-${f2}^2)*w*(1-${f1}^2)*x`;

/** `v`, `w`: the weights of the first and the second layer. */
export const pairs = [
  { name: 'sigmoid', right: `${s}*(1-${s})`, left: 'exp(-z)/(1+exp(-z))^2', equal: true },
  { name: 'sigmoid-sign', right: `${s}*(1+${s})`, left: 'exp(-z)/(1+exp(-z))^2', equal: false },
  { name: 'sigmoid-missing', right: `${s}`, left: 'exp(-z)/(1+exp(-z))^2', equal: false },
  { name: 'sigmoid-exponent', right: `${s}*(1-${s})`, left: 'exp(z)/(1+exp(-z))^2', equal: false },
  {
    name: 'chain',
    left: chain,
    right: `-2*w*x*(y-${f2})*(1-${f2})*(1+${f2})/cosh(v*x)^2`,
    equal: true,
  },
  {
    name: 'chain-sign',
    left: chain,
    right: `2*w*x*(y-${f2})*(1-${f2})*(1+${f2})/cosh(v*x)^2`,
    equal: false,
  },
  {
    name: 'chain-missing',
    left: chain,
    right: `-2*x*(y-${f2})*(1-${f2})*(1+${f2})/cosh(v*x)^2`,
    equal: false,
  },
  {
    name: 'chain-index',
    left: chain,
    right: `-2*v*x*(y-${f2})*(1-${f2})*(1+${f2})/cosh(v*x)^2`,
    equal: false,
  },
];

export async function run({ bundle, limit, seconds, peers }) {
  const job = {
    task: 'equal',
    pairs,
    values: { v: 0.4, w: 0.7, x: 0.9, y: 0.2, z: 0.3 },
    seconds: seconds / 4,
  };
  const input = JSON.stringify(job);
  const driver = fileURLToPath(new URL('ours.mjs', import.meta.url));
  const own = await processOf(process.execPath, [driver, bundle], { input, limit });
  if (own.code !== 0) throw new Error(own.problem);
  const rows = rowsOf('handgrad', objectsIn(own.out));
  for (const peer of peers) rows.push(...rowsOf(peer.name, await peer.run(job, limit)));
  table(rows);
}

function rowsOf(system, found) {
  const results = Object.values(found).filter((one) => one?.how && one.name);
  return [...new Set(results.map(({ how }) => how))].map((how) => {
    const mine = results.filter((one) => one.how === how);
    const of = (equal) =>
      pairs
        .filter((pair) => pair.equal === equal)
        .map(({ name }) => mine.find((one) => one.name === name));
    const [right, wrong] = [of(true), of(false)];
    const times = (all) => figure(Math.max(...all.map((one) => one?.ms ?? Number.NaN)));
    return {
      system,
      how,
      'right pairs shown equal': `${right.filter((one) => one?.equal === true).length} of 2`,
      'slowest ms': times(right),
      'near-misses not accepted': `${wrong.filter((one) => one && one.equal !== true).length} of 6`,
      'refuted with a witness': `${wrong.filter((one) => one?.witness).length} of 6`,
      'their slowest ms': times(wrong),
    };
  });
}
