/**
 * handgrad at one job, in a process of its own as the peers are: `node ours.mjs BUNDLE`, the job as
 * JSON on standard input, figures as JSON lines on standard output.
 */
import { readFileSync } from 'node:fs';
import { spentTime, timeAfresh, tokensIn } from './measure.mjs';
import { distinctNodes, numberOf, truth } from './tree.mjs';

const handgrad = await import(process.argv[2]);
const { buildNetwork, equalFormulas, lower, present, proveEqual } = handgrad;
const { readDocument, readFormula, takeDerivatives, writeLatex, writePlain } = handgrad;
const job = JSON.parse(readFileSync(0, 'utf8'));
const say = (object) => console.log(JSON.stringify(object));

/** A network made afresh, with what is asked of it in its terms: reading is not counted. */
function ready() {
  const asks = [...(job.named ?? []), ...job.asks];
  const [sheet] = readDocument(`${job.sheet}find ${asks.join(', ')}\n`, 'bench.hg').scopes;
  const network = buildNetwork(sheet, { block: 1e6, line: 1e6 });
  const find = sheet.statements.find(({ kind }) => kind === 'find');
  return { network, asks: find.asks.map(({ formula }) => lower(formula, network)) };
}

/** The cases of every answer, with what an answer may use where it is to be presented. */
function derive({ network, asks }) {
  return asks.map(({ body, axes, free }) => {
    const ranges = [...axes, ...free];
    const { cases } = takeDerivatives(body, network, { ranges });
    if (!job.presented) return cases;
    const families = [...network.families.values()];
    const context = {
      ranges,
      assumptions: network.assumptions,
      definitions: network.definitions,
      sizes: new Set(families.filter(({ role }) => role === 'size').map(({ name }) => name)),
    };
    return cases.map((one) => ({ ...one, formula: present(one.formula, context).formula }));
  });
}

/** Times the derivation and tells its size; gives the cases of each answer. */
function derived() {
  const { ms, calls, result } = timeAfresh(ready, derive, job.seconds);
  say({ ms, calls });
  const formulas = result.flatMap((cases) => cases.map(({ formula }) => formula));
  const tokens = formulas.reduce((sum, formula) => sum + tokensIn(writePlain(formula)), 0);
  const definitions = ready().network.definitions.map(({ right }) => right);
  say({
    tokens,
    shown: writePlain(formulas.at(-1)).slice(0, 200),
    // Those of the net itself are counted too, as they stand in the answers of the peers.
    nodes: distinctNodes([...definitions.filter(({ kind }) => kind !== 'derivative'), ...formulas]),
  });
  return result;
}

const only = (cases) => {
  if (cases.length !== 1) throw new Error(`${cases.length} cases where one was expected`);
  return cases[0].formula;
};

/** Units one by one: `w_{1,2,3}` is `w1u2v3` in the plain definitions. */
function scalar() {
  const formulas = derived().map(only);
  const plainName = (name, [first, second, third]) =>
    `${name}${first ?? ''}${second === undefined ? '' : `u${second}`}${third === undefined ? '' : `v${third}`}`;
  const named = new Map((job.named ?? []).map((name, place) => [name.replace(/[{}]/g, ''), place]));
  const found = new Map();
  const entry = (name, indices) => {
    const known = job.known[plainName(name, indices)];
    if (known !== undefined) return known;
    const key = `${name}_${indices.join()}`;
    if (!named.has(key)) throw new Error(`no number for ${key}`);
    if (!found.has(key)) found.set(key, numberOf(formulas[named.get(key)], entry));
    return found.get(key);
  };
  say({ values: formulas.slice(job.named?.length ?? 0).map((part) => numberOf(part, entry)) });
}

/** The case that holds at an entry. */
const caseAt = (cases, entry, letters) => {
  const one = cases.find(({ where }) => where.every((when) => truth(when, entry, letters)));
  if (!one) throw new Error(`no case at ${JSON.stringify(letters)}`);
  return numberOf(one.formula, entry, letters);
};

