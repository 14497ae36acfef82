/** Settings that guard a resource: its checks, the pipelines that may use it, and the runs that each would have met. */
import { branchName, matchesPattern } from "../facts/policies-of-branch.ts";
import type { CutSetting, MetRun } from "./cut-settings.ts";
import { type Ground, heldBy, type PipelineGround, type ProjectGround } from "./ground.ts";
import type { GuardedResource } from "./guarded-resources.ts";

const kindWords = {
  connection: "service connection",
  "variable-group": "variable group",
  "secure-file": "secure file",
  environment: "environment",
  queue: "agent pool",
  repository: "repository",
} as const;

export function sayResource({ kind, name }: Pick<GuardedResource, "kind" | "name">): string {
  return `${kindWords[kind]} ${name}`;
}

function place(resource: GuardedResource): string {
  return `${sayResource(resource)} (${resource.project.name})`;
}

function idOf({ kind, id, project }: GuardedResource): string {
  return `${kind} ${project.id}/${id}`;
}

interface ResourceSettings {
  readonly branchControl: CutSetting;
  readonly approval: CutSetting;
  /** To pipelines by name. */
  readonly restriction: CutSetting;
}

const made = new WeakMap<GuardedResource, ResourceSettings>();

/** What helps whoever comes by. */
export function settingsOf(ground: Ground, resource: GuardedResource): ResourceSettings {
  const known = made.get(resource);
  if (known) return known;
  const settings = {
    branchControl: controlBranches(ground, resource),
    approval: approve(ground, resource),
    restriction: restrict(ground, resource),
  };
  made.set(resource, settings);
  return settings;
}

function controlBranches(ground: Ground, resource: GuardedResource): CutSetting {
  return ground.kept.get(`branch control ${idOf(resource)}`, () => {
    const project = ground.byId.get(resource.project.id);
    const users = project ? usersOf(project, resource) : [];
    const refs = branchesToAllow(project, users);
    const stands = resource.checks?.some(({ settings }) => settings.is === "branch-control");
    const open = [...new Set(users.flatMap(({ definition }) => openDefault(project, definition.repository)))];
    const first =
      open.length === 0
        ? ""
        : ` Protect ${open.slice(0, 3).join(", ")} by a policy first: else runs from there stop, too.`;
    return {
      what: `Approvals and checks of ${place(resource)}: ${stands ? "change" : "add"} branch control to allow ${refs.join(", ")} alone, with “Verify branch protection” on.${first}`,
      url: resource.url,
      price: 1,
      meets: () =>
        runsOf(users, resource)
          .filter(({ pipeline, run }) => !isAdmitted(project, pipeline, run.branch, refs))
          .map(named),
    };
  });
}

function approve(ground: Ground, resource: GuardedResource): CutSetting {
  return ground.kept.get(`approval ${idOf(resource)}`, () => {
    const project = ground.byId.get(resource.project.id);
    const stands = resource.checks?.find(({ settings }) => settings.is === "approval")?.settings;
    const isSelf = stands?.is === "approval" && stands.requesterMayApprove && stands.approvers.length > 0;
    const what = isSelf
      ? "clear “Allow approvers to approve their own runs” in the approval."
      : "add an approval by people who do not push to its pipelines, with “Allow approvers to approve their own runs” off.";
    return {
      what: `Approvals and checks of ${place(resource)}: ${what}`,
      url: resource.url,
      // Somebody has to be there for each run; where an approval stands, somebody already is.
      price: isSelf ? 1 : 1.6,
      meets: () => (project && !isSelf ? runsOf(usersOf(project, resource), resource).map(named) : []),
    };
  });
}

function restrict(ground: Ground, resource: GuardedResource): CutSetting {
  return ground.kept.get(`restrict ${idOf(resource)}`, () => {
    const project = ground.byId.get(resource.project.id);
    const names = project ? usersOf(project, resource).map(({ definition }) => definition.name) : [];
    const left =
      names.length === 0
        ? ""
        : ` and give it to ${names.slice(0, 5).join(", ")}${names.length > 5 ? " and others that use it" : ""}`;
    return {
      what: `Security of ${place(resource)}, pipeline permissions: restrict it from all pipelines${left}.`,
      url: resource.url,
      price: 1,
    };
  });
}

export function withdraw(ground: Ground, resource: GuardedResource, { definition, runs }: PipelineGround): CutSetting {
  return ground.kept.get(`withdraw ${idOf(resource)} ${definition.id}`, () => ({
    what: `Security of ${place(resource)}, pipeline permissions: remove ${definition.name}.`,
    url: resource.url,
    price: resource.users.has(definition.id) ? 3 : 1,
    meets: () => (resource.users.has(definition.id) ? runs.map((run) => ({ pipeline: definition.name, run })) : []),
  }));
}

export function demote(ground: Ground, resource: GuardedResource, group: string): CutSetting {
  return ground.kept.get(`role ${idOf(resource)} ${group}`, () => ({
    what: `Security of ${place(resource)}: change the role of ${group} from Administrator to Reader.`,
    url: resource.url,
    price: 1,
  }));
}

function usersOf({ pipelines }: ProjectGround, { users }: GuardedResource): readonly PipelineGround[] {
  return users.size === 0 ? [] : pipelines.filter(({ definition }) => users.has(definition.id));
}

interface UserRun extends Pick<MetRun, "run"> {
  readonly pipeline: PipelineGround;
}

/** Where Azure DevOps tells the runs that used it, those; else all runs of a pipeline whose code uses it. */
function runsOf(users: readonly PipelineGround[], { users: uses }: GuardedResource): readonly UserRun[] {
  return users.flatMap((pipeline) => {
    const told = uses.get(pipeline.definition.id)?.runIds ?? new Set();
    const isTold = pipeline.runs.some(({ id }) => told.has(id));
    return pipeline.runs.filter(({ id }) => !isTold || told.has(id)).map((run) => ({ pipeline, run }));
  });
}

function named({ pipeline, run }: UserRun): MetRun {
  return { pipeline: pipeline.definition.name, run };
}

function branchesToAllow(project: ProjectGround | undefined, users: readonly PipelineGround[]): readonly string[] {
  const refs = users.map(({ definition }) => definition.repository.defaultBranch).filter((ref) => ref !== undefined);
  const fallback = project?.repositories.map(({ defaultBranch }) => defaultBranch).find((ref) => ref !== undefined);
  const all = [...new Set(refs)].toSorted();
  return all.length > 0 ? all.slice(0, 10) : [fallback ?? "refs/heads/main"];
}

function isAdmitted(
  project: ProjectGround | undefined,
  { definition }: PipelineGround,
  branch: string,
  refs: readonly string[],
): boolean {
  if (!refs.some((ref) => matchesPattern(branch, ref))) return false;
  return openBranch(project, definition.repository.id, branch) === undefined;
}

function openDefault(
  project: ProjectGround | undefined,
  { id, defaultBranch }: PipelineGround["definition"]["repository"],
) {
  const open = defaultBranch === undefined ? undefined : openBranch(project, id, defaultBranch);
  return open === undefined ? [] : [open];
}

/** `main of web`, if it is known that no policy holds there. */
function openBranch(project: ProjectGround | undefined, repositoryId: string, ref: string): string | undefined {
  const repository = project?.repositories.find(({ id }) => id.toLowerCase() === repositoryId.toLowerCase());
  if (!project || !repository || heldBy(project.facts, repository, ref)?.length !== 0) return undefined;
  return `${branchName(ref)} of ${repository.name}`;
}
