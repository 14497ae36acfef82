/** Issues of infrastructure go with the files that are moved: what people decided about them stays, and so does their history. */
import { sql } from "kysely";
import type { Finding } from "#model/finding.ts";
import { followRenames, type Renames } from "#model/follow-renames.ts";
import type { Db } from "../database.ts";
import { storable } from "../json.ts";
import type { Branch } from "./occurrences.ts";

/** What stands in the files before they are moved; to be asked before their occurrences are replaced. */
export async function findingsToMove(tx: Db, { repositoryId, branch }: Branch, renames: Renames) {
  if (renames.size === 0) return [];
  const { rows } = await sql<{ finding: Finding }>`
    select finding from occurrences where repository_id = ${repositoryId} and branch = ${branch}
      and path = any(${[...renames.values()].map(storable)}::text[])`.execute(tx);
  return rows.map(({ finding }) => finding);
}

/** Gives issues that are nowhere any more the fingerprint that they have in the moved file, if no issue has it; exceptions go along. */
export async function moveIssues(
  tx: Db,
  { repositoryId, branch }: Branch,
  {
    before,
    after,
    renames,
  }: {
    readonly before: readonly Finding[];
    readonly after: readonly Finding[];
    readonly renames: Renames;
  },
): Promise<void> {
  const followed = followRenames(before, after, renames);
  if (followed.size === 0) return;
  await sql`
    update issues i set fingerprint = given.now
    from unnest(${[...followed.keys()]}::text[], ${[...followed.values()]}::text[]) as given (now, before)
    where i.repository_id = ${repositoryId} and i.branch = ${branch} and i.fingerprint = given.before
      and not exists (select 1 from occurrences o where o.repository_id = ${repositoryId} and o.branch = ${branch}
        and o.fingerprint = given.before)
      and not exists (select 1 from issues other where other.repository_id = ${repositoryId}
        and other.branch = ${branch} and other.fingerprint = given.now)`.execute(tx);
  await sql`
    update exceptions e set anchor = jsonb_set(e.anchor, '{fingerprint}', to_jsonb(given.now))
    from unnest(${[...followed.keys()]}::text[], ${[...followed.values()]}::text[]) as given (now, before)
    where e.repository_id = ${repositoryId} and e.state in ('pending', 'active') and e.anchor->>'is' = 'finding'
      and e.anchor->>'fingerprint' = given.before
      and not exists (select 1 from issues other where other.repository_id = ${repositoryId}
        and other.fingerprint = given.before)`.execute(tx);
}
