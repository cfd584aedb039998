/** Numbers and counts of handgrad's formulas, worked out here: nothing of src/ is used. */

const functions = {
  exp: Math.exp,
  log: Math.log,
  tanh: Math.tanh,
  cosh: Math.cosh,
  sinh: Math.sinh,
  sech: (u) => 1 / Math.cosh(u),
  sigmoid: (u) => 1 / (1 + Math.exp(-u)),
  sqrt: Math.sqrt,
};

/**
 * The number of a formula. `entry(name, indices)` gives the numbers of families and sizes; letters
 * that are bound (and those in `letters`) are whole numbers. Shared nodes are worked out once.
 */
export function numberOf(formula, entry, letters = {}) {
  const known = new Map();
  const of = (part) => {
    const before = known.get(part);
    if (before !== undefined) return before;
    const value = one(part);
    known.set(part, value);
    return value;
  };
  const one = (part) => {
    switch (part.kind) {
      case 'number':
        return part.value.valueOf();
      case 'symbol':
        if (part.indices.length === 0 && part.name in letters) return letters[part.name];
        return entry(part.name, part.indices.map(of));
      case 'add':
        return part.terms.reduce((sum, term) => sum + of(term), 0);
      case 'multiply':
        return part.factors.reduce((all, factor) => all * of(factor), 1);
      case 'power':
        return of(part.base) ** of(part.exponent);
      case 'call': {
        const row = functions[part.name];
        if (!row || part.slots.length > 0) throw new Error(`no number for ${part.name}`);
        return row(of(part.args[0]));
      }
      case 'sum':
      case 'product': {
        let all = part.kind === 'sum' ? 0 : 1;
        for (let value = of(part.bounds.lower); value <= of(part.bounds.upper); value += 1) {
          const inside = { ...letters, [part.index]: value };
          if (!part.where.every((when) => truth(when, entry, inside))) continue;
          const body = numberOf(part.body, entry, inside);
          if (part.kind === 'sum') all += body;
          else all *= body;
        }
        return all;
      }
      case 'delta':
        return Number(of(part.left) === of(part.right));
      case 'indicator':
        return Number(truth(part.when, entry, letters));
      default:
        throw new Error(`no number for a ${part.kind}`);
    }
  };
  return of(formula);
}

/** Whether a condition holds. */
export function truth(condition, entry, letters) {
  if (condition.kind === 'and') return condition.parts.every((part) => truth(part, entry, letters));
  if (condition.kind === 'or') return condition.parts.some((part) => truth(part, entry, letters));
  const [left, right] = [condition.left, condition.right].map((side) =>
    numberOf(side, entry, letters),
  );
  switch (condition.relation) {
    case '=':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    default:
      return left >= right;
  }
}

/** How many different sub-formulas there are, each counted once however often it stands. */
export function distinctNodes(formulas) {
  const numbers = new Map();
  const known = new Map();
  const of = (part) => {
    const before = known.get(part);
    if (before !== undefined) return before;
    const key = (() => {
      switch (part.kind) {
        case 'number':
          return part.value.toFraction();
        case 'symbol':
          // The indices are part of the name, as they are in scalar names.
          return `s ${part.name} ${part.indices.map((index) => keyOf(index)).join()}`;
        case 'add':
          return `+ ${part.terms.map(of).sort().join()}`;
        case 'multiply':
          return `* ${part.factors.map(of).sort().join()}`;
        case 'power':
          return `^ ${of(part.base)} ${of(part.exponent)}`;
        case 'call':
          return `${part.name} ${part.args.map(of).join()}`;
        default:
          return `${part.kind} ${part.index ?? ''} ${Object.values(part)
            .filter((inner) => inner?.kind)
            .map(of)
            .join()}`;
      }
    })();
    if (!numbers.has(key)) numbers.set(key, numbers.size);
    known.set(part, numbers.get(key));
    return numbers.get(key);
  };
  const keyOf = (index) =>
    index.kind === 'number'
      ? index.value.toFraction()
      : JSON.stringify(index, (_, value) => (typeof value === 'bigint' ? String(value) : value));
  for (const formula of formulas) of(formula);
  return numbers.size;
}
