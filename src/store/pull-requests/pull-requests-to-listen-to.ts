/** Active pull requests with threads of ours, where no hook tells what people reply. */
import { sql } from "kysely";
import type { InstanceId, OrganizationId, ProjectId, RepositoryId } from "#model/ids.ts";
import type { Db } from "../database.ts";

export async function pullRequestsToListenTo(
  db: Db,
  given: {
    readonly organizationId: OrganizationId;
    readonly eventType: string;
    /** Projects whose hooks may have missed something. */
    readonly unheard: readonly ProjectId[];
    readonly limit: number;
  },
): Promise<
  readonly { readonly repositoryId: RepositoryId; readonly instanceId: InstanceId; readonly number: number }[]
> {
  const { rows } = await sql<{ repositoryId: RepositoryId; instanceId: InstanceId; number: number }>`
    select pr.repository_id, pr.instance_id, pr.number
    from pull_requests pr
    join repositories r on r.id = pr.repository_id and r.chosen and r.gone_at is null and not r.is_disabled
    where r.organization_id = ${given.organizationId} and pr.state = 'active'
      and exists (select 1 from pull_request_findings f
        where f.repository_id = pr.repository_id and f.number = pr.number and f.thread_id is not null)
      and (r.project_id = any(${[...given.unheard]}::uuid[]) or not exists (select 1 from hook_subscriptions h
        where h.organization_id = r.organization_id and h.project_id = r.project_id
          and h.event_type = ${given.eventType} and h.status = 'enabled'))
    order by pr.updated_at desc limit ${given.limit}`.execute(db);
  return rows;
}
