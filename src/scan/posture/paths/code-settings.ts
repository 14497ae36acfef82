/** Settings that keep somebody from code that runs: policies of branches, and rights on repositories and pipelines. */
import type { RepositoryFact } from "#model/posture/code-facts.ts";
import { projectPage, repositoryPage } from "../facts/pages-of.ts";
import { branchName } from "../facts/policies-of-branch.ts";
import type { CutSetting } from "./cut-settings.ts";
import type { EntryClass } from "./entry-classes.ts";
import type { Ground, PipelineGround, ProjectGround } from "./ground.ts";

export interface BranchPlace {
  readonly project: ProjectGround;
  readonly repository: RepositoryFact;
  readonly ref: string;
}

export function requireReviewers({ facts, kept }: Ground, { project, repository, ref }: BranchPlace): CutSetting {
  return kept.get(`reviewers ${repository.id} ${ref}`, () => ({
    what:
      `Branch policies of ${branchName(ref)} in ${repository.name} (${project.facts.name}): require at least one reviewer, ` +
      "with “Allow requestors to approve their own changes” off, “Prohibit the most recent pusher from approving their own " +
      "changes” on, and “When new changes are pushed: reset all approval votes”.",
    url: repositoryPage(facts, project.facts, { id: repository.id, ref, tab: "policies" }),
    price: 1,
  }));
}

const permissionNames = {
  PolicyExempt: "Bypass policies when pushing",
  PullRequestBypassPolicy: "Bypass policies when completing pull requests",
  EditPolicies: "Edit policies",
} as const;

export type BranchPermission = keyof typeof permissionNames;

export function takeFromBranch(
  { facts, kept }: Ground,
  { project, repository, ref }: BranchPlace,
  { permission, from }: { readonly permission: BranchPermission; readonly from: string },
): CutSetting {
  return kept.get(`${permission} ${repository.id} ${ref} ${from}`, () => ({
    what: `Permissions of ${branchName(ref)} in ${repository.name} (${project.facts.name}): take “${permissionNames[permission]}” from ${from}.`,
    url: repositoryPage(facts, project.facts, { id: repository.id, ref, tab: "permissions" }),
    price: 1,
  }));
}

const rightNames = {
  QueueBuilds: "Queue builds",
  EditBuildDefinition: "Edit build pipeline",
  CreateBuildDefinition: "Create build pipeline",
} as const;

/** People need these for their work: it is the last thing to take away. */
export function takeFromPipelines(
  { facts, kept }: Ground,
  project: ProjectGround,
  {
    right,
    from,
    pipeline,
  }: { readonly right: keyof typeof rightNames; readonly from: EntryClass; readonly pipeline?: PipelineGround },
): CutSetting {
  const { id, name } = pipeline?.definition ?? { id: "", name: undefined };
  return kept.get(`${right} ${project.facts.id} ${id} ${from.node.id}`, () => ({
    what: `Security of ${name === undefined ? `all pipelines of ${project.facts.name}` : `pipeline ${name}`}: set “${rightNames[right]}” of ${from.name} to Deny.`,
    url: `${facts.url}/${encodeURIComponent(project.facts.name)}/_build`,
    price: 3,
    meets: () =>
      right === "QueueBuilds" && pipeline
        ? pipeline.runs
            .filter(({ reason }) => reason === "manual")
            .map((run) => ({ pipeline: pipeline.definition.name, run }))
        : [],
  }));
}

export function mendInjection({ kept }: Ground, { project, definition }: PipelineGround, at: string): CutSetting {
  return kept.get(`injection ${project.id} ${definition.id} ${at}`, () => ({
    what: `Pipeline ${definition.name}, ${at}: hand the value to the script as an environment variable, or list the values that are allowed.`,
    url: definition.url,
    price: 1,
  }));
}

export function switchSetting(
  { facts, kept }: Ground,
  { facts: project }: Pick<ProjectGround, "facts">,
  setting: { readonly id: string; readonly what: string; readonly meets?: CutSetting["meets"] },
): CutSetting {
  return kept.get(`${setting.id} ${project.id}`, () => ({
    what: `Project settings > Pipelines > Settings of ${project.name}: ${setting.what}`,
    url: projectPage(facts, project, "settings"),
    price: 1,
    ...(setting.meets ? { meets: setting.meets } : {}),
  }));
}
