/** Where a scanned folder stands in Azure DevOps, for policies: as the options say it, else the pipeline, else git. */
import { basename } from "node:path";
import { branchKindsOf } from "#model/branch-kinds.ts";
import { type BranchKind, branchKinds } from "#model/policy.ts";
import type { PolicyPlace } from "#model/verdict.ts";
import { environmentWith } from "../config.ts";
import { askGit } from "../scan/ask-git.ts";
import type { ScanOptions } from "../scan/scan-options.ts";
import { isInGit } from "../scan/scan-place.ts";
import { UsageError } from "../usage-error.ts";

export interface KnownPlace {
  readonly place: PolicyPlace;
  /** What policies may ask and nothing tells. */
  readonly missing: readonly ("repository" | "branch" | "tags")[];
}

export async function policyPlace(folder: string, options: ScanOptions): Promise<KnownPlace> {
  const pipeline = pipelineOf(environmentWith({}));
  const repository = options.repository ?? pipeline.repository;
  const project = repository?.slice(0, repository.indexOf("/"));
  if (options.repository !== undefined && !/^[^/]+\/[^/]+$/.test(options.repository)) {
    throw new UsageError(`--repository must be project/repository, not "${options.repository}"`);
  }
  const tags = options.tags === undefined ? [] : wordsOf(options.tags);
  const branch = options.branch === undefined ? await kindsOf(folder, pipeline.branch) : listedKinds(options.branch);
  return {
    place: {
      repository: repository ?? `/${basename(folder)}`,
      project: project ?? "",
      tags,
      branch: branch ?? ["other"],
      trigger: options.trigger ?? "ci",
    },
    missing: [
      ...(repository === undefined ? (["repository"] as const) : []),
      ...(branch === undefined ? (["branch"] as const) : []),
      ...(tags.length === 0 ? (["tags"] as const) : []),
    ],
  };
}

interface Pipeline {
  readonly repository?: string;
  /** Of a pull request: its target. */
  readonly branch?: string;
}

/** What Azure Pipelines sets for every run. */
function pipelineOf(environment: Readonly<Record<string, string | undefined>>): Pipeline {
  const { SYSTEM_TEAMPROJECT: project, BUILD_REPOSITORY_NAME: name } = environment;
  const { SYSTEM_PULLREQUEST_TARGETBRANCH: target, BUILD_SOURCEBRANCH: source } = environment;
  const ref = target || source;
  return {
    ...(project && name && { repository: `${project}/${name.slice(name.lastIndexOf("/") + 1)}` }),
    ...(ref && { branch: shortName(ref) }),
  };
}

async function kindsOf(folder: string, known: string | undefined): Promise<readonly BranchKind[] | undefined> {
  const ask = isInGit(folder) ? symbolicRef : () => Promise.resolve(undefined);
  const name = known ?? (await ask(folder, "HEAD"));
  if (name === undefined) return undefined;
  const standard = (await ask(folder, "refs/remotes/origin/HEAD"))?.replace(/^origin\//, "");
  const isDefault = standard === undefined ? name === "main" || name === "master" : name === standard;
  return branchKindsOf({ name, isDefault, isProtected: false });
}

async function symbolicRef(folder: string, ref: string): Promise<string | undefined> {
  const name = await askGit(folder, "symbolic-ref", "--quiet", ref);
  return name === undefined ? undefined : shortName(name.trim());
}

function shortName(ref: string): string {
  return ref.replace(/^refs\/(?:heads|remotes)\//, "");
}

function listedKinds(text: string): readonly BranchKind[] {
  const words = wordsOf(text);
  // No policy asks for a branch of no kind: an unset variable of a script would let everything pass.
  if (words.length === 0) throw new UsageError(`--branch names no kind of branch; there are ${branchKinds.join(", ")}`);
  return words.map((word) => {
    const kind = branchKinds.find((one) => one === word);
    if (kind === undefined) throw new UsageError(`--branch must be of ${branchKinds.join(", ")}, not "${word}"`);
    return kind;
  });
}

function wordsOf(text: string): readonly string[] {
  return text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}
