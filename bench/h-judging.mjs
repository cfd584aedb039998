/** H. Judging: lines a second on the soak corpus, right and wrong ones from derivations of our own. */
import { tsImport } from 'tsx/esm/api';
import { figure, spentTime, table } from './measure.mjs';

export const title = 'H. Judging: lines a second (no peer judges lines with indices or layers)';

export async function run({ quick }) {
  const { soak } = await tsImport('../test/soak/soak.ts', import.meta.url);
  const rows = [];
  // The first seed warms up; the numbers of all are checked.
  for (const seed of quick ? [1, 2] : [1, 2, 3]) {
    const size = quick ? { wrong: 150, rewritten: 60 } : { wrong: 1500, rewritten: 500 };
    const start = spentTime();
    const result = soak({ seed, ...size, slipOfEvery: 20 });
    if (result.accepted.length + result.accused.length > 0)
      throw new Error(
        `${result.accepted.length} wrong lines accepted, ${result.accused.length} right ones accused`,
      );
    rows.push({
      seed,
      'wrong lines': result.wrong,
      'of them undecided': result.wrongUnknown,
      'right lines': result.rewritten,
      'of these undecided': result.rewrittenUnknown,
      'lines/s': figure((result.wrong + result.rewritten) / ((spentTime() - start) / 1000)),
    });
  }
  table(rows);
}
