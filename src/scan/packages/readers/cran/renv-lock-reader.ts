/** `renv.lock` of R. The group of a package is the repository that it comes from. */
import type { PackageSource } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { fileNameOf } from "../../paths.ts";
import { type JsonObject, objectOf, wordOf, wordsOf } from "../../reading/json-fields.ts";
import { brokenAmong, type JsonSlice, jsonValue, placeOfSlice, slicesOf } from "../../reading/json-slices.ts";
import { type DraftPackage, linked } from "../../reading/linked-packages.ts";
import { brokenAt, readAsText } from "../../reading/manifest-text.ts";
import { packageUse } from "../../reading/package-use.ts";

const format = "renv.lock";

const renvLockReader: PackageReader = {
  format,
  ecosystem: "CRAN",
  matches: (path) => fileNameOf(path) === format,
  alone: "always",
  read: (file) => readAsText(file, readLock),
};

export const readers: readonly PackageReader[] = [renvLockReader];

function readLock(file: TextFile): PackagesRead {
  const top = slicesOf(file.text);
  const list = top.slices.find(({ key }) => key === "Packages");
  const inner = list ? slicesOf(file.text, list.start, list.end) : undefined;
  const drafts = (inner?.slices ?? []).flatMap((slice) => draftOf(file, slice) ?? []);
  const trouble = top.trouble ?? inner?.trouble ?? brokenAmong(file.text, inner?.slices ?? []);
  const isOther = !list && file.text.trim() !== "";
  const broken = trouble ?? (isOther ? { at: 0, expected: 'the object "Packages"' } : undefined);
  const problems = broken ? [brokenAt(file, format, broken)] : [];
  const manifest = { path: file.path, format, ecosystem: "CRAN", isLocked: true, packages: linked(drafts) } as const;
  return { manifests: list ? [manifest] : [], problems };
}

function draftOf(file: TextFile, slice: JsonSlice): DraftPackage | undefined {
  const entry = objectOf(jsonValue(file.text.slice(slice.start, slice.end)));
  const name = wordOf(entry?.Package) ?? slice.key;
  if (!entry || name === "") return undefined;
  const repository = wordOf(entry.Repository);
  const license = wordOf(entry.License);
  const use = packageUse({
    ecosystem: "CRAN",
    name,
    version: wordOf(entry.Version),
    at: spanOf(placeOfSlice(file, slice)),
    relation: "unknown",
    groups: repository === undefined ? [] : [repository],
    source: sourceOf(entry),
    integrity: wordOf(entry.Hash),
    licenses: license === undefined ? [] : [license],
  });
  // `R (>= 4.0)`, `Imports` and `Depends` stand in files of newer versions of renv.
  const wants = [entry.Requirements, entry.Imports, entry.Depends, entry.LinkingTo].flatMap(wordsOf);
  return { use, keys: [name], wants: wants.map((want) => /^[\w.]+/.exec(want)?.[0] ?? want) };
}

function sourceOf(entry: JsonObject): PackageSource | undefined {
  const url = wordOf(entry.RemoteUrl);
  const [host, user, repository] = [entry.RemoteHost, entry.RemoteUsername, entry.RemoteRepo].map(wordOf);
  const commit = wordOf(entry.RemoteSha);
  if (wordOf(entry.Repository) !== undefined) return undefined;
  if (url !== undefined && wordOf(entry.RemoteType) === "local") return { is: "path", path: url };
  if (url !== undefined) return { is: "git", url, ...(commit !== undefined && { commit }) };
  if (user === undefined || repository === undefined) return undefined;
  const site = (host ?? "api.github.com").replace(/^api\./, "").replace(/\/.*$/, "");
  return { is: "git", url: `https://${site}/${user}/${repository}`, ...(commit !== undefined && { commit }) };
}
