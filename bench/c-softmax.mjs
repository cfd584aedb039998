/** C. Softmax and cross-entropy: the gradient by one score is `p - y`. */
import { atAllSizes, judged, runOurs } from './compare.mjs';
import { figure, table } from './measure.mjs';
import { softmax } from './reference.mjs';

export const title = 'C. Softmax and cross-entropy: is p - y reached?';

export async function run(setting) {
  const classes = setting.quick ? [3, 10] : [3, 10, 30, 100];
  const sizes = classes.map((K) => [K, { ...softmax(K), simplified: true, presented: true }]);
  console.log('K written out: `exp(z_1)/(exp(z_1) + ... + exp(z_K)) - y_1` has 3 K + 4 tokens');
  const results = await atAllSizes(sizes, setting);
  const rows = [];
  for (const [name, found] of results)
    found.forEach((one, place) => {
      if (one.skipped) return;
      const target = 3 * classes[place] + 4;
      const best =
        one.short && one.short.tokens < one.tokens ? one.short : { ...one, how: 'as derived' };
      rows.push({
        system: name,
        K: classes[place],
        'derived ms': one.why ?? figure(one.ms),
        tokens: one.tokens ?? '',
        'shortest by': one.why ? '' : best.how,
        ms: one.why || best === one ? '' : figure(best.ms),
        'tokens then': one.why ? '' : best.tokens,
        target,
        reached: one.why
          ? ''
          : best.tokens <= target + 2
            ? 'yes'
            : best.tokens <= 2 * target
              ? 'within twice'
              : 'no',
      });
    });
  table(rows);

  console.log(
    'Indexed: K as a number of the sheet, and as a letter (no peer has sums over a letter)',
  );
  const indexed = [];
  for (const K of [...classes, undefined]) {
    const job = indexedJob(K);
    const ran = await runOurs({ ...job, seconds: setting.seconds }, setting);
    const { ms, tokens, why } = judged(ran, job.gradients, setting.limit);
    indexed.push({ K: K ?? 'K', ms: why ?? figure(ms), tokens, answer: ran.shown });
  }
  table(indexed);
}

/** A letter K is checked with seven entries. */
function indexedJob(K) {
  const { values, known } = softmax(K ?? 7);
  const count = K ?? 7;
  const scores = Array.from({ length: count }, (_, k) => Math.exp(values[`z${k + 1}`]));
  const total = scores.reduce((sum, score) => sum + score, 0);
  const shares = scores.map((score) => score / total);
  return {
    task: 'entries',
    presented: true,
    sheet: `${K === undefined ? '' : `K = ${K}\n`}p_k = exp(z_k)/sum_{j=1}^K exp(z_j) for k = 1..K
C = -sum_{k=1}^K y_k log(p_k)
assume sum_{k=1}^K y_k = 1
`,
    asks: ['dC/dz_k'],
    sizes: { K: count },
    known: { ...known, ...Object.fromEntries(shares.map((share, k) => [`p${k + 1}`, share])) },
    gradients: shares.map((share, k) => share - values[`y${k + 1}`]),
  };
}
