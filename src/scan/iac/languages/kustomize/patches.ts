/** Applies the patches of a kustomization: strategic merges and JSON patches, inline or from files. */
import { type Block, itemsOf, type Node } from "../../../formats/node.ts";
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { readYaml } from "../../../formats/yaml/read-yaml.ts";
import { type Build, noteProblem } from "./build-state.ts";
import { readInlineYaml } from "./inline-yaml.ts";
import { applyJsonPatch } from "./json-patch.ts";
import { type PatchEntry, patchesIn, pathFrom } from "./kustomization.ts";
import { become, type KustomizedObject } from "./kustomized-object.ts";
import { mergePatch } from "./merge-patch.ts";
import { isNamedBy, selectorOf } from "./targets.ts";

type Objects = readonly KustomizedObject[];

export function patchAll(
  build: Build,
  file: TextFile,
  node: Node,
  objects: Objects,
  kinds: readonly PatchEntry["kind"][],
): Objects {
  return patchesIn(node)
    .filter(({ kind }) => kinds.includes(kind))
    .reduce<Objects>((all, entry) => patchWith(build, file, entry, all), objects);
}

function patchWith(build: Build, file: TextFile, entry: PatchEntry, objects: Objects): Objects {
  const isTarget = entry.target && selectorOf(entry.target);
  return readPatch(build, file, entry).reduce<Objects>((all, { node, at }) => {
    if (!node) return all;
    if (isJsonPatch(node))
      return all.map((object) => (isTarget?.(object) ? patchedByJson(build, object, node, at) : object));
    if (node.is !== "block") return all;
    // With a target, the patch is for all that are selected; else for the one it names.
    const isMeant = isTarget ?? ((object) => isNamedBy(object, node));
    return all.flatMap((object) => (isMeant(object) ? (merged(object, node, at) ?? []) : object));
  }, objects);
}

function isJsonPatch(node: Node): boolean {
  return node.is === "list" && itemsOf(node).some((item) => item.is === "block" && item.get("op") !== undefined);
}

interface PatchDocument {
  readonly node: Node | undefined;
  readonly at: Place;
}

function readPatch(build: Build, file: TextFile, { inline, path: named }: PatchEntry): readonly PatchDocument[] {
  const path = named && pathFrom(file.path, named);
  const source = path === undefined ? undefined : build.files.get(path);
  if (named && !inline && !source) {
    noteProblem(build, named.at, "missing-patch", "This patch is not in the repository; it was not applied.", true);
    return [];
  }
  const read = inline ? readInlineYaml(inline) : source ? readYaml(source, { yaml11: true }) : undefined;
  for (const { code, message, place } of read?.problems ?? []) {
    noteProblem(build, place, code, `This patch was not read whole: ${message}.`);
  }
  return read?.documents ?? [];
}

/** Undefined if the patch deletes the object. */
function merged(object: KustomizedObject, patch: Block, at: Place): KustomizedObject | undefined {
  const body = mergePatch(object.body, withoutIdentity(patch));
  return body && { ...become(object, body), patchedBy: [...object.patchedBy, at] };
}

/** The name in a patch is a stand-in, or one that the object had before. */
function withoutIdentity(patch: Block): Block {
  const metadata = patch.get("metadata");
  const inner = metadata?.value.is === "block" ? metadata.value : undefined;
  const keys = patch.keys().filter((key) => key !== "apiVersion" && key !== "kind");
  const named = inner?.keys().filter((key) => key !== "name" && key !== "namespace") ?? [];
  const shown = metadata && inner ? { ...metadata, value: { ...inner, keys: () => named } } : undefined;
  return { ...patch, keys: () => keys, get: (key) => (key === "metadata" && shown ? shown : patch.get(key)) };
}

function patchedByJson(build: Build, object: KustomizedObject, patch: Node, at: Place): KustomizedObject {
  const { node, refused } = applyJsonPatch(object.body, patch);
  for (const { message, operation } of refused) {
    const words = `This operation could not be done on ${object.address}: ${message}.`;
    noteProblem(build, operation.at, "patch", words);
  }
  if (node.is !== "block" || node === object.body) return object;
  return { ...become(object, node), patchedBy: [...object.patchedBy, at] };
}
