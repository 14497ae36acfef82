/** What a check must know beside the secret, looked for in the same file: the nearest text of its form. Never a host. */
import type { Companion } from "./live-provider.ts";

/** At most so far from the secret, in characters. */
const reach = 20_000;

export function findCompanion(companion: Companion, text: string, at: number): string | undefined {
  const from = Math.max(0, at - reach);
  const near = text.slice(from, at + reach);
  const pattern =
    companion.is === "organization"
      ? organizations
      : new RegExp(`(?<!\\w)(${companion.prefix}[0-9a-f]{${companion.length}})(?!\\w)`, "g");
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const match of near.matchAll(pattern)) {
    const name = match[1] ?? match[2] ?? "";
    const distance = Math.abs(from + match.index - at);
    if (name !== "" && !reserved.has(name.toLowerCase()) && (best === undefined || distance < best.distance)) {
      best = { name, distance };
    }
  }
  return best?.name;
}

/** In both forms of Azure DevOps' addresses; names have at most 50 characters. */
const organizations =
  /(?:(?:pkgs\.|vssps\.|feeds\.)?dev\.azure\.com\/([A-Za-z0-9][A-Za-z0-9-]{0,49})(?![\w-])|\/\/(?:[\w.-]{1,80}@)?([A-Za-z0-9][A-Za-z0-9-]{0,49})(?:\.pkgs)?\.visualstudio\.com)/g;

/** What stands there in samples, and hosts of Azure DevOps' own. */
const reserved = new Set(["app", "org", "organization", "your-org", "your-organization", "yourorg", "myorg", "dev"]);
