/** Keeps what was made of the last few inputs, so that who asks for the same again does not pay for it again. */

export function lastFew<K, R>(most: number, isSame: (one: K, other: K) => boolean): (key: K, make: () => R) => R {
  let kept: readonly { readonly key: K; readonly result: R }[] = [];
  return (key, make) => {
    const known = kept.find((one) => isSame(one.key, key));
    const now = known ?? { key, result: make() };
    if (now !== kept[0]) kept = [now, ...kept.filter((one) => one !== now)].slice(0, most);
    return now.result;
  };
}

/** The same things in the same order, and not only equal ones. */
export function areSame<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((part, at) => part === other[at]);
}
