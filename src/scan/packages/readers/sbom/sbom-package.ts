/** A part of an SBOM as a package: by its purl where it has one, else by its name. */
import type { PackageUse } from "#model/package-manifest.ts";
import { packageOfPurl } from "../../purl.ts";
import type { DraftPackage } from "../../reading/linked-packages.ts";
import { packageUse } from "../../reading/package-use.ts";

export interface SbomPart {
  /** By which the document's relationships name it. */
  readonly id: string | undefined;
  /** Of CycloneDX: `library`, `file`. */
  readonly type?: string | undefined;
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly purl: string | undefined;
  readonly cpe: string | undefined;
  readonly licenses: readonly string[];
  readonly integrity: string | undefined;
  readonly relation: PackageUse["relation"];
  /** `optional`, `excluded` (CycloneDX), `dev`, `test` (SPDX). */
  readonly scopes: readonly string[];
  readonly wants: readonly string[];
  readonly at: PackageUse["at"];
}

/** Types of what is no package, unless it says which one it is of. */
const ofOtherThings: ReadonlySet<string> = new Set(["file", "data", "cryptographic-asset"]);

/**
 * Undefined if the part has no name, or is no package. What no purl identifies says so by its group: its CPE, or that it has a
 * name only.
 */
export function sbomPackage(part: SbomPart): DraftPackage | undefined {
  const known = part.purl === undefined ? undefined : packageOfPurl(part.purl);
  if (!known && part.cpe === undefined && ofOtherThings.has(part.type ?? "")) return undefined;
  const name = known?.name ?? part.name;
  if (name === undefined) return undefined;
  const use = packageUse({
    ecosystem: known?.ecosystem ?? "Generic",
    name,
    version: known?.version ?? part.version,
    at: part.at,
    relation: part.relation,
    isDevelopment: part.scopes.some((scope) => /^(?:excluded|dev|test|build)$/.test(scope)),
    groups: [...part.scopes, ...(known ? [] : [part.cpe ?? "name only"])],
    licenses: part.licenses,
    integrity: part.integrity,
  });
  return { use, keys: part.id === undefined ? [] : [part.id], wants: part.wants };
}

/** Licence expressions that say something. */
export function saidLicenses(licenses: readonly (string | undefined)[]): readonly string[] {
  const said = licenses.filter((one): one is string => one !== undefined && !/^(?:NOASSERTION|NONE)$/.test(one));
  return [...new Set(said)];
}
