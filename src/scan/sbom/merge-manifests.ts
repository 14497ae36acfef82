/**
 * Makes one bill of many manifests: a package that several name is one part with several places, unless what they say
 * about it differs (hash, licence, source); then each stands for itself. Never throws, and takes linear time.
 */
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import { purlOf } from "../packages/purl.ts";
import { type BillOfMaterials, subjectReference } from "./bill-of-materials.ts";
import { partOf, type Sighting } from "./bill-part.ts";
import { type DeclaredLicenses, declaredLicenses } from "./declared-licenses.ts";
import { hashesOf } from "./integrity-hashes.ts";
import { inOrder, plainText } from "./plain-text.ts";
import { shownAddress } from "./source-address.ts";

/** The reference of each position of each manifest. */
type References = ReadonlyMap<Manifest, readonly (string | undefined)[]>;

export function mergeManifests(
  given: readonly Manifest[],
  { hasGaps = false }: { readonly hasGaps?: boolean } = {},
): BillOfMaterials {
  const manifests = given.toSorted(
    (a, b) => inOrder(a.path, b.path) || inOrder(a.format, b.format) || inOrder(a.ecosystem, b.ecosystem),
  );
  const groups = groupsOf(manifests);
  const references = referencesOf(manifests, groups);
  const wanted = (manifest: Manifest, position: number) => references.get(manifest)?.[position];
  const parts = [...groups].map(([reference, sightings]) => partOf(reference, sightings, wanted));
  const asked = askedIn(references);
  return {
    parts: parts.sort((a, b) => inOrder(a.reference, b.reference)),
    asked,
    isComplete: !hasGaps && (asked.length > 0 || parts.length === 0) && manifests.every(tellsWhatIsAsked),
  };
}

function tellsWhatIsAsked({ isLocked, packages }: Manifest): boolean {
  return isLocked && packages.every(({ relation }) => relation !== "unknown");
}

function referencesOf(manifests: readonly Manifest[], groups: ReadonlyMap<string, readonly Sighting[]>): References {
  const references = new Map<Manifest, (string | undefined)[]>();
  for (const manifest of manifests) {
    const own = manifest.packages.map(({ relation }) => (relation === "root" ? subjectReference : undefined));
    references.set(manifest, own);
  }
  for (const [reference, sightings] of groups) {
    for (const { manifest, position } of sightings) references.get(manifest)![position] = reference;
  }
  return references;
}

/** What is direct, what belongs to the subject itself, and what its roots name. */
function askedIn(references: References): readonly string[] {
  const asked = new Set<string | undefined>();
  for (const [{ packages }, own] of references) {
    for (const [position, { relation, dependsOn = [] }] of packages.entries()) {
      if (relation === "direct" || relation === "workspace") asked.add(own[position]);
      if (relation === "root") for (const one of dependsOn) asked.add(own[one]);
    }
  }
  asked.delete(subjectReference);
  return [...asked].filter((one) => one !== undefined).sort(inOrder);
}

/** What is one part, by the part's reference. */
function groupsOf(manifests: readonly Manifest[]): ReadonlyMap<string, readonly Sighting[]> {
  const byPurl = new Map<string, Sighting[]>();
  const licensesOf = licenseReader();
  for (const manifest of manifests) {
    for (const [position, use] of manifest.packages.entries()) {
      if (use.relation === "root") continue;
      const purl = purlOf(use);
      const sighting = { manifest, position, use, purl, hashes: hashesOf(use), licenses: licensesOf(use) };
      const known = byPurl.get(purl);
      if (known) known.push(sighting);
      else byPurl.set(purl, [sighting]);
    }
  }
  const groups = new Map<string, Sighting[]>();
  for (const [purl, sightings] of byPurl) {
    if (sayTheSame(sightings)) groups.set(purl, sightings);
    else for (const [reference, one] of apart(sightings)) groups.set(reference, one);
  }
  return groups;
}

/** Most packages have the same few licences. */
function licenseReader(): (use: PackageUse) => DeclaredLicenses | undefined {
  const read = new Map<string, DeclaredLicenses | undefined>();
  return (use) => {
    if (!use.licenses) return undefined;
    const key = `${use.ecosystem}\n${use.licenses.join("\n")}`;
    if (!read.has(key)) read.set(key, declaredLicenses(use));
    return read.get(key);
  };
}

/** What one does not say does not contradict what another says. */
function sayTheSame(sightings: readonly Sighting[]): boolean {
  if (sightings.length === 1) return true;
  const said = new Map<string, string>();
  return sightings.every((one) =>
    factsOf(one).every(([name, value]) => {
      const before = said.get(name);
      said.set(name, value);
      return before === undefined || before === value;
    }),
  );
}

/** Those that say the same, each by the place of its first: what stands in the same place is numbered. */
function* apart(sightings: readonly Sighting[]): Generator<readonly [reference: string, Sighting[]]> {
  const counts = new Map<string, number>();
  for (const group of Map.groupBy(sightings, (one) => JSON.stringify(factsOf(one))).values()) {
    const { purl, manifest, use } = group[0]!;
    const place = `${purl} in ${plainText(manifest.path)}:${use.at.startLine}:${use.at.startColumn}`;
    const count = (counts.get(place) ?? 0) + 1;
    counts.set(place, count);
    yield [count === 1 ? place : `${place} (${count})`, group];
  }
}

function factsOf({ use, hashes, licenses }: Sighting): readonly (readonly [name: string, value: string])[] {
  const { source } = use;
  const from = source === undefined ? "registry" : source.is === "path" ? source.path : shownAddress(source.url);
  return [
    ...hashes.map(({ algorithm, hex }): [string, string] => [algorithm, hex]),
    ...(licenses ? [["licenses", licenses.expression] as const] : []),
    ["source", `${from ?? ""} ${source?.is === "git" ? (source.commit ?? "") : ""}`],
    ...(use.version === undefined ? [["requirement", use.requirement ?? ""] as const] : []),
  ];
}
