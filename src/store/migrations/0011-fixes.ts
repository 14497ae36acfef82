/** Fixes that are proposed as pull requests, and how an instance wants them. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(fixes).execute(db);
  await sql.raw(settings).execute(db);
}

// The unique index is what keeps one root cause from having two at once. hunks: what it changes, as people read it.
const fixes = `
create table fixes (
  id uuid primary key,
  instance_id uuid not null references instances on delete cascade,
  repository_id uuid not null references repositories on delete cascade,
  key text not null,
  "grouping" text not null check ("grouping" in ('root-cause', 'ecosystem', 'scanner')),
  title text not null,
  goal text not null,
  branch text not null,
  target_ref text not null,
  for_pull_request integer,
  base_commit text,
  head_commit text,
  pushed_commit text,
  pull_request integer,
  pull_request_url text,
  state text not null check (state in ('planned', 'making', 'rescanned', 'open', 'merged', 'closed-by-people',
    'abandoned', 'superseded', 'refused', 'failed')),
  reason text,
  fixes jsonb not null default '[]',
  adds jsonb not null default '[]',
  said jsonb not null default '[]',
  risk jsonb,
  hunks jsonb not null default '[]',
  asked_by jsonb not null,
  asked_at timestamptz not null,
  changed_at timestamptz not null
);
create unique index fixes_live on fixes (repository_id, target_ref, key)
  where state in ('planned', 'making', 'rescanned', 'open');
create index fixes_repository on fixes (repository_id, changed_at desc);
create index fixes_instance on fixes (instance_id, changed_at desc);
`;

const settings = `
create table fix_settings (
  instance_id uuid primary key references instances on delete cascade,
  content jsonb not null,
  changed_by text not null,
  changed_at timestamptz not null
);
`;
