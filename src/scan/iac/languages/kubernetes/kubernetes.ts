/**
 * Kubernetes manifests in YAML and JSON, known by their content: a document with `apiVersion` and `kind`. A folder is a
 * unit, as its documents choose and name each other. Templates of charts belong to Helm, what a
 * kustomization builds or patches with belongs to Kustomize: charts and kustomizations are looked at only to know these
 * files, which are left out.
 */

import type { Problem } from "#model/scan-result.ts";
import type { SourceFile } from "#model/source-file.ts";
import type { FormatProblem } from "../../../formats/format-problem.ts";
import { readJson } from "../../../formats/json/read-json.ts";
import { itemsOf, type Node } from "../../../formats/node.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import { readYaml } from "../../../formats/yaml/read-yaml.ts";
import type { Language, LinkedFile, Unit, UnitPlan } from "../../language.ts";
import { problemAt } from "../../problem-at.ts";
import type { ReadUnit } from "../../resource.ts";
import { folderOf } from "../folder-path.ts";
import { isKustomization, pathsNamedIn } from "../kustomize/kustomization.ts";
import { type KubernetesDocument, resourcesOfDocuments } from "./resources-of-documents.ts";

export const kubernetes: Language = {
  name: "kubernetes",
  selects: (path) => /\.(?:ya?ml|json)$/i.test(path) || isKustomization(path),
  recognizes: (file) => isKustomization(file.path) || isChart(file.path) || looksLikeManifest(file),
  links: pathsNamedIn,
  units: unitsByFolder,
  read: readUnit,
};

function isChart(path: string): boolean {
  return /(?:^|\/)Chart\.ya?ml$/.test(path);
}

// Within a line: over lines, time would grow with the square of the empty ones.
const versionMark = /^[ \t{"'-]*apiVersion["']?[ \t]*:/m;
const kindMark = /^[ \t{"'-]*kind["']?[ \t]*:/m;
const azureSchema = /\/schemas\/[\d-]+\/\w*deployment\w*\.json/i;
/** A template action that stands where YAML would: at the beginning of a line, or as a plain value. */
const action = /^[ \t]*(?:- )?\{\{|:[ \t]+\{\{/m;

function looksLikeManifest(file: SourceFile): boolean {
  const text = file.text();
  if (text === undefined) return false;
  if (!text.includes("apiVersion") || !text.includes("kind")) return false;
  if (isJson(file.path)) return /"apiVersion"\s*:/.test(text) && /"kind"\s*:/.test(text) && !azureSchema.test(text);
  return versionMark.test(text) && kindMark.test(text) && !(action.test(text) && isTemplate({ path: file.path, text }));
}

function isJson(path: string): boolean {
  return /\.json$/i.test(path);
}

/** Actions may also stand in the text of a ConfigMap, where they are nothing but text. */
function isTemplate(file: TextFile): boolean {
  const { documents, problems } = readYaml(file);
  return problems.length > 0 || documents.some(({ node }) => node !== undefined && hasAction(node, file.text));
}

function hasAction(node: Node, text: string): boolean {
  if (node.is === "list") return node.items.some((item) => hasAction(item, text));
  if (node.is !== "block") return false;
  return (
    text.startsWith("{{", node.at.start) ||
    node.keys().some((key) => {
      const member = node.get(key);
      return member !== undefined && (text.startsWith("{{", member.key.start) || hasAction(member.value, text));
    })
  );
}

/** The files of a folder, with the charts and kustomizations of other folders that some of them belong to. */
function unitsByFolder(files: readonly LinkedFile[]): readonly UnitPlan[] {
  const folders = new Map<string, Set<string>>();
  const add = (folder: string, path: string): void => {
    const paths = folders.get(folder);
    if (paths) paths.add(path);
    else folders.set(folder, new Set([path]));
  };
  for (const { path } of files) add(folderOf(path), path);
  for (const { path, links } of files) {
    for (const link of links) if (folders.has(folderOf(link))) add(folderOf(link), path);
    if (isChart(path)) for (const folder of folders.keys()) if (isTemplateOf(path, `${folder}/`)) add(folder, path);
  }
  return [...folders].map(([root, paths]) => ({ root, paths: [...paths] }));
}

function isTemplateOf(chart: string, path: string): boolean {
  const folder = folderOf(chart);
  return path.startsWith(folder === "" ? "templates/" : `${folder}/templates/`);
}

function readUnit(unit: Unit): ReadUnit {
  const built = new Set(unit.files.flatMap(pathsNamedIn));
  const charts = unit.files.map(({ path }) => path).filter(isChart);
  const documents: KubernetesDocument[] = [];
  const problems: Problem[] = [];
  for (const source of unit.files) {
    const { path } = source;
    const isElse = isKustomization(path) || isChart(path) || built.has(path);
    const text = isElse || charts.some((chart) => isTemplateOf(chart, path)) ? undefined : source.text();
    if (text === undefined) continue;
    const file: TextFile = { path, text };
    const read = isJson(path) ? readJsonDocuments(file) : readYaml(file, { yaml11: true });
    documents.push(...read.documents);
    problems.push(...read.problems.map(problemOf));
  }
  return { resources: resourcesOfDocuments(documents, { language: "kubernetes" }), problems };
}

interface ReadDocuments {
  readonly documents: readonly KubernetesDocument[];
  readonly problems: readonly FormatProblem[];
}

function readJsonDocuments(file: TextFile): ReadDocuments {
  const { node, problems } = readJson(file);
  const documents = node ? documentsIn(node) : [];
  return { documents, problems };
}

/** A JSON file holds one document or a list of them. */
function documentsIn(node: Node): readonly KubernetesDocument[] {
  return itemsOf(node).map((item) => ({ node: item, at: item.at }));
}

function problemOf({ code, message, place }: FormatProblem): Problem {
  const words = `A document of this Kubernetes manifest was not read: ${message}. Those that can be read still were.`;
  return problemAt(place, code, words);
}
