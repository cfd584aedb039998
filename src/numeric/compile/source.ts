/** Gradients as source text that runs elsewhere, with the names of the sheet. */
import type { SymbolFormula } from '../../expression/formula.js';
import { functionNamed } from '../../expression/functions.js';
import { Unsupported } from '../../expression/unsupported.js';
import type { Network } from '../../network/network.js';
import { gradientProgram } from './gradient-program.js';
import { javascriptLines, javascriptOf } from './javascript.js';
import type { ArrayShape, Expression, Program, Statement } from './program.js';
import { pythonFunctions, pythonLines, pythonOf } from './python.js';

/** Languages in which a gradient can be written out. */
export type SourceLanguage = 'javascript' | 'numpy';

/**
 * The gradients of a scalar by whole families as a function in JavaScript (`Float64Array`) or Python
 * (NumPy). It takes the leaves as flat arrays and gives the value and the gradients, named `dW`, flat
 * in the same order (the last index fastest).
 *
 * @throws Unsupported where {@link compile} does
 */
export function gradientSource(
  of: SymbolFormula,
  by: readonly string[],
  network: Network,
  language: SourceLanguage,
): string {
  const program = named(gradientProgram(of, by, network));
  const leaves = program.arrays.filter(
    ({ family, role }) => role === 'value' && network.families.get(family)?.kind !== 'defined',
  );
  const others = program.arrays.filter((shape) => !leaves.includes(shape));
  const gradients = program.arrays.filter(
    ({ family, role }) => role === 'gradient' && by.includes(family),
  );
  return language === 'javascript'
    ? javascript(program, leaves, others, gradients)
    : numpy(program, leaves, others, gradients);
}

const list = (shapes: readonly ArrayShape[]): string => shapes.map(({ array }) => array).join(', ');

function javascript(
  program: Program,
  leaves: readonly ArrayShape[],
  others: readonly ArrayShape[],
  gradients: readonly ArrayShape[],
): string {
  const called = program.statements.flatMap(expressionsOf).find(({ name }) => !plain.has(name));
  if (called) throw new Unsupported(`${called.name} is not written in JavaScript here`);
  return [
    `export function gradients({ ${list(leaves)} }) {`,
    ...others.map(({ array, length }) => `  const ${array} = new Float64Array(${length});`),
    ...javascriptLines(program.statements),
    `  return { value: ${javascriptOf(program.result)}, ${list(gradients)} };`,
    '}',
    '',
  ].join('\n');
}

/** Functions that JavaScript has. */
const plain: ReadonlySet<string> = new Set(
  ['exp', 'log', 'tanh', 'sqrt', 'sin', 'cos', 'pow', 'max', 'min', 'abs'].filter((name) =>
    functionNamed(name),
  ),
);

function numpy(
  program: Program,
  leaves: readonly ArrayShape[],
  others: readonly ArrayShape[],
  gradients: readonly ArrayShape[],
): string {
  return [
    'import math',
    '',
    'import numpy as np',
    '',
    ...pythonFunctions,
    '',
    `def gradients(${list(leaves)}):`,
    ...others.map(({ array, length }) => `    ${array} = np.zeros(${length})`),
    ...pythonLines(program.statements, '    '),
    `    return ${[pythonOf(program.result), ...gradients.map(({ array }) => array)].join(', ')}`,
    '',
  ].join('\n');
}

/** Words that cannot be names in one of the languages, or that the text uses itself. */
const taken: ReadonlySet<string> = new Set(
  `and as assert async await break case catch class const continue def default del delete do elif else
  enum eval except export extends False finally for from function global if import in instanceof is
  lambda let new None nonlocal not or pass raise return static super switch this throw True try typeof
  var void while with yield math Math np gradients functions value range max min abs sigmoid relu softplus`.split(
    /\s+/,
  ),
);

/** The program with the sheet's names for its arrays, made safe and different from each other. */
function named(program: Program): Program {
  const used = new Set(taken);
  const names = new Map<string, string>();
  for (const { array, family, role } of program.arrays) {
    const safe = family.replace(/[^A-Za-z0-9_]/g, '_').replace(/^(?=\d)/, '_');
    const wanted = role === 'value' ? safe : `d${safe}`;
    let name = wanted;
    // Names of loops and of numbers in between are a letter and a number.
    for (let count = 2; used.has(name) || /^[tsiq]\d+$/.test(name); count += 1)
      name = `${wanted}_${count}`;
    used.add(name);
    names.set(array, name);
  }
  const of = (array: string): string => names.get(array) ?? array;
  const expression = (part: Expression): Expression => {
    switch (part.kind) {
      case 'read':
        return { ...part, array: of(part.array), at: expression(part.at) };
      case 'binary':
        return { ...part, left: expression(part.left), right: expression(part.right) };
      case 'call':
        return { ...part, args: part.args.map(expression) };
      default:
        return part;
    }
  };
  const statement = (part: Statement): Statement => {
    switch (part.kind) {
      case 'for':
        return {
          ...part,
          lower: expression(part.lower),
          upper: expression(part.upper),
          body: part.body.map(statement),
        };
      case 'if':
        return {
          ...part,
          when: expression(part.when),
          body: part.body.map(statement),
          otherwise: part.otherwise.map(statement),
        };
      case 'store':
      case 'accumulate':
        return {
          ...part,
          array: of(part.array),
          at: expression(part.at),
          value: expression(part.value),
        };
      default:
        return { ...part, value: expression(part.value) };
    }
  };
  return {
    arrays: program.arrays.map((shape) => ({ ...shape, array: of(shape.array) })),
    cleared: program.cleared.map(of),
    statements: program.statements.map(statement),
    result: expression(program.result),
  };
}

/** All calls in a statement. */
function expressionsOf(part: Statement): readonly Extract<Expression, { kind: 'call' }>[] {
  const calls = (inner: Expression): readonly Extract<Expression, { kind: 'call' }>[] => {
    switch (inner.kind) {
      case 'read':
        return calls(inner.at);
      case 'binary':
        return [...calls(inner.left), ...calls(inner.right)];
      case 'call':
        return [inner, ...inner.args.flatMap(calls)];
      default:
        return [];
    }
  };
  switch (part.kind) {
    case 'for':
      return part.body.flatMap(expressionsOf);
    case 'if':
      return [...calls(part.when), ...[...part.body, ...part.otherwise].flatMap(expressionsOf)];
    default:
      return calls(part.value);
  }
}
