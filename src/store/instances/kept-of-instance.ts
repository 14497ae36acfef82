/** How much is kept of an instance: what its deletion is about. */
import { sql } from "kysely";
import type { InstanceId } from "#model/ids.ts";
import type { Db } from "../database.ts";

export interface KeptOfInstance {
  readonly repositories: number;
  readonly scans: number;
  readonly issues: number;
}

export async function countKept(db: Db, id: InstanceId): Promise<KeptOfInstance> {
  const { rows } = await sql<KeptOfInstance>`select
    (select count(*) from repositories where instance_id = ${id} and kind = 'code') as repositories,
    (select count(*) from scans where instance_id = ${id}) as scans,
    (select count(*) from issues where instance_id = ${id}) as issues`.execute(db);
  return rows[0] ?? { repositories: 0, scans: 0, issues: 0 };
}
