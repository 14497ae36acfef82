/**
 * Evaluates a project the way MSBuild does before it builds: properties and imports in order, then items with the final
 * values. Nothing is run. A condition that only a build could decide lets items in, and properties where nothing is lost.
 */

import type { Place } from "../../../formats/text-file.ts";
import { attributeOf, type XmlElement } from "../../../formats/xml/xml-element.ts";
import { folderOf } from "../../paths.ts";
import { type EvaluatedItems, evaluatedItems } from "./evaluated-items.ts";
import { type ConditionScope, holds } from "./msbuild-condition.ts";
import { expand, known, placedValue, type Value } from "./msbuild-expand.ts";
import { foldersUp, type MsbuildFiles, pathIn, repositoryPath, reservedProperty } from "./msbuild-files.ts";
import { targetFrameworkOf } from "./target-framework.ts";

export interface Evaluated extends EvaluatedItems {
  /** By lower-case name. */
  readonly properties: ReadonlyMap<string, Value>;
  /** Names of SDKs, without their versions. */
  readonly sdks: readonly string[];
  /** Files that were read, in order. */
  readonly files: readonly string[];
  /** Why not everything was read, if so. */
  readonly isCutShort: boolean;
}

/** Elements that all evaluations of one project may look at together. */
export interface Budget {
  left: number;
}

const deepestImports = 60;

/** What a build decides: who compares them with something learns nothing here. */
const decidedByBuild = new Set(
  "configuration platform os ci tf_build github_actions continuousintegrationbuild solutiondir solutionname solutionpath buildinginsidevisualstudio msbuildruntimetype msbuildversion msbuildextensionspath msbuildtoolsversion msbuildtoolspath msbuildbinpath visualstudioversion netcoresdkversion netcoreroot bundlednetcoreapppackageversion designtimebuild nugetpackageroot processor_architecture home userprofile username".split(
    " ",
  ),
);

interface Evaluation {
  readonly project: string;
  readonly files: MsbuildFiles;
  readonly budget: Budget;
  readonly properties: Map<string, Value>;
  readonly fixed: ReadonlySet<string>;
  readonly imported: Set<string>;
  readonly groups: ItemGroup[];
  readonly sdks: string[];
  isCutShort: boolean;
}

interface ItemGroup {
  readonly element: XmlElement;
  readonly file: string;
}

interface EvaluationOptions {
  /** Properties that are given from outside, which no file can change. */
  readonly given?: Readonly<Record<string, string>>;
  /** `Update` of what is not there adds it: for files that are read without the projects they belong to. */
  readonly updateAdds?: boolean;
}

export function evaluate(
  project: string,
  files: MsbuildFiles,
  budget: Budget,
  { given = {}, updateAdds = false }: EvaluationOptions = {},
): Evaluated {
  const properties = new Map(Object.entries(given).map(([name, text]) => [name.toLowerCase(), known(text)]));
  const evaluation: Evaluation = {
    project,
    files,
    budget,
    properties,
    fixed: new Set(properties.keys()),
    imported: new Set(),
    groups: [],
    sdks: [],
    isCutShort: false,
  };
  // Without its projects nobody knows for which framework a file is used, so what stands under such a condition counts.
  if (updateAdds) properties.set("targetframework", { text: "", isKnown: false });
  importChain(evaluation);
  const groups = evaluation.groups.map(({ element, file }) => ({ element, scope: scopeOf(evaluation, file) }));
  return {
    properties,
    ...evaluatedItems(groups, { updateAdds, spend: (cost) => spend(evaluation, cost) }),
    sdks: evaluation.sdks,
    files: [...evaluation.imported],
    isCutShort: evaluation.isCutShort,
  };
}

/** In the order in which the SDK does it. */
function importChain(evaluation: Evaluation): void {
  const { project, properties } = evaluation;
  const folder = folderOf(project);
  const nearest = (name: string) => {
    const set = properties.get(`${name.replaceAll(".", "").toLowerCase()}path`);
    if (set?.isKnown && set.text !== "") return repositoryPath(set.text, folder);
    return fileAbove(evaluation.files, name, folder);
  };
  const importNearest = (name: string) => {
    const path = nearest(name);
    if (path !== undefined && path !== project) importFile(evaluation, path, 0);
  };
  importNearest("Directory.Build.props");
  importNearest("Directory.Packages.props");
  importFile(evaluation, project, 0);
  const target = properties.get("targetframework");
  if (target?.isKnown) {
    const { identifier, version, platform } = targetFrameworkOf(target.text);
    setIfUnset(evaluation, "targetframeworkidentifier", identifier === "other" ? "" : identifier);
    setIfUnset(evaluation, "targetframeworkversion", `v${version}`);
    setIfUnset(evaluation, "targetplatformidentifier", platform);
  }
  importNearest("Directory.Build.targets");
  if (evaluation.sdks.some((sdk) => sdk.toLowerCase() === "microsoft.build.centralpackageversions"))
    importNearest("Packages.props");
}

function setIfUnset({ properties }: Evaluation, name: string, text: string): void {
  if (!properties.has(name)) properties.set(name, known(text));
}

function fileAbove(files: MsbuildFiles, name: string, folder: string): string | undefined {
  for (const one of foldersUp(folder)) {
    const found = files.find(pathIn(one, name));
    if (found !== undefined) return found;
  }
  return undefined;
}

