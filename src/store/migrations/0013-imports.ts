/** What other scanners found, as files brought it: one row for each tool and category of a branch or pull request. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(imports).execute(db);
}

// key: begins the fingerprints of what it brought. target: a full ref name, or the number of a pull request.
const imports = `
create table imports (
  id uuid primary key,
  instance_id uuid not null references instances on delete cascade,
  repository_id uuid not null references repositories on delete cascade,
  branch text,
  number integer,
  target text generated always as (coalesce(branch, number::text)) stored,
  key text not null,
  tool text not null,
  version text,
  category text not null,
  commit text,
  at timestamptz not null,
  by text not null,
  counts jsonb not null,
  problems jsonb not null default '[]',
  check ((branch is null) <> (number is null)),
  unique (repository_id, target, key)
);
create index imports_instance on imports (instance_id);
create index imports_repository on imports (repository_id, at desc);
`;
