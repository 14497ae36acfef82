/** Lists of packages as Composer writes them, in lock files and in the record of what is installed. */
import type { PackageSource, PackageUse, Relation } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { type JsonObject, objectOf, wordOf, wordsOf } from "../../reading/json-fields.ts";
import { type JsonSlice, jsonValue, placeOfSlice, slicesOf } from "../../reading/json-slices.ts";
import type { DraftPackage } from "../../reading/linked-packages.ts";
import { problemAt } from "../../reading/manifest-text.ts";

export interface AboutPackages {
  isDevelopment(name: string): boolean;
  relationOf(name: string): Relation;
}

export interface LockedPackages {
  readonly drafts: readonly DraftPackage[];
  readonly problems: Problem[];
}

export function lockedPackages(file: TextFile, list: JsonSlice, about: AboutPackages): LockedPackages {
  const drafts: DraftPackage[] = [];
  const problems: Problem[] = [];
  const { slices } = slicesOf(file.text, list.start, list.end);
  for (const slice of slices) {
    const entry = objectOf(jsonValue(file.text.slice(slice.start, slice.end)));
    const name = wordOf(entry?.name);
    if (entry && name !== undefined) drafts.push(draftOf(entry, name, { file, slice, about }));
    else if (problems.length === 0) {
      const message = 'Here a package with a "name" was expected. This entry was left out, the others were read.';
      problems.push(problemAt(placeOfSlice(file, slice), "syntax", message));
    }
  }
  return { drafts, problems };
}

interface Entry {
  readonly file: TextFile;
  readonly slice: JsonSlice;
  readonly about: AboutPackages;
}

function draftOf(entry: JsonObject, name: string, { file, slice, about }: Entry): DraftPackage {
  const version = wordOf(entry.version);
  const source = sourceOf(entry);
  const integrity = wordOf(objectOf(entry.dist)?.shasum);
  const licenses = wordsOf(entry.license);
  const isDevelopment = about.isDevelopment(name);
  const use: PackageUse = {
    ecosystem: "Packagist",
    name,
    ...(version !== undefined && { version }),
    at: spanOf(placeOfSlice(file, slice)),
    relation: about.relationOf(name),
    isDevelopment,
    ...(isDevelopment && { groups: ["dev"] }),
    ...(source && { source }),
    ...(integrity !== undefined && { integrity }),
    // Several licences are a choice.
    ...(licenses.length > 0 && { licenses: [licenses.join(" OR ")] }),
  };
  // Whoever asks for a package that others stand in for gets one of those.
  const stands = [entry.replace, entry.provide].flatMap((one) => Object.keys(objectOf(one) ?? {}));
  const wants = Object.keys(objectOf(entry.require) ?? {});
  return { use, keys: [name, ...stands].map(lower), wants: wants.map(lower) };
}

function lower(name: string): string {
  return name.toLowerCase();
}

/** What comes from a registry names where to report its installation; the rest comes from the repository that it names. */
function sourceOf(entry: JsonObject): PackageSource | undefined {
  const [dist, source] = [objectOf(entry.dist), objectOf(entry.source)];
  const url = wordOf(dist?.url);
  if (dist?.type === "path" && url !== undefined) return { is: "path", path: url };
  if (wordOf(entry["notification-url"]) !== undefined) return undefined;
  const [repository, commit] = [wordOf(source?.url), wordOf(source?.reference)];
  if (repository !== undefined) return { is: "git", url: repository, ...(commit !== undefined && { commit }) };
  return url === undefined ? undefined : { is: "archive", url };
}
