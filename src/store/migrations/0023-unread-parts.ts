/** Parts of branches that could not be examined by chance: they are tried again by themselves, some times and not for ever. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(unreadParts).execute(db);
}

// content: the file's object, or the key of the unit that its path stands for.
const unreadParts = `
create table unread_parts (
  instance_id uuid not null references instances on delete cascade,
  repository_id uuid not null references repositories on delete cascade,
  path text not null,
  content text not null,
  tries integer not null,
  tried_at timestamptz not null,
  primary key (repository_id, path, content)
);
create index unread_parts_instance on unread_parts (instance_id);
`;
