/** A list by a key of its entries, made once for the same list: rules ask long lists again for each resource. */

const indexes = new WeakMap<object, Map<string, ReadonlyMap<string, readonly unknown[]>>>();

/** `name` tells several indexes of one list apart. */
export function indexed<T>(
  list: readonly T[],
  name: string,
  keyOf: (one: T) => string,
): ReadonlyMap<string, readonly T[]> {
  const own = indexes.get(list) ?? new Map<string, ReadonlyMap<string, readonly unknown[]>>();
  indexes.set(list, own);
  const kept = own.get(name) as ReadonlyMap<string, readonly T[]> | undefined;
  if (kept) return kept;
  const made = new Map<string, T[]>();
  for (const one of list) {
    const key = keyOf(one);
    const same = made.get(key);
    if (same) same.push(one);
    else made.set(key, [one]);
  }
  own.set(name, made);
  return made;
}
