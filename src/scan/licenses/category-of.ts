/** What kind a licence is of. What is on no list is unknown. */
import type { LicenseCategory } from "../settings/package-settings.ts";
import { knowinglyUnknown, licenseCategories, weakeningExceptions } from "./license-categories.ts";
import type { LicenseExpression, NamedLicense } from "./license-expression.ts";
import { parseExpression } from "./parse-expression.ts";

const exact = new Map<string, LicenseCategory>();
const families: (readonly [prefix: string, LicenseCategory])[] = [];
for (const [category, ids] of Object.entries(licenseCategories) as [LicenseCategory, string][]) {
  for (const id of ids.trim().split(/\s+/)) {
    if (id.endsWith("*")) families.push([id.slice(0, -1).toLowerCase(), category]);
    else exact.set(id.toLowerCase(), category);
  }
}
for (const id of knowinglyUnknown) exact.set(id.toLowerCase(), "unknown");
// `CC-BY-NC-` before `CC-BY-`.
families.sort(([a], [b]) => b.length - a.length);

const weakening = new Set(weakeningExceptions.map((id) => id.toLowerCase()));

export function categoryOfLicense({ id, exception }: Pick<NamedLicense, "id" | "exception">): LicenseCategory {
  const key = id.toLowerCase();
  const own = exact.get(key) ?? families.find(([prefix]) => key.startsWith(prefix))?.[1] ?? "unknown";
  const isCopyleft = own === "strong-copyleft" || own === "network-copyleft";
  return isCopyleft && exception !== undefined && weakening.has(exception.toLowerCase()) ? "weak-copyleft" : own;
}

/** From the kind that asks least to the one that asks most; what is not known may ask for anything. */
export const byDemand: readonly LicenseCategory[] = [
  "public-domain",
  "permissive",
  "weak-copyleft",
  "strong-copyleft",
  "network-copyleft",
  "source-available",
  "non-commercial",
  "proprietary",
  "unknown",
];

/** Of a whole expression: the branch of an OR that asks least, the part of an AND that asks most. */
export function categoryOf(expression: string): LicenseCategory {
  return categoryOfExpression(parseExpression(expression));
}

export function categoryOfExpression(expression: LicenseExpression): LicenseCategory {
  if (expression.is === "unknown") return "unknown";
  if (expression.is === "license") return categoryOfLicense(expression);
  const ranks = expression.parts.map((part) => byDemand.indexOf(categoryOfExpression(part)));
  return byDemand[expression.is === "or" ? Math.min(...ranks) : Math.max(...ranks)] ?? "unknown";
}
