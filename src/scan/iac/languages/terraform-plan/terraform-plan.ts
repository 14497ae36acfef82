/**
 * Plans as `terraform show -json` prints them, for Terraform and OpenTofu. Where the repository holds the `.tf` files of
 * the plan, in its folder or one above, resources and attributes stand there; else in the plan.
 */

import { readJson } from "../../../formats/json/read-json.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import type { Language, LinkedFile, UnitPlan } from "../../language.ts";
import { problemAt } from "../../problem-at.ts";
import type { ReadUnit } from "../../resource.ts";
import { folderOf } from "../folder-path.ts";
import { linksOf } from "../terraform/module-links.ts";
import { kindOfFile } from "../terraform/terraform-file.ts";
import { planResources } from "./plan-resources.ts";
import { sourceFolder } from "./source-folder.ts";

/**
 * A plan tells each resource three or four times and grows with the state: one of 60 MB describes some 13,000 resources and
 * takes 5 s and 450 MB of heap, of the 512 MB that a thread has.
 */
const largestFile = 64 * 1024 ** 2;

const isSource = (path: string) => kindOfFile(path) === "configuration";
const isPlan = (path: string) => /\.json$/i.test(path) && kindOfFile(path) === undefined;

export const terraformPlan: Language = {
  name: "terraform-plan",
  selects: (path) => isPlan(path) || isSource(path),
  recognizes: (file) => {
    if (isSource(file.path)) return true;
    const text = file.text();
    return (
      text !== undefined && /"format_version"\s*:/.test(text) && /"(?:planned_values|resource_changes)"\s*:/.test(text)
    );
  },
  links: (file) => (isSource(file.path) ? linksOf(file) : []),
  units,
  largestFile,
  isOutput: true,
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
  const problems = unread.map(({ code, message, place }) =>
    problemAt(place, code, `This plan was not read whole: ${message}.`),
  );
  return { resources: node ? planResources(node, file, sources) : [], problems };
}

function units(files: readonly LinkedFile[]): readonly UnitPlan[] {
  const plans = files.filter(({ path }) => isPlan(path));
  if (plans.length === 0) return [];
  const folders = Map.groupBy(
    files.filter(({ path }) => isSource(path)),
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
