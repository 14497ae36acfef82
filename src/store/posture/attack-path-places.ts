/** Where open attack paths lead through, for whoever asks about many issues at once. */
import { sql } from "kysely";
import type { InstanceId, OrganizationId, ProjectId } from "#model/ids.ts";
import type { Severity } from "#model/severity.ts";
import type { Db } from "../database.ts";
import type { OrganizationRow } from "../instances/organizations.ts";
import { settledPaths } from "./settled-posture.ts";

export interface PathPlaces {
  readonly id: string;
  /** See `model/posture/path-places.ts`. */
  readonly places: readonly string[];
  readonly severity: Severity;
  readonly target: string;
}

/** Of organizations whose settings were looked at; the worst first. */
export async function listPathPlaces(
  db: Db,
  organizations: readonly OrganizationId[],
): Promise<ReadonlyMap<OrganizationId, readonly PathPlaces[]>> {
  const { rows } = await sql<{ organizationId: OrganizationId; paths: readonly PathPlaces[] }>`
    select o.id as organization_id,
      (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'places', a.places, 'severity', a.severity,
          'target', a.path->'target'->>'name') order by a.severity_rank, a.first_seen, a.id), '[]')
       from ${settledPaths} a where a.organization_id = o.id and a.gone_at is null) as paths
    from organizations o where o.id = any(${[...organizations]}::uuid[])
      and exists (select 1 from posture_runs r where r.organization_id = o.id)`.execute(db);
  return new Map(rows.map(({ organizationId, paths }) => [organizationId, paths]));
}

/** What issues about settings are about. */
export interface AboutSetting {
  readonly fingerprint: string;
  readonly projectId: ProjectId | null;
  readonly definitionId: number | null;
  readonly resourceKind: string;
  readonly resourceId: string;
}

export async function listAboutSettings(
  db: Db,
  instanceIds: readonly InstanceId[],
  fingerprints: readonly string[],
): Promise<readonly AboutSetting[]> {
  if (fingerprints.length === 0) return [];
  const { rows } = await sql<AboutSetting>`
    select fingerprint, project_id, definition_id, resource_kind, resource_id from posture_results
    where instance_id = any(${[...instanceIds]}::uuid[]) and answer = 'fail'
      and fingerprint = any(${[...fingerprints]}::text[])`.execute(db);
  return rows;
}

/** Paths are others than before: urgency of what lies on them, or did, is computed again soon. */
export async function scorePathsAgain(
  tx: Db,
  { id }: Pick<OrganizationRow, "id">,
  places: readonly string[],
): Promise<void> {
  const repositories = places.flatMap((place) => /^repository:([\da-f-]{36})$/.exec(place)?.[1] ?? []);
  await sql`
    update issues set score_at = '-infinity'
    where state <> 'fixed' and repository_id in (select r.id from repositories r
      where r.organization_id = ${id} and (r.kind = 'settings' or r.id = any(${repositories}::uuid[])))`.execute(tx);
}

/** Of an organization whose paths nobody knew before: of every issue in it. */
export async function scoreOrganizationAgain(tx: Db, { id }: Pick<OrganizationRow, "id">): Promise<void> {
  await sql`
    update issues set score_at = '-infinity'
    where state <> 'fixed' and not archived and score_at > '-infinity'
      and repository_id in (select r.id from repositories r where r.organization_id = ${id})`.execute(tx);
}
