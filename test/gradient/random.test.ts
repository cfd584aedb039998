import { describe, expect, it } from 'vitest';
import { range } from './networks.js';
import { randomNetwork } from './random.js';
import { sweep } from './sweep.js';

/** `HANDGRAD_SOAK=1500 npx vitest run test/gradient/random.test.ts` tries more. */
const COUNT = Number(process.env.HANDGRAD_SOAK ?? 300);

describe('random networks with offsets, strides, reversals, recurrences and empty ranges', () => {
  it(
    `has no wrong entry in ${COUNT} networks`,
    () => {
      let entries = 0;
      const wrong: string[] = [];
      for (let seed = 0; seed < COUNT; seed += 1) {
        const { network, ask, text } = randomNetwork(seed);
        const ranges = [range('p', -3, 7), range('q', -1, 5)];
        const swept = sweep(ask, network, { ranges, models: 2 });
        entries += swept.entries;
        for (const problem of swept.wrong.slice(0, 1)) wrong.push(`${text}: ${problem}`);
      }
      expect(wrong).toEqual([]);
      expect(entries).toBeGreaterThan(COUNT * 20);
    },
    COUNT * 1000,
  );
});
