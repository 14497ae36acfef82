/** Package URLs: `pkg:npm/%40scope/name@1.0.0`. What is none, or breaks the rules of its type, gives undefined; never a throw. */
import type { Ecosystem } from "#model/ecosystem.ts";
import { divisionOf, ecosystemOf } from "./purl/purl-parts.ts";
import { isWritable, type Purl, readPurl, writePurl } from "./purl/purl-text.ts";
import { inCanonicalForm, keepsRules } from "./purl/purl-types.ts";

export type { Purl } from "./purl/purl-text.ts";

export interface NamedPackage {
  readonly ecosystem: Ecosystem;
  /** As the ecosystem writes it. */
  readonly name: string;
  readonly version?: string | undefined;
  readonly qualifiers?: Readonly<Record<string, string>> | undefined;
}

/** Without a version: the package in all its versions. */
export function purlOf({ ecosystem, name, version, qualifiers }: NamedPackage): string {
  const { type, divide } = divisionOf(ecosystem);
  const parts = divide(name);
  const purl: Purl = {
    type,
    ...parts,
    version: ecosystem === "Go" && /^\d/.test(version ?? "") ? `v${version}` : version,
    qualifiers: { ...parts.qualifiers, ...qualifiers },
  };
  // Old names on npm with capitals are other packages than those without.
  return writePurl(ecosystem === "npm" ? purl : inCanonicalForm(purl));
}

export function parsePurl(text: string): Purl | undefined {
  const purl = readPurl(text);
  if (purl === undefined) return undefined;
  const canonical = inCanonicalForm(purl);
  return keepsRules(canonical) ? canonical : undefined;
}

export function formatPurl(purl: Purl): string | undefined {
  if (!isWritable(purl)) return undefined;
  const canonical = inCanonicalForm({ ...purl, type: purl.type.toLowerCase() });
  return keepsRules(canonical) ? writePurl(canonical) : undefined;
}

/** Generous, for lists of others: what a type asks for may be missing. */
export function packageOfPurl(text: string): NamedPackage | undefined {
  const purl = readPurl(text);
  const ecosystem = purl && ecosystemOf(purl);
  if (!purl || !ecosystem) return undefined;
  const name = divisionOf(ecosystem).join(ecosystem === "npm" ? purl : inCanonicalForm(purl));
  const version = ecosystem === "Go" ? purl.version?.replace(/^v(?=\d)/, "") : purl.version;
  return { ecosystem, name, version, qualifiers: purl.qualifiers };
}
