/** What is production, by its name: whole words only, so that neither `product` nor `nonprod` is. */

const opposites: ReadonlySet<string> = new Set(["non", "not", "no", "pre", "un"]);

export function isProduction(name: string, productionWords: readonly string[]): boolean {
  return hasWord(name, productionWords);
}

/** Any of these words, unless it is said not to be: `non-prod`. */
export function hasWord(name: string, sought: readonly string[]): boolean {
  const words = wordsOf(name);
  return sought.some((wanted) => {
    const parts = wordsOf(wanted);
    return words.some(
      (_, at) =>
        parts.length > 0 &&
        parts.every((word, offset) => words[at + offset] === word) &&
        !opposites.has(words[at - 1] ?? ""),
    );
  });
}

/** `PaymentsProd-01` is payments, prod, 01. */
function wordsOf(name: string): readonly string[] {
  const parted = name
    .slice(0, 500)
    .replaceAll(/([a-z])([A-Z0-9])/g, "$1 $2")
    .replaceAll(/([0-9])([A-Za-z])/g, "$1 $2");
  return parted
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}
