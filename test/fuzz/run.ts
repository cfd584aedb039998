/**
 * `npm run fuzz [-- --seconds N --seed S --kind NAME --inputs N --from N --keep FOLDER]`: inputs against
 * the reader, the solver, the judge and the writers, for so many seconds shared equally by the kinds.
 * With `--inputs` alone there is no such limit: each kind gets its share of so many inputs, most of
 * them quick (a million take about an hour). Every finding is made smaller, told with its seed and
 * kept in test/fuzz/found/ (or another folder), where a normal test replays it.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { keep } from './found.js';
import { corpus } from './inputs/splice.js';
import { type Kind, kindNamed, kinds } from './kinds.js';
import { Random } from './random.js';
import { shrunk } from './shrink.js';
import type { News, Order } from './thread.js';

/** Processor time that one statement of a small input may take, in seconds. */
const HANG = 2;
const MEGABYTES = 768;
/** Tries for a smaller input that hangs, each of which costs the time of a hang. */
const HANG_TRIES = 14;

const root = join(import.meta.dirname, '..', '..');
const { values } = parseArgs({
  options: {
    seconds: { type: 'string' },
    seed: { type: 'string', default: '1' },
    kind: { type: 'string', multiple: true },
    inputs: { type: 'string' },
    from: { type: 'string', default: '0' },
    keep: { type: 'string', default: join(import.meta.dirname, 'found') },
  },
});
const seed = Number(values.seed);
const chosen = values.kind ? values.kind.map(kindNamed) : kinds;
const sheets = corpus(root);
const seconds = Number(
  values.seconds ?? (values.inputs === undefined ? 60 : Number.POSITIVE_INFINITY),
);
const shares = chosen.reduce((sum, { share }) => sum + share, 0);
const inputsOf = ({ share }: Kind): number =>
  values.inputs === undefined
    ? Number.POSITIVE_INFINITY
    : Math.ceil((Number(values.inputs) * share) / shares);

type Outcome =
  | { readonly what: 'done'; readonly next: number }
  | { readonly what: 'stuck'; readonly place: number; readonly reason: string };

/** Processor seconds of this process, all threads together. */
const spent = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

function oneThread(
  program: string,
  order: Omit<Order, 'progress' | 'root' | 'seed'>,
  found: (news: News & { what: 'fault' }) => void,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const progress = new Int32Array(new SharedArrayBuffer(8));
    const worker = new Worker(program, {
      workerData: { ...order, root, seed, progress: progress.buffer },
      resourceLimits: { maxOldGenerationSizeMb: MEGABYTES },
    });
    let [beats, since] = [0, spent()];
    const end = (outcome: Outcome) => {
      clearInterval(watch);
      void worker.terminate().then(() => resolve(outcome));
    };
    const watch = setInterval(() => {
      const now = Atomics.load(progress, 1);
      if (now !== beats) [beats, since] = [now, spent()];
      else if (beats > 0 && spent() - since > HANG)
        end({
          what: 'stuck',
          place: Atomics.load(progress, 0),
          reason: `hang: over ${HANG} seconds`,
        });
    }, 100);
    worker.on('message', (news: News) => (news.what === 'fault' ? found(news) : end(news)));
    worker.on('error', (problem) =>
      end({
        what: 'stuck',
        place: Atomics.load(progress, 0),
        reason: `thread: ${problem.message}`,
      }),
    );
  });
}

// Inside the project, where the templates are found.
mkdirSync(join(root, 'dist'), { recursive: true });
const place = mkdtempSync(join(root, 'dist', 'fuzz-'));
let findings = 0;
try {
  await build({
    absWorkingDir: root,
    entryPoints: ['test/fuzz/thread.ts'],
    outdir: place,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    sourcemap: 'inline',
    banner: {
      js: "import { createRequire as fuzzRequire } from 'node:module';const require = fuzzRequire(import.meta.url);",
    },
  });
  const program = join(place, 'thread.mjs');
  for (const kind of chosen) {
    const until = Date.now() + (seconds * 1000) / chosen.length;
    const last = Number(values.from) + inputsOf(kind);
    let next = Number(values.from);
    let hangs = 0;
    const tell = (input: string, number: number, fault: string) => {
      findings += 1;
      const told = `seed ${seed}, ${kind.name} ${number}: ${fault}`;
      console.log(
        `FOUND ${told}\n${input}\n   kept as ${keep(values.keep, { kind: kind.name, input, told })}`,
      );
    };
    while (next < last && Date.now() < until) {
      const order = { kind: kind.name, from: next, most: last - next, until };
      const outcome = await oneThread(program, order, ({ place, input, fault }) =>
        tell(input, place, fault),
      );
      next = outcome.what === 'done' ? outcome.next : outcome.place + 1;
      if (outcome.what === 'done') continue;
      hangs += 1;
      const input = kind.make(new Random(seed, outcome.place, kind.name), sheets);
      const stuck = async (candidate: string) =>
        (await oneThread(program, { ...order, input: candidate, until: 0 }, () => {})).what ===
        'stuck';
      tell(
        hangs > 4 ? input : await shrunk(input, stuck, HANG_TRIES),
        outcome.place,
        outcome.reason,
      );
    }
    console.log(
      `${kind.name}: ${next - Number(values.from)} inputs, ${hangs} over ${HANG} s or the memory`,
    );
  }
} finally {
  rmSync(place, { recursive: true });
}
console.log(`${findings} findings with seed ${seed}`);
process.exitCode = findings > 0 ? 1 : 0;
