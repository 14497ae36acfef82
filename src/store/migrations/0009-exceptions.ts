/** The register of exceptions, with the dismissals that there were; what was answered in pull requests. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(exceptions).execute(db);
  await sql.raw(covered).execute(db);
  await sql.raw(dismissals).execute(db);
  await sql.raw(events).execute(db);
  await sql.raw(answers).execute(db);
}

// repository_id null: in all repositories of the instance.
const exceptions = `
create table exceptions (
  id uuid primary key,
  instance_id uuid not null references instances on delete cascade,
  repository_id uuid references repositories on delete cascade,
  anchor jsonb not null,
  about jsonb not null,
  reason text not null,
  comment text not null default '',
  justification text,
  author text not null,
  author_account text,
  made_at timestamptz not null,
  until timestamptz,
  approver text,
  source text not null check (source in ('console', 'api', 'pull-request')),
  said_at text,
  state text not null check (state in ('pending', 'active', 'refused', 'expired', 'revoked')),
  ended_by text,
  ended_at timestamptz
);
create index exceptions_fingerprint on exceptions (instance_id, (anchor->>'fingerprint')) where state = 'active';
create index exceptions_wide on exceptions (instance_id) where state = 'active' and anchor->>'is' <> 'finding';
create index exceptions_ending on exceptions (until) where state = 'active' and until is not null;
create index exceptions_newest on exceptions (instance_id, made_at desc);
create index exceptions_repository on exceptions (repository_id);
create table exception_settings (
  instance_id uuid primary key references instances on delete cascade,
  expiry_required boolean not null,
  longest_days integer not null,
  approval_from text,
  reviewers text[] not null,
  authors_may boolean not null,
  changed_by text not null,
  changed_at timestamptz not null
);
`;

const covered = `
alter table issues add column exception_id uuid references exceptions on delete set null;
create index issues_exception on issues (exception_id) where exception_id is not null;
alter table pull_request_findings add column exception_id uuid references exceptions on delete set null;
create index pull_request_findings_exception on pull_request_findings (exception_id) where exception_id is not null;
alter table pull_request_findings drop constraint if exists pull_request_findings_state_check;
alter table pull_request_findings add constraint pull_request_findings_state_check
  check (state in ('open', 'fixed', 'silenced', 'dismissed'));
create index pull_request_findings_fingerprint on pull_request_findings (instance_id, fingerprint);
create index occurrences_skipped on occurrences (instance_id, repository_id) where skip is not null;
`;

// One for each problem of a repository, by whoever decided last.
const dismissals = `
insert into exceptions (id, instance_id, repository_id, anchor, about, reason, comment, author, made_at, until, source, state)
select distinct on (repository_id, fingerprint) gen_random_uuid(), instance_id, repository_id,
  jsonb_build_object('is', 'finding', 'fingerprint', fingerprint),
  jsonb_build_object('rule', rule, 'severity', severity, 'message', message, 'path', path),
  coalesce(dismiss_reason, 'false-positive'), coalesce(dismiss_comment, ''), coalesce(dismissed_by, ''),
  coalesce(dismissed_at, last_seen), dismissed_until, 'console', 'active'
from issues where state = 'dismissed'
order by repository_id, fingerprint, dismissed_at desc nulls last;
update issues i set exception_id = e.id from exceptions e
where i.state = 'dismissed' and e.repository_id = i.repository_id and e.anchor->>'fingerprint' = i.fingerprint;
`;

const events = `
alter table issue_events drop constraint if exists issue_events_kind_check;
alter table issue_events add constraint issue_events_kind_check check (kind in
  ('opened', 'reopened', 'fixed', 'dismissed', 'dismissal-ended', 'silenced', 'skip-removed', 'rule-off', 'rule-on',
   're-graded', 'left-head', 'back-in-head', 'exception-asked', 'exception-refused', 'exception-extended'));
`;

// A comment that was answered is never obeyed again, whatever becomes of its text. replied: the answer is in the thread.
const answers = `
create table comment_answers (
  instance_id uuid not null references instances on delete cascade,
  repository_id uuid not null references repositories on delete cascade,
  number integer not null,
  thread_id integer not null,
  comment_id integer not null,
  author text not null,
  answer text not null,
  replied boolean not null default false,
  at timestamptz not null,
  primary key (repository_id, number, thread_id, comment_id)
);
`;
