import { maskWords } from "#scan/mask-reasons.ts";

/** No secret is shorter. */
const shortest = 8;

/**
 * A payload as it may be kept to explain what happened: "Remove ghp_…" is what people write into messages of commits. The same
 * object where nothing is to be covered.
 */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value === "string") return value.length < shortest ? value : maskWords(value);
  if (typeof value !== "object" || value === null) return value;
  const before = Object.entries(value);
  const after = before.map(([name, one]) => [name, withoutSecrets(one)] as const);
  if (after.every(([, one], index) => one === before[index]?.[1])) return value;
  return Array.isArray(value) ? after.map(([, one]) => one) : Object.fromEntries(after);
}
