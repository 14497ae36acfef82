/** What a scan of a branch could not examine by chance (its thread ended, its content could not be read), and how often it was tried. */
import { sql } from "kysely";
import type { InstanceId, RepositoryId } from "#model/ids.ts";
import type { UnreadPart } from "#model/unread-part.ts";
import type { Db } from "../database.ts";
import { storable } from "../json.ts";

/** What fails as often with the same content fails always. */
const mostTries = 5;

/** The pauses grow: ten minutes, an hour, six hours, a day and a half. */
const isDue = (now: Date) =>
  sql<boolean>`tries < ${mostTries} and tried_at + interval '10 minutes' * power(6, tries - 1) <= ${now}`;

/** Paths that the next scan of a branch tries again: what failed once at once, the rest after its pause. */
export async function pathsToTryAgain(db: Db, repositoryId: RepositoryId, now: Date): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom("unreadParts")
    .select("path")
    .distinct()
    .where("repositoryId", "=", repositoryId)
    .where((where) => where.or([where("tries", "=", 1), isDue(now)]))
    .execute();
  return new Set(rows.map(({ path }) => path));
}

/** Content that was tried often enough: until it changes nobody looks at it by itself. */
export async function contentGivenUp(db: Db, repositoryId: RepositoryId): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom("unreadParts")
    .select("content")
    .where("repositoryId", "=", repositoryId)
    .where("tries", ">=", mostTries)
    .execute();
  return new Set(rows.map(({ content }) => content));
}

/** Watched repositories of which something is due, though nobody pushes. */
export async function listRepositoriesToTryAgain(
  db: Db,
  now: Date,
): Promise<readonly { readonly id: RepositoryId; readonly instanceId: InstanceId }[]> {
  return db
    .selectFrom("repositories as r")
    .innerJoin("instances as n", "n.id", "r.instanceId")
    .select(["r.id", "r.instanceId"])
    .where("r.chosen", "=", true)
    .where("r.isDisabled", "=", false)
    .where("r.goneAt", "is", null)
    .where("n.state", "<>", "disabled")
    .where((where) =>
      where.exists(
        where.selectFrom("unreadParts as u").select("u.path").whereRef("u.repositoryId", "=", "r.id").where(isDue(now)),
      ),
    )
    .orderBy("r.id")
    .execute();
}

/** `looked`: the paths that the scan has looked at; what failed there before and does not now is forgotten. */
export async function recordUnreadParts(
  tx: Db,
  { instanceId, repositoryId }: { readonly instanceId: InstanceId; readonly repositoryId: RepositoryId },
  {
    looked,
    failed,
    at,
  }: { readonly looked: "all" | readonly string[]; readonly failed: readonly UnreadPart[]; readonly at: Date },
): Promise<void> {
  const paths = failed.map(({ path }) => storable(path));
  const contents = failed.map(({ content }) => content);
  const given = sql`unnest(${paths}::text[], ${contents}::text[]) as given (path, content)`;
  const inPaths = looked === "all" ? sql`true` : sql`u.path = any(${looked.map(storable)}::text[])`;
  await sql`
    delete from unread_parts u where u.repository_id = ${repositoryId} and ${inPaths}
      and not exists (select 1 from ${given} where given.path = u.path and given.content = u.content)`.execute(tx);
  await sql`
    insert into unread_parts (instance_id, repository_id, path, content, tries, tried_at)
    select distinct ${instanceId}::uuid, ${repositoryId}::uuid, given.path, given.content, 1, ${at}::timestamptz from ${given}
    on conflict (repository_id, path, content) do update set
      tries = unread_parts.tries + 1, tried_at = excluded.tried_at`.execute(tx);
}
