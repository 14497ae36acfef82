/** The same for the same vulnerability of the same package in the same manifest, whichever version it has there. */
import type { Advisory } from "#model/advisory.ts";
import type { Ecosystem } from "#model/ecosystem.ts";
import type { RuleId } from "#model/rule.ts";
import { fingerprintOf } from "../packages/fingerprint-of.ts";
import { purlOf } from "../packages/purl.ts";

export function findingFingerprint(
  rule: RuleId,
  { ecosystem, key, id, manifest }: Record<"key" | "id" | "manifest", string> & { readonly ecosystem: Ecosystem },
): string {
  return fingerprintOf([rule, id, purlOf({ ecosystem, name: key }), manifest]);
}

/**
 * Databases that name a problem first where they cover an ecosystem: others' names are added to theirs later, and a name
 * that is added must not make a new issue of an old one. Python has two such databases, which agree on the CVE.
 */
const first: Readonly<Partial<Record<Ecosystem, readonly string[]>>> = {
  Go: ["GO-", "GHSA-"],
  "crates.io": ["RUSTSEC-", "GHSA-"],
  PyPI: ["CVE-", "GHSA-"],
};

/** The id by which a problem is known for good, of all that it has. */
export function lastingId(ecosystem: Ecosystem, { id, aliases }: Pick<Advisory, "id" | "aliases">): string {
  const ids = [id, ...aliases].toSorted();
  for (const prefix of first[ecosystem] ?? ["GHSA-"]) {
    const found = ids.find((one) => one.startsWith(prefix));
    if (found !== undefined) return found;
  }
  return ids[0] ?? id;
}