function scopeOf(evaluation: Evaluation, file: string): ConditionScope {
  const { properties, files, project } = evaluation;
  const folder = folderOf(file);
  return {
    property: (name) => {
      const reserved = reservedProperty(name, file, project);
      if (reserved !== undefined) return known(reserved);
      if (decidedByBuild.has(name) && !evaluation.fixed.has(name)) return { text: "", isKnown: false };
      const value = properties.get(name);
      // A long value costs as much as the elements that could stand in its place.
      evaluation.budget.left -= (value?.text.length ?? 0) >> 6;
      return value ?? { text: "", isKnown: true, unset: name };
    },
    fileAbove: (name, from) => {
      const start = repositoryPath(from, folder) ?? (from.trim() === "" ? folder : undefined);
      const found = start === undefined ? undefined : fileAbove(files, name, start);
      return found === undefined ? "" : `/${found}`;
    },
    exists: (written) => {
      const path = repositoryPath(written, folderOf(project));
      if (path !== undefined && files.find(path) !== undefined) return true;
      // Other files are not in the unit, whether the repository has them or not.
      return written.trim() === "" || /\.(?:props|targets|[a-z]{1,4}proj)$/i.test(written.trim()) ? false : undefined;
    },
  };
}

function spend(evaluation: Evaluation, cost = 1): boolean {
  evaluation.budget.left -= cost;
  if (evaluation.budget.left > 0) return true;
  evaluation.isCutShort = true;
  return false;
}

function conditionOf(element: XmlElement): string | undefined {
  return attributeOf(element, "Condition")?.value;
}

/** Each file once, as MSBuild does it: a second import of the same file changes nothing. */
function importFile(evaluation: Evaluation, path: string, depth: number): void {
  const found = evaluation.files.find(path);
  if (found === undefined || evaluation.imported.has(found)) return;
  if (depth > deepestImports) {
    evaluation.isCutShort = true;
    return;
  }
  evaluation.imported.add(found);
  const root = evaluation.files.read(found)?.root;
  if (!root) return;
  for (const sdk of attributeOf(root, "Sdk")?.value.split(";") ?? []) addSdk(evaluation, sdk);
  walk(evaluation, root, found, depth);
}

function addSdk(evaluation: Evaluation, written: string): void {
  const [name = ""] = written.trim().split("/");
  if (name !== "") evaluation.sdks.push(name);
}

function walk(evaluation: Evaluation, parent: XmlElement, file: string, depth: number): void {
  const scope = scopeOf(evaluation, file);
  for (const element of parent.children) {
    if (!spend(evaluation)) return;
    switch (element.name) {
      case "PropertyGroup":
        readProperties(evaluation, element, scope);
        break;
      case "ItemGroup":
        evaluation.groups.push({ element, file });
        break;
      case "Import":
        readImport(evaluation, element, file, depth);
        break;
      case "ImportGroup":
        if (holds(conditionOf(element), scope) !== false) walk(evaluation, element, file, depth);
        break;
      case "Choose":
        readChoice(evaluation, element, file, depth);
        break;
      case "Sdk":
        addSdk(evaluation, attributeOf(element, "Name")?.value ?? "");
        break;
      default:
    }
  }
}

function readProperties(evaluation: Evaluation, group: XmlElement, scope: ConditionScope): void {
  const groupTruth = holds(conditionOf(group), scope);
  if (groupTruth === false) return;
  for (const element of group.children) {
    if (!spend(evaluation)) return;
    const name = element.name.toLowerCase();
    if (evaluation.fixed.has(name)) continue;
    const truth = holds(conditionOf(element), scope);
    if (truth === false) continue;
    const setAt = placeOfText(element);
    const value: Value = { ...placedValue(element.text, scope, setAt), setAt };
    const before = evaluation.properties.get(name)?.text ?? "";
    const isCertain = truth === true && groupTruth === true;
    // What is only added to a list does no harm: `$(TargetFrameworks);net8.0-windows` on Windows.
    if (isCertain || before === "" || value.text.includes(before)) evaluation.properties.set(name, value);
  }
}

function placeOfText({ textAt, at }: XmlElement): Place {
  return textAt ?? at;
}

function readImport(evaluation: Evaluation, element: XmlElement, file: string, depth: number): void {
  const scope = scopeOf(evaluation, file);
  if (attributeOf(element, "Sdk")) {
    addSdk(evaluation, attributeOf(element, "Sdk")?.value ?? "");
    return;
  }
  if (holds(conditionOf(element), scope) === false) return;
  const written = attributeOf(element, "Project")?.value ?? "";
  for (const one of written.split(";").slice(0, 100)) {
    const { text, isKnown } = expand(one, scope);
    const path = isKnown ? repositoryPath(text, folderOf(file)) : belowUnknown(evaluation.files, text, file);
    if (path !== undefined) importFile(evaluation, path, depth + 1);
  }
}

/** `$(SolutionDir)build/common.props`: whatever folder it is, the nearest one above that holds such a file is meant. */
function belowUnknown(files: MsbuildFiles, text: string, file: string): string | undefined {
  const [, rest] = /^\$\([^()]{1,200}\)[/\\]*([^$]+)$/.exec(text.trim()) ?? [];
  return rest === undefined ? undefined : fileAbove(files, rest.replaceAll("\\", "/"), folderOf(file));
}

/** The first branch that holds; those before it that may hold are read too. */
function readChoice(evaluation: Evaluation, choose: XmlElement, file: string, depth: number): void {
  for (const branch of choose.children) {
    const isOtherwise = branch.name === "Otherwise";
    if (!isOtherwise && branch.name !== "When") continue;
    const truth = isOtherwise ? true : holds(conditionOf(branch), scopeOf(evaluation, file));
    if (truth === false) continue;
    walk(evaluation, branch, file, depth);
    if (truth === true) return;
  }
}
