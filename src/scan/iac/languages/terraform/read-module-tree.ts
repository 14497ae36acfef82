/** Reads a root module and all it calls into resources. Each odd file costs a problem, never the rest. */
import type { Problem } from "#model/scan-result.ts";
import type { SourceFile } from "#model/source-file.ts";
import { parseHcl } from "../../../formats/hcl/parse-hcl.ts";
import { newRun } from "../../../formats/hcl/scope.ts";
import type { Attribute, Body } from "../../../formats/hcl/syntax.ts";
import { positionOf, type TextFile } from "../../../formats/text-file.ts";
import type { Unit } from "../../language.ts";
import type { ReadUnit, Resource } from "../../resource.ts";
import { connectionsOf } from "./connections.ts";
import { folderOf, resolvePath } from "./folder-path.ts";
import { installedAt, installedModules } from "./installed-modules.ts";
import { type LocatedResource, locatedResources } from "./located-resource.ts";
import { rootModule } from "./module-instance.ts";
import { moduleSource, type SourceBody } from "./module-source.ts";
import type { ModuleTree } from "./module-tree.ts";
import { parseTerraformJson } from "./parse-terraform-json.ts";
import { kindOfFile, valuesOrder } from "./terraform-file.ts";

export function readModuleTree(unit: Unit): ReadUnit {
  const problems: Problem[] = [];
  const texts = new Map<string, TextFile>();
  for (const file of unit.files) {
    const text = file.text();
    if (text === undefined) problems.push(unreadable(file));
    else texts.set(file.path, { path: file.path, text });
  }
  const tree = treeOf(unit.root, texts, problems);
  const source = tree.sources.get(unit.root);
  if (!source) return { resources: [], problems };
  const located = locatedResources(rootModule(tree, source));
  const resources = new Map<LocatedResource, Resource>();
  const connected = connectionsOf(located, (each) => resources.get(each));
  for (const each of located)
    resources.set(
      each,
      resourceOf(each, (types) => connected(each, types)),
    );
  return { resources: [...resources.values()], problems };
}

function resourceOf(located: LocatedResource, connected: Resource["connected"]): Resource {
  const { types, address, block, body, module } = located;
  const { calledFrom } = module;
  return { dialect: "tf", language: "terraform", types, address, at: block, body, calledFrom, skips: [], connected };
}

function unreadable({ path }: SourceFile): Problem {
  return { scanner: "iac", code: "not-utf8", message: "This file is no text and was not read as Terraform.", path };
}

function treeOf(root: string, texts: ReadonlyMap<string, TextFile>, problems: Problem[]): ModuleTree {
  const folders = new Map<string, SourceBody[]>();
  const valueFiles: SourceBody[] = [];
  let installed: ReadonlyMap<string, string> = new Map();
  for (const [path, file] of texts) {
    const kind = kindOfFile(path);
    if (kind === "installed" && installedAt(path) === root) installed = installedModules(file);
    if (kind !== "configuration" && kind !== "values") continue;
    const parsed = { path, body: parse(file, kind, problems) };
    if (kind === "values") valueFiles.push(parsed);
    else folders.set(folderOf(path), [...(folders.get(folderOf(path)) ?? []), parsed]);
  }
  const open = (path: string) => texts.get(resolvePath(root, path) ?? "");
  return {
    root,
    run: newRun(open),
    sources: new Map([...folders].map(([folder, files]) => [folder, moduleSource(folder, files)] as const)),
    installed,
    values: valuesOf(valueFiles.filter(({ path }) => folderOf(path) === root)),
    problems,
    modules: 0,
  };
}

function parse(file: TextFile, kind: "configuration" | "values", problems: Problem[]): Body {
  const parsed = file.path.endsWith(".json") ? parseTerraformJson(file, kind) : parseHcl(file);
  for (const { message, at } of parsed.problems) {
    const { line } = positionOf(file, at);
    const text = `Not valid here: ${message}. What stands around it was read.`;
    problems.push({ scanner: "iac", code: "syntax", message: text, path: file.path, line });
  }
  return parsed.body;
}

/** In the order in which Terraform reads them; the last word counts. */
function valuesOf(files: readonly SourceBody[]): ReadonlyMap<string, Attribute> {
  const values = new Map<string, Attribute>();
  for (const { body } of valuesOrder(files)) {
    for (const item of body.items) if (item.is === "attribute") values.set(item.name, item);
  }
  return values;
}
