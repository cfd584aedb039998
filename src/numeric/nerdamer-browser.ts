/**
 * The second opinion of nerdamer, in a browser. Its `expand` is the only part of it that can be
 * relied on.
 */
import { opinionBy, type SecondOpinion } from './second-opinion.js';

/**
 * What nerdamer finds of two core formulas, as `solveText` takes it. nerdamer is loaded when there is
 * something to ask, in a thread of its own that is ended when its time is up: it keeps global state
 * and can run for ever. The thread's program is `handgrad/nerdamer-thread`, expected beside this one.
 */
export const nerdamerOpinion: SecondOpinion = opinionBy(
  (text, patience) =>
    new Promise((resolve) => {
      const thread = new Worker(new URL('./nerdamer-thread.js', import.meta.url), {
        type: 'module',
      });
      const finish = (answer: string | undefined) => {
        clearTimeout(timer);
        thread.terminate();
        resolve(answer);
      };
      const timer = setTimeout(() => finish(undefined), patience);
      thread.onmessage = ({ data }: MessageEvent<string | undefined>) => finish(data);
      thread.onerror = () => finish(undefined);
      thread.postMessage(text);
    }),
);
