import type { Evidence, SidedAtom } from './evidence.js';
import { type Head, parametersOf } from './heads.js';
import { splitAtCommas } from './indices.js';
import { topSign } from './signs-at-top.js';
import type { Token } from './token.js';
import type { Uppers } from './uppers.js';
import { type FunctionEntry, isKnownFunction } from './vocabulary.js';

/** Names that are applied to arguments: the scope's own functions. */
export function findFunctions(evidence: Evidence, uppers: Uppers): Map<string, FunctionEntry> {
  const { heads, atoms, collected } = evidence;
  const functions = new Map<string, FunctionEntry>();
  const entry = (name: string, parameters: readonly string[] | undefined, isQuantity = false) =>
    functions.set(name, { name, latex: name, parameters, isQuantity });
  for (const name of collected.functions) entry(name, undefined);
  const declared = new Map<string, Head[]>();
  for (const head of heads) declared.set(head.name, [...(declared.get(head.name) ?? []), head]);
  for (const head of heads) {
    if (!head.parameters || head.by !== 'definition') continue;
    const parameters = head.parameters;
    const calls = atoms.filter(
      (atom) => atom.name === head.name && atom.call !== undefined && atom.side !== 'left',
    );
    const otherwise = calls.some(
      (atom) => parametersOf(atom.call as readonly Token[])?.join() !== parameters.join(),
    );
    const primed = atoms.some((atom) => atom.name === head.name && atom.primed);
    const bare = atoms.some(
      (atom) =>
        atom.name === head.name && atom.call === undefined && !atom.primed && atom.side !== 'left',
    );
    entry(head.name, parameters, bare && !otherwise && !primed);
  }
  for (const atom of atoms) {
    if (functions.has(atom.name) || atom.inScript) continue;
    if (isKnownFunction(atom.name) && atom.name.length > 1 && !declared.has(atom.name)) continue;
    if (atom.primed && atom.call !== undefined) {
      entry(atom.name, undefined);
      continue;
    }
    if (atom.call === undefined || atom.name === 'e' || atom.name === 'pi') continue;
    if (isCall(atom, evidence, declared, uppers)) entry(atom.name, undefined);
  }
  return functions;
}

const CONVENTIONAL = /^([fghFGHCJ]|phi|psi|Phi|Psi|varphi|ell|act|loss|Loss|cost)$/;

function isCall(
  atom: SidedAtom,
  { atoms, heads }: Evidence,
  declared: ReadonlyMap<string, readonly Head[]>,
  uppers: Uppers,
): boolean {
  const inside = atom.call as readonly Token[];
  if (atom.name === 'delta' && splitAtCommas(inside).length === 2) return false;
  if (inside.length === 0) return false;
  const isSum = topSign(inside, '+', '-') > 0;
  const isNames = !isSum && topSign(inside, '*', '/', '=') < 0 && inside[0]?.kind !== 'number';
  const own = declared.get(atom.name);
  const bareScripts = atom.scripts.length === 0;
  if (own) {
    // `C = C(a^L)` and `f_i = f(z_i)`: a function of the same letter.
    const inOwn =
      own.some((head) => head.statement === atom.statement && head.by === 'definition') &&
      atom.side === 'right';
    return inOwn && bareScripts && isNames;
  }
  const bare = atoms.some(
    (other) =>
      other.name === atom.name && other.call === undefined && !other.inScript && !other.primed,
  );
  const bound = heads.some((head) => head.parameters?.includes(atom.name));
  if (bound) return false;
  if (!bareScripts) {
    const below = atom.scripts.some((script) => !script.above);
    if (below) return isNames && CONVENTIONAL.test(atom.name) && !bare;
    if (uppers.counts.has(atom.name) && bare) return false;
    return CONVENTIONAL.test(atom.name) || atom.name === 'sigma';
  }
  if (isNames) return true;
  if (isSum) return CONVENTIONAL.test(atom.name) && !bare;
  return CONVENTIONAL.test(atom.name) || !bare;
}
