/** What handgrad is measured beside: which of it is here, how to install the rest, how to run it. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { objectsIn, processOf } from './measure.mjs';
import { maximaOutput, maximaScript } from './peers/maxima.mjs';

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const cache = here('.cache/');
const require = createRequire(here('peers/javascript.mjs'));

const says = (command, ...args) => {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8', timeout: 60_000 });
  return status === 0 ? stdout.trim() : undefined;
};

const npmInstall = 'npm ci --prefix bench/peers';

function npmPeer(name, module) {
  let version;
  try {
    version = require(`${module}/package.json`).version;
  } catch {
    // Not installed, or its package.json is not exported: then the module says enough.
  }
  return {
    name,
    version,
    install: npmInstall,
    run: (job, limit) =>
      answered(
        process.execPath,
        ['--stack-size=4000', here('peers/javascript.mjs'), name],
        JSON.stringify(job),
        limit,
      ),
  };
}

/** The first Python that has a module, Debian's before any other. */
export function pythonWith(module) {
  for (const python of ['/usr/bin/python3', 'python3']) {
    const version = says(python, '-c', `import ${module}; print(${module}.__version__)`);
    if (version) return { python, version };
  }
  return undefined;
}

function compiled(name, libraries, header, install) {
  const source = here(`peers/${name}.cpp`);
  const program = `${cache}${name}`;
  const found = existsSync(`/usr/include/${header}`) && says('g++', '--version') !== undefined;
  if (found && !(existsSync(program) && statSync(program).mtimeMs > statSync(source).mtimeMs)) {
    mkdirSync(cache, { recursive: true });
    const made = spawnSync('g++', ['-O2', '-std=c++17', '-o', program, source, ...libraries], {
      encoding: 'utf8',
    });
    if (made.status !== 0)
      return { name, install: `${install} (it does not compile: ${made.stderr.slice(0, 200)})` };
  }
  return {
    name,
    version: found ? 'C++ library' : undefined,
    install,
    run: (job, limit) => answered(program, [], asLines(job), limit),
  };
}

/** The job for the C++ peers; see cplusplus.h. */
const asLines = (job) =>
  [
    `task ${job.task ?? 'gradient'}`,
    `seconds ${job.seconds}`,
    ...(job.simplified ? ['simplified'] : []),
    ...Object.entries(job.values ?? {}).map(([name, value]) => `value ${name} ${value}`),
    ...(job.lets ?? []).map(([name, text]) => `let ${name} ${text}`),
    ...(job.by ?? []).map((name) => `by ${name}`),
    ...(job.texts ?? []).map((text) => `text ${text}`),
    ...(job.pairs ?? []).map(({ name, left, right }) => `pair ${name} ${left} = ${right}`),
    '',
  ].join('\n');

async function answered(command, args, input, limit, read = objectsIn) {
  const ran = await processOf(command, args, { input, limit });
  const problem =
    ran.problem.split('\n').find((line) => /error|overflow|stop/i.test(line)) ?? ran.problem;
  return {
    ...read(ran.out),
    late: ran.late,
    problem:
      ran.code === 0 || ran.late ? undefined : problem.trim().slice(0, 100) || `exit ${ran.code}`,
  };
}

/** All peers, each with its version if it is here. */
export function findPeers() {
  const sympy = pythonWith('sympy');
  const maxima = says('maxima', '--version');
  return [
    npmPeer('mathjs', 'mathjs'),
    npmPeer('mathjs, no simplify', 'mathjs'),
    npmPeer('nerdamer', 'nerdamer'),
    npmPeer('algebrite', 'algebrite'),
    {
      name: 'SymPy',
      version: sympy?.version,
      install: 'apt-get install python3-sympy',
      run: (job, limit) =>
        answered(sympy.python, [here('peers/sympy_peer.py')], JSON.stringify(job), limit),
    },
    {
      name: 'Maxima',
      version: maxima?.replace('Maxima ', ''),
      // Its reader of texts stands in a package that Debian's `maxima` lacks.
      cannot: ['read'],
      install: 'apt-get install maxima',
      run: (job, limit) =>
        answered('maxima', ['--very-quiet'], maximaScript(job), limit, maximaOutput),
    },
    compiled('ginac', ['-lginac', '-lcln'], 'ginac/ginac.h', 'apt-get install g++ libginac-dev'),
    compiled('giac', ['-lgiac', '-lgmp'], 'giac/giac.h', 'apt-get install g++ libgiac-dev'),
  ];
}
