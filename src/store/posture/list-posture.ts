/** Organizations with how their posture stands: what the list of them and the head of each page show. */
import { sql } from "kysely";
import type { InstanceId, OrganizationId, ProjectId } from "#model/ids.ts";
import type { Scope } from "#model/scope.ts";
import type { Db } from "../database.ts";
import { withinScope } from "../within-scope.ts";
import { type WithoutNulls, withoutNulls } from "../without-nulls.ts";
import type { PostureRun } from "./posture-runs.ts";
import { settledPaths } from "./settled-posture.ts";

export type PostureOverview = WithoutNulls<{
  id: OrganizationId;
  name: string;
  /** Absent: nobody has looked yet. */
  url: string | null;
  instanceId: InstanceId;
  instanceName: string;
  enabled: boolean;
  attackPaths: number;
  pipelines: number;
  /** A look waits or is under way. */
  isRunning: boolean;
  dueAt: Date | null;
  lastRun:
    | (Omit<PostureRun, "startedAt" | "finishedAt"> & { readonly startedAt: string; readonly finishedAt: string })
    | null;
}>;

export async function listPosture(db: Db, scope: Scope, id?: OrganizationId): Promise<readonly PostureOverview[]> {
  const { rows } = await sql<PostureOverview>`
    select o.id, o.name, regexp_replace(r.web_url, '/_settings/$', '') as url, o.instance_id, i.name as instance_name,
      coalesce(s.enabled, true) as enabled, o.posture_due_at as due_at,
      (select count(*)::int from ${settledPaths} a where a.organization_id = o.id and a.gone_at is null) as attack_paths,
      (select count(*)::int from pipelines p where p.organization_id = o.id) as pipelines,
      exists (select 1 from pgboss.job_common where name = 'judge-posture' and state <= 'active'
        and singleton_key = o.id::text) as is_running,
      (select jsonb_build_object('startedAt', started_at, 'finishedAt', finished_at, 'version', version, 'calls', calls,
          'counts', counts, 'gaps', gaps)
       from posture_runs where organization_id = o.id order by finished_at desc, id desc limit 1) as last_run
    from organizations o join instances i on i.id = o.instance_id
    left join repositories r on r.id = o.id and r.kind = 'settings'
    left join posture_settings s on s.instance_id = i.id
    where ${withinScope(scope, "o.instance_id")} ${id ? sql`and o.id = ${id}` : sql``}
    order by lower(o.name), o.id`.execute(db);
  return rows.map((row) => withoutNulls(row));
}

/** Projects whose settings were looked at. */
export async function listPostureProjects(
  db: Db,
  organizationId: OrganizationId,
): Promise<readonly { readonly id: ProjectId; readonly name: string }[]> {
  const { rows } = await sql<{ id: ProjectId; name: string }>`
    select p.id, p.name from projects p join repositories r on r.id = p.id and r.kind = 'settings' and r.gone_at is null
    where p.organization_id = ${organizationId} and p.kind = 'project' order by lower(p.name), p.id`.execute(db);
  return rows;
}
