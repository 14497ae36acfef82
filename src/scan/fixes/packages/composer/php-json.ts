/** JSON as PHP writes what it has read: an empty object is a list to it. What it would write otherwise than here is refused. */

const deepest = 50;

/** Undefined for what comes out of PHP in another way: broken numbers, keys that are numbers, too deep. */
export function asPhp(value: unknown, depth = 0): unknown {
  if (depth > deepest) return undefined;
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isSafeInteger(value) ? value : undefined;
  if (Array.isArray(value)) {
    const items = value.map((one) => asPhp(one, depth + 1));
    return items.includes(undefined) ? undefined : items;
  }
  if (typeof value !== "object") return undefined;
  const members = Object.entries(value);
  if (members.length === 0) return [];
  const all: [string, unknown][] = [];
  for (const [key, one] of members) {
    const member = asPhp(one, depth + 1);
    if (member === undefined || /^-?\d+$/.test(key) || key === "__proto__") return undefined;
    all.push([key, member]);
  }
  return Object.fromEntries(all);
}

/** As it stands in a lock file, over several lines. */
export function prettyPhp(value: unknown): string {
  return JSON.stringify(value, null, 4).replace(/[\u2028\u2029]/g, escaped);
}

/** As it is hashed: all in one line, with slashes and all that is not ASCII escaped. */
export function plainPhp(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll("/", "\\/")
    .replace(/[^\0-\x7f]/g, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
