/** Functions applied: known ones, defined ones, abstract ones; their derivatives and powers. */
import {
  call,
  type DerivativeSlot,
  exp,
  type Formula,
  family,
  minusOne,
  type OperationName,
  operation,
  rawMultiply,
  rawPower,
  symbol,
  whole,
} from '../expression/formula.js';
import { familyFunctionNames, functionNamed } from '../expression/functions.js';
import type { Parser } from './grammar.js';
import { readIndex } from './indices.js';
import { applyScripts, readArguments, sortScripts } from './script-meaning.js';
import { type Script, takeScripts } from './scripts.js';
import type { Token } from './token.js';
import { isDeclared, isKnownFunction, operationNames } from './vocabulary.js';

/** A function met by name, with what stands between the name and its arguments. */
export interface FunctionUse {
  readonly name: string;
  readonly kind: 'known' | 'family' | 'operation' | 'scope';
  readonly scripts: readonly Script[];
}

/** Other spellings of functions of families. */
const familyAliases: ReadonlyMap<string, string> = new Map([
  ['logsoftmax', 'log_softmax'],
  ['LogSoftmax', 'log_softmax'],
  ['Softmax', 'softmax'],
  ['lse', 'logsumexp'],
  ['LSE', 'logsumexp'],
  ['Var', 'var'],
  ['avg', 'mean'],
]);

/**
 * Whether the name just taken is a function here. Known functions are functions unless the name is
 * declared as a quantity; the scope's own are when an argument in brackets (or a prime) follows.
 */
export function readFunctionName(
  parser: Parser,
  name: string,
  token: Token,
): FunctionUse | undefined {
  const { cursor } = parser;
  const { vocabulary, notation } = parser.context;
  const declared = isDeclared(vocabulary, name);
  const own = vocabulary.functions.get(name);
  if (own && !own.isQuantity) {
    const mark = cursor.mark();
    const scripts = takeScripts(cursor, vocabulary, notation);
    const primed = scripts.some((script) => script.above && script.tokens[0]?.text === "'");
    // `f_1(x)` of a declared family is a product; `f(x)` is the function of the same letter.
    const ownIndices = scripts.some((script) => !script.above);
    if (cursor.is('(') && !(declared && ownIndices && !primed))
      return { name, kind: 'scope', scripts };
    if (!declared && (own.parameters !== undefined || primed)) {
      // A bare function stands for its call with its own arguments.
      cursor.reset(mark);
      return { name, kind: 'scope', scripts: [] };
    }
    cursor.reset(mark);
    if (!declared)
      return { name, kind: 'scope', scripts: takeScripts(cursor, vocabulary, notation) };
    return undefined;
  }
  if (own?.isQuantity) {
    // The call with its own arguments is the quantity itself.
    if (cursor.is('(') && !cursor.peek().spaced) cursor.group();
    return undefined;
  }
  if (declared) return undefined;
  const resolved = familyAliases.get(name) ?? name;
  if (!isKnownFunction(resolved)) return undefined;
  if (name.length === 1) return undefined;
  const isSigma = name === 'sigma' || name === 'step' || name === 'identity';
  const mark = cursor.mark();
  const scripts = takeScripts(cursor, vocabulary, notation);
  const opens = cursor.is('(') || cursor.is('[') || cursor.is('\\{');
  // `1/sigma^3 (x - mu)^2` where sigma is a quantity of the sheet: a power in a product.
  const isPowerOfQuantity =
    isSigma &&
    vocabulary.differentiatedFunctions.has(name) &&
    cursor.peek().spaced &&
    scripts.some((script) => script.above && script.tokens[0]?.kind === 'number');
  const applied = opens && !isPowerOfQuantity;
  // `sigma` alone may be a quantity: it is the sigmoid only when applied.
  const argumentFollows = applied || (!isSigma && parser.startsFactor());
  const indexed = scripts.some((script) => !script.above) && isSigma;
  if (!argumentFollows || (indexed && !applied)) {
    cursor.reset(mark);
    if (isSigma || vocabulary.names.has(name)) return undefined;
    if (parser.startsFactor() || cursor.is('^') || cursor.is('_') || cursor.is("'"))
      return { name: resolved, kind: kindOf(resolved), scripts: [] };
    throw cursor.error(
      `expected an argument of the function "${name}" here`,
      cursor.peek().kind === 'end' ? token : cursor.peek(),
    );
  }
  return { name: resolved, kind: kindOf(resolved), scripts };
}

