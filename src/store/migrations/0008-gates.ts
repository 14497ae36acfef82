/** Gates: branch policies of Azure DevOps that ask for our status, and every watched branch that has none. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(gates).execute(db);
}

// to_install: asked for and not made yet. remote_id: the policy that was made; author_id: whose status it was told to count.
const gates = `
create table gates (
  instance_id uuid not null references instances on delete cascade,
  repository_id uuid not null references repositories on delete cascade,
  ref text not null,
  wanted boolean not null default false,
  changed_by text,
  changed_at timestamptz,
  to_install boolean not null default false,
  remote_id bigint,
  author_id text,
  state text not null default 'waiting' check (state in ('waiting', 'effective', 'ineffective', 'refused', 'unread')),
  flaws jsonb not null default '[]',
  direct_pushes boolean,
  bypassers jsonb,
  bypassers_at timestamptz,
  evaluation jsonb,
  checked_at timestamptz,
  primary key (repository_id, ref)
);
create index gates_instance on gates (instance_id, state);
`;
