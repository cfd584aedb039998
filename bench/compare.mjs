/** One task at several sizes, by handgrad and by every peer, each in a process of its own. */

import { fileURLToPath } from 'node:url';
import { errorOf, figure, objectsIn, processOf, ratio, table } from './measure.mjs';

const ours = fileURLToPath(new URL('ours.mjs', import.meta.url));

/** handgrad at one job. */
export async function runOurs(job, { bundle, limit }) {
  const ran = await processOf(process.execPath, [ours, bundle], {
    input: JSON.stringify(job),
    limit,
  });
  const problem = ran.problem.split('\n').find((line) => /Error|Unsupported/.test(line));
  return {
    ...objectsIn(ran.out),
    late: ran.late,
    problem: ran.code === 0 || ran.late ? undefined : problem,
  };
}

/** Results count if all gradients are those of the reference to nine digits. */
const CLOSE = 1e-9;

/** What a run is worth: the figures if the numbers are right, else why they do not count. */
export function judged(ran, gradients, limit) {
  if (ran.values === undefined)
    return {
      why: ran.late
        ? ran.ms === undefined
          ? `> ${limit} s`
          : `${figure(ran.ms)} ms, not checked in ${limit} s`
        : `fails: ${ran.problem ?? 'no answer'}`,
    };
  const error = errorOf(ran.values, gradients);
  if (!(error < CLOSE)) return { why: `WRONG (${figure(error, 2)})` };
  return { ms: ran.ms, tokens: ran.tokens, nodes: ran.nodes, short: ran.short };
}

/** Whether the growth so far says that the next size will not end in time. */
function tooLong(times, limit) {
  const [last, before] = [times.at(-1), times.at(-2)];
  return last > 10 && before > 0 && last * (last / before) > limit * 1000;
}

/**
 * Runs `sizes` (`[name, job]`, growing) for all, and gives the results by name of the system:
 * a list as long as `sizes`. A system is not asked about sizes beyond one that it failed at.
 */
export async function atAllSizes(sizes, { bundle, limit, seconds, peers }) {
  const systems = [
    { name: 'handgrad', run: (job) => runOurs(job, { bundle, limit }) },
    ...peers.map((peer) => ({ name: peer.name, run: (job) => peer.run(job, limit) })),
  ];
  const results = new Map();
  for (const { name, run } of systems) {
    const found = [];
    const times = [];
    for (const [, job] of sizes) {
      const before = found.at(-1);
      if (before?.why !== undefined) {
        found.push({ why: '', skipped: true });
        continue;
      }
      if (tooLong(times, limit)) {
        found.push({ why: `> ${limit} s (by its growth; not run)` });
        continue;
      }
      const ran = await run({ ...job, seconds });
      times.push(ran.ms);
      found.push(judged(ran, job.gradients, limit));
    }
    results.set(name, found);
    process.stderr.write('.');
  }
  process.stderr.write('\n');
  return results;
}

/** The table of times, each peer's with its ratio to ours, and the table of sizes. */
export function printTables(sizes, results) {
  const ours = results.get('handgrad');
  const rows = (cell) =>
    [...results].map(([name, found]) => ({
      system: name,
      ...Object.fromEntries(sizes.map(([size], place) => [size, cell(found[place], ours[place])])),
    }));
  console.log('ms, warm (and how many times ours)');
  table(
    rows((found, own) => {
      if (found.why !== undefined) return found.why;
      const times = ratio(found.ms, own.ms);
      return found === own || !times ? figure(found.ms) : `${figure(found.ms)} (${times})`;
    }),
  );
  console.log('printed size in tokens (and how many times ours); [distinct nodes]');
  table(
    rows((found, own) => {
      if (found.why !== undefined || found.tokens === undefined) return '';
      const nodes = found.nodes ? ` [${found.nodes}]` : '';
      const times = found === own ? '' : ratio(found.tokens, own.tokens);
      return `${found.tokens}${times ? ` (${times})` : ''}${nodes}`;
    }),
  );
}
