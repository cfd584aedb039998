/**
 * `npm run bench [-- A B ... --quick --limit SECONDS]`: what handgrad does beside what people use
 * instead, in one run. Results are checked before they count; figures are medians. See README.md.
 */
import { cpus } from 'node:os';
import { performance } from 'node:perf_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { bundle } from './measure.mjs';
import { findPeers } from './peers.mjs';

const workloads = {
  A: './a-chain.mjs',
  B: './b-dense.mjs',
  C: './c-softmax.mjs',
  D: './d-equality.mjs',
  E: './e-start.mjs',
  F: './f-writing.mjs',
  G: './g-compiled.mjs',
  H: './h-judging.mjs',
  I: './i-reading.mjs',
};

const usage = `npm run bench [-- LETTERS --quick --limit SECONDS --without PEER]
  LETTERS         workloads, of ${Object.keys(workloads).join(' ')}; all, if none is named
  --quick         fewer and smaller sizes
  --limit 60      most seconds for a system at one size
  --without NAME  leave a peer out; may stand several times`;

function words() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        quick: { type: 'boolean', default: false },
        limit: { type: 'string', default: '60' },
        without: { type: 'string', multiple: true, default: [] },
      },
    });
    const letters = positionals.map((letter) => letter.toUpperCase());
    const unknown = letters.find((letter) => !(letter in workloads));
    if (unknown) throw new Error(`there is no workload ${unknown}`);
    if (!(Number(values.limit) > 0)) throw new Error('--limit takes a number of seconds');
    return { ...values, limit: Number(values.limit), letters };
  } catch (error) {
    console.error(`${error.message}\n${usage}`);
    process.exit(2);
  }
}

const { quick, limit, without, letters } = words();
const entry = fileURLToPath(new URL('../src/index.ts', import.meta.url));
const library = pathToFileURL(await bundle(entry, 'handgrad')).href;
const known = findPeers().filter(({ name }) => !without.includes(name));
const peers = known.filter(({ version }) => version !== undefined);

console.log(`Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model.trim()})`);
console.log(
  `present: ${peers.map(({ name, version }) => `${name} ${version}`).join('; ') || 'no peer'}`,
);
for (const { name, install } of known.filter(({ version }) => version === undefined))
  console.log(`missing: ${name} (${install})`);
console.log();

const setting = {
  handgrad: await import(library),
  bundle: library,
  peers,
  quick,
  limit,
  seconds: quick ? 0.2 : 1,
};
for (const letter of letters.length > 0 ? letters : Object.keys(workloads)) {
  const { title, run } = await import(workloads[letter]);
  const start = performance.now();
  console.log(`${title}\n`);
  try {
    await run(setting);
  } catch (error) {
    // One workload that cannot be measured must not hide the others.
    console.log(`not measured: ${error.message}\n`);
    process.exitCode = 1;
  }
  console.log(`(${letter}: ${((performance.now() - start) / 1000).toFixed(0)} s)\n`);
}
