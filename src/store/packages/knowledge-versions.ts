/** By which knowledge, and by which judges, what is stored was judged; each machine has its own copy. */
import { sql } from "kysely";
import type { Db } from "../database.ts";

/** True if the place had another version before, or none. */
export async function setKnowledgeVersion(
  tx: Db,
  { place, version, changedAt }: { readonly place: string; readonly version: string; readonly changedAt: Date },
): Promise<boolean> {
  const { rows } = await sql`
    insert into knowledge_versions (place, version, changed_at) values (${place}, ${version}, ${changedAt})
    on conflict (place) do update set version = excluded.version, changed_at = excluded.changed_at
      where knowledge_versions.version <> excluded.version
    returning 1`.execute(tx);
  return rows.length > 0;
}
