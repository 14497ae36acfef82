/** `conan.lock`: the graph of Conan 1 in all of its versions, and the lists of Conan 2. */
import type { PackageUse } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { fileNameOf } from "../../paths.ts";
import { type JsonObject, objectOf, wordOf, wordsOf } from "../../reading/json-fields.ts";
import { brokenAmong, type JsonSlice, jsonValue, placeOfSlice, slicesOf } from "../../reading/json-slices.ts";
import { type DraftPackage, linked } from "../../reading/linked-packages.ts";
import { brokenAt, readAsText } from "../../reading/manifest-text.ts";
import { packageUse } from "../../reading/package-use.ts";
import { conanReference, versionPlace } from "./conan-reference.ts";

const format = "conan.lock";

const conanLockReader: PackageReader = {
  format,
  ecosystem: "ConanCenter",
  matches: (path) => fileNameOf(path) === format,
  alone: "always",
  read: (file) => readAsText(file, readLock),
};

export const readers: readonly PackageReader[] = [conanLockReader];

const lists = ["requires", "build_requires", "python_requires", "config_requires"];

function readLock(file: TextFile): PackagesRead {
  const { slices, trouble } = slicesOf(file.text);
  const graph = slices.find(({ key }) => key === "graph_lock");
  const nodes = graph && slicesOf(file.text, graph.start, graph.end).slices.find(({ key }) => key === "nodes");
  const packages = nodes
    ? nodesOf(file, nodes)
    : slices.flatMap((slice) => (lists.includes(slice.key) ? listed(file, slice) : []));
  const isLock = graph !== undefined || slices.some(({ key }) => lists.includes(key) || key === "version");
  const isOther = !isLock && file.text.trim() !== "";
  const entries = nodes ? slicesOf(file.text, nodes.start, nodes.end).slices : slices;
  const broken =
    trouble ??
    brokenAmong(file.text, entries) ??
    (isOther ? { at: 0, expected: '"graph_lock" or "requires"' } : undefined);
  const problems = broken ? [brokenAt(file, format, broken)] : [];
  const manifest = { path: file.path, format, ecosystem: "ConanCenter", isLocked: true, packages } as const;
  return { manifests: isLock ? [manifest] : [], problems };
}

interface ConanNode {
  readonly slice: JsonSlice;
  readonly node: JsonObject;
  readonly wants: readonly string[];
}

/** Nodes name each other by their keys. One with a path is the project. */
function nodesOf(file: TextFile, list: JsonSlice): readonly PackageUse[] {
  const nodes = slicesOf(file.text, list.start, list.end).slices.flatMap((slice): readonly ConanNode[] => {
    const node = objectOf(jsonValue(file.text.slice(slice.start, slice.end)));
    return node ? [{ slice, node, wants: wantsOf(node) }] : [];
  });
  const projects = nodes.filter(({ node }) => node.path !== undefined || wordOf(node.ref ?? node.pref) === undefined);
  const asked = projects.length > 0 ? new Set(projects.flatMap(({ wants }) => wants)) : undefined;
  const wanted = new Set(nodes.flatMap(({ wants }) => wants));
  return linked(
    nodes.flatMap((one) => {
      const isProject = projects.includes(one) && !wanted.has(one.slice.key);
      const relation = asked ? (asked.has(one.slice.key) ? "direct" : "transitive") : "unknown";
      return draftOf(file, one, isProject ? "root" : relation) ?? [];
    }),
  );
}

/** A list of keys; in older files keys by the references that they stand for. */
function wantsOf(node: JsonObject): readonly string[] {
  return [node.requires, node.build_requires].flatMap((wants) =>
    wordsOf(Array.isArray(wants) ? wants : Object.values(objectOf(wants) ?? {}).flat()),
  );
}

function draftOf(
  file: TextFile,
  { slice, node, wants }: ConanNode,
  relation: PackageUse["relation"],
): DraftPackage | undefined {
  const reference = conanReference(wordOf(node.ref) ?? wordOf(node.pref) ?? "");
  if (!reference) return undefined;
  const use = packageUse({
    ecosystem: "ConanCenter",
    name: reference.name,
    version: reference.version,
    at: spanOf(placeOfSlice(file, slice)),
    relation,
    isDevelopment: node.context === "build",
    groups: node.context === "build" ? ["build"] : [],
    integrity: reference.revision,
  });
  return { use, keys: [slice.key], wants };
}

function listed(file: TextFile, list: JsonSlice): readonly PackageUse[] {
  return slicesOf(file.text, list.start, list.end).slices.flatMap((slice) => {
    const text = wordOf(jsonValue(file.text.slice(slice.start, slice.end))) ?? "";
    const reference = conanReference(text);
    if (!reference) return [];
    const at = versionPlace(file, slice.start + 1, text, reference);
    return [
      packageUse({
        ecosystem: "ConanCenter",
        name: reference.name,
        version: reference.version,
        requirement: reference.requirement,
        at: spanOf(placeOfSlice(file, slice)),
        versionAt: at && spanOf(at),
        relation: "unknown",
        isDevelopment: list.key !== "requires",
        groups: [list.key],
        integrity: reference.revision,
      }),
    ];
  });
}
