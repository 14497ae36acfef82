/**
 * The first schema. One file over the usual size: a schema is read as a whole.
 * Everything that belongs to an instance goes with it (ON DELETE CASCADE), but audit events stay.
 */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(people).execute(db);
  await sql.raw(remote).execute(db);
  await sql.raw(hooks).execute(db);
  await sql.raw(scans).execute(db);
  await sql.raw(issues).execute(db);
  await sql.raw(pullRequests).execute(db);
  await sql.raw(searchIndex).execute(db);
}

const people = `
create table users (
  id uuid primary key,
  name text not null,
  password_hash text not null,
  role text not null check (role in ('administrator', 'member')),
  created_at timestamptz not null default now()
);
create unique index users_name on users (lower(name));

create table instances (
  id uuid primary key,
  name text not null,
  vendor text not null default 'azure-devops',
  takes jsonb not null,
  state text not null check (state in ('connecting', 'connected', 'warning', 'error', 'disabled')),
  reasons jsonb not null default '[]',
  created_by text not null,
  created_at timestamptz not null default now()
);

create table instance_access (
  user_id uuid not null references users on delete cascade,
  instance_id uuid not null references instances on delete cascade,
  primary key (user_id, instance_id)
);
create index instance_access_instance on instance_access (instance_id);

create table sessions (
  id text primary key,
  data jsonb not null,
  expires timestamptz not null
);
create index sessions_expires on sessions (expires);

create table api_tokens (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  name text not null,
  hash bytea not null unique,
  created_at timestamptz not null default now(),
  expires timestamptz
);
create index api_tokens_user on api_tokens (user_id);

create table sign_in_links (
  hash bytea primary key,
  purpose text not null check (purpose in ('first-administrator', 'sign-in')),
  user_id uuid references users on delete cascade,
  expires timestamptz not null
);

create table connection_drafts (
  id uuid primary key,
  sealed bytea not null,
  summary jsonb not null,
  expires timestamptz not null
);

create table audit_events (
  id uuid primary key,
  at timestamptz not null default now(),
  actor text not null,
  action text not null,
  subject text not null,
  instance_id uuid,
  data jsonb not null
);
create index audit_events_at on audit_events (at desc, id desc);
`;

const remote = `
create table credentials (
  id uuid primary key,
  instance_id uuid not null references instances on delete cascade,
  organization_id uuid not null unique,
  sealed bytea not null,
  account_id text not null,
  account_name text not null,
  expires timestamptz,
  health text not null default 'good' check (health in ('good', 'expired', 'refused')),
  created_at timestamptz not null default now()
);
create index credentials_instance on credentials (instance_id);

create table organizations (
  id uuid primary key,
  instance_id uuid not null references instances on delete cascade,
  name text not null,
  synced_at timestamptz
);
create index organizations_instance on organizations (instance_id);

create table projects (
  id uuid primary key,
  instance_id uuid not null references instances on delete cascade,
  organization_id uuid not null references organizations on delete cascade,
  name text not null
);
create index projects_instance on projects (instance_id);
create index projects_organization on projects (organization_id);

create table repositories (
  id uuid primary key,
  instance_id uuid not null references instances on delete cascade,
  organization_id uuid not null references organizations on delete cascade,
  project_id uuid not null references projects on delete cascade,
  name text not null,
  default_branch text,
  size bigint not null,
  remote_url text not null,
  web_url text not null,
  is_disabled boolean not null,
  is_fork boolean not null,
  chosen boolean not null default false,
  scanned_ref text,
  scanned_commit text,
  scanners_version text,
  added_at timestamptz not null,
  gone_at timestamptz
);
create index repositories_instance on repositories (instance_id, chosen);
create index repositories_organization on repositories (organization_id);
create index repositories_project on repositories (project_id);

create table builds (
  organization_id uuid not null references organizations on delete cascade,
  build_id bigint not null,
  instance_id uuid not null references instances on delete cascade,
  project_id uuid,
  number text not null,
  definition text not null,
  result text not null,
  commit text,
  branch text,
  repository_id uuid,
  finished_at timestamptz,
  web_url text,
  primary key (organization_id, build_id)
);
create index builds_instance on builds (instance_id, finished_at desc);
create index builds_repository on builds (repository_id);
`;

// Deliveries outlive their subscription, so hook_events holds its key without a foreign key.
// The counters of hook_subscriptions change with every delivery: the free space keeps those updates off the indexes.
const hooks = `
create table hook_subscriptions (
  key text primary key,
  instance_id uuid not null references instances on delete cascade,
  organization_id uuid not null references organizations on delete cascade,
  project_id uuid not null,
  event_type text not null,
  secret_sealed bytea not null,
  remote_id text,
  status text not null default 'pending',
  accepted bigint not null default 0,
  duplicate bigint not null default 0,
  refused bigint not null default 0,
  last_delivery_at timestamptz,
  created_at timestamptz not null default now(),
  unique (instance_id, project_id, event_type)
) with (fillfactor = 30);
create index hook_subscriptions_organization on hook_subscriptions (organization_id);

create table hook_events (
  id uuid primary key,
  instance_id uuid not null references instances on delete cascade,
  subscription_key text not null,
  event_id text not null,
  event_type text not null,
  body json not null,
  received_at timestamptz not null,
  state text not null default 'received' check (state in ('received', 'handled', 'ignored', 'failed')),
  note text,
  finished_at timestamptz,
  unique (instance_id, event_id, event_type)
);
create index hook_events_received on hook_events (instance_id, received_at desc);
`;

