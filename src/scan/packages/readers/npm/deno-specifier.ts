/** The package behind what a Deno program imports: `npm:`, `jsr:`, and addresses of hosts that have name and version in their paths. */
import { valid } from "semver";
import type { Ecosystem } from "#model/ecosystem.ts";

export interface DenoPackage {
  readonly ecosystem: Ecosystem;
  readonly name: string;
  readonly version?: string;
  readonly requirement?: string;
  /** Where version or range stand in the text; absent if it has none. */
  readonly rangeAt?: { readonly start: number; readonly end: number };
}

/** Each with its name in the first group and its version in the second, if any. */
const forms: readonly { readonly pattern: RegExp; readonly ecosystem: Ecosystem; readonly prefix: string }[] = [
  { pattern: /^npm:\/?((?:@[^/@\s]+\/)?[^/@\s]+)(?:@([^/\s]+(?: [^/]*)?))?/d, ecosystem: "npm", prefix: "" },
  { pattern: /^jsr:\/?(@[^/@\s]+\/[^/@\s]+)(?:@([^/\s]+(?: [^/]*)?))?/d, ecosystem: "Deno", prefix: "" },
  { pattern: /^https:\/\/deno\.land\/(std)(?:@([^/]+))?/d, ecosystem: "Deno", prefix: "deno.land/" },
  { pattern: /^https:\/\/deno\.land\/x\/([^/@]+)(?:@([^/]+))?/d, ecosystem: "Deno", prefix: "deno.land/x/" },
  {
    pattern:
      /^https:\/\/(?:esm\.sh|unpkg\.com|cdn\.skypack\.dev|cdn\.jsdelivr\.net\/npm)\/(?:v\d+\/|stable\/)?((?:@[^/@]+\/)?[^/@]+)(?:@([^/?#]+))?/d,
    ecosystem: "npm",
    prefix: "",
  },
];

export function denoPackageOf(specifier: string): DenoPackage | undefined {
  if (specifier.length > 1000) return undefined;
  for (const { pattern, ecosystem, prefix } of forms) {
    const match = pattern.exec(specifier);
    if (!match) continue;
    const [, name = "", range] = match;
    const [start, end] = match.indices?.[2] ?? [];
    const known = { ecosystem, name: prefix + name };
    if (range === undefined || start === undefined || end === undefined) return known;
    const isExact = valid(range) !== null;
    return { ...known, requirement: range, ...(isExact ? { version: range } : {}), rangeAt: { start, end } };
  }
  return undefined;
}
