/** The open issues that an exception would cover, without dismissing them. */
import { sql } from "kysely";
import { type Exception, isAnchoredTo } from "#model/exception.ts";
import type { Finding } from "#model/finding.ts";
import type { IssueId } from "#model/ids.ts";
import type { Db } from "../database.ts";
import { perhapsAnchored } from "./cover-findings.ts";

export async function issuesOfAnchor(
  db: Db,
  { instanceId, repositoryId, anchor }: Pick<Exception, "instanceId" | "repositoryId" | "anchor">,
): Promise<readonly IssueId[]> {
  const { rows } = await sql<{ id: IssueId; finding: Finding }>`
    select i.id, i.finding from issues i
    where i.instance_id = ${instanceId} ${repositoryId ? sql`and i.repository_id = ${repositoryId}` : sql``}
      and i.state = 'open' and ${perhapsAnchored(anchor, "i")}`.execute(db);
  return rows.flatMap(({ id, finding }) => (isAnchoredTo(anchor, finding) ? [id] : []));
}
