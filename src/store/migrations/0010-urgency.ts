/** What makes an issue urgent, new or overdue, whose it is; how people weigh that; lists of a million issues. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(columns).execute(db);
  await sql.raw(known).execute(db);
  await sql.raw(settings).execute(db);
  await sql.raw(indexes).execute(db);
  await sql.raw(counts).execute(db);
}

// score_at: when the score is due; -infinity: at once, because something about the issue changed.
// counts_from: since when its time runs; null: just opened, or back after it was fixed, and not judged yet.
const columns = `
alter table issues
  add column urgency smallint not null default 0,
  add column urgency_points jsonb not null default '[]',
  add column score_at timestamptz not null default '-infinity',
  add column novelty text not null default 'backlog' check (novelty in ('new', 'backlog')),
  add column counts_from timestamptz,
  add column due_soon_at timestamptz,
  add column due_at timestamptz,
  add column owner text,
  add column owner_from text check (owner_from in ('file', 'commits', 'project')),
  add column live text check (live in ('live', 'not-live', 'unknown')),
  add column fix_available boolean not null default false,
  add column framework text generated always as (regexp_replace(finding->'resource'->>'language', '-plan$', '')) stored,
  add column package text generated always as
    ((finding->'package'->>'ecosystem') || '/' || lower(finding->'package'->>'name')) stored;
`;

const known = `
update issues i set counts_from = first_seen, fix_available = finding ? 'fix' or finding ? 'upgrade',
  live = (select verdict from secret_checks c
    where i.scanner = 'secrets' and c.instance_id = i.instance_id and c.fingerprint = i.fingerprint);
`;

// walked_to: a change of weights has come to all issues up to this one; null: to all there are.
const settings = `
create table urgency_settings (
  instance_id uuid primary key references instances on delete cascade,
  text text not null,
  changed_by text not null,
  changed_at timestamptz not null,
  walked_to uuid
);
create table sla_settings (
  instance_id uuid primary key references instances on delete cascade,
  critical_days integer not null,
  high_days integer not null,
  medium_days integer not null,
  low_days integer not null,
  grace_days integer not null,
  changed_by text not null,
  changed_at timestamptz not null
);
create table saved_views (
  id uuid primary key,
  instance_id uuid references instances on delete cascade,
  user_id uuid not null references users on delete cascade,
  name text not null,
  query jsonb not null,
  shared boolean not null,
  created_at timestamptz not null
);
create index saved_views_instance on saved_views (instance_id);
create index saved_views_user on saved_views (user_id);
create table repository_owners (
  repository_id uuid primary key references repositories on delete cascade,
  instance_id uuid not null references instances on delete cascade,
  path text not null,
  text text not null,
  problems jsonb not null,
  read_at timestamptz not null
);
create index repository_owners_instance on repository_owners (instance_id);
`;

// One for each order of the list: lists are read by instance and state, a page from each, and merged. What else lists are
// filtered by goes along, so that rows are only fetched for the page: a row is kilobytes, an entry a hundred bytes.
const filtered = "scanner, severity_rank, novelty, fix_available, live, due_at, due_soon_at";
const indexes = `
drop index issues_instance;
drop index issues_worst;
drop index issues_newest;
drop index issues_package;
drop index issues_secrets;
create index issues_urgent on issues (instance_id, state, urgency desc, id)
  include (repository_id, ${filtered}) where not archived;
create index issues_severe on issues (instance_id, state, severity_rank, last_seen desc, id)
  include (repository_id, urgency, ${filtered.replace("severity_rank, ", "")}) where not archived;
create index issues_first_seen on issues (instance_id, state, first_seen, id)
  include (repository_id, urgency, ${filtered}) where not archived;
create index issues_last_seen on issues (instance_id, state, last_seen, id)
  include (repository_id, urgency, ${filtered}) where not archived;
create index issues_due on issues (instance_id, state, due_at, id)
  include (repository_id, urgency, ${filtered.replace(", due_at", "")}) where not archived;
create index issues_rule on issues (instance_id, state, rule, urgency desc, id)
  include (repository_id, ${filtered}) where not archived;
create index issues_repository on issues (repository_id, state, urgency desc, id) include (${filtered}) where not archived;
create index issues_repository_severe on issues (repository_id, state, severity_rank, last_seen desc, id) where not archived;
create index issues_owner on issues (instance_id, state, owner, urgency desc, id) where not archived;
create index issues_scanner on issues (instance_id, state, scanner, severity_rank)
  include (id, repository_id, urgency, ${filtered.replace("scanner, severity_rank, ", "")}) where not archived;
create index issues_live on issues (instance_id, live, state) where live is not null;
create index issues_framework on issues (instance_id, state, framework, urgency desc, id)
  where not archived and framework is not null;
create index issues_package on issues (instance_id, state, package, urgency desc, id)
  where not archived and package is not null;
create index issues_secrets on issues (instance_id, fingerprint, state, urgency desc, id)
  include (archived) where scanner = 'secrets';
create index issues_archived on issues (instance_id, state) where archived;
create index issues_score_at on issues (score_at) where score_at < 'infinity';
alter table issues set (autovacuum_vacuum_scale_factor = 0.03, autovacuum_vacuum_insert_scale_factor = 0.03);
`;

/**
 * How many issues there are in each state, by what they have in common; archived ones do not count. Whoever writes issues
 * appends what changed, and folds in those rows of the same key that nobody else is just folding: nobody waits.
 */
