/** Branches whose issues policies look at once a day, whatever happens. */
import { sql } from "kysely";
import type { InstanceId, RepositoryId } from "#model/ids.ts";
import type { Db } from "../database.ts";
import { settingsBranch } from "../posture/settings-places.ts";

/** Of all instances: what is watched and was scanned, and settings. */
export async function listScannedBranches(
  db: Db,
): Promise<
  readonly { readonly instanceId: InstanceId; readonly repositoryId: RepositoryId; readonly branch: string }[]
> {
  const { rows } = await sql<{ instanceId: InstanceId; repositoryId: RepositoryId; branch: string }>`
    select instance_id, id as repository_id, case kind when 'settings' then ${settingsBranch} else scanned_ref end as branch
    from repositories
    where gone_at is null and (kind = 'settings' or (chosen and scanned_ref is not null)) order by instance_id, id`.execute(
    db,
  );
  return rows;
}
