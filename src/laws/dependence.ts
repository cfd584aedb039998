/** Whether a formula can change with a symbol's family, locally: all other symbols are constant. */
import type { Condition, Formula, SymbolFormula } from '../expression/formula.js';
import { same } from '../expression/same.js';
import { Unsupported } from '../expression/unsupported.js';
import { boundNames, children, conditionFormulas, freeNames } from '../expression/walk.js';

const mentions = (formula: Formula, by: SymbolFormula): boolean => freeNames(formula).has(by.name);

function refuseInIndices(parts: readonly Formula[], by: SymbolFormula, whole: Formula): void {
  if (parts.some((part) => mentions(part, by)))
    throw new Unsupported(
      `${by.name} stands in an index or a range here; there is no derivative by an index`,
      whole,
    );
}

/** The places of a node that hold indices and ranges, not quantities. */
function indexParts(formula: Formula): readonly Formula[] {
  switch (formula.kind) {
    case 'symbol':
      return formula.indices;
    case 'call':
      return [...formula.indices, ...formula.slots.flatMap((slot) => slot.at)];
    case 'sum':
    case 'product':
      return formula.bounds ? [formula.bounds.lower, formula.bounds.upper] : [];
    case 'delta':
      return [formula.left, formula.right];
    case 'family':
      return [...formula.at, ...formula.binders.flatMap((binder) => [binder.lower, binder.upper])];
    case 'array':
      return formula.binders.flatMap((binder) => [binder.lower, binder.upper]);
    default:
      return [];
  }
}

/** The parts of a node that are quantities: those whose change changes the node. */
function quantityParts(formula: Formula): readonly Formula[] {
  switch (formula.kind) {
    case 'symbol':
    case 'delta':
      return [];
    case 'call':
      return formula.args;
    case 'sum':
    case 'product':
      return [...formula.where.flatMap(conditionFormulas), formula.body];
    case 'family':
    case 'array':
      return [formula.body];
    default:
      return children(formula);
  }
}

/**
 * Whether a core formula depends on the family of `by` when every other symbol is held fixed.
 * A derivative not yet taken may depend on anything, so it counts as dependent.
 *
 * @throws Unsupported for surface formulas and where `by` stands in an index or a range.
 */
export class Dependence {
  private readonly known = new Map<Formula, boolean>();

  constructor(readonly by: SymbolFormula) {}

  on(formula: Formula): boolean {
    const known = this.known.get(formula);
    if (known !== undefined) return known;
    const result = this.find(formula);
    this.known.set(formula, result);
    return result;
  }

  protected find(formula: Formula): boolean {
    switch (formula.kind) {
      case 'whole':
      case 'operation':
      case 'blank':
        throw new Unsupported(
          `a derivative is taken of scalar formulas with all indices written out; met: ${formula.kind}`,
          formula,
        );
      case 'derivative':
        return true;
    }
    const indices = indexParts(formula);
    refuseInIndices(indices, this.by, formula);
    if (indices.some((index) => index.kind === 'whole'))
      throw new Unsupported('a derivative is taken of one entry; met a whole family', formula);
    if (formula.kind === 'symbol') return formula.name === this.by.name;
    // An index of the same name as `by` hides it.
    if (boundNames(formula).includes(this.by.name)) return false;
    return quantityParts(formula).some((part) => this.on(part));
  }

  /** Whether a condition changes with the family; its derivative is zero away from the border. */
  onCondition(condition: Condition): boolean {
    return conditionFormulas(condition).some((part) => this.on(part));
  }
}

/** The same for one entry: other entries of its family with other numbers are constant too. */
export class EntryDependence extends Dependence {
  protected override find(formula: Formula): boolean {
    return formula.kind === 'symbol' ? same(formula, this.by) : super.find(formula);
  }
}
