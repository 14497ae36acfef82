/** Of which issues a policy has told a webhook. The log of deliveries cannot say: it is kept for 30 days. */
import { sql } from "kysely";
import type { IssueId } from "#model/ids.ts";
import type { Webhook } from "#model/webhook.ts";
import type { Db } from "../database.ts";

/** Those that were not told before, and are from now on. */
export async function tellIssues(
  tx: Db,
  { id, instanceId }: Pick<Webhook, "id" | "instanceId">,
  policy: string,
  issues: readonly IssueId[],
): Promise<readonly IssueId[]> {
  const { rows } = await sql<{ issueId: IssueId }>`
    insert into webhook_told_issues (instance_id, webhook_id, policy, issue_id)
    select ${instanceId}::uuid, ${id}::uuid, ${policy}, given.id from unnest(${[...issues]}::uuid[]) as given (id)
    on conflict do nothing returning issue_id`.execute(tx);
  const added = new Set(rows.map(({ issueId }) => issueId));
  return issues.filter((issue) => added.has(issue));
}
