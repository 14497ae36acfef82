/** What an SPDX document says in any of its forms, and the parts that follow from it. */
import type { Span } from "#model/span.ts";
import { packageOfPurl } from "../../purl.ts";
import type { SbomRead } from "./cyclonedx-json.ts";
import { type SbomPart, saidLicenses } from "./sbom-package.ts";

export interface SpdxPackage {
  readonly id: string;
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly purl: string | undefined;
  readonly cpe: string | undefined;
  readonly licenseConcluded: string | undefined;
  readonly licenseDeclared: string | undefined;
  readonly checksum: string | undefined;
  readonly at: Span;
}

export interface SpdxRelationship {
  readonly from: string;
  readonly type: string;
  readonly to: string;
}

export interface SpdxDocument {
  readonly packages: readonly SpdxPackage[];
  readonly relationships: readonly SpdxRelationship[];
  readonly describes: readonly string[];
}

/** Relationships by which the second depends on the first, and by which the first depends on the second. */
const backward = /^(?:\w+_)?DEPENDENCY_OF$|^CONTAINED_BY$/;
const forward = /^(?:DEPENDS_ON|CONTAINS|STATIC_LINK|DYNAMIC_LINK|HAS_PREREQUISITE)$/;
const scopeOf: Readonly<Record<string, string>> = {
  DEV_DEPENDENCY_OF: "dev",
  TEST_DEPENDENCY_OF: "test",
  BUILD_DEPENDENCY_OF: "build",
  OPTIONAL_DEPENDENCY_OF: "optional",
};

export function spdxParts({ packages, relationships, describes }: SpdxDocument): SbomRead {
  const graph = new Map<string, Set<string>>();
  const scopes = new Map<string, Set<string>>();
  for (const { from, type, to } of relationships) {
    if (forward.test(type)) add(graph, from, to);
    else if (backward.test(type)) add(graph, to, from);
    const scope = scopeOf[type];
    if (scope !== undefined) add(scopes, from, scope);
  }
  const described = new Set([
    ...describes,
    ...relationships.flatMap(({ from, type, to }) =>
      type === "DESCRIBES" ? [to] : type === "DESCRIBED_BY" ? [from] : [],
    ),
  ]);
  const asked = new Set([...described].flatMap((id) => [...(graph.get(id) ?? [])]));
  const main = packages.find(({ id }) => described.has(id) && graph.has(id));
  const parts = packages.map((one): SbomPart => {
    const relation = one === main ? "root" : asked.size > 0 ? (asked.has(one.id) ? "direct" : "transitive") : "unknown";
    return {
      id: one.id,
      name: one.name,
      version: one.version,
      purl: one.purl,
      cpe: one.cpe,
      licenses: saidLicenses([one.licenseConcluded, one.licenseDeclared]).slice(0, 1),
      integrity: one.checksum,
      relation,
      scopes: [...(scopes.get(one.id) ?? [])],
      wants: [...(graph.get(one.id) ?? [])],
      at: one.at,
    };
  });
  return { parts, root: { name: main?.name, version: main?.version } };
}

function add(into: Map<string, Set<string>>, key: string, value: string): void {
  const known = into.get(key);
  if (known) known.add(value);
  else into.set(key, new Set([value]));
}

/** The first reference that tells what a package is. */
export function identityOf(references: readonly (readonly [type: string, locator: string])[]): {
  readonly purl: string | undefined;
  readonly cpe: string | undefined;
} {
  const purls = references.flatMap(([type, locator]) => (/purl$/i.test(type) ? [locator] : []));
  const cpe = references.find(([type]) => /cpe2[23]Type$/i.test(type))?.[1];
  return { purl: purls.find((one) => packageOfPurl(one) !== undefined) ?? purls[0], cpe };
}
