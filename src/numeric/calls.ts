/** Calls on the tape: known, defined and abstract functions, and their derivatives by arguments. */
import type { ArrayFormula, CallFormula, Formula, NumberFormula } from '../expression/formula.js';
import { type FunctionRow, functionNamed } from '../expression/functions.js';
import { Unsupported } from '../expression/unsupported.js';
import { rowFormulas } from '../laws/row-formulas.js';
import { distance } from './conditions.js';
import { applyElementary, hasSlope } from './elementary.js';
import { entryKey, IndexOutOfRange } from './errors.js';
import { integer } from './integers.js';
import { bindParameter, type Parameter, type Scope } from './scope.js';
import { sitesAt } from './sites.js';
import type { Node, Operation } from './tape.js';
import { applyWave, type WaveArgument } from './waves.js';
import type { Working } from './working.js';

/** The node of a call. */
export function call(working: Working, formula: CallFormula, scope: Scope): Node {
  if (formula.slots.length > 0) return slopeOfCall(working, formula, scope);
  const args = formula.args.map((arg) => argument(working, arg, scope));
  return applied(working, formula, args, scope);
}

function argument(working: Working, formula: Formula, scope: Scope): Parameter {
  if (formula.kind !== 'array') return { kind: 'number', node: working.node(formula, scope) };
  return arrayArgument(working, formula, scope);
}

function arrayArgument(working: Working, formula: ArrayFormula, scope: Scope): Parameter {
  const entries = working.familyEntries(formula.binders, formula.body, scope);
  return {
    kind: 'family',
    entries: new Map(entries.map(({ indices, node }) => [indices.join(','), node])),
  };
}

/** A call with the nodes of its arguments. */
function applied(
  working: Working,
  formula: CallFormula,
  args: readonly Parameter[],
  scope: Scope,
): Node {
  const declared = working.network.functions.get(formula.name);
  if (declared?.body) {
    if (declared.parameters.length !== args.length)
      throw new Unsupported(
        `${formula.name} takes ${declared.parameters.length} argument(s), not ${args.length}`,
        formula,
      );
    let inside: Scope;
    for (const [place, name] of declared.parameters.entries())
      inside = bindParameter(inside, name, args[place] as Parameter);
    return kinked(working, formula.name, args, () =>
      working.branches.inside(formula, () => working.node(declared.body as Formula, inside)),
    );
  }
  const row = declared ? undefined : functionNamed(formula.name);
  if (!row) return wave(working, formula, args, [], scope);
  const nodes = args.map((arg) => {
    if (arg.kind === 'number') return arg.node;
    throw new Unsupported(`${formula.name} takes numbers, not a whole family`, formula);
  });
  const [first, second] = nodes as [Node, Node | undefined];
  working.branches.meet(
    formula,
    sitesAt(formula).map((site) => [
      first,
      second ?? working.tape.constant((site.right as NumberFormula).value.valueOf()),
    ]),
  );
  for (const kink of row.kinks) working.note(distance(working.tape.value(nodes[0] as Node), kink));
  if (nodes.length === 2)
    working.note(
      distance(working.tape.value(nodes[0] as Node), working.tape.value(nodes[1] as Node)),
    );
  return kinked(working, row.name, args, () =>
    hasSlope(row.name) || row.name === 'pow'
      ? applyElementary(working.tape, row.name, nodes)
      : fromRow(working, row, nodes),
  );
}

/** A function whose slope only its row knows: the text of the row, worked out on the tape. */
function fromRow(working: Working, row: FunctionRow, nodes: readonly Node[]): Node {
  const { tape } = working;
  let inside: Scope;
  for (const [place, name] of row.parameters.entries())
    inside = bindParameter(inside, name, { kind: 'number', node: nodes[place] as Node });
  const { derivatives } = rowFormulas(row);
  const operation: Operation = {
    name: row.name,
    slope: (_tape, _self, input) => working.node(derivatives[input] as Formula, inside),
  };
  return tape.made(operation, nodes, row.value(...nodes.map((node) => tape.value(node))));
}

/** Exactly at a kink for which the sheet has a convention, the slope is the one it says. */
function kinked(
  working: Working,
  name: string,
  args: readonly Parameter[],
  value: () => Node,
): Node {
  const [first] = args;
  if (args.length !== 1 || first?.kind !== 'number') return value();
  const argument = first.node;
  const convention = working.network.conventions.find(
    (row) => row.function === name && row.at === working.tape.value(argument),
  );
  if (!convention) return value();
  const slope = working.tape.constant(convention.value);
  const operation = { name: 'convention', slope: () => slope };
  return working.tape.made(operation, [argument], working.tape.value(value()));
}

/** An abstract function, with derivatives by the arguments at `slots` taken. */
function wave(
  working: Working,
  formula: CallFormula,
  args: readonly Parameter[],
  slots: readonly string[],
  scope: Scope,
): Node {
  const own = formula.indices.map((index) => integer(index, scope, working.world));
  const places = args.flatMap((arg, place): WaveArgument[] =>
    arg.kind === 'number'
      ? [{ place: `${place}`, node: arg.node }]
      : [...arg.entries].map(([at, node]) => ({ place: `${place}[${at}]`, node })),
  );
  const wave = working.world.wave(entryKey(formula.name, own));
  if (!wave) {
    const inputs = places.map((argument) => argument.node);
    return working.tape.absentFrom(`${formula.name}(...)`, inputs);
  }
  const positions = slots.map((slot) => {
    const position = places.findIndex((argument) => argument.place === slot);
    if (position < 0) throw new IndexOutOfRange(formula.name, [], `there is no argument ${slot}`);
    return position;
  });
  // The same function of the same numbers is one node, however often it is written.
  const nodes = places.map((argument) => argument.node).join();
  const key = `${entryKey(formula.name, own)}(${nodes})'${positions.join()}`;
  const known = working.waves.get(key);
  if (known !== undefined) return known;
  const node = applyWave(working.tape, wave, places, positions);
  working.waves.set(key, node);
  return node;
}

/** `f'(z)` and the like: each argument gets a node of its own, and the others are held fixed. */
function slopeOfCall(working: Working, formula: CallFormula, scope: Scope): Node {
  const slots = formula.slots.map((slot) => ({
    argument: slot.argument,
    at: slot.at.map((index) => integer(index, scope, working.world)).join(','),
  }));
  const declared = working.network.functions.get(formula.name);
  if (declared ? !declared.body : !functionNamed(formula.name)) {
    const plain = formula.args.map((arg) => argument(working, arg, scope));
    const places = slots.map(({ argument, at }) =>
      at === '' ? `${argument}` : `${argument}[${at}]`,
    );
    return wave(working, formula, plain, places, scope);
  }
  const args = formula.args.map((arg): Parameter => {
    const parameter = argument(working, arg, scope);
    return parameter.kind === 'number'
      ? { kind: 'number', node: working.tape.link(parameter.node) }
      : {
          kind: 'family',
          entries: new Map(
            [...parameter.entries].map(([at, node]) => [at, working.tape.link(node)]),
          ),
        };
  });
  let value = applied(working, formula, args, scope);
  for (const { argument, at } of slots) {
    const parameter = args[argument];
    const by = parameter?.kind === 'family' ? parameter.entries.get(at) : parameter?.node;
    if (by === undefined)
      throw new IndexOutOfRange(formula.name, [], `there is no argument ${argument + 1}`);
    value = working.tape.sweep(value).get(by) ?? working.tape.zero;
  }
  return value;
}
