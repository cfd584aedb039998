import { lengthOf } from '../../src/forms/measure.js';
import { candidates } from '../../src/forms/raise.js';
import { writePlain } from '../../src/write/write.js';
import { prepare } from './prepare.js';
import { questions } from './questions.js';
import { largestDifference } from './small-numbers.js';

const facts: any = { families: new Map([['S', { symmetric: true }]]), layout: 'numerator' };
let ok = 0,
  short = 0,
  n = 0;
for (const q of questions) {
  n++;
  let line = q.name.padEnd(30);
  try {
    const pr = prepare(q);
    let hd: any;
    try {
      hd = largestDifference(pr.hand, pr.lowered.body, pr.axes, pr.world);
    } catch (e) {
      hd = (e as Error).message;
    }
    if (!(hd < 1e-5)) line += ` [HAND ${hd}]`;
    const c = candidates(pr.lowered, facts);
    if ('reason' in c) {
      console.log(line, 'REFUSED', c.reason);
      continue;
    }
    const good = (c as any[]).filter((f: any) => {
      try {
        return largestDifference(f, pr.lowered.body, pr.axes, pr.world) < 1e-5;
      } catch (e) {
        line += ' [' + (e as Error).message + ' in ' + writePlain(f) + ']';
        return false;
      }
    });
    if (good.length < (c as any[]).length)
      line += ` (${good.length} of ${(c as any[]).length} right)`;
    if (good.length === 0) {
      console.log(line, 'WRONG', (c as any[]).map((f: any) => writePlain(f)).join(' ## '));
      continue;
    }
    ok++;
    const L = lengthOf(good[0]),
      H = lengthOf(pr.hand);
    if (L <= H) short++;
    console.log(
      line,
      L <= H ? 'ok  ' : 'LONG',
      writePlain(good[0]),
      ' hand',
      writePlain(pr.hand),
      L,
      H,
    );
  } catch (e) {
    console.log(line, 'ERROR', (e as Error).message);
  }
}
console.log(n, ok, short);
{
  const q = questions.find((q) => q.name === 'norm(A x - b)^2 by A')!;
  console.log(writePlain(prepare(q).lowered.body));
}
