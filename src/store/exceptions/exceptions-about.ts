/** What was decided about one problem and is not over: exceptions that are in force, and those that wait for a second person. */
import { sql } from "kysely";
import { type Exception, isAnchoredTo } from "#model/exception.ts";
import type { Finding } from "#model/finding.ts";
import type { InstanceId, RepositoryId } from "#model/ids.ts";
import type { Db } from "../database.ts";
import { type StoredException, toException } from "./exceptions.ts";

export async function exceptionsAbout(
  db: Db,
  {
    instanceId,
    repositoryId,
    finding,
  }: { readonly instanceId: InstanceId; readonly repositoryId: RepositoryId; readonly finding: Finding },
): Promise<readonly Exception[]> {
  const { rows } = await sql<StoredException>`
    select * from exceptions
    where instance_id = ${instanceId} and state in ('active', 'pending')
      and (repository_id is null or repository_id = ${repositoryId})
      and (anchor->>'is' <> 'finding' or anchor->>'fingerprint' = ${finding.fingerprint})
    order by made_at, id`.execute(db);
  return rows.map(toException).filter(({ anchor }) => isAnchoredTo(anchor, finding));
}
