/** `npm run verify:soak [-- SEED]`: at least 10000 wrong lines and 3000 rewritings. */
import { soak, summary } from './soak.js';

/** The first number among the words of the call. */
const seed = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? 1);
const result = soak({ seed, wrong: 10_000, rewritten: 3_000, slipOfEvery: 20 });
for (const line of result.accepted) console.log(`ACCEPTED ${line}`);
for (const line of result.accused) console.log(`ACCUSED ${line}`);
if (process.argv.includes('--all')) {
  for (const line of result.undecided) console.log(`undecided ${line}`);
  for (const line of result.slipsWrong) console.log(`slip ${line}`);
}
console.log(summary(result, seed));
process.exitCode = result.accepted.length + result.accused.length > 0 ? 1 : 0;
