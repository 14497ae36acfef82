/** Builds the objects of a kustomization as kustomize does: what it names, then what it changes, in its order. */
import { type Block, child, itemsOf, type Node, textOf } from "../../../formats/node.ts";
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { type ReadYaml, readYaml } from "../../../formats/yaml/read-yaml.ts";
import { folderOf } from "../folder-path.ts";
import { type Build, noteProblem } from "./build-state.ts";
import { generateAll } from "./generators.ts";
import { isKustomization, isRemote, pathFrom } from "./kustomization.ts";
import { type KustomizedObject, objectOf } from "./kustomized-object.ts";
import { patchAll } from "./patches.ts";
import { moveAll, renameAll } from "./rename.ts";
import { replaceAll } from "./replacements.ts";
import { annotateAll, labelAll, setImages, setReplicas } from "./settings.ts";

type Objects = readonly KustomizedObject[];

const deepest = 24;
/** Objects are counted once for each kustomization they pass through. */
const mostObjects = 50_000;

function kustomizationIn(build: Build, folder: string): TextFile | undefined {
  for (const [path, file] of build.files) if (folderOf(path) === folder && isKustomization(path)) return file;
  return undefined;
}

const known = new WeakMap<TextFile, ReadYaml>();

function readOnce(file: TextFile): ReadYaml {
  const read = known.get(file) ?? readYaml(file, { yaml11: true });
  known.set(file, read);
  return read;
}

/** The objects of the kustomization in a folder, on top of those that a component is given. */
export function buildFolder(build: Build, folder: string, given: Objects = []): Objects {
  const file = kustomizationIn(build, folder);
  if (!file || build.within.includes(folder) || build.within.length >= deepest) return given;
  const { documents, problems } = readOnce(file);
  for (const { code, message, place } of problems) {
    noteProblem(build, place, code, `This kustomization was not read whole: ${message}.`);
  }
  const node = documents[0]?.node;
  if (node?.is !== "block") return given;
  build.within.push(folder);
  const objects = change(build, file, node, gather(build, file, node, given));
  build.within.pop();
  return objects;
}

function gather(build: Build, file: TextFile, node: Node, given: Objects): Objects {
  let objects = given;
  for (const entry of [...itemsOf(child(node, "resources")), ...itemsOf(child(node, "bases"))]) {
    objects = [...objects, ...objectsFrom(build, file, entry)];
  }
  objects = generateAll(objects, node);
  for (const entry of itemsOf(child(node, "components"))) {
    const path = pathFrom(file.path, entry);
    if (path !== undefined && kustomizationIn(build, path)) objects = buildFolder(build, path, objects);
    else tellMissing(build, entry);
  }
  for (const key of ["helmCharts", "helmChartInflationGenerator", "generators", "transformers"]) {
    for (const entry of itemsOf(child(node, key))) tellPlugin(build, entry, key);
  }
  return objects;
}

function tellPlugin(build: Build, entry: Node, key: string): void {
  const name = textOf(child(entry, "name")) ?? textOf(entry);
  const what = key.startsWith("helm") ? `The chart ${name ?? ""} is rendered` : `What ${name ?? key} does is done`;
  const message = `${what} when the kustomization is built; it was not examined here.`.replace("  ", " ");
  noteProblem(build, entry.at, "not-built", message, true);
}

function objectsFrom(build: Build, file: TextFile, entry: Node): Objects {
  const path = pathFrom(file.path, entry);
  if (path === undefined) {
    tellMissing(build, entry);
    return [];
  }
  if (build.made > mostObjects) return [];
  const source = build.files.get(path);
  const objects = source ? objectsOfFile(build, source) : buildOrTell(build, path, entry);
  // One for the step itself: bases may double without an object.
  build.made += objects.length + 1;
  if (build.made <= mostObjects) return objects;
  noteProblem(
    build,
    entry.at,
    "too-large",
    `This makes more than ${mostObjects} objects; the further ones were left out.`,
  );
  return [];
}

function buildOrTell(build: Build, path: string, entry: Node): Objects {
  if (kustomizationIn(build, path)) return buildFolder(build, path);
  tellMissing(build, entry);
  return [];
}

function tellMissing(build: Build, entry: Node): void {
  const name = textOf(entry) ?? "";
  const message = isRemote(name)
    ? `${name} is in another place and was not fetched; its objects were not examined.`
    : `${name} is not in the repository, or is no manifest; its objects were not examined.`;
  noteProblem(build, entry.at, "missing-base", message, true);
}

function objectsOfFile(build: Build, source: TextFile): Objects {
  const { documents, problems } = readOnce(source);
  for (const { code, message, place } of problems) {
    noteProblem(
      build,
      place,
      code,
      `A document of this manifest was not read: ${message}. Those that can be read still were.`,
    );
  }
  return documents.flatMap(({ node, at }) => (node ? objectsIn(node, at, 0) : []));
}

function objectsIn(node: Node, at: Place, depth: number): Objects {
  if (node.is === "list") return node.items.flatMap((item) => objectsIn(item, item.at, depth + 1));
  const kind = textOf(child(node, "kind"));
  if (node.is !== "block" || kind === undefined || depth > 8) return [];
  const items = child(node, "items");
  if (!kind.endsWith("List") || items?.is !== "list") return [objectOf(node, at)];
  return items.items.flatMap((item) => objectsIn(item, item.at, depth + 1));
}

function change(build: Build, file: TextFile, node: Block, gathered: Objects): Objects {
  let objects = patchAll(build, file, node, gathered, ["merge", "any"]);
  objects = moveAll(objects, child(node, "namespace"));
  objects = renameAll(objects, child(node, "namePrefix"), child(node, "nameSuffix"));
  objects = labelAll(objects, node);
  objects = annotateAll(objects, child(node, "commonAnnotations"));
  objects = patchAll(build, file, node, objects, ["json"]);
  objects = setReplicas(objects, child(node, "replicas"));
  objects = setImages(objects, child(node, "images"));
  return replaceAll(objects, replacementsOf(build, file, node));
}

function replacementsOf(build: Build, file: TextFile, node: Node): readonly Node[] {
  return itemsOf(child(node, "replacements")).flatMap((one) => {
    const named = child(one, "path");
    const path = named && pathFrom(file.path, named);
    if (path === undefined) return [one];
    const source = build.files.get(path);
    if (!source && named) tellMissing(build, named);
    return source ? readYaml(source).documents.flatMap((document) => itemsOf(document.node)) : [];
  });
}
