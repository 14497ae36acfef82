/**
 * What a lock file of NuGet must write down of one version: the content hash of its archive, and what it asks for by target
 * framework. An archive that is not the one that the feed tells the checksum of is refused.
 */
import { hash } from "node:crypto";
import type { FrameworkDependencies, PublishedVersion } from "#model/fix-plan.ts";
import { type Loose, looseList, looseObject, looseText } from "../loose-json.ts";
import { contentHashOf } from "./nuget-content-hash.ts";

/** The entry of a registration; what stands behind a `+` tells no versions apart. */
export function entryOfVersion(entries: readonly Loose[], version: string): Loose | undefined {
  const plain = (text: string) => text.replace(/\+.*$/, "").toLowerCase();
  return entries.find((entry) => plain(looseText(entry.version) ?? "") === plain(version));
}

/** Feeds have archives by names in lower case. */
export function archiveAddress(resource: string, name: string, version: string): string {
  const [id, own] = [name, version].map((word) => encodeURIComponent(word.toLowerCase()));
  return `${resource.replace(/\/$/, "")}/${id}/${own}/${id}.${own}.nupkg`;
}

/** `detail` is what the entry points to, where a feed says more of it. */
export function publishedOf(entry: Loose, detail: Loose, archive: Buffer): PublishedVersion | undefined {
  const sum = sumIn(entry) ?? sumIn(detail);
  if (sum !== undefined && hash("sha512", archive, "base64") !== sum) return undefined;
  const content = contentHashOf(archive);
  const frameworks = frameworksOf(entry);
  if (!content || !frameworks) return undefined;
  const license = looseText(entry.licenseExpression);
  return { integrity: content.hash, frameworks, ...(license !== undefined && { licenses: [license] }) };
}

/** Of the archive as it is delivered: with its signature, so it is none for a lock file. */
export function sumIn({ packageHash, packageHashAlgorithm }: Loose): string | undefined {
  return packageHashAlgorithm === undefined || looseText(packageHashAlgorithm)?.toUpperCase() === "SHA512"
    ? looseText(packageHash)
    : undefined;
}

const most = { groups: 200, dependencies: 1000 };
const anyVersion = "(, )";

/** Undefined if it tells more than can be looked at: half of it would be wrong. */
function frameworksOf({ dependencyGroups }: Loose): readonly FrameworkDependencies[] | undefined {
  const groups = looseList(dependencyGroups).map(looseObject);
  if (groups.length > most.groups) return undefined;
  const all: FrameworkDependencies[] = [];
  for (const group of groups) {
    const listed = looseList(group.dependencies).map(looseObject);
    if (listed.length > most.dependencies) return undefined;
    const pairs = listed.map(({ id, range }) => [looseText(id) ?? "", looseText(range) ?? anyVersion] as const);
    if (pairs.some(([id]) => id === "")) return undefined;
    all.push({ framework: looseText(group.targetFramework) ?? "", dependencies: Object.fromEntries(pairs) });
  }
  return all;
}
