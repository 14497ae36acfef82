/** Secrets in histories: where each stood, whether only there, and what its provider said when it was asked. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(occurrences).execute(db);
  await sql.raw(issues).execute(db);
  await sql.raw(scanned).execute(db);
  await sql.raw(checks).execute(db);
}

// Places of all branches and times, those of today among them. introduced_at: of the finding's origin, once it is known.
const occurrences = `
create table history_occurrences (
  instance_id uuid not null references instances on delete cascade,
  repository_id uuid not null references repositories on delete cascade,
  fingerprint text not null,
  path text not null,
  line integer not null,
  finding jsonb not null,
  skip jsonb,
  introduced_at timestamptz,
  scanner_version text not null,
  primary key (repository_id, fingerprint, path, line)
);
create index history_occurrences_secret on history_occurrences (instance_id, fingerprint);
`;

const issues = `
alter table issues add column only_in_history boolean not null default false;
create index issues_secrets on issues (instance_id, fingerprint) where scanner = 'secrets';
alter table issue_events drop constraint issue_events_kind_check;
alter table issue_events add constraint issue_events_kind_check check (kind in
  ('opened', 'reopened', 'fixed', 'dismissed', 'dismissal-ended', 'silenced', 'skip-removed', 'rule-off', 'rule-on',
   're-graded', 'left-head', 'back-in-head'));
`;

// What a repository's heads and the scanner were when its history was read to the end; null: never.
const scanned = `
alter table repositories add column history_version text;
`;

const checks = `
create table secret_checks (
  instance_id uuid not null references instances on delete cascade,
  fingerprint text not null,
  verdict text not null check (verdict in ('live', 'not-live', 'unknown')),
  reason text not null default '',
  at timestamptz not null,
  primary key (instance_id, fingerprint)
);
create table live_check_settings (
  instance_id uuid not null references instances on delete cascade,
  provider text not null,
  enabled_by text not null,
  at timestamptz not null,
  primary key (instance_id, provider)
);
`;