const kindOf = (name: string): FunctionUse['kind'] =>
  operationNames.has(name) ? 'operation' : familyFunctionNames.has(name) ? 'family' : 'known';

/** The call: arguments, primes, powers (`tanh^2(z)`), entries (`softmax(z)_k`). */
export function readCall(parser: Parser, use: FunctionUse, token: Token): Formula {
  const { cursor } = parser;
  const { vocabulary, notation } = parser.context;
  if (use.kind === 'scope') return readOwnCall(parser, use, token);
  let name = functionNamed(use.name)?.name ?? use.name;
  let primes = 0;
  const powers: Script[] = [];
  const below: Script[] = [];
  let lowerPrefix: readonly Formula[] = [];
  for (const script of use.scripts) {
    if (!script.above) {
      const text = script.tokens.map((part) => part.text).join('');
      if (name === 'log' && (text === '2' || text === '10')) name = `log${text}`;
      else below.push(script);
    } else if (script.tokens[0]?.text === "'" || script.tokens[0]?.text === '\\prime')
      primes += script.tokens.length;
    else powers.push(script);
  }
  if ((name === 'max' || name === 'min') && below[0]) return readExtremum(parser, name, below[0]);
  if (name === 'log' && below[0]) {
    const base = parser.whole(below[0].tokens, below[0].place);
    const argument = argumentOf(parser)[0] as Formula;
    return applyScripts(parser, quotient(call('log', [argument]), call('log', [base])), powers);
  }
  if (below[0]) lowerPrefix = indicesOf(parser, below[0]);
  const args = argumentOf(parser);
  const inverse =
    powers.length === 1 && isMinusOne(powers[0] as Script) ? inverseOf(name) : undefined;
  if (inverse !== undefined) {
    name = inverse;
    powers.length = 0;
  }
  const after = takeScripts(cursor, vocabulary, notation);
  const entries = [...lowerPrefix];
  const rest: Script[] = [];
  for (const script of after) {
    if (!script.above && use.kind === 'family' && rest.length === 0)
      entries.push(...indicesOf(parser, script));
    else rest.push(script);
  }
  return applyScripts(parser, applied(use, name, args, entries, primes, token, parser), [
    ...powers,
    ...rest,
  ]);
}

const quotient = (above: Formula, below: Formula): Formula =>
  rawMultiply([above, rawPower(below, minusOne)]);

const isMinusOne = (script: Script): boolean =>
  script.tokens.map((token) => token.text).join('') === '-1';

const inverseOf = (name: string): string | undefined => {
  const candidate = functionNamed(`a${name}`)?.name;
  return candidate;
};

const indicesOf = (parser: Parser, script: Script): readonly Formula[] =>
  sortScripts(parser, '', [script]).lower;

function applied(
  use: FunctionUse,
  name: string,
  args: readonly Formula[],
  entries: readonly Formula[],
  primes: number,
  token: Token,
  parser: Parser,
): Formula {
  const first = args[0] as Formula;
  if (use.kind === 'operation') {
    const formula = operation(operationNames.get(name) as OperationName, first);
    return entries.length > 0 ? operation('entry', formula, ...entries) : formula;
  }
  const row = functionNamed(name);
  const slots = new Array<DerivativeSlot>(primes).fill({ argument: 0, at: [] });
  if (use.kind === 'family' && (row === undefined || args.length === 1))
    return call(name, args, { indices: entries, slots });
  if ((name === 'max' || name === 'min') && args.length > 2)
    return args.slice(1).reduce((all, next) => call(name, [all, next]), first);
  const wanted = row?.parameters.length ?? (name === 'kron' ? 2 : 1);
  if (args.length !== wanted)
    throw parser.cursor.error(
      `${name} takes ${wanted} argument${wanted === 1 ? '' : 's'}, met ${args.length}`,
      token,
    );
  if (name === 'exp' && primes === 0) return exp(first);
  if (name === 'pow' && primes === 0) return call(name, args);
  const applied = call(name, args, { slots });
  return entries.length > 0 ? operation('entry', applied, ...entries) : applied;
}

