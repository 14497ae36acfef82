/** Everything about versions, by each ecosystem's own rules. Never throws: what is no version stands below all versions. */
import type { Ecosystem } from "#model/ecosystem.ts";
import { orderOf } from "./versions/order-of.ts";

/** Below zero if `a` is the older one. */
export function compareVersions(ecosystem: Ecosystem, a: string, b: string): number {
  if (a === b) return 0;
  const { parse, compare } = orderOf(ecosystem);
  return compare(parse(a), parse(b));
}

export function isPrerelease(ecosystem: Ecosystem, version: string): boolean {
  const { parse, isPrerelease: is } = orderOf(ecosystem);
  return is(parse(version));
}
