/** The names that stand in a statement or a formula. */

/** All names of quantities and functions in a statement or a part of it, some fields left out. */
export function namesIn(part: unknown, without: readonly string[] = []): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const item of value) visit(item);
      return;
    }
    if (value instanceof Set || value instanceof Map) return;
    const { kind, name } = value as { kind?: unknown; name?: unknown };
    if ((kind === 'symbol' || kind === 'call') && typeof name === 'string') names.add(name);
    for (const [key, item] of Object.entries(value)) if (!without.includes(key)) visit(item);
  };
  if (typeof part === 'string') names.add(part);
  visit(part);
  return names;
}
