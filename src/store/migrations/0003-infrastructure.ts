/** Surveys of files for the scanners of whole trees, and what people decide about rules. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(surveys).execute(db);
  await sql.raw(policySettings).execute(db);
}

// No foreign key, as with blob_results: insertSurveys and deleteInstance see to it.
const surveys = `
create table surveys (
  instance_id uuid not null,
  key bytea not null,
  survey jsonb,
  created_at timestamptz not null default now(),
  primary key (instance_id, key)
);
create index surveys_created on surveys using brin (created_at);
`;

// A rule without a row is on, with its own severity.
const policySettings = `
create table policy_settings (
  instance_id uuid not null references instances on delete cascade,
  rule_id text not null,
  enabled boolean not null,
  severity text check (severity in ('critical', 'high', 'medium', 'low')),
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (instance_id, rule_id)
);
alter table issue_events drop constraint issue_events_kind_check;
alter table issue_events add constraint issue_events_kind_check check (kind in
  ('opened', 'reopened', 'fixed', 'dismissed', 'dismissal-ended', 'rule-off', 'rule-on', 're-graded'));
`;
