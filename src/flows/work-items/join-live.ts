/** A group has one work item at a time: what returns to one that was over goes to the one that was made since. */
import type { RemoteWorkItem } from "#azure-devops/work-items.ts";
import type { WorkItem } from "#model/work-item.ts";
import { changeWorkItem, type LinkedIssue, linkIssues, listLiveWorkItems, markTold } from "#store/fixes/work-items.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";

export async function findLive(
  { db }: Pick<App, "db">,
  { id, key, repositoryId }: Pick<WorkItem, "id" | "key" | "repositoryId">,
): Promise<WorkItem | undefined> {
  const live = await listLiveWorkItems(db, repositoryId);
  return live.find((other) => other.key === key && other.id !== id);
}

/** False if there is no other one. Whatever people do to this one in Boards, it is over. */
export async function joinLive(
  app: Pick<App, "db" | "now">,
  item: WorkItem,
  { linked, remote }: { readonly linked: readonly LinkedIssue[]; readonly remote?: RemoteWorkItem },
): Promise<boolean> {
  const other = await findLive(app, item);
  if (!other) return false;
  const now = app.now();
  const open = linked.filter(({ state }) => state === "open");
  const seen = remote && { remoteState: remote.state, revision: remote.revision };
  await inTransaction(app.db, async (tx) => {
    await linkIssues(
      tx,
      other,
      open.map(({ id }) => id),
    );
    await markTold(tx, item.id, linked);
    const reason = `${other.number === undefined ? "Another work item" : `#${other.number}`} has taken its issues.`;
    await changeWorkItem(tx, item.id, { state: "closed", reason, ...seen, lookedAt: now, tryAt: null }, now);
  });
  return true;
}
