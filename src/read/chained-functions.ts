/** `h(x) = g(w x) = 1/(1 + e^{-w x})`: a function defined through another that only the chain gives. */
import { type Formula, rawMultiply, symbol } from '../expression/formula.js';
import { same } from '../expression/same.js';
import { contains, freeNames, freshName, rewriteUp } from '../expression/walk.js';
import type { StatementBody } from './statement.js';
import { isKnownFunction, type Vocabulary } from './vocabulary.js';

type FunctionBody = Extract<StatementBody, { kind: 'function' }>;

/**
 * What the sides of a chain say of the function on its left: its formula is the first side that uses
 * no unknown function. Where the side before is one unknown function of an argument (`g(w x)`) and the
 * formula is one of that argument, the chain defines that function as well.
 */
export function functionsOfChain(
  head: { readonly name: string; readonly parameters: readonly string[] },
  sides: readonly Formula[],
  vocabulary: Vocabulary,
): readonly FunctionBody[] {
  const isUnknown = (name: string): boolean =>
    !isKnownFunction(name) && vocabulary.functions.get(name)?.parameters === undefined;
  const isAbstract = (side: Formula): boolean =>
    contains(side, (part) => part.kind === 'call' && isUnknown(part.name));
  const [first] = sides as readonly [Formula, ...Formula[]];
  const defined = (body: Formula): FunctionBody => ({ kind: 'function', ...head, body });
  const known = sides.find((side) => !isAbstract(side));
  if (!known || known === first) return [defined(first)];
  const inner = first.kind === 'call' && isUnknown(first.name) ? first : undefined;
  const [argument] = inner?.args ?? [];
  if (!inner || !argument || inner.args.length !== 1 || inner.indices.length > 0)
    return [defined(known)];
  const parameter = freshName('z', freeNames(known));
  const body = inArgument(known, argument, symbol(parameter));
  const left = freeNames(body);
  const isOfArgument =
    left.has(parameter) && [...freeNames(argument)].every((name) => !left.has(name));
  return isOfArgument
    ? [{ kind: 'function', name: inner.name, parameters: [parameter], body }, defined(first)]
    : [defined(known)];
}

/** The formula with every occurrence of a part, also as some factors of a product, replaced. */
function inArgument(formula: Formula, part: Formula, by: Formula): Formula {
  const wanted = part.kind === 'multiply' ? part.factors : [part];
  return rewriteUp(formula, (met) => {
    if (same(met, part)) return by;
    if (met.kind !== 'multiply' || part.kind !== 'multiply') return met;
    const at = met.factors.findIndex((_, place) =>
      wanted.every((factor, shift) => {
        const other = met.factors[place + shift];
        return other !== undefined && same(factor, other);
      }),
    );
    if (at < 0) return met;
    return rawMultiply([...met.factors.slice(0, at), by, ...met.factors.slice(at + wanted.length)]);
  });
}
