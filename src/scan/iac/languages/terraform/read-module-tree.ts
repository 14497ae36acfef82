/** Reads a root module and all it calls into resources. Each odd file costs a problem, never the rest. */

import type { Problem } from "#model/scan-result.ts";
import type { SourceFile } from "#model/source-file.ts";
import type { ParsedHcl } from "../../../formats/hcl/parse-hcl.ts";
import { newRun } from "../../../formats/hcl/scope.ts";
import type { Attribute } from "../../../formats/hcl/syntax.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import type { Unit } from "../../language.ts";
import { notText, problemAt } from "../../problem-at.ts";
import { type Connections, noConnections, type ReadUnit, type Resource } from "../../resource.ts";
import { folderOf, resolvePath } from "../folder-path.ts";
import { bodyBlock } from "./body-block.ts";
import { connectionsOf } from "./connections.ts";
import { installedAt, installedModules } from "./installed-modules.ts";
import { type LocatedResource, locatedResources } from "./located-resource.ts";
import { type ModuleInstance, rootModule } from "./module-instance.ts";
import { moduleSource, type SourceBody } from "./module-source.ts";
import { type ModuleTree, placeOf } from "./module-tree.ts";
import { parsedFile } from "./parsed-file.ts";
import { rewrittenBlock } from "./rewritten-block.ts";
import { kindOfFile, valuesOrder } from "./terraform-file.ts";

export function readModuleTree(unit: Unit): ReadUnit {
  const problems: Problem[] = [];
  const tree = treeOf(unit, problems);
  const source = tree.sources.get(unit.root);
  if (!source) return { resources: [], problems };
  const root = rootModule(tree, source);
  return { resources: unit.only ? onlyResources(root, unit.only) : allResources(root), problems };
}

function allResources(root: ModuleInstance): readonly Resource[] {
  const located = locatedResources(root);
  const resources = new Map<LocatedResource, Resource>();
  const connected = connectionsOf(located, (each) => resources.get(each));
  for (const each of located)
    resources.set(
      each,
      resourceOf(each, (types) => connected(each, types)),
    );
  return [...resources.values()];
}

/** What belongs to one of them can be anywhere in the tree; all of it is read if that is asked. */
function onlyResources(root: ModuleInstance, only: readonly string[]): readonly Resource[] {
  let all: ReadonlyMap<string, Resource> | undefined;
  const connected = (address: string, types: readonly string[]): Connections => {
    all ??= new Map(allResources(root).map((resource) => [resource.address, resource]));
    return all.get(address)?.connected(types) ?? noConnections;
  };
  return locatedResources(root, only).map((each) => resourceOf(each, (types) => connected(each.address, types)));
}

function resourceOf(located: LocatedResource, connected: Resource["connected"]): Resource {
  const { types, address, block, body, module } = located;
  const { calledFrom } = module;
  return {
    dialect: "tf",
    language: "terraform",
    types,
    address,
    at: block,
    body,
    calledFrom,
    skips: [],
    connected,
    rewritten: (text, changedAt) => {
      const again = rewrittenBlock(block, text, changedAt);
      return (
        again &&
        resourceOf({ ...located, block: again, body: bodyBlock(again.body.items, again, located.scope) }, connected)
      );
    },
  };
}

function treeOf({ root, files }: Unit, problems: Problem[]): ModuleTree {
  const folders = new Map<string, SourceBody[]>();
  const valueFiles: SourceBody[] = [];
  let installed: ReadonlyMap<string, string> = new Map();
  for (const source of files) {
    const { path } = source;
    const kind = kindOfFile(path);
    if (kind === "installed" && installedAt(path) === root) {
      installed = installedModules({ path, text: source.text() ?? "" });
    }
    if (kind !== "configuration" && kind !== "values") continue;
    const parsed = parsedFile(source, kind);
    if (!parsed) problems.push(notText(source.path));
    else {
      problems.push(...syntaxProblems(parsed));
      if (kind === "values") valueFiles.push({ path, body: parsed.body });
      else addTo(folders, folderOf(path), { path, body: parsed.body });
    }
  }
  return {
    root,
    run: newRun(opener(root, files)),
    sources: new Map([...folders].map(([folder, bodies]) => [folder, moduleSource(folder, bodies)] as const)),
    installed,
    values: valuesOf(valueFiles.filter(({ path }) => folderOf(path) === root)),
    problems,
    told: new Set(problems.map(placeOf)),
    modules: 0,
  };
}

function addTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** Opens files of the unit by paths as Terraform understands them, from the root module. */
function opener(root: string, files: readonly SourceFile[]): (path: string) => TextFile | undefined {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return (path) => {
    const found = byPath.get(resolvePath(root, path) ?? "");
    const text = found?.text();
    return found && text !== undefined ? { path: found.path, text } : undefined;
  };
}

function syntaxProblems({ file, problems }: ParsedHcl): readonly Problem[] {
  return problems.map(({ message, at }) =>
    problemAt({ file, start: at, end: at }, "syntax", `Not valid here: ${message}. What stands around it was read.`),
  );
}

/** In the order in which Terraform reads them; the last word counts. */
function valuesOf(files: readonly SourceBody[]): ReadonlyMap<string, Attribute> {
  const values = new Map<string, Attribute>();
  for (const { body } of valuesOrder(files)) {
    for (const item of body.items) if (item.is === "attribute") values.set(item.name, item);
  }
  return values;
}
