/** `maven_install.json`, the lock file of Bazel's rules_jvm_external, in its forms with a tree (0.1) and with two maps (2). */
import type { PackageUse } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { objectOf, wordOf, wordsOf } from "../../reading/json-fields.ts";
import { brokenAmong, type JsonSlice, jsonValue, placeOfSlice, slicesOf } from "../../reading/json-slices.ts";
import { type DraftPackage, linked } from "../../reading/linked-packages.ts";
import { brokenAt, readAsText } from "../../reading/manifest-text.ts";
import { packageUse } from "../../reading/package-use.ts";

const format = "maven_install.json";

export const readers: readonly PackageReader[] = [
  {
    format,
    ecosystem: "Maven",
    matches: (path) => path.endsWith("maven_install.json"),
    alone: "always",
    read: (file) => readAsText(file, read),
  },
];

function read(file: TextFile): PackagesRead {
  const top = slicesOf(file.text);
  const part = (key: string) => top.slices.find((slice) => slice.key === key);
  const [artifacts, tree] = [part("artifacts"), part("dependency_tree")];
  const isOther = !artifacts && !tree && file.text.trim() !== "";
  const drafts = tree ? draftsOfTree(file, tree) : artifacts ? draftsOfMaps(file, artifacts, part("dependencies")) : [];
  const list = tree && slicesOf(file.text, tree.start, tree.end).slices.find(({ key }) => key === "dependencies");
  const entries = list ?? artifacts;
  const within = entries ? slicesOf(file.text, entries.start, entries.end).slices : [];
  const trouble =
    top.trouble ?? brokenAmong(file.text, within) ?? (isOther ? { at: 0, expected: '"artifacts"' } : undefined);
  const manifest = { path: file.path, format, ecosystem: "Maven", isLocked: true, packages: linked(drafts) } as const;
  return { manifests: isOther ? [] : [manifest], problems: trouble ? [brokenAt(file, format, trouble)] : [] };
}

/** `{"group:artifact": {"shasums": {"jar": "..."}, "version": "1.0"}}`; sources are the same package. */
function draftsOfMaps(
  file: TextFile,
  artifacts: JsonSlice,
  dependencies: JsonSlice | undefined,
): readonly DraftPackage[] {
  const graph = dependencies && objectOf(jsonValue(file.text.slice(dependencies.start, dependencies.end)));
  return slicesOf(file.text, artifacts.start, artifacts.end).slices.flatMap((slice) => {
    const entry = objectOf(jsonValue(file.text.slice(slice.start, slice.end)));
    const [group = "", artifact = ""] = slice.key.split(":");
    if (!entry || group === "" || artifact === "") return [];
    const sum = wordOf(objectOf(entry.shasums)?.jar);
    const use = useOf(file, slice, `${group}:${artifact}`, wordOf(entry.version), sum);
    return [{ use, keys: [slice.key], wants: wordsOf(graph?.[slice.key]) }];
  });
}

/** `{"dependencies": [{"coord": "group:artifact:1.0", "directDependencies": [...], "sha256": "..."}]}`. */
function draftsOfTree(file: TextFile, tree: JsonSlice): readonly DraftPackage[] {
  const list = slicesOf(file.text, tree.start, tree.end).slices.find(({ key }) => key === "dependencies");
  return (list ? slicesOf(file.text, list.start, list.end).slices : []).flatMap((slice) => {
    const entry = objectOf(jsonValue(file.text.slice(slice.start, slice.end)));
    const coordinates = wordOf(entry?.coord) ?? "";
    const parts = coordinates.split(":");
    const [group = "", artifact = ""] = parts;
    // `group:artifact:jar:sources:1.0` is the same package.
    if (!entry || parts.length < 3 || parts.includes("sources") || parts.includes("javadoc")) return [];
    const use = useOf(file, slice, `${group}:${artifact}`, parts.at(-1), wordOf(entry.sha256));
    return [{ use, keys: [coordinates], wants: wordsOf(entry.directDependencies) }];
  });
}

function useOf(
  file: TextFile,
  slice: JsonSlice,
  name: string,
  version: string | undefined,
  sha256: string | undefined,
): PackageUse {
  return packageUse({
    ecosystem: "Maven",
    name,
    version,
    at: spanOf(placeOfSlice(file, slice)),
    relation: "unknown",
    integrity: sha256 === undefined ? undefined : `sha256:${sha256}`,
  });
}
