/** A. dC/dw_1 of a chain of tanh, one unit a layer, each layer written out. */
import { atAllSizes, printTables } from './compare.mjs';
import { chain } from './reference.mjs';

export const title = 'A. Chain of tanh: dC/dw_1, every layer written out';

export async function run(setting) {
  const depths = setting.quick ? [2, 8, 32] : [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];
  const sizes = depths.map((depth) => [`L=${depth}`, chain(depth)]);
  printTables(sizes, await atAllSizes(sizes, setting));
}
