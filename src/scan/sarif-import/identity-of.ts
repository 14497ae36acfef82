/** What makes two results of one tool the same problem over its runs: what the tool says, else what it found and where. */
import { createHash, createHmac } from "node:crypto";
import { textAt, textsAt } from "./loose-value.ts";

/** Not of the problem but of the commit that brought it: several problems share them. */
const ofCommit = new Set(["commitSha", "author", "email", "date", "commitMessage"]);

/** What Semgrep writes in place of fingerprints and snippets for whoever is not logged in: the same for all results. */
const withheld = "requires login";

export interface Identified {
  readonly rule: string;
  readonly path: string;
  /** As the tool says it. */
  readonly message: string;
  /** What was found may stand in snippet and message, so that only a hash under the key may tell it apart. */
  readonly isSecret: boolean;
  readonly fingerprintKey: Uint8Array;
}

/** `key`: of the tool and its category; fingerprints of an import begin with it. */
export function identityOf(result: unknown, key: string, of: Identified): string {
  const { rule, path, message, isSecret, fingerprintKey } = of;
  const own = listed(textsAt(result, "fingerprints"));
  const partial = listed(textsAt(result, "partialFingerprints"));
  if (own.length > 0) return `${key}${hash(["fingerprints", rule, ...own])}`;
  if (partial.length > 0) return `${key}${hash(["partial", rule, path, ...partial])}`;
  const shown = snippetOf(result) ?? message.replace(/\d+/g, "#");
  return `${key}${hash(["computed", rule, path, isSecret ? keyedHash(fingerprintKey, shown) : shown])}`;
}

function listed(texts: ReadonlyMap<string, string>): readonly string[] {
  const known = [...texts].filter(([name, text]) => !ofCommit.has(name) && text !== "" && text !== withheld);
  return known.map(([name, text]) => `${name}\0${text}`).sort();
}

/** Of spaces only that there are some: indentation changes more often than what is indented. */
function snippetOf(result: unknown): string | undefined {
  const locations = (result as { readonly locations?: readonly unknown[] }).locations;
  const text = textAt(
    Array.isArray(locations) ? locations[0] : undefined,
    "physicalLocation",
    "region",
    "snippet",
    "text",
  );
  const short = text?.slice(0, 10_000).replace(/\s+/g, " ").trim();
  return short === "" || short === withheld ? undefined : short;
}

function hash(parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 40);
}

function keyedHash(key: Uint8Array, text: string): string {
  return createHmac("sha256", key).update(text).digest("hex");
}

/** Begins every fingerprint of what this tool and category bring. */
export function keyOfImport(tool: string, category: string): string {
  return `imported-${hash(["import", tool.toLowerCase(), category]).slice(0, 16)}-`;
}
