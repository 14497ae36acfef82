/**
 * Brings the work items of an organization in line with their issues, and ours with what people did in Boards. What one
 * work item is refused is told on it; the others go on.
 */
import { type RemoteWorkItem, readWorkItems } from "#azure-devops/work-items.ts";
import type { ProjectId } from "#model/ids.ts";
import { RemoteError } from "#model/remote-error.ts";
import { changeWorkItem, listWorkItemsToSync, type WorkItemToSync } from "#store/fixes/work-items.ts";
import { getInstance } from "#store/instances/instances.ts";
import { getOrganization } from "#store/instances/organizations.ts";
import type { App } from "../app.ts";
import { openOrganization } from "../instances/open-organization.ts";
import { askToSyncWorkItems } from "../jobs/ask.ts";
import type { JobData } from "../jobs/queues.ts";
import { lookedBefore } from "./ask-about-work-items.ts";
import { followWorkItem } from "./follow-work-item.ts";
import { makeWorkItem } from "./make-work-item.ts";
import { openProcess } from "./open-process.ts";
import { refusedMilliseconds, type SyncContext } from "./sync-context.ts";

const atOnce = 200;

export async function syncWorkItems(app: App, job: JobData["sync-work-items"], signal: AbortSignal): Promise<void> {
  const organization = await getOrganization(app.db, job.organization);
  const instance = organization && (await getInstance(app.db, organization.instanceId));
  if (!organization || !instance?.features.workItems) return;
  const now = app.now();
  const due = { now, lookedBefore: lookedBefore(now), limit: atOnce };
  const items = await listWorkItemsToSync(app.db, organization.id, due);
  if (items.length === 0) return;
  const client = await openOrganization(app, organization.id, "sync");
  for (const [projectId, ofProject] of Map.groupBy(items, (item) => item.projectId)) {
    const context = { client, process: openProcess(client, projectId) };
    await syncProject(app, context, projectId, ofProject, signal);
  }
  if (items.length === atOnce) await askToSyncWorkItems(app, app.db, organization);
}

async function syncProject(
  app: App,
  context: SyncContext,
  projectId: ProjectId,
  items: readonly WorkItemToSync[],
  signal: AbortSignal,
): Promise<void> {
  const numbers = items.flatMap(({ number }) => number ?? []);
  const remote = await tried(app, items, () => readWorkItems(context.client, projectId, numbers));
  if (!remote) return;
  for (const item of items) {
    signal.throwIfAborted();
    await tried(app, [item], () => syncOne(app, context, item, remote));
  }
}

async function syncOne(
  app: App,
  context: SyncContext,
  item: WorkItemToSync,
  remote: ReadonlyMap<number, RemoteWorkItem>,
): Promise<void> {
  if (item.number === undefined) return makeWorkItem(app, context, item);
  const found = remote.get(item.number);
  if (found) return followWorkItem(app, context, item, found);
  const lookedAt = app.now();
  const reason = "It was deleted in Boards, moved to another project, or the account may not read it any more.";
  const news = item.state === "gone" ? {} : ({ state: "gone", reason } as const);
  await changeWorkItem(app.db, item.id, { ...news, lookedAt }, lookedAt);
}

/** Undefined: refused for reasons of its own, which it tells. Everything else ends the job. */
async function tried<T>(app: App, items: readonly WorkItemToSync[], act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof RemoteError) || !["refused", "not-found", "forbidden", "conflict"].includes(error.code)) {
      throw error;
    }
    const now = app.now();
    const tryAt = new Date(now.getTime() + refusedMilliseconds);
    const reason = error.code === "forbidden" ? withoutRight(error) : `Azure DevOps says: ${error.message}`;
    for (const { id } of items) await changeWorkItem(app.db, id, { reason, tryAt, lookedAt: now }, now);
    app.log.warn({ code: error.code, reason: error.message, workItems: items.length }, "work items not written");
    return undefined;
  }
}

function withoutRight({ message }: RemoteError): string {
  return `The account may not write work items here: it needs the scope Work Items (Read & write), and the right to edit work items of this area. Azure DevOps says: ${message}`;
}
