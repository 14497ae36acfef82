/** Settings of organizations and pipelines: what was read, what rules say of it, what pipelines are made of, and attack paths. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(settings).execute(db);
  await sql.raw(results).execute(db);
  await sql.raw(pipelines).execute(db);
}

// Settings have issues like code: a row of repositories stands for those of a project, with its id, and one for those of
// the organization, in a row of projects that stands for it.
// lost_at: since then a fact is not known any more; null: it is, or never was.
const settings = `
alter table projects add column kind text not null default 'project' check (kind in ('project', 'organization'));
alter table projects add column visibility text not null default 'private'
  check (visibility in ('private', 'public', 'organization'));
alter table repositories add column kind text not null default 'code' check (kind in ('code', 'settings'));
alter table organizations add column posture_due_at timestamptz;

create table posture_settings (
  instance_id uuid primary key references instances on delete cascade,
  enabled boolean not null,
  uses_portal boolean not null,
  settings jsonb not null,
  changed_by text not null,
  changed_at timestamptz not null
);
create table posture_facts (
  instance_id uuid not null references instances on delete cascade,
  organization_id uuid not null references organizations on delete cascade,
  project_id uuid references projects on delete cascade,
  key text not null,
  fact jsonb not null,
  hash text not null,
  read_at timestamptz not null,
  changed_at timestamptz not null,
  lost_at timestamptz,
  unique nulls not distinct (organization_id, project_id, key)
);
create index posture_facts_instance on posture_facts (instance_id);
create index posture_facts_project on posture_facts (project_id);
`;

// source: the settings as they are, where every look replaces what the one before found, or runs, whose results stay.
// definition_id: the pipeline that a result is about, or about a run of which.
const results = `
create table posture_runs (
  id uuid primary key,
  instance_id uuid not null references instances on delete cascade,
  organization_id uuid not null references organizations on delete cascade,
  started_at timestamptz not null,
  finished_at timestamptz not null,
  version text not null,
  calls jsonb not null,
  counts jsonb not null,
  gaps jsonb not null
);
create index posture_runs_organization on posture_runs (organization_id, finished_at desc);
create index posture_runs_instance on posture_runs (instance_id);
create table posture_results (
  instance_id uuid not null references instances on delete cascade,
  organization_id uuid not null references organizations on delete cascade,
  fingerprint text not null,
  source text not null check (source in ('settings', 'run')),
  rule text not null,
  category text not null,
  project_id uuid,
  resource_kind text not null,
  resource_id text not null,
  resource_name text not null,
  resource_url text,
  answer text not null check (answer in ('pass', 'fail', 'not-evaluated')),
  severity text,
  severity_rank smallint,
  reason text,
  because text,
  fix text,
  evidence jsonb not null,
  hash text not null,
  since timestamptz not null,
  judged_at timestamptz not null,
  definition_id integer generated always as (case
    when resource_kind in ('pipeline', 'run') and resource_id ~ '^[0-9]{1,9}(/|$)'
    then split_part(resource_id, '/', 1)::integer end) stored,
  primary key (organization_id, source, fingerprint)
);
create index posture_results_answer on posture_results (organization_id, answer, severity_rank, rule);
create index posture_results_rule on posture_results (organization_id, rule, answer);
create index posture_results_pipeline on posture_results (project_id, definition_id) where definition_id is not null;
create index posture_results_instance on posture_results (instance_id);
create table posture_days (
  instance_id uuid not null references instances on delete cascade,
  organization_id uuid not null references organizations on delete cascade,
  day date not null,
  category text not null,
  pass integer not null,
  fail integer not null,
  not_evaluated integer not null,
  primary key (organization_id, day, category)
);
create index posture_days_instance on posture_days (instance_id);
`;

const pipelines = `
create table pipelines (
  instance_id uuid not null references instances on delete cascade,
  organization_id uuid not null references organizations on delete cascade,
  project_id uuid not null references projects on delete cascade,
  definition_id integer not null,
  name text not null,
  about jsonb not null,
  last_run jsonb,
  last_run_at timestamptz,
  search_text text not null,
  judged_at timestamptz not null,
  primary key (project_id, definition_id)
);
create index pipelines_organization on pipelines (organization_id);
create index pipelines_instance on pipelines (instance_id);
create table pipeline_bills (
  id uuid primary key,
  instance_id uuid not null references instances on delete cascade,
  organization_id uuid not null references organizations on delete cascade,
  project_id uuid not null references projects on delete cascade,
  definition_id integer not null,
  revision integer not null,
  commit text,
  bill jsonb not null,
  hash text not null,
  at timestamptz not null,
  seen_at timestamptz not null
);
create index pipeline_bills_pipeline on pipeline_bills (project_id, definition_id, at desc);
create index pipeline_bills_organization on pipeline_bills (organization_id);
create index pipeline_bills_instance on pipeline_bills (instance_id);
create table pipeline_files (
  instance_id uuid not null references instances on delete cascade,
  repository_id text not null,
  commit text not null,
  path text not null,
  content text not null,
  used_at timestamptz not null,
  primary key (instance_id, repository_id, commit, path)
);
create index pipeline_files_used on pipeline_files (used_at);
create table attack_paths (
  instance_id uuid not null references instances on delete cascade,
  organization_id uuid not null references organizations on delete cascade,
  id text not null,
  rule text not null,
  severity text not null,
  severity_rank smallint not null,
  certainty text not null,
  path jsonb not null,
  places text[] not null,
  search_text text not null,
  first_seen timestamptz not null,
  seen_at timestamptz not null,
  gone_at timestamptz,
  primary key (organization_id, id)
);
create index attack_paths_instance on attack_paths (instance_id, severity_rank);
create index attack_paths_places on attack_paths using gin (places) where gone_at is null;
`;
