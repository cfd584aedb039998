/**
 * A second opinion on polynomial identities from nerdamer. It is reported beside a verdict and never
 * decides it: nerdamer's `expand` is its only part that can be relied on.
 */
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { type Formula, subtract } from '../expression/formula.js';
import { polynomialOver } from './atoms.js';

/** `none`: no opinion (not a polynomial identity, too large, or no answer in time). */
export type SecondOpinion = 'agrees' | 'disagrees' | 'none';

/** Longest text that is handed over. */
const LONGEST_TEXT = 6000;
/** The worker is ended after this many milliseconds, its start included. */
const PATIENCE = 4000;

// nerdamer keeps global state and can run for ever: it lives in a thread of its own.
const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads');
const nerdamer = require(workerData.path);
parentPort.postMessage(nerdamer('expand(' + workerData.text + ')').toString());
`;

/** Whether nerdamer finds the difference of two core formulas to be the zero polynomial. */
export async function secondOpinion(
  left: Formula,
  right: Formula,
  patience: number = PATIENCE,
): Promise<SecondOpinion> {
  const { text, plain } = polynomialOver(subtract(left, right));
  if (text.length > LONGEST_TEXT) return 'none';
  const expanded = await expandedBy(text, patience);
  if (expanded === undefined) return 'none';
  if (expanded === '0') return 'agrees';
  // Atoms that are functions can be related, so a rest of such atoms means nothing.
  return plain ? 'disagrees' : 'none';
}

function expandedBy(text: string, patience: number): Promise<string | undefined> {
  const path = createRequire(import.meta.url).resolve('nerdamer/nerdamer.core.js');
  return new Promise((resolve) => {
    const worker = new Worker(PROGRAM, { eval: true, workerData: { path, text } });
    const finish = (answer: string | undefined) => {
      clearTimeout(timer);
      void worker.terminate();
      resolve(answer);
    };
    const timer = setTimeout(() => finish(undefined), patience);
    worker.once('message', (answer: string) => finish(answer));
    worker.once('error', () => finish(undefined));
  });
}
