/** Which way the index of written terms goes, where only the first and the last are there to tell. */
import { type Affine, combine } from '../expression/affine.js';

/** Whether a name is that of a size: the end of a range, or a capital letter that stands for one. */
export type IsSize = (name: string) => boolean;

/**
 * 1 if the index grows from the first term to the last, -1 if it falls; `undefined` if it stays.
 *
 * Between two letters their kinds tell first: a size is not below an index, so `W^L ... W^{l+1}` falls.
 * Then the number beside: one more (`k+1`) is the end above which terms begin, so that
 * `W^t ... W^{k+1}` falls and `W^{k+1} ... W^t` grows. Else terms are written as they grow.
 */
export function directionOf(first: Affine, last: Affine, isSize: IsSize): 1 | -1 | undefined {
  const difference = combine(last, first, -1);
  const parts = [...difference.parts.values()];
  if (parts.length === 0) return signOf(difference.constant.valueOf());
  const bySize = parts
    .filter(({ atom }) => atom.kind === 'symbol' && isSize(atom.name))
    .map(({ coefficient }) => signOf(coefficient.valueOf()));
  const [of] = bySize;
  if (
    parts.length === 1 ||
    (of && bySize.length < parts.length && bySize.every((one) => one === of))
  )
    return of ?? signOf(parts[0]?.coefficient.valueOf() ?? 0);
  const byNumber = signOf(last.constant.valueOf() - first.constant.valueOf());
  return byNumber === undefined ? 1 : byNumber === 1 ? -1 : 1;
}

const signOf = (value: number): 1 | -1 | undefined => (value > 0 ? 1 : value < 0 ? -1 : undefined);