const scans = `
create table scans (
  id uuid primary key,
  instance_id uuid not null references instances on delete cascade,
  repository_id uuid not null references repositories on delete cascade,
  target jsonb not null,
  commit text not null,
  because jsonb not null,
  started timestamptz not null,
  finished timestamptz,
  outcome text check (outcome in ('complete', 'partial', 'failed', 'superseded')),
  stats jsonb,
  problems jsonb not null default '[]',
  error text
);
create index scans_repository on scans (repository_id, started desc);
create index scans_instance on scans (instance_id, started desc);
create index scans_started on scans (started desc);
create index scans_running on scans (started) where finished is null;

-- No foreign key: 50,000 rows at a time would check it 50,000 times. insertBlobResults and deleteInstance see to it.
create table blob_results (
  instance_id uuid not null,
  key bytea not null,
  result jsonb,
  created_at timestamptz not null default now(),
  primary key (instance_id, key)
);
create index blob_results_created on blob_results using brin (created_at);
`;

const issues = `
create table issues (
  id uuid primary key,
  instance_id uuid not null references instances on delete cascade,
  repository_id uuid not null references repositories on delete cascade,
  branch text not null,
  fingerprint text not null,
  rule text not null,
  scanner text not null,
  severity text not null,
  severity_rank smallint not null,
  message text not null,
  path text not null,
  line integer,
  finding jsonb not null,
  search_text text not null,
  state text not null check (state in ('open', 'fixed', 'dismissed')),
  present boolean not null,
  first_seen timestamptz not null,
  last_seen timestamptz not null,
  fixed_at timestamptz,
  dismissed_by text,
  dismissed_at timestamptz,
  dismissed_until timestamptz,
  dismiss_reason text,
  dismiss_comment text,
  unique (repository_id, branch, fingerprint)
);
create index issues_instance on issues (instance_id, state, severity_rank, last_seen desc);
create index issues_worst on issues (state, severity_rank, last_seen desc, id);
create index issues_newest on issues (last_seen desc, id);
create index issues_dismissed_until on issues (dismissed_until) where dismissed_until is not null;

create table occurrences (
  instance_id uuid not null references instances on delete cascade,
  repository_id uuid not null references repositories on delete cascade,
  branch text not null,
  path text not null,
  fingerprint text not null,
  ordinal integer not null,
  line integer,
  finding jsonb not null,
  primary key (repository_id, branch, path, fingerprint, ordinal)
);
create index occurrences_fingerprint on occurrences (repository_id, branch, fingerprint);
create index occurrences_instance on occurrences (instance_id);

create table issue_events (
  id uuid primary key,
  issue_id uuid not null references issues on delete cascade,
  instance_id uuid not null references instances on delete cascade,
  at timestamptz not null,
  kind text not null check (kind in ('opened', 'reopened', 'fixed', 'dismissed', 'dismissal-ended')),
  actor text,
  scan_id uuid,
  data jsonb
);
create index issue_events_issue on issue_events (issue_id, id);
create index issue_events_instance on issue_events (instance_id, at);
`;

const pullRequests = `
create table pull_requests (
  repository_id uuid not null references repositories on delete cascade,
  number integer not null,
  instance_id uuid not null references instances on delete cascade,
  title text not null,
  author text not null,
  state text not null check (state in ('active', 'completed', 'abandoned')),
  is_draft boolean not null,
  source_ref text not null,
  target_ref text not null,
  source_commit text,
  web_url text not null,
  iteration integer,
  scan_id uuid,
  scanned_iteration integer,
  scanned_commit text,
  scan_outcome text,
  failed_iteration integer,
  failure text,
  posted_iteration integer,
  posted_state text,
  posted_remote_id integer,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (repository_id, number)
);
create index pull_requests_instance on pull_requests (instance_id, updated_at desc);

create table pull_request_findings (
  repository_id uuid not null,
  number integer not null,
  fingerprint text not null,
  instance_id uuid not null references instances on delete cascade,
  finding jsonb not null,
  state text not null check (state in ('open', 'fixed')),
  thread_id integer,
  posted_state text,
  first_seen timestamptz not null,
  last_seen timestamptz not null,
  fixed_at timestamptz,
  primary key (repository_id, number, fingerprint),
  foreign key (repository_id, number) references pull_requests on delete cascade
);
create index pull_request_findings_instance on pull_request_findings (instance_id);
`;

// A search without the index still works, only slower; a managed server may lack the extension or the right.
const searchIndex = `
do $$
begin
  create extension if not exists pg_trgm with schema public;
  create index issues_search on issues using gin (search_text public.gin_trgm_ops);
exception when others then
  raise notice 'pg_trgm is not available: text search reads every row (%)', sqlerrm;
end
$$;
`;
