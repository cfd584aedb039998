/** B. All gradients of dense nets with tanh, softmax and cross-entropy. */
import { atAllSizes, judged, printTables, runOurs } from './compare.mjs';
import { figure, table } from './measure.mjs';
import { dense, denseLoops } from './reference.mjs';

export const title = 'B. Dense nets: all gradients of all weights and biases';

export async function run(setting) {
  const widths = setting.quick
    ? [
        [2, 2, 2],
        [4, 4, 3, 3],
      ]
    : [
        [2, 2, 2],
        [4, 4, 3, 3],
        [8, 8, 8, 8],
        [16, 16, 16, 16],
        [64, 64, 64, 10],
      ];
  const sizes = widths.map((one) => [one.join('-'), dense(one)]);
  console.log(
    'Scalar: every unit is a definition of its own; handgrad names the delta of each unit',
  );
  printTables(sizes, await atAllSizes(sizes, setting));

  console.log('Indexed: one formula for all layers and units (no peer has indices)');
  const rows = [];
  for (const one of widths) {
    const job = indexed(one);
    const ran = await runOurs({ ...job, seconds: setting.seconds }, setting);
    const { ms, tokens, nodes, why } = judged(ran, job.gradients, setting.limit);
    rows.push({
      net: one.join('-'),
      gradients: job.gradients.length,
      ms: why ?? figure(ms),
      tokens,
      'distinct nodes': nodes,
    });
  }
  table(rows);
}

/** The builder's sheet; the answers are worked out for every entry and compared with plain loops. */
function indexed(widths) {
  const { values, run, dW, db } = denseLoops(widths);
  run();
  return {
    task: 'indexed',
    sheet: `network: dense ${widths.join('-')}, hidden tanh, output softmax, loss cross-entropy
assume sum_k y_k = 1
delta^l_j = dC/dz^l_j
`,
    named: ['delta^l_j'],
    asks: ['dC/dW^l_jk', 'dC/db^l_j'],
    widths,
    values,
    gradients: [...dW, ...db],
  };
}
