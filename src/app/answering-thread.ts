/**
 * The thread that answers a worksheet. This file is its own program: `solve-watched.ts` starts it as a
 * worker. In the main thread it does nothing but say where it is.
 */
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import type { DocumentView, ResultView } from '../document/view.js';
import { warmEngine } from './warm-engine.js';

/** What the thread is to answer, and what is known already (by the place of the statement). */
export interface Order {
  readonly task: 'answer a worksheet';
  readonly text: string;
  readonly file: string;
  readonly known: ReadonlyMap<number, readonly ResultView[]>;
}

/** What the thread tells. */
export type News =
  | { readonly what: 'begins'; readonly place: number; readonly line: number }
  | { readonly what: 'answered'; readonly place: number; readonly results: readonly ResultView[] }
  | { readonly what: 'document'; readonly document: DocumentView }
  | { readonly what: 'failed'; readonly message: string };

/** Where this program is, in the bundle as in the library. */
export const program = import.meta.url;

async function answer({ text, file, known }: Order, tell: (news: News) => void): Promise<void> {
  const folder = new URL('../warm/', import.meta.url);
  const { solveText, nerdamerOpinion } = warmEngine(folder) ?? (await import('./engine.js'));
  try {
    const document = await solveText(text, file, {
      secondOpinion: nerdamerOpinion,
      known: (place) => known.get(place),
      begins: (place, line) => tell({ what: 'begins', place, line }),
      answered: (place, results) => tell({ what: 'answered', place, results }),
    });
    tell({ what: 'document', document });
  } catch (problem) {
    tell({ what: 'failed', message: problem instanceof Error ? problem.message : String(problem) });
  }
}

const order = workerData as Order | null;
if (!isMainThread && parentPort && order?.task === 'answer a worksheet') {
  const port = parentPort;
  await answer(order, (news) => port.postMessage(news));
}
