/** The dependencies in the tables of Poetry and in a Pipfile: a name with a version, or a table that says more. */
import type { PackageSource, PackageUse } from "#model/package-manifest.ts";
import { child, type Node } from "../../../formats/node.ts";
import { spanOf } from "../../../formats/text-file.ts";
import { membersOf, type NamedMember, unquoted, wordIn } from "../../reading/node-fields.ts";

export interface TableGroup {
  readonly isDevelopment: boolean;
  readonly groups: readonly string[];
}

export function poetryPackages(poetry: Node | undefined): readonly PackageUse[] {
  const dev = { isDevelopment: true, groups: ["dev"] };
  return [
    ...tablePackages(child(poetry, "dependencies"), { isDevelopment: false, groups: [] }),
    ...tablePackages(child(poetry, "dev-dependencies"), dev),
    ...membersOf(child(poetry, "group")).flatMap(({ name, value }) =>
      tablePackages(child(value, "dependencies"), { isDevelopment: true, groups: [name] }),
    ),
  ];
}

export function tablePackages(table: Node | undefined, group: TableGroup): readonly PackageUse[] {
  return membersOf(table).flatMap((member) => {
    if (member.name.toLowerCase() === "python") return [];
    const { value } = member;
    const nodes = value.is === "list" ? value.items : [value];
    return nodes.map((node) => tablePackage(member, node, group));
  });
}

function tablePackage({ name, whole }: NamedMember, node: Node, group: TableGroup): PackageUse {
  const version = node.is === "block" ? child(node, "version") : node;
  const requirement = wordIn(version);
  const exact = requirement === undefined ? undefined : /^(?:===?\s*)?v?(\d[\w.!+-]*)$/.exec(requirement)?.[1];
  // A bare version is that version, to Poetry and to Pipenv.
  const source = sourceIn(node);
  const isOptional = child(node, "optional");
  const groups =
    isOptional?.is === "scalar" && isOptional.value === true ? [...group.groups, "optional"] : group.groups;
  const place = version && exact !== undefined ? unquoted(version.at) : undefined;
  const versionAt = place && exact !== undefined ? { ...place, start: place.end - exact.length } : undefined;
  return {
    ecosystem: "PyPI",
    name,
    ...(exact === undefined ? {} : { version: exact }),
    ...(requirement === undefined || requirement === "*" ? {} : { requirement }),
    at: spanOf(whole),
    ...(versionAt ? { versionAt: spanOf(versionAt) } : {}),
    relation: "direct",
    isDevelopment: group.isDevelopment,
    ...(groups.length > 0 ? { groups } : {}),
    ...(source ? { source } : {}),
  };
}

function sourceIn(node: Node): PackageSource | undefined {
  const word = (key: string) => wordIn(child(node, key));
  const git = word("git");
  const commit = word("rev") ?? word("ref") ?? word("tag") ?? word("branch");
  if (git !== undefined) return { is: "git", url: git, ...(commit === undefined ? {} : { commit }) };
  const url = word("url") ?? word("file");
  if (url !== undefined) return { is: "archive", url };
  const path = word("path");
  return path === undefined ? undefined : { is: "path", path };
}
