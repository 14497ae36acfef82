/** The file that describes a kustomization, and the paths that it names. */
import type { SourceFile } from "#model/source-file.ts";
import { child, itemsOf, type Node, textOf } from "../../../formats/node.ts";
import { readYaml } from "../../../formats/yaml/read-yaml.ts";
import { folderOf, resolvePath } from "../folder-path.ts";

/** Longer texts are generated bundles of data, not files that people wrote. */
const longestText = 4_000_000;

export function isKustomization(path: string): boolean {
  return /(?:^|\/)kustomization(?:\.ya?ml)?$/i.test(path);
}

/** Lists of paths to manifests or folders. */
const resourceLists = ["resources", "bases", "components"] as const;

/** Files and folders that a kustomization makes its objects of: resources, components, patches, replacements. */
export function pathsNamedIn(file: SourceFile): readonly string[] {
  const text = isKustomization(file.path) ? file.text() : undefined;
  if (text === undefined || text.length > longestText) return [];
  const named = readYaml({ path: file.path, text }).documents.flatMap(({ node }) => [
    ...resourceLists.flatMap((key) => itemsOf(child(node, key))),
    ...patchesIn(node).flatMap(({ path }) => path ?? []),
    ...itemsOf(child(node, "replacements")).flatMap((one) => child(one, "path") ?? []),
  ]);
  return [...new Set(named.flatMap((one) => pathFrom(file.path, one) ?? []))];
}

/** Undefined where it leaves the repository, or is no path. */
export function pathFrom(kustomization: string, named: Node): string | undefined {
  const path = textOf(named);
  if (path === undefined || path.includes("\n") || isRemote(path)) return undefined;
  return resolvePath(folderOf(kustomization), path);
}

/** An address of another repository, as go-getter and git write them. */
export function isRemote(path: string): boolean {
  return (
    /^[a-z+]+:\/\/|^git@|^github\.com\/|\?ref=|^git::/.test(path) || /^[\w-]+(?:\.[\w-]+)+\/[^/]+\/.+\/\//.test(path)
  );
}

export interface PatchEntry {
  /** Its text, where it is written into the kustomization. */
  readonly inline: Node | undefined;
  readonly path: Node | undefined;
  readonly target: Node | undefined;
  readonly kind: "any" | "merge" | "json";
}

export function patchesIn(node: Node | undefined): readonly PatchEntry[] {
  return [
    ...itemsOf(child(node, "patchesStrategicMerge")).map((one): PatchEntry => {
      const isInline = textOf(one)?.includes("\n") === true || one.is === "block";
      return { inline: isInline ? one : undefined, path: isInline ? undefined : one, target: undefined, kind: "merge" };
    }),
    ...itemsOf(child(node, "patches")).map((one) => entry(one, "any")),
    ...itemsOf(child(node, "patchesJson6902")).map((one) => entry(one, "json")),
  ];
}

function entry(node: Node, kind: "any" | "json"): PatchEntry {
  return { inline: child(node, "patch"), path: child(node, "path"), target: child(node, "target"), kind };
}
