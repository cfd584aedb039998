/** The thread that makes inputs and probes them; it is ended from outside when one takes too long. */
import { parentPort, workerData } from 'node:worker_threads';
import { corpus } from './inputs/splice.js';
import { kindNamed } from './kinds.js';
import { Random } from './random.js';
import { faultKind, shrunk } from './shrink.js';

export interface Order {
  readonly root: string;
  readonly kind: string;
  readonly seed: number;
  /** The first number, and how many inputs at most. */
  readonly from: number;
  readonly most: number;
  /** Wall-clock time at which to stop, in milliseconds since 1970. */
  readonly until: number;
  /** The number at work, and the beats since the start. */
  readonly progress: SharedArrayBuffer;
  /** One input instead of made ones. */
  readonly input?: string;
}

export type News =
  | {
      readonly what: 'fault';
      readonly place: number;
      readonly input: string;
      readonly fault: string;
    }
  | { readonly what: 'done'; readonly next: number };

const order = workerData as Order;
const progress = new Int32Array(order.progress);
const tell = (news: News) => parentPort?.postMessage(news);
const beat = () => void Atomics.add(progress, 1, 1);
const kind = kindNamed(order.kind);
const sheets = corpus(order.root);
const faults = new Map<string, number>();
/** Of one kind of fault, so many are shrunk and told. */
const MOST_ALIKE = 2;

async function faultOf(input: string): Promise<string | undefined> {
  beat();
  try {
    return await kind.probe(input, beat);
  } catch (problem) {
    const error = problem as Error;
    return `the probe failed: ${error.message}: ${(error.stack ?? '').split('\n').slice(1, 4).join(' ')}`;
  }
}

async function probe(place: number, input: string): Promise<void> {
  const fault = await faultOf(input);
  if (fault === undefined) return;
  const name = faultKind(fault);
  const count = (faults.get(name) ?? 0) + 1;
  faults.set(name, count);
  if (count > MOST_ALIKE) return;
  let told = fault;
  const small = await shrunk(input, async (candidate) => {
    const again = await faultOf(candidate);
    const same = again !== undefined && faultKind(again) === name;
    if (same) told = again;
    return same;
  });
  tell({ what: 'fault', place, input: small, fault: told });
}

if (order.input !== undefined) {
  await probe(0, order.input);
  tell({ what: 'done', next: 0 });
} else {
  let place = order.from;
  for (; place < order.from + order.most && Date.now() < order.until; place += 1) {
    Atomics.store(progress, 0, place);
    await probe(place, kind.make(new Random(order.seed, place, kind.name), sheets));
  }
  tell({ what: 'done', next: place });
}
