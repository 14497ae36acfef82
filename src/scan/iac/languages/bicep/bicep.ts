/**
 * Bicep: files and the modules that they call, with the values of their bicepparam files, read as the ARM templates that
 * they stand for. Modules of registries are not fetched; what depends on them is unknown.
 */

import type { Problem } from "#model/scan-result.ts";
import { freshBudget } from "../../../formats/azure-template/template-functions.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { Language, LinkedFile, Unit, UnitPlan } from "../../language.ts";
import { notText, problemAt } from "../../problem-at.ts";
import type { ReadUnit } from "../../resource.ts";
import { type Library, openTemplate } from "./open-template.ts";
import { agreed, parametersOf } from "./parameter-files.ts";
import { resourcesOf } from "./resources.ts";
import { linksOf, localPath, type ParsedSource, sourceOf } from "./source.ts";

export const bicep: Language = {
  name: "bicep",
  selects: (path) => isBicep(path) || isParameters(path),
  links: linksOf,
  units: unitsOf,
  read,
};

function isBicep(path: string): boolean {
  return /\.bicep$/i.test(path);
}

function isParameters(path: string): boolean {
  return /\.bicepparam$/i.test(path);
}

/** Calls of modules in one unit. */
const mostCalls = 3000;

/**
 * A unit is a file that no other one calls, with all that it needs and the parameters for it. A module that has parameters
 * of its own is deployed alone, too.
 */
function unitsOf(files: readonly LinkedFile[]): readonly UnitPlan[] {
  const links = new Map(files.map((file) => [file.path, file.links]));
  const called = new Set(
    files.flatMap((file) => (isBicep(file.path) ? file.links.filter((link) => link !== file.path) : [])),
  );
  const used = new Set(files.flatMap((file) => (isParameters(file.path) ? file.links : [])));
  const units: UnitPlan[] = [];
  const placed = new Set<string>();
  const add = (root: string) => {
    const paths = reachedFrom(root, links);
    for (const file of files) {
      if (!isParameters(file.path) || !file.links.includes(root)) continue;
      for (const path of reachedFrom(file.path, links)) paths.add(path);
    }
    for (const path of paths) placed.add(path);
    units.push({ root, paths: [...paths] });
  };
  for (const { path } of files) if (isBicep(path) && (!called.has(path) || used.has(path))) add(path);
  // Files that call each other in a circle, and parameters of files that are not there.
  for (const { path } of files) if (!placed.has(path)) add(path);
  return units;
}

function reachedFrom(root: string, links: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set([root]);
  for (const path of reached) for (const link of links.get(path) ?? []) reached.add(link);
  return reached;
}

function read({ root, files }: Unit): ReadUnit {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const sources = new Map<string, ParsedSource | undefined>();
  const texts = new Map<string, TextFile | undefined>();
  const source = (path: string): ParsedSource | undefined => {
    const file = byPath.get(path);
    if (!sources.has(path)) sources.set(path, file && sourceOf(file));
    return sources.get(path);
  };
  const textOf = (path: string): TextFile | undefined => {
    const text = byPath.get(path)?.text();
    if (!texts.has(path)) texts.set(path, text === undefined ? undefined : { path, text });
    return texts.get(path);
  };
  const missing = new Map<string, Problem>();
  const library: Library = {
    budget: freshBudget(),
    source,
    text: textOf,
    imported: new Map(),
    calls: mostCalls,
    missing: (at) => {
      const name = at.file.text.slice(at.start, at.end);
      const told = `The module ${name} is not in the repository; what it makes was not examined.`;
      missing.set(`${at.file.path} ${at.start}`, { ...problemAt(at, "missing-module", told), isNotice: true });
    },
  };
  const problems = files.flatMap((file) =>
    isBicep(file.path) || isParameters(file.path) ? problemsOf(file.path, source(file.path)) : [],
  );
  const start = isBicep(root) ? source(root) : undefined;
  if (!start) return { resources: [], problems };
  const parameters = parametersFor(root, [...byPath.keys()], source);
  const value = agreed(parameters.map((file) => parametersOf(file, library)));
  const resources = resourcesOf(openTemplate(start, { value }, library));
  return { resources, problems: [...problems, ...missing.values()] };
}

function problemsOf(path: string, source: ParsedSource | undefined): readonly Problem[] {
  if (!source) return [notText(path)];
  return source.problems.map(({ code, message, place }) =>
    problemAt(
      place,
      code,
      `This part of the file is left out, the rest is checked: ${message} (column ${spanOf(place).startColumn}).`,
    ),
  );
}

/** The files that say `using` with this one; the one with its name goes before all others. */
function parametersFor(
  root: string,
  paths: readonly string[],
  source: (path: string) => ParsedSource | undefined,
): readonly ParsedSource[] {
  const named = root.replace(/\.bicep$/i, ".bicepparam");
  const files = paths.filter(isParameters).flatMap((path) => {
    const file = source(path);
    const using = file?.statements.find(({ is }) => is === "using");
    return file && using?.is === "using" && localPath(path, using.path) === root ? [file] : [];
  });
  const same = files.find((parameters) => parameters.file.path === named);
  return same ? [same] : files;
}
