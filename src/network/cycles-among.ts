/** Cycles of a graph: sets of members that reach each other. */

/**
 * The cycles among items, each in the order of the items, by its first member: Tarjan's strongly
 * connected components (an item alone only if it leads to itself). Open items stand in a list
 * instead of in calls, so that no chain is too deep.
 */
export function cyclesAmong<T>(
  items: readonly T[],
  next: (item: T) => Iterable<T> | undefined,
): readonly ReadonlySet<T>[] {
  const places = new Map(items.map((item, place) => [item, place]));
  const entered = new Map<T, number>();
  const lowest = new Map<T, number>();
  const stack: T[] = [];
  const onStack = new Set<T>();
  const open: { readonly item: T; readonly rest: Iterator<T> }[] = [];
  const cycles: T[][] = [];
  const enter = (item: T): void => {
    lowest.set(item, entered.size);
    entered.set(item, entered.size);
    stack.push(item);
    onStack.add(item);
    open.push({ item, rest: (next(item) ?? [])[Symbol.iterator]() });
  };
  const lower = (item: T, to: number): void => {
    lowest.set(item, Math.min(lowest.get(item) as number, to));
  };
  for (const start of items) {
    if (!entered.has(start)) enter(start);
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const { item, rest } = top;
      const step = rest.next();
      if (!step.done) {
        if (!places.has(step.value)) continue;
        if (!entered.has(step.value)) enter(step.value);
        else if (onStack.has(step.value)) lower(item, entered.get(step.value) as number);
        continue;
      }
      open.pop();
      const above = open.at(-1);
      if (above) lower(above.item, lowest.get(item) as number);
      if (lowest.get(item) !== entered.get(item)) continue;
      const members = stack.splice(stack.lastIndexOf(item));
      for (const member of members) onStack.delete(member);
      const leadsToItself = [...(next(item) ?? [])].includes(item);
      if (members.length > 1 || leadsToItself) cycles.push(members);
    }
  }
  const place = (item: T | undefined): number => places.get(item as T) as number;
  return cycles
    .map((members) => members.sort((left, right) => place(left) - place(right)))
    .sort(([left], [right]) => place(left) - place(right))
    .map((members) => new Set(members));
}
