/** What a `Cargo.toml` says: the crate, what it asks for in which section, and what it takes from its workspace. */
import type { PackageSource } from "#model/package-manifest.ts";
import type { FormatProblem } from "../../../formats/format-problem.ts";
import { child, type Node } from "../../../formats/node.ts";
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { readToml } from "../../../formats/toml/read-toml.ts";
import { membersOf, type NamedMember, unquoted, wordIn } from "../../reading/node-fields.ts";

export interface CargoManifest {
  readonly crate?: { readonly name: string; readonly version?: string; readonly license?: string; readonly at: Place };
  readonly isWorkspace: boolean;
  readonly wants: readonly CargoWant[];
  readonly problems: readonly FormatProblem[];
}

export interface CargoWant {
  /** The crate's own name, also where it is renamed. */
  readonly name: string;
  readonly requirement?: string;
  readonly requirementAt?: Place;
  readonly source?: PackageSource;
  readonly section: "normal" | "build" | "dev";
  readonly isOptional: boolean;
  readonly at: Place;
}

const sections = [
  ["dependencies", "normal"],
  ["build-dependencies", "build"],
  ["build_dependencies", "build"],
  ["dev-dependencies", "dev"],
  ["dev_dependencies", "dev"],
] as const;

/** `workspace`: the root of the workspace, if it is another file. */
export function cargoManifest(file: TextFile, workspace: TextFile | undefined): CargoManifest {
  const { node, problems } = readToml(file);
  const shared = child(workspace ? readToml(workspace).node : node, "workspace");
  const tables: readonly Node[] = [node, ...membersOf(child(node, "target")).map(({ value }) => value)];
  const wants = tables.flatMap((table) =>
    sections.flatMap(([key, section]) =>
      membersOf(child(table, key)).map((member): CargoWant => wantOf(member, section, child(shared, "dependencies"))),
    ),
  );
  const crate = crateOf(child(node, "package") ?? child(node, "project"), child(shared, "package"));
  return { ...(crate && { crate }), isWorkspace: child(node, "workspace") !== undefined, wants, problems };
}

function crateOf(table: Node | undefined, shared: Node | undefined): CargoManifest["crate"] {
  const name = wordIn(child(table, "name"));
  if (!table || name === undefined) return undefined;
  const inherited = (key: string) =>
    wordIn(child(table, key)) ?? (isInherited(child(table, key)) ? wordIn(child(shared, key)) : undefined);
  const [version, license] = [inherited("version"), inherited("license")];
  const at = table.is === "block" ? (table.get("name")?.whole ?? table.at) : table.at;
  return { name, ...(version !== undefined && { version }), ...(license !== undefined && { license }), at };
}

function isInherited(node: Node | undefined): boolean {
  const flag = child(node, "workspace");
  return flag?.is === "scalar" && flag.value === true;
}

function wantOf(member: NamedMember, section: CargoWant["section"], shared: Node | undefined): CargoWant {
  const { name: key, value, whole } = member;
  const inherited = isInherited(value) ? child(shared, key) : undefined;
  const from = inherited ?? value;
  const version = from.is === "scalar" ? from : child(from, "version");
  const requirement = wordIn(version);
  const source = sourceOf(from);
  const optional = child(value, "optional");
  return {
    name: wordIn(child(from, "package")) ?? key,
    ...(version && requirement !== undefined && { requirement, requirementAt: unquoted(version.at) }),
    ...(source && { source }),
    section,
    isOptional: optional?.is === "scalar" && optional.value === true,
    at: whole,
  };
}

function sourceOf(node: Node): PackageSource | undefined {
  const [path, git, rev] = ["path", "git", "rev"].map((key) => wordIn(child(node, key)));
  if (path !== undefined) return { is: "path", path };
  if (git === undefined) return undefined;
  // A branch or the head of a pull request names no commit.
  return { is: "git", url: git, ...(rev !== undefined && /^[0-9a-f]{7,40}$/.test(rev) && { commit: rev }) };
}
