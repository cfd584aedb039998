/** Letters that no range binds, such as the class c of `J = -log p_c`: the entry read exists. */
import type { Formula } from '../expression/formula.js';
import { boundNames, children } from '../expression/walk.js';
import { type Constraint, constraintKey, constraintNames } from './conditions/constraint.js';
import type { Ground } from './ground.js';
import type { Prepared } from './prepared.js';
import { domainOf } from './question.js';

/** What must hold of such letters, for every entry that the definitions read. */
export function labelDomains({ prepared }: Ground): readonly Constraint[] {
  const known = remembered.get(prepared) ?? domainsIn(prepared);
  remembered.set(prepared, known);
  return known;
}

const remembered = new WeakMap<Prepared, readonly Constraint[]>();

function domainsIn(prepared: Prepared): readonly Constraint[] {
  const found = prepared.definitions.flatMap((definition) => {
    const bound = new Set(definition.ranges.map((range) => range.index));
    const entries: Formula[] = [];
    const visit = (part: Formula): void => {
      for (const name of boundNames(part)) bound.add(name);
      if (part.kind === 'symbol' && part.indices.length > 0) entries.push(part);
      for (const child of children(part)) visit(child);
    };
    visit(definition.right);
    return entries.flatMap((entry) =>
      domainOf(entry, prepared.network).filter((constraint) =>
        [...constraintNames(constraint)].every((name) => !bound.has(name)),
      ),
    );
  });
  return [...new Map(found.map((constraint) => [constraintKey(constraint), constraint])).values()];
}
