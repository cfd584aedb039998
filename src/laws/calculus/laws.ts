/** The rows of the table of derivatives as laws about formulas that hold a derivative to be taken. */
import { derivative } from '../../expression/formula.js';
import type { Law } from '../../rewrite/law.js';
import { Dependence } from '../dependence.js';
import { differentiate, takingOf } from '../differentiate.js';
import type { DerivativeRow } from './row.js';
import { derivativeRows, furtherRows } from './rows.js';

/** A rule as a law: the derivative of a formula becomes one of the derivatives of its parts. */
function derivativeLaw(row: DerivativeRow): Law {
  return {
    name: row.name,
    statement: row.statement,
    example: derivative(...row.example),
    ...(row.exampleContext ? { exampleContext: row.exampleContext } : {}),
    apply(formula, context) {
      if (formula.kind !== 'derivative' || formula.by.kind !== 'symbol') return undefined;
      const { of, by } = formula;
      const taking = takingOf(by, new Dependence(by), context, (part) => derivative(part, by));
      const taken = row.take(of, taking);
      if (!taken) return undefined;
      const { after, bindings, assumes } = taken;
      return { after, bindings: new Map(Object.entries(bindings)), assumes: assumes ?? [] };
    },
  };
}

const [firstRow] = derivativeRows;

/** All of a derivative at once; for what is left when a derivation has reached its bound. */
export const differentiateLaw: Law = {
  name: 'differentiate',
  statement: 'd/dx u = the derivative of u, by the laws above',
  example: derivative(...(firstRow as DerivativeRow).example),
  apply(formula, context) {
    if (formula.kind !== 'derivative' || formula.by.kind !== 'symbol') return undefined;
    if (formula.of.kind === 'derivative') return undefined;
    const after = differentiate(formula.of, formula.by, context);
    return { after, bindings: new Map([['x', formula.by]]), assumes: [] };
  },
};

export const calculusLaws: readonly Law[] = [
  ...derivativeRows.map(derivativeLaw),
  ...furtherRows.map(derivativeLaw),
  differentiateLaw,
];
