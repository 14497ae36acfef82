/** Reads a chart with its subcharts from the files of a unit. */

import type { Problem } from "#model/scan-result.ts";
import type { SourceFile } from "#model/source-file.ts";
import { child, itemsOf, type Node, textOf } from "../../../formats/node.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import { readYaml } from "../../../formats/yaml/read-yaml.ts";
import { problemAt } from "../../problem-at.ts";
import { folderOf } from "../folder-path.ts";
import { isChartArchive } from "./archive-paths.ts";
import { unpackCharts } from "./chart-archives.ts";
import { isChartFile, localFolder } from "./chart-units.ts";
import { placedText } from "./placed-text.ts";

export interface Chart {
  readonly folder: string;
  /** By which its values are passed: the alias, where it has one. */
  readonly name: string;
  readonly metadata: Node | undefined;
  readonly values: Node | undefined;
  readonly isLibrary: boolean;
  /** Paths from the chart's folder; everything but subcharts. */
  readonly files: ReadonlyMap<string, TextFile>;
  readonly parts: readonly ChartPart[];
}

export interface ChartPart {
  readonly chart: Chart;
  /** What Chart.yaml says of it: condition, tags, import-values. */
  readonly dependency: Node | undefined;
}

export interface RootChart extends Chart {
  /** Names of dependencies that are not there. */
  readonly missing: readonly string[];
  readonly problems: readonly Problem[];
}

const deepest = 12;
const mostCharts = 300;

interface Reading {
  readonly texts: ReadonlyMap<string, TextFile>;
  /** Texts by the chart they belong to. */
  readonly byChart: ReadonlyMap<string, readonly TextFile[]>;
  readonly missing: Set<string>;
  /** Names of archives that could not be unpacked. */
  readonly unread: readonly string[];
  readonly problems: Problem[];
  charts: number;
}

/** Undefined if there is no chart in the folder. */
export function readChart(root: string, files: readonly SourceFile[]): RootChart | undefined {
  const texts = new Map<string, TextFile>();
  for (const file of files) {
    const text = isChartArchive(file.path) ? undefined : file.text();
    if (text !== undefined) texts.set(file.path, { path: file.path, text });
  }
  const archives = files.filter(({ path }) => isChartArchive(path));
  const { files: packed, problems, unread } = unpackCharts(archives, chartFolders(texts), isChartFile);
  for (const file of packed) texts.set(file.path, file);
  const byChart = filesByChart(texts);
  const reading: Reading = { texts, byChart, missing: new Set(), unread, problems: [...problems], charts: 0 };
  const chart = chartIn(reading, root, undefined, 0);
  return chart && { ...chart, missing: [...reading.missing], problems: reading.problems };
}

/** A chart that stands packed and is part of no other. `files` are it and its other versions, which are told. */
export function readPackedChart(path: string, files: readonly SourceFile[]): RootChart | undefined {
  const archives = files.filter((file) => file.path === path);
  const { files: packed, problems, unread } = unpackCharts(archives, new Set(), isChartFile);
  const texts = new Map(packed.map((file) => [file.path, file]));
  const byChart = filesByChart(texts);
  const reading: Reading = { texts, byChart, missing: new Set(), unread, problems: [...problems], charts: 0 };
  const [folder = ""] = [...byChart.keys()].toSorted((a, b) => a.length - b.length);
  const others = files.flatMap((file) => (file.path === path ? [] : file.path)).toSorted();
  if (others.length > 0) reading.problems.push(otherVersions(path, others));
  const chart = chartIn(reading, folder, undefined, 0);
  return { ...(chart ?? noChart(folder)), missing: [...reading.missing], problems: reading.problems };
}

function noChart(folder: string): Chart {
  return {
    ...{ folder, name: "chart", metadata: undefined, values: undefined, isLibrary: false },
    ...{ files: new Map(), parts: [] },
  };
}

const mostNamed = 5;

function otherVersions(path: string, others: readonly string[]): Problem {
  const more = others.length > mostNamed ? ` and ${others.length - mostNamed} more` : "";
  const message = `This packed chart lies here in several versions; this one, the newest, was looked at, and these were not: ${others.slice(0, mostNamed).join(", ")}${more}.`;
  return { scanner: "iac", code: "unused-chart", message, path, isNotice: true };
}

function chartFolders(texts: ReadonlyMap<string, TextFile>): ReadonlySet<string> {
  return new Set([...texts.keys()].filter((path) => /(?:^|\/)Chart\.ya?ml$/.test(path)).map((path) => folderOf(path)));
}

function filesByChart(texts: ReadonlyMap<string, TextFile>): ReadonlyMap<string, readonly TextFile[]> {
  const folders = chartFolders(texts);
  const owned = new Map<string, TextFile[]>([...folders].map((folder) => [folder, []]));
  for (const [path, file] of texts) {
    let folder = folderOf(path);
    while (folder !== "" && !folders.has(folder)) folder = folderOf(folder);
    owned.get(folder)?.push(file);
  }
  return owned;
}

