/** Gradients as source text that runs elsewhere, with the names of the sheet. */
import type { SymbolFormula } from '../../expression/formula.js';
import { functionTable } from '../../expression/functions.js';
import type { Network } from '../../network/network.js';
import { gradientProgram } from './gradient-program.js';
import { javascriptLines, javascriptOf, mathFunctions } from './javascript.js';
import { helperFunctions } from './library-functions.js';
import type { ArrayShape, Expression, Program, Statement } from './program.js';
import { pythonLines, pythonOf } from './python.js';
import { type Dialect, dialects } from './python-dialects.js';

/** Languages in which a gradient can be written out. */
export type SourceLanguage = 'javascript' | 'numpy' | 'pytorch' | 'jax';

/** What a source text is made of. */
interface Parts {
  readonly program: Program;
  readonly leaves: readonly ArrayShape[];
  readonly others: readonly ArrayShape[];
  readonly gradients: readonly ArrayShape[];
  readonly network: Network;
}

/**
 * The gradients of a scalar by whole families as a function in JavaScript (`Float64Array`) or Python
 * (NumPy, PyTorch, JAX). It takes the leaves as flat arrays, the last index fastest, and gives the
 * value and the gradients, named `dW`. The text is made of the network's formulas alone.
 *
 * @throws Unsupported where {@link compile} does, and for functions that a language cannot write
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
  const gradients = by.flatMap((name) =>
    program.arrays.filter(({ family, role }) => role === 'gradient' && family === name),
  );
  const parts = { program, leaves, others, gradients, network };
  return language === 'javascript' ? javascript(parts) : python(parts, dialects[language]);
}

const list = (shapes: readonly ArrayShape[]): string => shapes.map(({ array }) => array).join(', ');

const sizes = (shapes: readonly ArrayShape[]): string =>
  shapes.map(({ array, length }) => `${array} of ${length}`).join(', ');

function javascript({ program, leaves, others, gradients, network }: Parts): string {
  const plainly = (name: string) => name;
  const helpers = helperFunctions(program, mathFunctions, network);
  return [
    ...helpers.flatMap(({ name, parameters, statements, result }) => [
      `function ${name}(${parameters.join(', ')}) {`,
      ...javascriptLines(statements, '  ', plainly),
      `  return ${javascriptOf(result, plainly)};`,
      '}',
      '',
    ]),
    `// Flat arrays, the last index fastest: ${sizes(leaves)}`,
    `export function gradients({ ${list(leaves)} }) {`,
    ...others.map(({ array, length }) => `  const ${array} = new Float64Array(${length});`),
    ...javascriptLines(program.statements, '  ', plainly),
    `  return { value: ${javascriptOf(program.result, plainly)}, ${list(gradients)} };`,
    '}',
    '',
  ].join('\n');
}

function python({ program, leaves, others, gradients, network }: Parts, dialect: Dialect): string {
  const helpers = helperFunctions(program, new Set(Object.keys(dialect.functions)), network);
  const like = leaves[0]?.array;
  return [
    ...dialect.head,
    '',
    ...helpers.flatMap(({ name, parameters, statements, result }) => [
      '',
      `def ${name}(${parameters.join(', ')}):`,
      ...pythonLines(statements, dialect, '    '),
      `    return ${pythonOf(result, dialect)}`,
      '',
    ]),
    '',
    `def gradients(${list(leaves)}):`,
    `    # Flat arrays, the last index fastest: ${sizes(leaves)}`,
    ...others.map(({ array, length }) => `    ${array} = ${dialect.zeros(length, like)}`),
    ...pythonLines(program.statements, dialect, '    '),
    `    return ${[pythonOf(program.result, dialect), ...gradients.map(({ array }) => array)].join(', ')}`,
    '',
  ].join('\n');
}

/** Words that cannot be names in one of the languages, or that the text uses itself. */
const taken: ReadonlySet<string> = new Set(
  `and as assert async await break case catch class const continue def default del delete do elif else
  enum eval except export extends False finally for from function global if import in instanceof is
  lambda let new None nonlocal not or pass raise return static super switch this throw True try typeof
  var void while with yield math Math np torch jnp tensor gradients functions value range`
    .split(/\s+/)
    .concat([...functionTable.values()].map(({ name }) => name)),
);

/** The program with the sheet's names for its arrays, made safe and different from each other. */
function named(program: Program): Program {
  const used = new Set(taken);
  const names = new Map<string, string>();
  for (const { array, family, role } of program.arrays) {
    const safe = family.replace(/[^A-Za-z0-9_]/g, '_').replace(/^(?=\d)/, '_');
    const wanted = role === 'value' ? safe : `d${safe}`;
    let name = wanted;
    // Names of loops, conditions and numbers in between are a letter and a number.
    for (let count = 2; used.has(name) || /^([tsiq]\d+|c(_[01])+)$/.test(name); count += 1)
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
