/** Functions that a language lacks, written for it from plain math. */
import { functionNamed } from '../../expression/functions.js';
import { Unsupported } from '../../expression/unsupported.js';
import type { Network } from '../../network/network.js';
import { readPlain } from '../../read/read.js';
import { Places } from './places.js';
import { type Expression, named, type Program, type Statement } from './program.js';
import { Values } from './values.js';

/** A function of numbers: statements, and then its value. */
export interface HelperFunction {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly statements: readonly Statement[];
  readonly result: Expression;
}

/**
 * Forms without overflow where the definition in the table of functions has one, and forms for those
 * that have no definition there. Rows not named here are written by their definition.
 */
const forms: Readonly<Record<string, string>> = {
  sigmoid: 'exp(min(u, 0))/(1 + exp(-abs(u)))',
  relu: 'max(u, 0)',
  softplus: 'max(u, 0) + log1p(exp(-abs(u)))',
  leaky_relu: 'max(u, 0) + min(u, 0)/100',
  elu: 'max(u, 0) + expm1(min(u, 0))',
  selu: '1.0507009873554805 (max(u, 0) + 1.6732632423543772 expm1(min(u, 0)))',
  hardtanh: 'max(min(u, 1), -1)',
  heaviside: '1{u > 0}',
  cbrt: 'sign(u) abs(u)^(1/3)',
  cot: '1/tan(u)',
  sec: '1/cos(u)',
  csc: '1/sin(u)',
  coth: '1/tanh(u)',
  sech: '1/cosh(u)',
  csch: '1/sinh(u)',
};

/**
 * The functions that a program calls and `native` does not have, each after those that it needs.
 * Throws `Unsupported` for one that cannot be said in terms of others.
 */
export function helperFunctions(
  program: Program,
  native: ReadonlySet<string>,
  network: Network,
): readonly HelperFunction[] {
  const found = new Map<string, HelperFunction>();
  const need = (names: Iterable<string>): void => {
    for (const name of names) {
      if (native.has(name) || found.has(name)) continue;
      const helper = helperFunction(name, network);
      need(calledIn(helper.statements, helper.result));
      found.set(name, helper);
    }
  };
  need(calledIn(program.statements, program.result));
  return [...found.values()];
}

function helperFunction(name: string, network: Network): HelperFunction {
  const row = functionNamed(name);
  const text = forms[name] ?? row?.definition;
  if (!row || text === undefined)
    throw new Unsupported(`${name} cannot be written in this language; use another one`);
  const statements: Statement[] = [];
  const values = new Values(network, new Places(network));
  const parameters = new Map(row.parameters.map((one) => [one, named(one)]));
  const result = values.value(readPlain(text), parameters, statements);
  return { name, parameters: row.parameters, statements, result };
}

/** The names of all functions called in statements and a result. */
function calledIn(statements: readonly Statement[], result: Expression): ReadonlySet<string> {
  const names = new Set<string>();
  const expression = (part: Expression): void => {
    switch (part.kind) {
      case 'read':
        expression(part.at);
        break;
      case 'binary':
        expression(part.left);
        expression(part.right);
        break;
      case 'call':
        names.add(part.name);
        part.args.forEach(expression);
        break;
      default:
    }
  };
  const statement = (part: Statement): void => {
    switch (part.kind) {
      case 'for':
        part.body.forEach(statement);
        break;
      case 'if':
        expression(part.when);
        part.body.forEach(statement);
        part.otherwise.forEach(statement);
        break;
      case 'store':
      case 'accumulate':
        expression(part.at);
        expression(part.value);
        break;
      default:
        expression(part.value);
    }
  };
  statements.forEach(statement);
  expression(result);
  return names;
}
