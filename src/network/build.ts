/** From a sheet to a network: definitions with all indices and ranges, families, and what is given. */
import type { Bounds, Formula } from '../expression/formula.js';
import { structureKey } from '../expression/same.js';
import type { Sheet } from '../read/statement.js';
import { defaultLatexName } from '../write/names.js';
import { assumptionsOf, conventionsOf } from './assumed.js';
import { expanded } from './builders/expand.js';
import { ShapeError } from './errors.js';
import type { Extent } from './extent.js';
import { givensOf, sizesGiven } from './givens.js';
import { type Conventions, IndexingContext } from './indexing/context.js';
import { indexed } from './indexing/indexed.js';
import { factsOf } from './inference/facts.js';
import { familiesOf } from './inference/families.js';
import { finishDefinition } from './inference/finish.js';
import { fixedIndicesOf } from './inference/free-indices.js';
import { abstractNames } from './inference/functions.js';
import { questionUnits } from './inference/questions.js';
import { raggedOf } from './inference/ragged.js';
import { SizeNames } from './inference/size-names.js';
import { Sizes } from './inference/sizes.js';
import { withTriangles } from './inference/triangular.js';
import { declaredUnits, definitionUnit } from './inference/units.js';
import { withUnlikeMembers } from './inference/unlike-members.js';
import { sizeNamesOf, vocabularyOf } from './inference/vocabulary.js';
import type { FunctionDeclaration, Network, Vocabulary } from './network.js';
import { refuseCycles } from './refusals/cycles.js';
import { refuseOverlaps } from './refusals/overlaps.js';

/** The place behind every statement. */
const WHOLE_SHEET: Extent = { block: Infinity, line: Infinity };

/**
 * Builds the network of a sheet as it stands at a place: definitions with all indices and ranges.
 *
 * @param upTo what of the sheet counts: everything, unless said otherwise
 *
 * @throws {NetworkError} for sizes that clash, names defined twice for the same indices, recursion
 *   without a start, and indices that stand on one side only; with the line and both places.
 */
export function buildNetwork(original: Sheet, upTo: Extent = WHOLE_SHEET): Network {
  const sheet = expanded(original);
  const written = factsOf(sheet, upTo.block);
  const sizeNames = sizeNamesOf(written, sheet);
  const facts = withUnlikeMembers(written, sheet, sizeNames);
  const vocabulary = vocabularyOf(facts, sheet, sizeNames);
  const { conventions, layout, softmaxOver } = conventionsOf(sheet, upTo);
  const reading: Conventions = { layout, softmaxOver };
  const isSize = (name: string): boolean => sizeNames.has(name);
  const definitions = facts.definitions
    .filter(({ statement, head }) => structureKey(head) !== structureKey(statement.right))
    .map((fact) => definitionUnit(fact, vocabulary, reading, isSize));
  const { fixed, notes } = fixedIndicesOf(definitions, vocabulary, sizeNames, sheet);
  const indexNames = new Set([
    ...definitions.flatMap((unit) => unit.headVariables),
    ...fixed.keys(),
    ...[...sheet.names.values()].flatMap((info) => (info.role === 'index' ? [info.name] : [])),
  ]);
  const units = [
    ...definitions,
    ...declaredUnits(facts, vocabulary, upTo.line),
    ...questionUnits(facts, vocabulary, reading, definitions),
  ];
  const rankOf = (name: string): number => {
    const rank = vocabulary.ranks.get(name);
    return rank ? rank.upper + rank.lower : -1;
  };
  const taken = new Set([
    ...vocabulary.ranks.keys(),
    ...sizeNames,
    ...indexNames,
    ...sheet.names.keys(),
    ...facts.functions.map((statement) => statement.name),
    ...vocabulary.calls.keys(),
  ]);
  const quantities = new Set([...taken].filter((name) => !indexNames.has(name)));
  const sizes = new Sizes(
    units,
    rankOf,
    raggedOf(facts, vocabulary),
    new SizeNames(taken, sizeNames),
  );
  const finished = definitions.map((unit) => finishDefinition(unit, sizes, quantities));
  const fixedIndices = new Map<string, Bounds | undefined>(
    [...fixed].map(([name, terms]) => [name, terms[0] && sizes.termRange(terms[0])]),
  );
  const wholeFamilies = familiesOf({
    facts,
    vocabulary,
    names: sheet.names,
    definitions,
    sizes,
    sizeNames,
    indexNames,
    fixedIndices,
  });
  const families = withTriangles(wholeFamilies, finished);
  refuseOverlaps(finished, definitions);
  refuseCycles(finished, definitions);
  const network: Network = {
    families,
    definitions: finished,
    functions: functionsOf(facts, vocabulary, sheet, reading),
    sizes: sizesGiven(facts, sizes, sizeNames, upTo),
    assumptions: [],
    conventions,
    givens: givensOf(facts, upTo),
    layout,
    softmaxOver,
    equalSizes: sizes.equal,
    notes,
    vocabulary,
  };
  return { ...network, ...assumptionsOf(sheet, upTo, network) };
}

/** Functions of the sheet: bodies in core where they act on numbers, none where they are abstract. */
function functionsOf(
  facts: ReturnType<typeof factsOf>,
  vocabulary: Vocabulary,
  sheet: Sheet,
  reading: Conventions,
): ReadonlyMap<string, FunctionDeclaration> {
  const functions = new Map<string, FunctionDeclaration>();
  const latexOf = (name: string) => sheet.names.get(name)?.latex ?? defaultLatexName(name);
  for (const { name, parameters, body } of facts.functions)
    functions.set(name, {
      name,
      latex: latexOf(name),
      parameters,
      body: body && bodyOf(body, parameters, vocabulary, reading),
    });
  for (const name of abstractNames(facts))
    if (!functions.has(name))
      functions.set(name, { name, latex: latexOf(name), parameters: [], body: undefined });
  return functions;
}

function bodyOf(
  body: Formula,
  parameters: readonly string[],
  vocabulary: Vocabulary,
  reading: Conventions,
): Formula | undefined {
  // A parameter shadows a family of the same name.
  const ranks = new Map([...vocabulary.ranks].filter(([name]) => !parameters.includes(name)));
  const context = new IndexingContext({ ...vocabulary, ranks }, reading);
  try {
    const shaped = indexed(body, context);
    return shaped.axes.length === 0 && context.written.size === 0 ? shaped.body : undefined;
  } catch (problem) {
    if (problem instanceof ShapeError) return undefined;
    throw problem;
  }
}
