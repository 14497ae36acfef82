/** Work items in Azure Boards, and webhooks to other systems. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(workItems).execute(db);
  await sql.raw(webhooks).execute(db);
}

// The unique index keeps a group from having two at once. told: what the work item says of an issue; null: nothing yet.
// tellings: how often it was told something. pull_requests: those that it links to.
const workItems = `
create table work_item_settings (
  instance_id uuid not null references instances on delete cascade,
  project_id uuid,
  content jsonb not null,
  changed_by text not null,
  changed_at timestamptz not null,
  unique nulls not distinct (instance_id, project_id)
);
create table work_items (
  id uuid primary key,
  instance_id uuid not null references instances on delete cascade,
  organization_id uuid not null references organizations on delete cascade,
  project_id uuid not null,
  repository_id uuid not null references repositories on delete cascade,
  key text not null,
  title text not null,
  state text not null check (state in ('planned', 'open', 'closed', 'closed-by-people', 'gone')),
  number integer,
  web_url text,
  type text,
  remote_state text,
  revision integer,
  reason text,
  tellings integer not null default 0,
  pull_requests integer[] not null default '{}',
  asked_by jsonb not null,
  asked_at timestamptz not null,
  looked_at timestamptz,
  try_at timestamptz,
  changed_at timestamptz not null
);
create unique index work_items_live on work_items (repository_id, key) where state in ('planned', 'open');
create index work_items_organization on work_items (organization_id, state);
create index work_items_instance on work_items (instance_id, changed_at desc);
create table work_item_issues (
  work_item_id uuid not null references work_items on delete cascade,
  issue_id uuid not null references issues on delete cascade,
  instance_id uuid not null references instances on delete cascade,
  told text check (told in ('open', 'over')),
  primary key (work_item_id, issue_id)
);
create index work_item_issues_issue on work_item_issues (issue_id);
create index work_item_issues_instance on work_item_issues (instance_id);
`;

// key: of what a delivery tells, so that it is told once.
const webhooks = `
create table webhooks (
  id uuid primary key,
  instance_id uuid not null references instances on delete cascade,
  name text not null,
  address text not null,
  secret bytea not null,
  events text[] not null,
  enabled boolean not null,
  failing_since timestamptz,
  looked_until timestamptz not null,
  changed_by text not null,
  changed_at timestamptz not null,
  created_at timestamptz not null
);
create index webhooks_instance on webhooks (instance_id);
create table webhook_deliveries (
  id uuid primary key,
  webhook_id uuid not null references webhooks on delete cascade,
  instance_id uuid not null references instances on delete cascade,
  event text not null,
  key text not null,
  body text not null,
  state text not null check (state in ('waiting', 'delivered', 'failed')),
  tries integer not null default 0,
  next_try timestamptz,
  last_status integer,
  last_answer text,
  created_at timestamptz not null,
  tried_at timestamptz,
  unique (webhook_id, key)
);
create index webhook_deliveries_waiting on webhook_deliveries (webhook_id, next_try) where state = 'waiting';
create index webhook_deliveries_newest on webhook_deliveries (webhook_id, id desc);
create index webhook_deliveries_instance on webhook_deliveries (instance_id);
`;
