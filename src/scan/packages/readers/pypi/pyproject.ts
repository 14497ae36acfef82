/** What a `pyproject.toml` asks for: PEP 621, dependency groups, and the tables of poetry, pdm, hatch, uv and flit. */
import type { Feed, PackageUse } from "#model/package-manifest.ts";
import type { FormatProblem } from "../../../formats/format-problem.ts";
import { child, itemsOf, type Node } from "../../../formats/node.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import { readToml } from "../../../formats/toml/read-toml.ts";
import { membersOf, wordIn } from "../../reading/node-fields.ts";
import { poetryPackages } from "./poetry-table.ts";
import { pyprojectFeeds } from "./python-feeds.ts";
import { isDevelopmentName, packageOf } from "./python-package.ts";
import { isIncomplete, readRequirement } from "./python-requirement.ts";

export interface Pyproject {
  readonly root?: { readonly name: string; readonly version?: string };
  readonly packages: readonly PackageUse[];
  readonly feeds: readonly Feed[];
  /** Texts that are no requirements. */
  readonly notUnderstood: readonly Node[];
  readonly problems: readonly FormatProblem[];
}

interface Group {
  readonly node: Node | undefined;
  readonly isDevelopment: boolean;
  readonly groups?: readonly string[];
}

export function readPyproject(file: TextFile): Pyproject {
  const { node, problems } = readToml(file);
  const notUnderstood: Node[] = [];
  const packages = groupsOf(node).flatMap((group) => listed(group, notUnderstood));
  const project = child(node, "project");
  const tool = child(node, "tool");
  const poetry = child(tool, "poetry");
  const name = wordIn(child(project, "name")) ?? wordIn(child(poetry, "name"));
  const version = wordIn(child(project, "version")) ?? wordIn(child(poetry, "version"));
  return {
    ...(name === undefined ? {} : { root: { name, ...(version === undefined ? {} : { version }) } }),
    packages: [...packages, ...poetryPackages(poetry)],
    feeds: pyprojectFeeds(node),
    notUnderstood,
    problems,
  };
}

function groupsOf(node: Node): readonly Group[] {
  const project = child(node, "project");
  const tool = child(node, "tool");
  const named = (table: Node | undefined, isDevelopment?: boolean): readonly Group[] =>
    membersOf(table).map(({ name, value }) => ({
      node: value,
      isDevelopment: isDevelopment ?? isDevelopmentName(name),
      groups: [name],
    }));
  const flit = child(child(tool, "flit"), "metadata");
  return [
    { node: child(project, "dependencies"), isDevelopment: false },
    ...named(child(project, "optional-dependencies")),
    ...named(child(node, "dependency-groups"), true),
    ...named(child(child(tool, "pdm"), "dev-dependencies"), true),
    { node: child(child(tool, "uv"), "dev-dependencies"), isDevelopment: true, groups: ["dev"] },
    ...membersOf(child(child(tool, "hatch"), "envs")).flatMap(({ name, value }) =>
      ["dependencies", "extra-dependencies"].map((key) => ({
        node: child(value, key),
        isDevelopment: true,
        groups: [name],
      })),
    ),
    { node: child(flit, "requires"), isDevelopment: false },
    ...named(child(flit, "requires-extra")),
    { node: child(child(node, "build-system"), "requires"), isDevelopment: true, groups: ["build-system"] },
  ];
}

/** `{include-group = "x"}` says nothing that does not stand in the group itself. */
function listed({ node, isDevelopment, groups = [] }: Group, notUnderstood: Node[]): readonly PackageUse[] {
  if (node?.is !== "list") return [];
  return itemsOf(node).flatMap((item) => {
    if (item.is !== "scalar" || typeof item.value !== "string") return [];
    const text = item.value.replace(/^-e\s+/, "");
    const requirement = readRequirement(text);
    if (!requirement || isIncomplete(requirement)) {
      notUnderstood.push(item);
      return [];
    }
    // Offsets hold where the text has no escapes; otherwise nothing is said about the version's place.
    const offset = item.at.file.text.indexOf(text, item.at.start);
    const isPlain = offset >= 0 && offset + text.length <= item.at.end;
    const { versionAt, ...rest } = requirement;
    const placed = isPlain && versionAt ? { ...rest, versionAt } : rest;
    return [packageOf(placed, { at: item.at, offset, relation: "direct", isDevelopment, groups })];
  });
}
