/**
 * A worksheet answered in a thread of its own, with bounds that the engine cannot outrun: a statement
 * that takes too long or too much memory is given up, and all others are still answered.
 */
import { Worker } from 'node:worker_threads';
import type { DocumentView, ResultView } from '../document/view.js';
import type { News, Order } from './answering-thread.js';

export interface Bounds {
  /** Seconds for one statement; reading the file counts as one. */
  readonly seconds: number;
  /** Memory of the thread in megabytes. */
  readonly megabytes: number;
}

/** Seconds for one statement unless `--timeout` says otherwise. */
export const USUAL_SECONDS = 120;
/** Memory for one worksheet. */
export const MOST_MEGABYTES = 2048;

/** What one thread came to: a document, or the statement at which it had to be ended. */
type Outcome =
  | { readonly document: DocumentView }
  | { readonly stuckAt: number; readonly line: number; readonly reason: string };

/**
 * Answers a worksheet within bounds. A statement that exceeds them becomes an `error` result with the
 * verdict `unknown`; what was answered before it is kept, and a new thread goes on behind it.
 *
 * @throws Error if the file cannot even be read within the bounds
 */
export async function solveWatched(
  text: string,
  file: string,
  bounds: Bounds = { seconds: USUAL_SECONDS, megabytes: MOST_MEGABYTES },
): Promise<DocumentView> {
  const { program } = await import('./answering-thread.js');
  const known = new Map<number, readonly ResultView[]>();
  // Every round answers at least one statement more or ends.
  for (;;) {
    const outcome = await oneThread(
      new URL(program),
      { task: 'answer a worksheet', text, file, known },
      bounds,
      (place, results) => known.set(place, results),
    );
    if ('document' in outcome) return outcome.document;
    const { stuckAt, line, reason } = outcome;
    known.set(stuckAt, [{ kind: 'error', verdict: 'unknown', line, column: 1, message: reason }]);
  }
}

function oneThread(
  program: URL,
  order: Order,
  { seconds, megabytes }: Bounds,
  keep: (place: number, results: readonly ResultView[]) => void,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, {
      workerData: order,
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
    });
    let current: { readonly place: number; readonly line: number } | undefined;
    let timer = setTimeout(() => giveUp(tooLong), seconds * 1000);
    const tooLong =
      `no answer within ${seconds} seconds; ` +
      'give it more with --timeout SECONDS, or ask for it in smaller parts';
    const tooLarge = `the answer needs more than ${megabytes} MB of memory; ask for it in smaller parts`;
    const end = () => {
      clearTimeout(timer);
      void worker.terminate();
    };
    const giveUp = (reason: string) => {
      end();
      if (current) resolve({ stuckAt: current.place, line: current.line, reason });
      else reject(new Error(`${order.file}: ${reason}`));
    };
    worker.on('message', (news: News) => {
      clearTimeout(timer);
      timer = setTimeout(() => giveUp(tooLong), seconds * 1000);
      switch (news.what) {
        case 'begins':
          current = news;
          return;
        case 'answered':
          keep(news.place, news.results);
          current = undefined;
          return;
        case 'document':
          end();
          return resolve({ document: news.document });
        case 'failed':
          end();
          return reject(new Error(news.message));
      }
    });
    worker.on('error', (problem) => {
      if ((problem as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY')
        return giveUp(tooLarge);
      end();
      reject(problem);
    });
  });
}
