/**
 * The npm peers at one job: `node javascript.mjs PEER`, the job as JSON on standard input, figures as
 * JSON lines on standard output. What a peer does is timed here, inside the process and warm.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { timeAfresh, tokensIn } from '../measure.mjs';
import { valueOfText } from './text-value.mjs';

const require = createRequire(import.meta.url);
const say = (object) => console.log(JSON.stringify(object));

/** Definitions put into each other as text, for peers that read one formula. */
function inlined(lets) {
  const known = new Map();
  for (const [name, text] of lets)
    known.set(
      name,
      text.replace(/[a-z]\w*/g, (word) => (known.has(word) ? `(${known.get(word)})` : word)),
    );
  return known.get('cost') ?? [...known.values()].at(-1);
}

/** Each peer: `gradient(lets)` and `equal(left, right)` give what is timed; texts and numbers after. */
const peers = {
  mathjs: () => mathjs({ simplify: true }),
  'mathjs, no simplify': () => mathjs({ simplify: false }),
  nerdamer: () => {
    const nerdamer = require('nerdamer');
    require('nerdamer/Algebra');
    require('nerdamer/Calculus');
    return {
      ready: (lets) => nerdamer(inlined(lets)),
      gradient: (cost, by) => by.map((name) => nerdamer.diff(cost, name)),
      simplest: { simplify: (part) => nerdamer(`simplify(${part.toString()})`) },
      text: (part) => part.toString(),
      equal: {
        eq: (left, right) => nerdamer(left).eq(right),
        'expand the difference': (left, right) =>
          nerdamer(`expand((${left})-(${right}))`).toString() === '0',
      },
      read: (text) => nerdamer(text),
    };
  },
  algebrite: () => {
    const Algebrite = require('algebrite');
    return {
      ready: (lets) => Algebrite.eval(inlined(lets)),
      gradient: (cost, by) => by.map((name) => Algebrite.derivative(cost, Algebrite.eval(name))),
      simplest: { simplify: (part) => Algebrite.simplify(part) },
      text: (part) => part.toString(),
      equal: {
        'simplify the difference': (left, right) =>
          Algebrite.run(`simplify((${left})-(${right}))`) === '0',
      },
      read: (text) => Algebrite.eval(text),
    };
  },
};

function mathjs(options) {
  const math = require('mathjs');
  return {
    ready: (lets) => {
      const known = new Map();
      for (const [name, text] of lets)
        known.set(
          name,
          math.parse(text).transform((node) => (node.isSymbolNode && known.get(node.name)) || node),
        );
      return [...known.values()].at(-1);
    },
    gradient: (cost, by) => by.map((name) => math.derivative(cost, name, options)),
    simplest: options.simplify ? { simplify: (part) => math.simplify(part) } : {},
    text: (part) => part.toString(),
    value: (part, values) => part.compile().evaluate({ ...values }),
    equal: options.simplify
      ? { symbolicEqual: (left, right) => math.symbolicEqual(left, right) }
      : {},
    read: (text) => math.parse(text),
  };
}

const peer = peers[process.argv[2]]();
const job = JSON.parse(readFileSync(0, 'utf8'));
const tasks = { gradient, equal, read };
tasks[job.task ?? 'gradient']();

function gradient() {
  const { ms, calls, result } = timeAfresh(
    () => peer.ready(job.lets),
    (cost) => peer.gradient(cost, job.by),
    job.seconds,
  );
  say({ ms, calls });
  const numberFor = (part) =>
    peer.value ? peer.value(part, job.values) : valueOfText(peer.text(part), job.values);
  say({ values: result.map(numberFor) });
  const texts = result.map(peer.text);
  say({ tokens: texts.reduce((sum, text) => sum + tokensIn(text), 0) });
  if (!job.simplified) return;
  for (const [how, simplify] of Object.entries(peer.simplest)) {
    const short = timeAfresh(
      () => result[0],
      (part) => simplify(part),
      job.seconds,
    );
    say({
      short: {
        how,
        ms: short.ms,
        values: [numberFor(short.result)],
        tokens: tokensIn(peer.text(short.result)),
      },
    });
  }
}

function equal() {
  for (const [how, decide] of Object.entries(peer.equal))
    for (const { name, left, right } of job.pairs) {
      const key = `${how}: ${name}`;
      try {
        const { ms, result } = timeAfresh(
          () => undefined,
          () => decide(left, right),
          job.seconds,
        );
        say({ [key]: { how, name, ms, equal: result } });
      } catch (error) {
        say({ [key]: { how, name, problem: error.message } });
      }
    }
}

function read() {
  const { ms, result } = timeAfresh(
    () => undefined,
    () => job.texts.map(peer.read),
    job.seconds,
  );
  say({ ms });
  say({
    values: result.map((part) =>
      peer.value ? peer.value(part, job.values) : valueOfText(peer.text(part), job.values),
    ),
  });
}
