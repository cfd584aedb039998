import type { Formula } from '../expression/formula.js';
import { Unsupported } from '../expression/unsupported.js';
import type { Network } from '../network/network.js';
export const parametersOf = (_n: Network): readonly Formula[] => { throw new Unsupported('not yet'); };
export const countParameters = (_n: Network): { value: number; by: { name: string; count: number }[] } => { throw new Unsupported('not yet'); };
export const countPaths = (_a: Formula, _b: Formula, _n: Network): number => { throw new Unsupported('not yet'); };