const countedBy = `(values ('severity', i.scanner || '/' || i.severity), ('repository', i.repository_id::text), ('rule', i.rule),
    ('package', i.package), ('owner', i.owner)) as k (kind, key)`;
const counts = `
create table issue_counts (
  instance_id uuid not null references instances on delete cascade,
  kind text not null,
  state text not null,
  key text not null,
  count bigint not null
);
create index issue_counts_key on issue_counts (instance_id, kind, state, key) include (count);
insert into issue_counts
  select i.instance_id, k.kind, i.state, k.key, count(*) from issues i cross join lateral ${countedBy}
  where not i.archived and k.key is not null group by 1, 2, 3, 4;

create or replace function add_issue_counts(given issue_counts[]) returns void language sql as $$
  with deltas as materialized (
    select d.* from unnest(given) d where exists (select 1 from instances where id = d.instance_id)),
  found as materialized (
    select c.ctid as at from issue_counts c join deltas d using (instance_id, kind, state, key)
    for update of c skip locked),
  folded as (delete from issue_counts where ctid = any(array(select at from found)) returning *)
  insert into issue_counts
    select instance_id, kind, state, key, sum(count) from (select * from deltas union all select * from folded) x
    group by 1, 2, 3, 4 having sum(count) <> 0;
$$;
create or replace function count_issues() returns trigger language plpgsql as $$
declare
  deltas issue_counts[];
begin
  if tg_op = 'INSERT' then
    deltas := array(select row(i.instance_id, k.kind, i.state, k.key, count(*))::issue_counts
      from after_change i cross join lateral ${countedBy} where not i.archived and k.key is not null
      group by i.instance_id, k.kind, i.state, k.key);
  elsif tg_op = 'DELETE' then
    deltas := array(select row(i.instance_id, k.kind, i.state, k.key, -count(*))::issue_counts
      from before_change i cross join lateral ${countedBy} where not i.archived and k.key is not null
      group by i.instance_id, k.kind, i.state, k.key);
  else
    deltas := array(select row(i.instance_id, k.kind, i.state, k.key, sum(i.one))::issue_counts
      from (select b.*, -1 as one from before_change b union all select a.*, 1 from after_change a) i
      cross join lateral ${countedBy} where not i.archived and k.key is not null
      group by i.instance_id, k.kind, i.state, k.key having sum(i.one) <> 0);
  end if;
  if cardinality(deltas) > 0 then perform add_issue_counts(deltas); end if;
  return null;
end
$$;
create trigger issues_inserted after insert on issues referencing new table as after_change
  for each statement execute function count_issues();
create trigger issues_deleted after delete on issues referencing old table as before_change
  for each statement execute function count_issues();
create trigger issues_updated after update on issues referencing old table as before_change new table as after_change
  for each statement execute function count_issues();
`;
