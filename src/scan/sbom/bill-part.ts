/** One part of a bill, from everything that manifests say about it. */
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import type { BillPart, Note, Occurrence } from "./bill-of-materials.ts";
import type { DeclaredLicenses } from "./declared-licenses.ts";
import type { FileHash } from "./integrity-hashes.ts";
import { inOrder, plainText } from "./plain-text.ts";

/** A package as one manifest has it. */
export interface Sighting {
  readonly manifest: Manifest;
  readonly position: number;
  readonly use: PackageUse;
  readonly purl: string;
  readonly hashes: readonly FileHash[];
  readonly licenses: DeclaredLicenses | undefined;
}

/** `wanted` gives the references of what stands at a position of the same manifest. */
export function partOf(
  reference: string,
  sightings: readonly Sighting[],
  wanted: (manifest: Manifest, position: number) => string | undefined,
): BillPart {
  // A group has at least one.
  const { use, purl } = sightings[0]!;
  const uses = sightings.map((one) => one.use);
  const dependsOn: string[] = [];
  for (const {
    manifest,
    use: { dependsOn: positions = [] },
  } of sightings) {
    for (const position of positions) {
      const target = wanted(manifest, position);
      if (target !== undefined && target !== reference) dependsOn.push(target);
    }
  }
  const licenses = sightings.find((one) => one.licenses)?.licenses;
  const version = uses.find((one) => one.version !== undefined)?.version;
  return {
    reference,
    purl,
    ecosystem: use.ecosystem,
    name: use.name,
    version,
    isWorkspace: uses.some(({ relation }) => relation === "workspace"),
    scope: scopeOf(uses),
    hashes: hashesIn(sightings),
    licenses,
    source: use.source,
    occurrences: occurrencesOf(uses),
    manifests: eachOnce(sightings.map(({ manifest }) => manifest.path)),
    isLocked: sightings.some(({ manifest }) => manifest.isLocked),
    dependsOn: eachOnce(dependsOn),
    isComplete: sightings.every((one) => one.manifest.isLocked && one.use.dependsOn !== undefined),
    notes: notesOf(sightings),
  };
}

/** In order. */
function eachOnce(texts: readonly string[]): readonly string[] {
  return texts.length < 2 ? texts : [...new Set(texts)].sort(inOrder);
}

/** What is needed in one place is needed. */
function scopeOf(uses: readonly PackageUse[]): BillPart["scope"] {
  let scope: BillPart["scope"] = "development";
  for (const { isDevelopment, groups } of uses) {
    if (isDevelopment) continue;
    if (!groups?.some((group) => /^optional/i.test(group))) return "required";
    scope = "optional";
  }
  return scope;
}

function hashesIn(sightings: readonly Sighting[]): readonly FileHash[] {
  const [first, ...rest] = sightings;
  if (first === undefined || rest.length === 0) return first?.hashes ?? [];
  const found = new Map(sightings.flatMap(({ hashes }) => hashes.map((one) => [one.algorithm, one])));
  return [...found.values()].sort((a, b) => b.hex.length - a.hex.length);
}

function occurrencesOf(uses: readonly PackageUse[]): readonly Occurrence[] {
  const [first, ...rest] = uses;
  if (first && rest.length === 0 && !first.alsoAt) return [{ path: first.at.path, line: first.at.startLine }];
  const found = new Map<string, Occurrence>();
  for (const { at, alsoAt = [] } of uses) {
    for (const { path, startLine } of [at, ...alsoAt]) found.set(`${startLine}:${path}`, { path, line: startLine });
  }
  return [...found.values()].sort((a, b) => inOrder(a.path, b.path) || a.line - b.line);
}

function notesOf(sightings: readonly Sighting[]): readonly Note[] {
  const found: Note[] = [];
  const note = (name: Note["name"], text: string | undefined) => {
    if (text) found.push({ name, value: plainText(text) });
  };
  for (const { use, hashes } of sightings) {
    if (use.version === undefined) note("requirement", use.requirement);
    for (const framework of use.frameworks ?? []) note("framework", framework);
    note("providedBy", use.providedBy);
    if (hashes.length === 0) note("integrity", use.integrity);
  }
  if (found.length < 2) return found;
  const byText = new Map(found.map((one) => [`${one.name} ${one.value}`, one]));
  return [...byText].sort(([a], [b]) => inOrder(a, b)).map(([, one]) => one);
}