function chartIn(reading: Reading, folder: string, alias: string | undefined, depth: number): Chart | undefined {
  const own = reading.byChart.get(folder);
  if (!own || depth > deepest || ++reading.charts > mostCharts) return undefined;
  const files = new Map(own.map((file) => [file.path.slice(folder === "" ? 0 : folder.length + 1), file]));
  const metadata = documentIn(reading, files.get("Chart.yaml") ?? files.get("Chart.yml"));
  const requirements = documentIn(reading, files.get("requirements.yaml"));
  const name = alias ?? textOf(child(metadata, "name")) ?? (folder.slice(folder.lastIndexOf("/") + 1) || "chart");
  const dependencies = [...itemsOf(child(metadata, "dependencies")), ...itemsOf(child(requirements, "dependencies"))];
  return {
    folder,
    name,
    metadata,
    values: documentIn(reading, files.get("values.yaml") ?? files.get("values.yml")),
    isLibrary: textOf(child(metadata, "type")) === "library",
    files,
    parts: partsOf(reading, folder, dependencies, depth),
  };
}

/** Every chart in charts/, once for each dependency that names it, and those named by path. */
function partsOf(reading: Reading, folder: string, dependencies: readonly Node[], depth: number): readonly ChartPart[] {
  const prefix = folder === "" ? "charts/" : `${folder}/charts/`;
  const inner = [...reading.byChart.keys()].filter((path) => folderOf(path) === prefix.slice(0, -1));
  const byName = Map.groupBy(inner, (path) => fieldIn(reading, path, "name") ?? path.slice(prefix.length));
  const parts: ChartPart[] = [];
  const used = new Set<string>();
  const add = (path: string, alias: string | undefined, dependency: Node | undefined): void => {
    const chart = chartIn(reading, path, alias, depth + 1);
    if (chart) parts.push({ chart, dependency });
  };
  for (const dependency of dependencies) {
    const name = textOf(child(dependency, "name"));
    if (name === undefined) continue;
    const local = localFolder(folder, textOf(child(dependency, "repository")));
    const fitting = ofVersion(reading, byName.get(name) ?? [], writtenText(child(dependency, "version")));
    const path = fitting ?? (local !== undefined && reading.byChart.has(local) ? local : undefined);
    if (path === undefined) tellMissing(reading, name, dependency);
    else {
      used.add(path);
      add(path, textOf(child(dependency, "alias")), dependency);
    }
  }
  const named = new Set([...byName].flatMap(([name, paths]) => (paths.some((path) => used.has(path)) ? [name] : [])));
  for (const [name, paths] of byName) {
    for (const path of paths) {
      if (!named.has(name)) add(path, undefined, undefined);
      else if (!used.has(path)) tellLeftOver(reading, name, path);
    }
  }
  return parts;
}

/** Of several versions of a chart the one that is asked for by its number, else the newest. */
function ofVersion(reading: Reading, paths: readonly string[], wanted: string | undefined): string | undefined {
  if (paths.length < 2) return paths[0];
  const versions = paths
    .map((path) => ({ path, version: fieldIn(reading, path, "version") ?? "" }))
    .sort((a, b) => a.version.localeCompare(b.version, "en", { numeric: true }));
  return (versions.find(({ version }) => version === wanted) ?? versions.at(-1))?.path;
}

function fieldIn(reading: Reading, folder: string, field: string): string | undefined {
  const file = reading.texts.get(`${folder}/Chart.yaml`) ?? reading.texts.get(`${folder}/Chart.yml`);
  return file && writtenText(child(readYaml(file).documents[0]?.node, field));
}

/** A version may look like a number. */
function writtenText(node: Node | undefined): string | undefined {
  return node?.is === "scalar" && node.value !== null ? placedText(node, "").text : undefined;
}

function tellLeftOver(reading: Reading, name: string, folder: string): void {
  const file = reading.texts.get(`${folder}/Chart.yaml`) ?? reading.texts.get(`${folder}/Chart.yml`);
  if (!file) return;
  const message = `Another version of the chart ${name} lies beside this one and is used; this one was not examined.`;
  reading.problems.push({ ...problemAt({ file, start: 0, end: 0 }, "unused-chart", message), isNotice: true });
}

function tellMissing(reading: Reading, name: string, { at }: Node): void {
  if (reading.missing.has(name)) return;
  reading.missing.add(name);
  if (reading.unread.some((stem) => stem === name || stem.startsWith(`${name}-`))) return;
  const message = `The dependency ${name} is not in the repository, its templates were not examined. What the chart takes from it counts as unknown.`;
  reading.problems.push({ ...problemAt(at, "missing-chart", message), isNotice: true });
}

function documentIn(reading: Reading, file: TextFile | undefined): Node | undefined {
  if (!file) return undefined;
  const { documents, problems } = readYaml(file, { yaml11: true });
  for (const { code, message, place } of problems) {
    reading.problems.push(problemAt(place, code, `This file of a chart could not be read whole: ${message}.`));
  }
  return documents[0]?.node;
}
