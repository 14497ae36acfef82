/**
 * Plans as `terraform show -json` prints them, for Terraform and OpenTofu. Where the repository holds the `.tf` files of
 * the plan, in its folder or one above, resources and attributes stand there; else in the plan.
 */
import type { Problem } from "#model/scan-result.ts";
import { readJson } from "../../../formats/json/read-json.ts";
import { positionOf, type TextFile } from "../../../formats/text-file.ts";
import type { Language, LinkedFile, UnitPlan } from "../../language.ts";
import type { ReadUnit } from "../../resource.ts";
import { planResources } from "./plan-resources.ts";
import { folderOf, joinPath, sourceFolder } from "./source-folder.ts";

const isPlanPath = (path: string) => /\.json$/i.test(path);

export const terraformPlan: Language = {
  name: "terraform-plan",
  selects: (path) => /\.(?:json|tf|tofu)$/i.test(path),
  recognizes: (file) => {
    if (!isPlanPath(file.path)) return true;
    const text = file.text();
    return (
      text !== undefined && /"format_version"\s*:/.test(text) && /"(?:planned_values|resource_changes)"\s*:/.test(text)
    );
  },
  links: (file) => (isPlanPath(file.path) ? [] : localModules(file.path, file.text() ?? "")),
  units,
  read: ({ root, files }) => {
    const texts = files.flatMap((file): readonly TextFile[] => {
      const text = file.text();
      return text === undefined ? [] : [{ path: file.path, text }];
    });
    const plan = texts.find(({ path }) => path === root);
    const sources = texts.filter(({ path }) => path !== root);
    return plan ? readFile(plan, sources) : { resources: [], problems: [] };
  },
};

function readFile(file: TextFile, sources: readonly TextFile[]): ReadUnit {
  const { node, problems: unread } = readJson(file);
  const problems = unread.map(({ code, message, place }): Problem => {
    const { line } = positionOf(place.file, place.start);
    return {
      scanner: "iac",
      code,
      message: `${file.path}: the plan was not read whole: ${message}.`,
      path: file.path,
      line,
    };
  });
  return { resources: node ? planResources(node, file, sources) : [], problems };
}

/** Folders of modules that a file calls by a relative path. */
function localModules(path: string, text: string): readonly string[] {
  const sources = text.matchAll(/^[ \t]*source[ \t]*=[ \t]*"(\.{1,2}(?:\/[^"\n]*)?)"/gm);
  return [...new Set(Array.from(sources, ([, source = ""]) => joinPath(folderOf(path), source)))];
}

function units(files: readonly LinkedFile[]): readonly UnitPlan[] {
  const plans = files.filter(({ path }) => isPlanPath(path));
  if (plans.length === 0) return [];
  const folders = Map.groupBy(
    files.filter(({ path }) => !isPlanPath(path)),
    ({ path }) => folderOf(path),
  );
  return plans.map(({ path }) => ({
    root: path,
    paths: [
      path,
      ...sourcesOf(
        sourceFolder(path, (folder) => folders.has(folder)),
        folders,
      ),
    ],
  }));
}

type Folders = ReadonlyMap<string, readonly LinkedFile[]>;

function sourcesOf(folder: string | undefined, folders: Folders): readonly string[] {
  const seen = new Set(folder === undefined ? [] : [folder]);
  const paths: string[] = [];
  for (const next of seen) {
    for (const { path, links } of folders.get(next) ?? []) {
      paths.push(path);
      for (const link of links) seen.add(link);
    }
  }
  return paths;
}
