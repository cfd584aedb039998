/** Medians, processes and tables: what every workload needs. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export const median = (numbers) =>
  [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)];

/** Milliseconds of the processor: unlike those of the clock, other processes disturb them little. */
export function spentTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Milliseconds of one call, warm: the median of several rounds. */
export function timeOf(work, { rounds = 5, round = 200 } = {}) {
  work();
  return median(
    Array.from({ length: rounds }, () => {
      const start = spentTime();
      let calls = 0;
      while (spentTime() - start < round) {
        work();
        calls += 1;
      }
      return (spentTime() - start) / calls;
    }),
  );
}

/**
 * Milliseconds of `work`, warm, where each call needs something made afresh by `prepare`, which is
 * not counted. Stops after `seconds` of work, or after three times that with what makes it ready.
 */
export function timeAfresh(prepare, work, seconds) {
  const times = [];
  const start = spentTime();
  let spent = 0;
  let result;
  do {
    const ready = prepare();
    const before = spentTime();
    result = work(ready);
    times.push(spentTime() - before);
    spent += times.at(-1);
  } while (times.length < 500 && spent < seconds * 1000 && spentTime() - start < seconds * 3000);
  return { ms: median(times), calls: times.length, result };
}

const WALL = 5;

/**
 * Runs a process, gives it `input`, and collects the JSON objects that it prints, one a line, merged:
 * what came before the limit counts. The limit is one of seconds of the processor, by the shell, so
 * that a busy machine does not make a system fail; by the clock it is WALL times that.
 */
export function processOf(command, args, { input = '', limit = 60, cwd } = {}) {
  return new Promise((resolve) => {
    const limited = ['-c', `ulimit -t ${Math.ceil(limit)}; exec "$0" "$@"`, command, ...args];
    // In a group of its own: some commands are scripts that start what works.
    const options = { cwd, detached: true, stdio: ['pipe', 'pipe', 'pipe'] };
    const child = spawn('/bin/sh', limited, options);
    const end = () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It ended by itself.
      }
    };
    process.once('exit', end);
    let [out, problem, late] = ['', '', false];
    const timer = setTimeout(
      () => {
        late = true;
        end();
      },
      limit * 1000 * WALL,
    );
    child.stdout.setEncoding('utf8').on('data', (part) => {
      out += part;
    });
    child.stderr.setEncoding('utf8').on('data', (part) => {
      if (problem.length < 4000) problem += part;
    });
    child.stdin.on('error', () => {});
    child.on('error', (error) => {
      problem += error.message;
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      process.off('exit', end);
      // The shell's limit ends with one of these; a shell between adds 128 to the signal's number.
      late ||= ['SIGXCPU', 'SIGKILL'].includes(signal) || code === 152 || code === 137;
      resolve({ out, problem, late, code });
    });
    child.stdin.end(input);
  });
}

/** The JSON objects among the lines of an output, merged into one. */
export function objectsIn(text) {
  const all = {};
  for (const line of text.split('\n')) {
    if (!line.startsWith('{')) continue;
    try {
      Object.assign(all, JSON.parse(line));
    } catch {
      // A line that the limit cut off.
    }
  }
  return all;
}

/** Identifiers, numbers and operators of a printed formula; brackets and commas are free. */
export const tokensIn = (text) =>
  text.match(/[\p{L}%#][\p{L}\d_%]*(?:_?\{[^}]*\})?|\d+(?:\.\d+)?(?:e[-+]?\d+)?|\*\*|[-+*/^]/gu)
    ?.length ?? 0;

export const figure = (value, digits = 3) => {
  if (value === undefined || Number.isNaN(value)) return '';
  if (value === 0) return '0';
  if (value >= 1000) return String(Math.round(value));
  return String(Number(value.toPrecision(digits)));
};

/** `57 x` or `0.3 x`: how many times slower (or larger) `other` is than `ours`. */
export const ratio = (other, ours) =>
  other === undefined || ours === undefined || ours === 0 ? '' : `${figure(other / ours, 2)} x`;

/** A table with columns as wide as what stands in them. */
export function table(rows) {
  const [first] = rows;
  if (!first) return;
  const heads = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = [heads, ...rows.map((row) => heads.map((head) => String(row[head] ?? '')))];
  const widths = heads.map((_, place) => Math.max(...cells.map((row) => row[place].length)));
  const line = (row) => `| ${row.map((cell, place) => cell.padEnd(widths[place])).join(' | ')} |`;
  console.log(line(cells[0]));
  console.log(`|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
  for (const row of cells.slice(1)) console.log(line(row));
  console.log();
}

/** The largest difference between numbers and those of the reference, relative to the largest. */
export function errorOf(values, reference) {
  if (!values || values.length !== reference.length) return Number.POSITIVE_INFINITY;
  const most = Math.max(...reference.map(Math.abs), 1e-300);
  return Math.max(
    ...values.map((value, place) => {
      const gap = Math.abs(value - reference[place]) / most;
      return Number.isNaN(gap) ? Number.POSITIVE_INFINITY : gap;
    }),
  );
}

/** The library as one file; KaTeX stays outside, so that its calls can be timed. */
export async function bundle(entry, name) {
  const outfile = fileURLToPath(new URL(`.cache/${name}.mjs`, import.meta.url));
  await build({
    absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    external: ['katex'],
    logLevel: 'error',
    banner: {
      js: "import { createRequire as benchRequire } from 'node:module';const require = benchRequire(import.meta.url);",
    },
  });
  return outfile;
}
