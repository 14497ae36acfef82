/** A list in lists of so many. */
export function portionsOf<One>(all: readonly One[], size: number): One[][] {
  const portions: One[][] = [];
  for (let start = 0; start < all.length; start += size) portions.push(all.slice(start, start + size));
  return portions;
}
