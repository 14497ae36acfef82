/** Version descriptors: a branch, tag or commit by name, turned into the commit that it stands for. */
import { type Call, Refusal } from "../route.ts";
import type { RepositoryState, World } from "../world.ts";
import { resolveRef } from "./repository-store.ts";

export interface Version {
  readonly type: "branch" | "tag" | "commit";
  readonly name: string;
  readonly commit: string;
}

const typeName = (key: string) => `Microsoft.TeamFoundation.Git.Server.${key}, Microsoft.TeamFoundation.Git.Server`;

export interface VersionDescriptor {
  readonly version?: string | undefined;
  readonly versionType?: string | undefined;
  readonly versionOptions?: string | undefined;
}

/** Reads `{prefix}.version`, `{prefix}.versionType` and `{prefix}.versionOptions`, or the same names without a prefix. */
export function descriptorOf(call: Call, prefix: string, bare: boolean): VersionDescriptor {
  const read = (name: string) =>
    call.query(`${prefix}.${name}`) ?? call.query(`${prefix}[${name}]`) ?? (bare ? call.query(name) : undefined);
  return { version: read("version"), versionType: read("versionType"), versionOptions: read("versionOptions") };
}

export async function resolveVersion(
  world: World,
  repository: RepositoryState,
  descriptor: VersionDescriptor,
): Promise<Version> {
  const type = versionType(descriptor.versionType);
  const name = descriptor.version || repository.defaultBranch?.replace(/^refs\/heads\//, "");
  if (!name)
    throw new Refusal(
      404,
      "GitNoBranchesFoundException",
      `VS403403: Cannot find any branches for the ${repository.name} repository.`,
      typeName("GitNoBranchesFoundException"),
    );
  const options = descriptor.versionOptions?.toLowerCase();
  const suffix = options === "firstparent" || options === "previouschange" ? "^" : "";
  const commit = await resolveRef(world, repository.id, `${refOf(type, name)}${suffix}`);
  if (commit) return { type, name, commit };
  const shown = { branch: "Branch", tag: "Tag", commit: "Commit" }[type];
  throw new Refusal(
    404,
    "GitUnresolvableToCommitException",
    `TF401175:The version descriptor <${shown}: ${name} > could not be resolved to a version in the repository ${repository.name}`,
    typeName("GitUnresolvableToCommitException"),
  );
}

function versionType(text: string | undefined): Version["type"] {
  const lower = text?.toLowerCase();
  if (lower === "tag" || lower === "1") return "tag";
  return lower === "commit" || lower === "2" ? "commit" : "branch";
}

function refOf(type: Version["type"], name: string): string {
  if (type === "commit") return name;
  if (name.startsWith("refs/")) return name;
  return `refs/${type === "tag" ? "tags" : "heads"}/${name}`;
}

/** The commit of `{commitId}` and the like. */
export async function requireCommit(world: World, repository: RepositoryState, commitId: string): Promise<string> {
  const commit = /^[0-9a-f]{4,40}$/i.test(commitId) ? await resolveRef(world, repository.id, commitId) : undefined;
  if (commit) return commit;
  throw new Refusal(
    404,
    "GitCommitDoesNotExistException",
    `TF401034: The commit with the specified ID could not be found: ${commitId}.`,
    typeName("GitCommitDoesNotExistException"),
  );
}
