/** Several credentials per organization, sign-ins with Microsoft Entra ID, hooks that heal, and the proof that nothing was missed. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(signIns).execute(db);
  await sql.raw(credentials).execute(db);
  await sql.raw(instances).execute(db);
  await sql.raw(hooks).execute(db);
}

// A sign-in belongs to a person in a directory, not to an instance: two instances of one person share its refresh token.
const signIns = `
create table sign_ins (
  id uuid primary key,
  method text not null check (method in ('entra', 'service-principal', 'managed-identity')),
  tenant_id text not null,
  object_id text not null,
  account_name text not null,
  sealed_refresh bytea,
  sealed_access bytea,
  access_expires timestamptz,
  scopes jsonb not null default '[]',
  problem jsonb,
  created_at timestamptz not null default now(),
  renewed_at timestamptz not null default now(),
  unique (method, tenant_id, object_id)
);

create table sign_in_attempts (
  id uuid primary key,
  state_hash bytea not null unique,
  sealed bytea not null,
  about jsonb not null,
  user_id uuid not null references users on delete cascade,
  outcome jsonb,
  expires timestamptz not null
);

create table entra_app (
  only_row boolean primary key default true check (only_row),
  client_id text not null,
  tenant text,
  proof text not null check (proof in ('secret', 'certificate')),
  sealed_proof bytea not null,
  certificate text,
  proof_expires timestamptz,
  updated_by text not null,
  updated_at timestamptz not null
);
`;

const credentials = `
alter table credentials drop constraint credentials_organization_id_key;
alter table credentials drop constraint credentials_health_check;
update credentials set health = 'refused' where health <> 'good';
alter table credentials alter column sealed drop not null;
alter table credentials
  add column method text not null default 'pat' check (method in ('entra', 'pat', 'service-principal', 'managed-identity')),
  add column sign_in_id uuid references sign_ins,
  add column value_hash bytea,
  add column all_organizations boolean not null default false,
  add column health_reason text,
  add column health_since timestamptz not null default now(),
  add column preflight jsonb,
  add column checked_at timestamptz,
  add constraint credentials_health_check check (health in ('good', 'refused', 'sign-in-again', 'removed')),
  add constraint credentials_kind check ((sign_in_id is null) = (sealed is not null)),
  add constraint credentials_value unique (organization_id, value_hash),
  add constraint credentials_sign_in unique (organization_id, sign_in_id);
create index credentials_organization on credentials (organization_id);
create index credentials_used_sign_in on credentials (sign_in_id);
`;

// The reasons of before have no parts; the first look after the start writes them anew. Drafts live for half an hour and
// have another shape now.
const instances = `
update instances set reasons = '[]';
delete from connection_drafts;
alter table instances
  add column features jsonb not null default '{"comment":true,"status":true,"fix":true,"workItems":true}',
  add column paused_at timestamptz,
  add column paused_by text;
alter table organizations
  add column tenant_id text,
  add column pace jsonb;
alter table projects
  add column source_control text not null default 'git' check (source_control in ('git', 'tfvc')),
  add column gone_at timestamptz;
alter table repositories
  add column head_commit text,
  add column head_checked_at timestamptz;
alter table issues add column archived boolean not null default false;
alter table builds
  add column requested_by text,
  add column scan_id uuid;
alter table scans add column findings jsonb;

create table remote_spend (
  organization_id uuid not null references organizations on delete cascade,
  hour timestamptz not null,
  purpose text not null,
  instance_id uuid not null references instances on delete cascade,
  calls bigint not null,
  refused bigint not null,
  failed bigint not null,
  delayed_milliseconds bigint not null,
  primary key (organization_id, hour, purpose)
);
create index remote_spend_instance on remote_spend (instance_id, hour);
`;

const hooks = `
alter table hook_subscriptions drop constraint hook_subscriptions_instance_id_project_id_event_type_key;
alter table hook_subscriptions alter column project_id drop not null;
alter table hook_subscriptions
  add column previous_secret_sealed bytea,
  add column previous_secret_until timestamptz,
  add column secret_made_at timestamptz not null default now(),
  add column refused_seen bigint not null default 0,
  add column checked_at timestamptz,
  add constraint hook_subscriptions_wanted unique nulls not distinct (organization_id, project_id, event_type);
create index hook_subscriptions_instance on hook_subscriptions (instance_id);

create table hook_validations (
  id uuid primary key,
  instance_id uuid not null references instances on delete cascade,
  started_by text not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  results jsonb not null default '[]'
);
create index hook_validations_instance on hook_validations (instance_id, started_at desc);
`;