/** `max_j z_j`: over an index, whose range is the whole one unless said. */
function readExtremum(parser: Parser, name: 'max' | 'min', script: Script): Formula {
  const index = script.tokens[0]?.text ?? '';
  const inner = parser.inner(parser.cursor.rest(), script.place, {
    bound: [...parser.context.bound, index],
  });
  const before = parser.cursor.rest().length;
  const body = inner.factor();
  const used = before - inner.cursor.rest().length;
  for (let count = 0; count < used; count += 1) parser.cursor.take();
  return family(name, [{ index, lower: whole, upper: whole }], body, []);
}

/** Arguments in brackets, or the factor that follows: `log yhat_k`, `exp -x`, `sin 2x`. */
function argumentOf(parser: Parser): readonly Formula[] {
  const { cursor } = parser;
  const open = cursor.peek();
  if (cursor.is('(') || cursor.is('[') || cursor.is('\\{'))
    return readArguments(parser, cursor.group(), open);
  const factors: Formula[] = [];
  for (;;) {
    const isNumber = cursor.peek().kind === 'number';
    factors.push(parser.factor());
    const next = cursor.peek();
    if (!isNumber || next.spaced || !parser.startsFactor()) break;
  }
  return [rawMultiply(factors)];
}

/** A function of the scope. */
function readOwnCall(parser: Parser, use: FunctionUse, token: Token): Formula {
  const { cursor } = parser;
  const { vocabulary, notation } = parser.context;
  const own = vocabulary.functions.get(use.name);
  const indices: Formula[] = [];
  const powers: Script[] = [];
  let primes = 0;
  for (const script of use.scripts) {
    const text = script.tokens.map((part) => part.text).join('');
    if (!script.above) indices.push(...indicesOf(parser, script));
    else if (/^'+$/.test(text)) primes += text.length;
    else if (/^\d+$/.test(text) && script.bracket === 'none') powers.push(script);
    else if (
      /^\(\d+\)$/.test(text) ||
      script.bracket === 'round' ||
      /^\(/.test(text) ||
      !/^[\d-]/.test(text)
    ) {
      const inner = script.tokens.filter(
        (part) => !(part.kind === 'operator' && /^[()[\]]$/.test(part.text)),
      );
      indices.unshift(readIndex(parser, inner, script.place));
    } else powers.push(script);
  }
  let args: readonly Formula[];
  if (cursor.is('(')) {
    const open = cursor.peek();
    args = readArguments(parser, cursor.group(), open);
  } else if (own?.parameters) {
    args = own.parameters.map((parameter) => symbol(parameter));
  } else {
    // A bare name of an abstract function is a quantity as far as reading can tell.
    const formula = indices.length === 0 ? symbol(use.name) : symbol(use.name, indices);
    if (primes > 0)
      throw cursor.error(
        `expected the arguments of ${use.name} in brackets after the prime`,
        token,
      );
    return applyScripts(parser, formula, [...powers, ...takeScripts(cursor, vocabulary, notation)]);
  }
  const slots = new Array<DerivativeSlot>(primes).fill({ argument: 0, at: [] });
  const after = takeScripts(cursor, vocabulary, notation);
  const rest: Script[] = [];
  for (const script of after) {
    if (!script.above && rest.length === 0 && indices.length === 0)
      indices.push(...indicesOf(parser, script));
    else rest.push(script);
  }
  return applyScripts(parser, call(use.name, args, { indices, slots }), [...powers, ...rest]);
}
