/** What dashboards show, counted beforehand: a million issues are too many to count at every look. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(figures).execute(db);
}

// figures: what there is, as of figure_times.at. daily_figures: what happened on a day (UTC).
// daily_totals: the same of all repositories of an instance: a year of 400 of them is 438,000 rows, 4 s to add up.
// times: of what was fixed, how many took how long, in the steps of store/make-figures.ts.
const figures = `
create table figure_times (
  instance_id uuid primary key references instances on delete cascade,
  at timestamptz not null,
  issues integer not null
);
create table figures (
  instance_id uuid not null references instances on delete cascade,
  repository_id uuid not null references repositories on delete cascade,
  scanner text not null,
  severity text not null,
  silenced integer not null,
  dismissed integer not null,
  open integer not null,
  urgent integer not null,
  on_track integer not null,
  approaching integer not null,
  overdue integer not null,
  primary key (repository_id, scanner, severity)
);
create index figures_instance on figures (instance_id);
create table top_figures (
  instance_id uuid not null references instances on delete cascade,
  repository_id uuid not null references repositories on delete cascade,
  kind text not null check (kind in ('rule', 'owner')),
  name text not null,
  title text,
  open integer not null,
  urgent integer not null,
  overdue integer not null,
  primary key (repository_id, kind, name)
);
create index top_figures_instance on top_figures (instance_id, kind);
create table daily_figures (
  instance_id uuid not null references instances on delete cascade,
  repository_id uuid not null references repositories on delete cascade,
  day date not null,
  scanner text not null,
  severity text not null,
  opened integer not null,
  fixed integer not null,
  net integer not null,
  in_time integer not null,
  late integer not null,
  hours double precision not null,
  times integer[] not null,
  primary key (repository_id, day, scanner, severity)
);
create index daily_figures_instance on daily_figures (instance_id, day);
create table daily_totals (
  instance_id uuid not null references instances on delete cascade,
  day date not null,
  scanner text not null,
  severity text not null,
  opened integer not null,
  fixed integer not null,
  net integer not null,
  in_time integer not null,
  late integer not null,
  hours double precision not null,
  times integer[] not null,
  primary key (instance_id, day, scanner, severity)
);
`;
