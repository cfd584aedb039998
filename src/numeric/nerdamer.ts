/**
 * The second opinion of nerdamer, in Node. Its `expand` is the only part of it that can be relied on.
 *
 * @module handgrad/nerdamer
 */
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { opinionBy, type SecondOpinion } from './second-opinion.js';

// nerdamer keeps global state and can run for ever: it lives in a thread of its own.
const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads');
const nerdamer = require(workerData.path);
parentPort.postMessage(nerdamer('expand(' + workerData.text + ')').toString());
`;

/**
 * What nerdamer finds of two core formulas, as `solveText` takes it.
 * It is only started when there is something to ask.
 */
export const nerdamerOpinion: SecondOpinion = opinionBy((text, patience) => {
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
});
