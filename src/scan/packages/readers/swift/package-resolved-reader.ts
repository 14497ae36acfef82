/** `Package.resolved` of Swift in its versions 1 to 3, with the `Package.swift` beside it for what is asked for. */
import type { PackageSource, PackageUse } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { fileNameOf, folderOf, joinPath } from "../../paths.ts";
import { objectOf, wordOf } from "../../reading/json-fields.ts";
import { brokenAmong, type JsonSlice, jsonValue, placeOfSlice, slicesOf } from "../../reading/json-slices.ts";
import { brokenAt, readAsText, textByHand } from "../../reading/manifest-text.ts";
import { packageUse } from "../../reading/package-use.ts";
import { repositoryName } from "./repository-name.ts";
import { type SwiftRequest, swiftRequests } from "./swift-requests.ts";

const format = "Package.resolved";

const packageResolvedReader: PackageReader = {
  format,
  ecosystem: "SwiftURL",
  matches: (path) => fileNameOf(path) === format,
  alone: "always",
  claims: (path, paths) => [manifestBeside(path)].filter((one) => paths.has(one)),
  read: (file, files) => readAsText(file, (text) => readResolved(text, files)),
};

export const readers: readonly PackageReader[] = [packageResolvedReader];

function manifestBeside(path: string): string {
  return joinPath(folderOf(path), "Package.swift") ?? "Package.swift";
}

function readResolved(file: TextFile, files: UnitFiles): PackagesRead {
  const top = slicesOf(file.text);
  const within = top.slices.find(({ key }) => key === "object");
  const slices = within ? slicesOf(file.text, within.start, within.end).slices : top.slices;
  const pins = slices.find(({ key }) => key === "pins");
  const manifest = textByHand(files.get(manifestBeside(file.path)));
  const asked = manifest && new Map(swiftRequests(manifest).map((one) => [one.name.toLowerCase(), one]));
  const list = pins ? slicesOf(file.text, pins.start, pins.end) : undefined;
  const packages = (list?.slices ?? []).flatMap((slice) => useOf(file, slice, asked) ?? []);
  const trouble = top.trouble ?? list?.trouble ?? brokenAmong(file.text, list?.slices ?? []);
  const isOther = !pins && file.text.trim() !== "";
  const broken = trouble ?? (isOther ? { at: 0, expected: 'the list "pins"' } : undefined);
  const problems = broken ? [brokenAt(file, format, broken)] : [];
  const resolved = { path: file.path, format, ecosystem: "SwiftURL", isLocked: true, packages } as const;
  return { manifests: pins ? [resolved] : [], problems };
}

function useOf(
  file: TextFile,
  slice: JsonSlice,
  asked: ReadonlyMap<string, SwiftRequest> | undefined,
): PackageUse | undefined {
  const pin = objectOf(jsonValue(file.text.slice(slice.start, slice.end)));
  const location = wordOf(pin?.location) ?? wordOf(pin?.repositoryURL);
  const identity = wordOf(pin?.identity) ?? wordOf(pin?.package);
  const kind = wordOf(pin?.kind);
  const name = kind === "registry" || location === undefined ? identity : repositoryName(location);
  if (name === undefined) return undefined;
  const state = objectOf(pin?.state);
  const version = wordOf(state?.version);
  const commit = wordOf(state?.revision);
  const request = asked?.get(name.toLowerCase());
  return packageUse({
    ecosystem: "SwiftURL",
    name,
    version,
    // What follows a branch has no version.
    requirement: request?.requirement ?? (version === undefined ? wordOf(state?.branch) : undefined),
    at: spanOf(placeOfSlice(file, slice)),
    alsoAt: request && [spanOf(request.at)],
    relation: asked ? (request ? "direct" : "transitive") : "unknown",
    source: sourceOf({ kind, location, commit, isReleased: version !== undefined }),
    integrity: commit,
  });
}

interface Pinned {
  readonly kind: string | undefined;
  readonly location: string | undefined;
  readonly commit: string | undefined;
  readonly isReleased: boolean;
}

/** A repository is what others have a registry for; a branch or commit of it is not. */
function sourceOf({ kind, location, commit, isReleased }: Pinned): PackageSource | undefined {
  if (location === undefined) return undefined;
  if (kind === "localSourceControl" || kind === "fileSystem") return { is: "path", path: location };
  return isReleased ? undefined : { is: "git", url: location, ...(commit !== undefined && { commit }) };
}
