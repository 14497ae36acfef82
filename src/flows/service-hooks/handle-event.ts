/** Turns one stored delivery into the jobs that it asks for, in one transaction; says on the event what was done, or why nothing was. */
import { parseHook } from "#azure-devops/parse-hook.ts";
import type { HookEvent } from "#model/hook-event.ts";
import type { HookEventId, InstanceId, OrganizationId, RepositoryId } from "#model/ids.ts";
import type { Repository } from "#model/repository.ts";
import type { Db } from "#store/database.ts";
import { finishHookEvent, getHookEvent, keepHookBody } from "#store/hooks/hook-events.ts";
import { findSubscriptionByKey } from "#store/hooks/hook-subscriptions.ts";
import { isWatchedProject } from "#store/instances/projects.ts";
import { getRepository } from "#store/instances/repositories.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import {
  askForPullRequestScan,
  askForPushedHistory,
  askForRepositoryScan,
  askForSync,
  askToObeyComment,
} from "../jobs/ask.ts";
import type { JobData } from "../jobs/queues.ts";
import { askForPoliciesOf } from "../policies/read-policy-source.ts";
import { type Decision, decideEvent } from "./decide-event.ts";
import { recordBuild } from "./record-build.ts";
import { withoutSecrets } from "./without-secrets.ts";

interface Received {
  readonly id: HookEventId;
  readonly instanceId: InstanceId;
  readonly repository: Repository | undefined;
  /** Known from the subscription's secret, not from the payload; absent once the subscription is deleted. */
  readonly organizationId: OrganizationId | undefined;
}

export async function handleEvent(app: App, job: JobData["handle-event"]): Promise<void> {
  const row = await getHookEvent(app.db, job.event);
  if (row?.state !== "received") return;
  const parsed = parseHook(row.body, row.receivedAt);
  const kept = withoutSecrets(row.body);
  await inTransaction(app.db, async (tx) => {
    if (kept !== row.body) await keepHookBody(tx, row.id, kept);
    if ("problem" in parsed) return finishHookEvent(tx, row.id, "ignored", parsed.problem);
    if (isTest(parsed)) return finishHookEvent(tx, row.id, "ignored", "A test delivery: what it tells is made up");
    const subscription = await findSubscriptionByKey(tx, row.subscriptionKey);
    const received: Received = {
      id: row.id,
      instanceId: row.instanceId,
      repository: await repositoryOf(tx, parsed.event, row.instanceId),
      organizationId: subscription?.organizationId,
    };
    const isOurs =
      subscription?.projectId !== undefined || (await isOfWatchedProject(tx, parsed.event, row.instanceId));
    const decision = isOurs ? decideEvent(parsed.event, received.repository) : ofOtherProject;
    await act(app, tx, received, decision);
    if (parsed.event.is === "push" && received.repository) await askForPoliciesOf(app, tx, received.repository.id);
    await finishHookEvent(tx, row.id, decision.is === "ignore" ? "ignored" : "handled", noteOf(decision));
  });
}

const ofOtherProject: Decision = { is: "ignore", why: "Nothing of its project is chosen to be scanned" };

/** Azure DevOps has no subscription with zeros: a test is of none. */
function isTest({ subscriptionId }: { readonly subscriptionId?: string }): boolean {
  return subscriptionId !== undefined && /^[0-]+$/.test(subscriptionId);
}

/** A hook of the whole organization tells of all its projects. */
async function isOfWatchedProject(tx: Db, event: HookEvent, instanceId: InstanceId): Promise<boolean> {
  return event.projectId === undefined || isWatchedProject(tx, instanceId, event.projectId);
}

async function repositoryOf(tx: Db, event: HookEvent, instanceId: InstanceId): Promise<Repository | undefined> {
  if (!("repositoryId" in event) || event.repositoryId === undefined) return undefined;
  const repository = await getRepository(tx, event.repositoryId as RepositoryId);
  return repository?.instanceId === instanceId ? repository : undefined;
}

async function act(app: App, tx: Db, received: Received, decision: Decision): Promise<void> {
  const { id, instanceId, repository, organizationId } = received;
  const because = { is: "hook", event: id } as const;
  switch (decision.is) {
    case "ignore":
      return;
    case "sync":
      if (organizationId) await askForSync(app, tx, { id: organizationId, instanceId });
      return;
    case "scan-repository":
      if (repository) await askForRepositoryScan(app, tx, repository, because);
      return;
    case "read-history":
      if (repository) await askForPushedHistory(app, tx, repository);
      return;
    case "scan-pull-request": {
      if (!repository) return;
      const pullRequest = { repositoryId: repository.id, instanceId, number: decision.number };
      await askForPullRequestScan(app, tx, pullRequest, because);
      return;
    }
    case "obey-comment":
      if (repository)
        await askToObeyComment(app, tx, { repositoryId: repository.id, instanceId, number: decision.number });
      return;
    case "record-build": {
      const { is: _is, id: _id, at, organizationId: _claimed, repositoryId: _repository, ...build } = decision.build;
      if (!organizationId) return;
      const owner = { organizationId, instanceId, ...(repository && { repositoryId: repository.id }) };
      const { buildNumber: number, finishedAt = at } = build;
      await recordBuild(app, tx, { ...build, ...owner, number, finishedAt }, because);
    }
  }
}

function noteOf(decision: Decision): string | undefined {
  switch (decision.is) {
    case "ignore":
    case "sync":
      return decision.why;
    case "scan-repository":
      return "The default branch moved";
    case "read-history":
      return "Another branch moved or went: the history is read for secrets";
    case "scan-pull-request":
      return `Pull request ${decision.number}`;
    case "obey-comment":
      return `A command in pull request ${decision.number}`;
    case "record-build":
      return `Build ${decision.build.buildNumber}`;
  }
}
