/** `handgrad export`: the gradients of a worksheet's network as source text for another program. */
import { lossOf } from '../answer/loss.js';
import type { SymbolFormula } from '../expression/formula.js';
import { buildNetwork } from '../network/build.js';
import type { Network } from '../network/network.js';
import { parameterFamilies } from '../network/parameters.js';
import { gradientSource, type SourceLanguage } from '../numeric/compile/source.js';
import { readDocument } from '../read/document.js';
import { readInput } from './read-input.js';
import { writeInNewFolder } from './write-output.js';

export interface ExportOptions {
  readonly to: SourceLanguage;
  readonly output?: string;
  /** The scalar; the loss of the network, if left out. */
  readonly of?: string;
  /** Families with commas between; all parameters, if left out. */
  readonly by?: string;
}

/** Writes the source to standard output or `-o`; answers the exit code. */
export async function exportCommand(file: string, options: ExportOptions): Promise<number> {
  try {
    const network = networkOf(readInput(file), file);
    const source = gradientSource(
      targetOf(network, options.of),
      parametersOf(network, options.by),
      network,
      options.to,
    );
    if (options.output === undefined) process.stdout.write(source);
    else writeInNewFolder(options.output, source);
    return 0;
  } catch (error) {
    process.stderr.write(`handgrad: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

/** The network of the only scope with definitions. */
function networkOf(text: string, file: string): Network {
  const sheets = readDocument(text, file).scopes;
  for (const { statements } of sheets)
    for (const statement of statements)
      if (statement.kind === 'error')
        throw new Error(`${file}:${statement.line}: ${statement.problem.message}`);
  const last = { block: Number.MAX_SAFE_INTEGER, line: Number.MAX_SAFE_INTEGER };
  const networks = sheets
    .map((sheet) => buildNetwork(sheet, last))
    .filter(({ definitions }) => definitions.length > 0);
  const [network, ...more] = networks;
  if (!network)
    throw new Error(`${file} defines nothing: expected a network, such as C = (w x - y)^2`);
  if (more.length > 0)
    throw new Error(
      `${file} has ${networks.length} networks, in scopes of their own; keep one of them in a file`,
    );
  return network;
}

function targetOf(network: Network, name: string | undefined): SymbolFormula {
  if (name === undefined) {
    const loss = lossOf(network);
    if (loss.kind === 'symbol') return loss;
  } else {
    const family = network.families.get(name);
    if (family && family.slots.length === 0 && family.kind !== 'leaf')
      return { kind: 'symbol', name, indices: [] };
  }
  const scalars = [...network.families.values()].filter(
    ({ kind, role, slots }) => kind !== 'leaf' && role === 'quantity' && slots.length === 0,
  );
  throw new Error(
    `--of ${name}: expected a single number that the worksheet defines; it defines ${scalars.map((one) => one.name).join(', ') || 'none'}`,
  );
}

function parametersOf(network: Network, names: string | undefined): readonly string[] {
  if (names === undefined) {
    const found = parameterFamilies(network).map(({ name }) => name);
    if (found.length > 0) return found;
    throw new Error('no parameters were found; name what to differentiate by, as in --by w,b');
  }
  const families = [...network.families.values()].filter(({ role }) => role === 'quantity');
  return names.split(',').map((part) => {
    const name = part.trim();
    if (families.some((family) => family.name === name)) return name;
    throw new Error(
      `--by ${name}: expected a name of the worksheet; it has ${families.map((family) => family.name).join(', ')}`,
    );
  });
}
