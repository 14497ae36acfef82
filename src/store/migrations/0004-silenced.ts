/** Findings that a comment in the code silences are kept: an issue may be silenced, and says where and why. */
import { type Kysely, sql } from "kysely";

// Results of before have no silenced findings; the new versions of the scanners make every branch be read once more.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(silenced).execute(db);
}

const silenced = `
alter table occurrences add column skip jsonb;
alter table issues drop constraint issues_state_check;
alter table issues
  add column skip jsonb,
  add constraint issues_state_check check (state in ('open', 'fixed', 'dismissed', 'silenced'));
alter table pull_request_findings drop constraint pull_request_findings_state_check;
alter table pull_request_findings
  add column skip jsonb,
  add constraint pull_request_findings_state_check check (state in ('open', 'fixed', 'silenced'));
alter table issue_events drop constraint issue_events_kind_check;
alter table issue_events add constraint issue_events_kind_check check (kind in
  ('opened', 'reopened', 'fixed', 'dismissed', 'dismissal-ended', 'silenced', 'skip-removed', 'rule-off', 'rule-on',
   're-graded'));
`;
