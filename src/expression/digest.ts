/**
 * SHA-256 (FIPS 180-4) of a text, for keys that would otherwise grow with the tree that a shared
 * formula is written out to. The engine needs no part of Node, so it stands here.
 */

const blockSize = 64;

/** The first 32 bits of the fractional parts of roots of the first primes. */
function rootsOfPrimes(count: number, root: number): Uint32Array {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate += 1)
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  return Uint32Array.from(primes, (prime) => (prime ** (1 / root) % 1) * 2 ** 32);
}

const rounds = rootsOfPrimes(blockSize, 3);
const start = rootsOfPrimes(8, 2);

const turned = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

/** The bytes with the 1, the zeros and the length in bits that the standard puts behind them. */
function padded(text: string): DataView {
  const bytes = new TextEncoder().encode(text);
  const blocks = Math.ceil((bytes.length + 9) / blockSize);
  const whole = new Uint8Array(blocks * blockSize);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  const view = new DataView(whole.buffer);
  view.setUint32(whole.length - 8, Math.floor((bytes.length * 8) / 2 ** 32));
  view.setUint32(whole.length - 4, (bytes.length * 8) >>> 0);
  return view;
}

/** SHA-256 of the text in UTF-8, as 64 hexadecimal digits. */
export function digest(text: string): string {
  const view = padded(text);
  const hash = Uint32Array.from(start);
  const words = new Uint32Array(blockSize);
  const at = (list: Uint32Array, place: number): number => list[place] as number;
  for (let offset = 0; offset < view.byteLength; offset += blockSize) {
    for (let place = 0; place < 16; place += 1) words[place] = view.getUint32(offset + 4 * place);
    for (let place = 16; place < blockSize; place += 1) {
      const [far, near] = [at(words, place - 15), at(words, place - 2)];
      const first = turned(far, 7) ^ turned(far, 18) ^ (far >>> 3);
      const second = turned(near, 17) ^ turned(near, 19) ^ (near >>> 10);
      words[place] = at(words, place - 16) + first + at(words, place - 7) + second;
    }
    let [a, b, c, d, e, f, g, h] = hash as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    for (let place = 0; place < blockSize; place += 1) {
      const second = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
      const chosen = (e & f) ^ (~e & g);
      const one = (h + second + chosen + at(rounds, place) + at(words, place)) | 0;
      const first = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
      const most = (a & b) ^ (a & c) ^ (b & c);
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + first + most) | 0];
    }
    for (const [place, word] of [a, b, c, d, e, f, g, h].entries())
      hash[place] = at(hash, place) + word;
  }
  return [...hash].map((word) => word.toString(16).padStart(8, '0')).join('');
}
