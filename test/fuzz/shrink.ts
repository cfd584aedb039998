/** A smaller input with the same fault. */

/** Most inputs tried for one finding. */
const MOST_TRIES = 600;

/** The kind of a fault: what stands before its first colon, so that a smaller input keeps the fault. */
export const faultKind = (fault: string): string =>
  fault.split(':').slice(0, 2).join(':').replaceAll(/\d+/g, 'N').slice(0, 60);

/**
 * Drops lines, then pieces of the text, as long as the same fault stays.
 * @param fails whether an input still has the fault
 */
export async function shrunk(
  input: string,
  fails: (input: string) => Promise<boolean>,
  mostTries = MOST_TRIES,
): Promise<string> {
  let [best, tries] = [input, 0];
  for (const separator of ['\n', '']) {
    const parts = () => best.split(separator);
    let length = Math.max(1, Math.floor(parts().length / 2));
    while (tries < mostTries) {
      let smaller = false;
      for (let at = 0; at < parts().length && tries < mostTries; ) {
        const rest = parts();
        rest.splice(at, length);
        const candidate = rest.join(separator);
        tries += 1;
        if (candidate.length < best.length && (await fails(candidate))) {
          best = candidate;
          smaller = true;
        } else at += length;
      }
      if (length === 1 && !smaller) break;
      length = Math.max(1, Math.floor(length / 2));
    }
  }
  return best;
}
