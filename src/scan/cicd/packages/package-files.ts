/**
 * Files that say whence a repository gets its packages: projects of npm with their workspaces and lock files, and settings of
 * package managers. What is installed already, and what are examples or material of tests, is nobody's build.
 */
import type { SourceFile } from "#model/source-file.ts";
import type { ScanContext } from "../../file-scanner.ts";
import { readYaml } from "../../formats/yaml/read-yaml.ts";
import { fileNameOf, folderOf } from "../../packages/paths.ts";
import { folderMatcher } from "../../packages/readers/npm/folder-pattern.ts";
import { isInstalled } from "../../packages/readers/npm/installed-path.ts";
import { readProjectFile } from "../../packages/readers/npm/project-file.ts";
import { memberOf, wordsIn } from "../../packages/reading/node-fields.ts";
import type { TreeResult } from "../../tree-scanner.ts";
import type { CicdLanguage, LinkedFile } from "../cicd-language.ts";
import { reportHits } from "../report-hits.ts";
import { packageRules } from "./package-rules.ts";
import type { PackageUnit } from "./package-unit.ts";
import { readPackageUnit } from "./read-package-unit.ts";
import { isSettings } from "./read-sources.ts";

const projectName = "package.json";
const locks = /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?)$/;
const workspaceFile = /(?:^|\/)pnpm-workspace\.yaml$/;
const notBuilt =
  /(?:^|\/)(?:tests?|__tests__|specs?|e2e|__mocks__|mocks?|__?fixtures?(?:__)?|testdata|test-data|examples?|samples?|docs?|demos?|templates?|node_modules|bower_components|vendor|third[_-]party)\//i;
/** Rush keeps one lock file for all projects, far from them. */
const rushLock = /(?:^|\/)common\/config\/rush\/pnpm-lock\.yaml$/;
const largestByHand = 1_000_000;
const mostWorkspaces = 1_000;

export const packageFiles: CicdLanguage = {
  name: "package-files",
  rules: packageRules,
  selects: (path) =>
    (fileNameOf(path) === projectName || locks.test(path) || workspaceFile.test(path) || isSettings(path)) &&
    !isInstalled(path) &&
    !notBuilt.test(path),
  recognizes: () => true,
  links: workspacesOf,
  units,
  scan: scanUnit,
};

/** Patterns of folders. */
function workspacesOf(file: SourceFile): readonly string[] {
  const isProject = fileNameOf(file.path) === projectName;
  if (file.size > largestByHand || !(isProject || workspaceFile.test(file.path))) return [];
  const text = { path: file.path, text: file.text() ?? "" };
  if (isProject) return text.text.includes("workspaces") ? readProjectFile(text).workspaces.slice(0, 100) : [];
  return wordsIn(memberOf(readYaml(text).documents[0]?.node, "packages")?.value).slice(0, 100);
}

/** A project with its workspaces; every other file alone. */
function units(files: readonly LinkedFile[]): readonly { readonly root: string; readonly paths: readonly string[] }[] {
  const projects = files.filter(({ path }) => fileNameOf(path) === projectName);
  const inFolder = Map.groupBy(files, ({ path }) => folderOf(path));
  const rushRoots = files.filter(({ path }) => rushLock.test(path)).map(({ path }) => path);
  const roots = rootsOf(projects, inFolder);
  const taken = new Set<string>();
  const made = [...roots].map(([root, members]) => {
    const beside = [root, ...members].flatMap((path) => inFolder.get(folderOf(path)) ?? []).map(({ path }) => path);
    const shared = rushRoots.filter((path) => root.startsWith(path.replace(rushLock, "")));
    for (const path of beside) taken.add(path);
    return { root, paths: [...new Set([...beside, ...shared])] };
  });
  const others = files.filter(({ path }) => !taken.has(path) && !workspaceFile.test(path));
  return [...made, ...others.map(({ path }) => ({ root: path, paths: [path] }))];
}

/** By the root's path those of its workspaces. */
function rootsOf(
  projects: readonly LinkedFile[],
  inFolder: ReadonlyMap<string, readonly LinkedFile[]>,
): ReadonlyMap<string, readonly string[]> {
  const matchers = new Map<string, (folder: string) => boolean>();
  for (const { path } of projects) {
    const patterns = (inFolder.get(folderOf(path)) ?? []).flatMap(({ links }) => links);
    if (patterns.length > 0) matchers.set(folderOf(path), folderMatcher(patterns));
  }
  const roots = new Map<string, string[]>();
  const members: [string, string][] = [];
  for (const { path } of projects) {
    const root = rootOf(folderOf(path), matchers);
    if (root === undefined) roots.set(path, []);
    else members.push([path, root === "" ? projectName : `${root}/${projectName}`]);
  }
  for (const [path, root] of members) {
    const others = roots.get(root);
    if (others && others.length < mostWorkspaces) others.push(path);
    else if (!others) roots.set(path, []);
  }
  return roots;
}

function rootOf(folder: string, matchers: ReadonlyMap<string, (folder: string) => boolean>): string | undefined {
  for (let at = folder; at !== ""; ) {
    at = folderOf(at);
    const isMember = matchers.get(at);
    if (isMember?.(at === "" ? folder : folder.slice(at.length + 1))) return at;
  }
  return undefined;
}

function scanUnit(root: string, files: readonly SourceFile[], context: ScanContext): TreeResult {
  const texts = new Map(files.flatMap((file) => textOf(file)));
  const paths = files.map(({ path }) => path);
  const unit = readPackageUnit(root, paths, texts);
  const first = texts.get(root);
  if (first === undefined) return { findings: [], problems: [], silenced: [], evaluations: [] };
  const whole = { file: { path: root, text: first }, start: 0, end: first.length };
  const judgeAgain = (changed: ReadonlyMap<string, string>) => judge(readPackageUnit(root, paths, changed));
  const editable = { texts, judgeAgain };
  return reportHits({ path: root, language: "package-files", whole, editable }, judge(unit), context);
}

function textOf(file: SourceFile): readonly (readonly [string, string])[] {
  const isByHand = !locks.test(file.path);
  const text = (isByHand && file.size > largestByHand) || file.path.endsWith(".lockb") ? undefined : file.text();
  return text === undefined ? [] : [[file.path, text]];
}

function judge(unit: PackageUnit) {
  return packageRules.map((rule) => ({ rule, answer: rule.check(unit, undefined) }));
}
