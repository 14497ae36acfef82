/** Policies with their verdicts; what people decide about a rule is called so. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(ruleSettings).execute(db);
  await sql.raw(policies).execute(db);
  await sql.raw(verdicts).execute(db);
  await sql.raw(tags).execute(db);
  await sql.raw(scans).execute(db);
  await sql.raw(statuses).execute(db);
}

// A policy is now what decides about findings; what it was called before belongs to rules.
const ruleSettings = `
alter table policy_settings rename to rule_settings;
alter table rule_settings rename constraint policy_settings_pkey to rule_settings_pkey;
`;

// Of a built-in policy only whether it is on (content is null). policies of a source: those of its last commit without mistakes.
const policies = `
create table policies (
  instance_id uuid not null references instances on delete cascade,
  id text not null,
  content jsonb,
  enabled boolean not null,
  version integer not null default 1,
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (instance_id, id)
);
create table policy_sources (
  instance_id uuid primary key references instances on delete cascade,
  repository_id uuid not null references repositories on delete cascade,
  ref text not null,
  folder text not null,
  changed_by text not null,
  changed_at timestamptz not null,
  read_commit text,
  read_at timestamptz,
  problems jsonb not null default '[]',
  policies jsonb,
  policies_commit text
);
create index policy_sources_repository on policy_sources (repository_id);
`;

// What decided and what it decided about stays, so that a verdict can be reached again.
const verdicts = `
create table policy_sets (
  instance_id uuid not null references instances on delete cascade,
  version text not null,
  policies jsonb not null,
  since timestamptz not null,
  primary key (instance_id, version)
);
create table verdicts (
  id uuid primary key,
  instance_id uuid not null references instances on delete cascade,
  repository_id uuid not null references repositories on delete cascade,
  number integer,
  iteration integer,
  branch text,
  scan_id uuid,
  trigger text not null,
  commit text not null,
  base text,
  scanners_version text not null,
  knowledge_version text not null,
  policies_version text not null,
  outcome text not null check (outcome in ('passed', 'blocked', 'unfinished')),
  decided_by jsonb not null,
  matches jsonb not null,
  facts jsonb not null,
  facts_hash text not null,
  at timestamptz not null
);
create index verdicts_pull_request on verdicts (repository_id, number, at desc) where number is not null;
create index verdicts_branch on verdicts (repository_id, branch, at desc) where branch is not null;
create index verdicts_instance on verdicts (instance_id, at desc);
`;

const tags = `
alter table repositories add column tags text[] not null default '{}';
`;

// What a scan looked with: evidence of verdicts.
const scans = `
alter table scans add column scanners_version text;
alter table scans add column knowledge_version text;
`;

// posted_since: when the iteration was first told anything. posted_kinds: by kind of scan, what was posted last.
const statuses = `
alter table pull_requests add column posted_since timestamptz;
alter table pull_requests add column posted_description text;
alter table pull_requests add column posted_kinds jsonb not null default '{}';
update pull_requests set posted_since = updated_at where posted_iteration is not null;
`;