/** A dense net in indices: deltas from the last layer down, then every weight and bias. */
function indexed() {
  const [delta, byWeight, byBias] = derived();
  const { widths } = job;
  const depth = widths.length - 1;
  const values = Object.fromEntries(
    Object.entries(job.values).map(([name, list]) => [name, Object.values(list)]),
  );
  const offsets = { W: [0, 0], b: [0, 0] };
  for (let l = 1; l <= depth; l += 1) {
    offsets.W.push(offsets.W[l] + widths[l] * widths[l - 1]);
    offsets.b.push(offsets.b[l] + widths[l]);
  }
  const found = new Map();
  const entry = (name, indices) => {
    const [l, j, k] = indices;
    if (name === 'x') return values.x[l - 1];
    if (name === 'y') return values.y[l - 1];
    if (name === 'L') return depth;
    if (name === 'n') return widths[l];
    if (name === 'W') return values.W[offsets.W[l] + (j - 1) * widths[l - 1] + k - 1];
    if (name === 'b') return values.b[offsets.b[l] + j - 1];
    if (name === 'yhat') return entry('a', [depth, l]);
    if (name === 'a' && l === 0) return values.x[j - 1];
    const key = `${name} ${indices.join()}`;
    if (!found.has(key)) found.set(key, known(name, l, j));
    return found.get(key);
  };
  const known = (name, l, j) => {
    if (name === 'delta') return caseAt(delta, entry, { l, j });
    if (name === 'z') {
      let sum = entry('b', [l, j]);
      for (let k = 1; k <= widths[l - 1]; k += 1)
        sum += entry('W', [l, j, k]) * entry('a', [l - 1, k]);
      return sum;
    }
    if (name !== 'a') throw new Error(`no number for ${name}`);
    if (l < depth) return Math.tanh(entry('z', [l, j]));
    const all = Array.from({ length: widths[l] }, (_, at) => Math.exp(entry('z', [l, at + 1])));
    return all[j - 1] / all.reduce((sum, part) => sum + part, 0);
  };
  const [weights, biases] = [[], []];
  for (let l = 1; l <= depth; l += 1)
    for (let j = 1; j <= widths[l]; j += 1) {
      biases.push(caseAt(byBias, entry, { l, j }));
      for (let k = 1; k <= widths[l - 1]; k += 1)
        weights.push(caseAt(byWeight, entry, { l, j, k }));
    }
  say({ values: [...weights, ...biases] });
}

/** One answer with the letter k, worked out for each entry. */
function entries() {
  const [cases] = derived();
  const entry = (name, [k]) => {
    const known = k === undefined ? job.sizes[name] : job.known[`${name}${k}`];
    if (known === undefined) throw new Error(`no number for ${name}_${k}`);
    return known;
  };
  say({ values: job.gradients.map((_, at) => caseAt(cases, entry, { k: at + 1 })) });
}

/** The proof alone, and the whole answer of `equal`: reading, proof, points, witness and slip. */
async function equal() {
  for (const { name, left, right } of job.pairs) {
    const proof = timeAfresh(
      () => [left, right].map((text) => readFormula(text)),
      ([one, other]) => proveEqual(one, other).proved,
      job.seconds,
    );
    say({ [`proof ${name}`]: { how: 'normal form', name, ms: proof.ms, equal: proof.result } });
  }
  for (const { name, left, right } of job.pairs) {
    let answer;
    const times = [];
    const start = spentTime();
    do {
      const before = spentTime();
      answer = await equalFormulas(left, right);
      times.push(spentTime() - before);
    } while (spentTime() - start < job.seconds * 1000);
    times.sort((one, other) => one - other);
    const ms = times[Math.floor(times.length / 2)];
    const witness = answer.witness !== undefined && answer.equal === false;
    say({ [`whole ${name}`]: { how: 'whole answer', name, ms, equal: answer.equal, witness } });
  }
}

function read() {
  const { ms, result } = timeAfresh(
    () => undefined,
    () => job.texts.map((text) => readFormula(text)),
    job.seconds,
  );
  say({ ms });
  const entry = (name) => job.values[name];
  say({ values: result.map((formula) => numberOf(formula, entry)) });
  const latex = result.map((formula) => writeLatex(formula));
  const again = timeAfresh(
    () => undefined,
    () => latex.map((text) => readFormula(text)),
    job.seconds,
  );
  const wrong = again.result.findIndex(
    (formula, at) => Math.abs(numberOf(formula, entry) - numberOf(result[at], entry)) > 1e-9,
  );
  if (wrong >= 0) throw new Error(`read otherwise: ${latex[wrong]}`);
  say({ latexMs: again.ms });
}

const tasks = { gradient: scalar, indexed, entries, equal, read };
await tasks[job.task ?? 'gradient']();
