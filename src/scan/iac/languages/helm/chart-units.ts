/** Which files belong to a chart, and which charts belong to another: in its folder charts/, or named by a file path. */
import type { SourceFile } from "#model/source-file.ts";
import { child, itemsOf, textOf } from "../../../formats/node.ts";
import { readYaml } from "../../../formats/yaml/read-yaml.ts";
import type { LinkedFile, UnitPlan } from "../../language.ts";
import { folderOf, resolvePath } from "../folder-path.ts";
import { isArchive, isChartArchive } from "./archive-paths.ts";

const chartFile = /(?:^|\/)Chart\.ya?ml$/;
const dependencyFile = /(?:^|\/)(?:Chart|requirements)\.ya?ml$/;
/** What a chart is made of, and folders from which templates read files. */
const chartFiles =
  /(?:^|\/)(?:Chart|requirements|values)\.ya?ml$|(?:^|\/)(?:templates|charts|files?|configs?|conf|dashboards|scripts|resources|rules)\/.*\.(?:ya?ml|tpl|txt|json|toml|conf|cfg|ini|properties|sh|xml|lua)$/i;

export function isChartFile(path: string): boolean {
  return chartFiles.test(path);
}

/** Folders of charts that this one names by path: `repository: file://../library`. */
export function localDependencies(file: SourceFile): readonly string[] {
  const text = dependencyFile.test(file.path) ? file.text() : undefined;
  if (!text?.includes("file:")) return [];
  return readYaml({ path: file.path, text }).documents.flatMap(({ node }) =>
    itemsOf(child(node, "dependencies")).flatMap((dependency) => {
      const folder = localFolder(folderOf(file.path), textOf(child(dependency, "repository")));
      return folder === undefined ? [] : [folder];
    }),
  );
}

/** Undefined if the address is none of a folder of the repository. */
export function localFolder(folder: string, repository: string | undefined): string | undefined {
  const path = /^file:\/\/(.+)$/.exec(repository ?? "")?.[1];
  return path === undefined || path.startsWith("/") ? undefined : resolvePath(folder, path);
}

/** A unit for each chart that is part of no other, packed ones too. */
export function chartUnits(all: readonly LinkedFile[]): readonly UnitPlan[] {
  const folders = new Set(all.filter(({ path }) => chartFile.test(path)).map(({ path }) => folderOf(path)));
  const isFree = ({ path }: LinkedFile) => isArchive(path) && !isInCharts(path, folders);
  return [...unpackedUnits(all.filter((file) => !isFree(file))), ...packedUnits(all.filter(isFree))];
}

/** True if it stands directly in the folder charts/ of a chart, where Helm looks for it. */
function isInCharts(path: string, charts: ReadonlySet<string>): boolean {
  return isChartArchive(path) && charts.has(folderOf(folderOf(path)));
}

/** One for each chart of a folder: its newest version, with the others. A link says where the chart would stand unpacked. */
function packedUnits(archives: readonly LinkedFile[]): readonly UnitPlan[] {
  const charts = archives.flatMap(({ path, links }) => links.map((chart) => ({ path, chart })));
  return [...Map.groupBy(charts, ({ chart }) => chart).values()].flatMap((versions) => {
    const paths = versions.map(({ path }) => path);
    const root = paths.toSorted((a, b) => a.localeCompare(b, "en", { numeric: true })).at(-1);
    return root === undefined ? [] : [{ root, paths }];
  });
}

function unpackedUnits(files: readonly LinkedFile[]): readonly UnitPlan[] {
  const charts = new Set(files.filter(({ path }) => chartFile.test(path)).map(({ path }) => folderOf(path)));
  const paths = new Map<string, string[]>([...charts].map((folder) => [folder, []]));
  const parts = new Map<string, Set<string>>([...charts].map((folder) => [folder, new Set()]));
  for (const { path, links } of files) {
    const owner = ownerOf(path, charts);
    if (owner === undefined) continue;
    paths.get(owner)?.push(path);
    for (const link of links) if (charts.has(link) && link !== owner) parts.get(owner)?.add(link);
  }
  for (const folder of charts) {
    const parent = parentOf(folder, charts);
    if (parent !== undefined) parts.get(parent)?.add(folder);
  }
  const inner = new Set([...parts.values()].flatMap((own) => [...own]));
  const roots = [...charts].filter((folder) => !inner.has(folder));
  const units = roots.map((root) => ({ root, charts: reachable(root, parts) }));
  // Charts that only name each other in a circle.
  const seen = new Set(units.flatMap((unit) => [...unit.charts]));
  for (const folder of charts) {
    if (seen.has(folder)) continue;
    const unit = { root: folder, charts: reachable(folder, parts) };
    units.push(unit);
    for (const one of unit.charts) seen.add(one);
  }
  return units.map(({ root, charts: own }) => ({ root, paths: [...own].flatMap((one) => paths.get(one) ?? []) }));
}

/** The nearest folder with a chart. */
function ownerOf(path: string, charts: ReadonlySet<string>): string | undefined {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    if (charts.has(folder)) return folder;
    if (folder === "") return undefined;
  }
}

function parentOf(chart: string, charts: ReadonlySet<string>): string | undefined {
  const folder = folderOf(chart);
  if (folder !== "charts" && !folder.endsWith("/charts")) return undefined;
  const parent = folderOf(folder);
  return charts.has(parent) ? parent : undefined;
}

function reachable(root: string, parts: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const found = new Set([root]);
  for (const folder of found) for (const part of parts.get(folder) ?? []) found.add(part);
  return found;
}
