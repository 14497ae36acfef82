/** What branches depend on, what their source files import, and how an instance judges packages. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(manifests).execute(db);
  await sql.raw(packages).execute(db);
  await sql.raw(searchIndex).execute(db);
  await sql.raw(issuesOfPackages).execute(db);
  await sql.raw(imports).execute(db);
  await sql.raw(settings).execute(db);
  await sql.raw(knowledge).execute(db);
}

// One row per unit: what its files say, as it was read. The default branch only, like issues.
const manifests = `
create table manifests (
  instance_id uuid not null references instances on delete cascade,
  repository_id uuid not null references repositories on delete cascade,
  branch text not null,
  unit text not null,
  content jsonb not null,
  read_at timestamptz not null,
  primary key (repository_id, branch, unit)
);
create index manifests_instance on manifests (instance_id);
`;

// The same, one row per package, to be searched: a package of one version in one manifest. since: when it came in.
const packages = `
create table packages (
  instance_id uuid not null references instances on delete cascade,
  repository_id uuid not null references repositories on delete cascade,
  branch text not null,
  unit text not null,
  manifest text not null,
  ecosystem text not null,
  key text not null,
  name text not null,
  search_text text not null,
  version text not null,
  purl text not null,
  relation text not null,
  is_development boolean not null,
  licenses text[] not null,
  path text not null,
  line integer not null,
  since timestamptz not null,
  primary key (repository_id, branch, unit, manifest, ecosystem, key, version)
);
create index packages_name on packages (instance_id, ecosystem, key);
`;

// As with issues: a search without the index still works, only slower.
const searchIndex = `
do $$
begin
  create index packages_search on packages using gin (search_text public.gin_trgm_ops);
exception when others then
  raise notice 'pg_trgm is not available: text search reads every row (%)', sqlerrm;
end
$$;
`;

// Issues about one package: ours are few, those of secrets and infrastructure many.
const issuesOfPackages = `
create index issues_package on issues ((finding->'package'->>'ecosystem'), (lower(finding->'package'->>'name')))
  where finding->'package' is not null;
`;

const imports = `
create table source_imports (
  instance_id uuid not null references instances on delete cascade,
  repository_id uuid not null references repositories on delete cascade,
  branch text not null,
  path text not null,
  names text[] not null,
  primary key (repository_id, branch, path)
);
create index source_imports_instance on source_imports (instance_id);
`;

// A machine's own copy: where several machines work, each judges by what it has.
const knowledge = `
create table knowledge_versions (
  place text primary key,
  version text not null,
  changed_at timestamptz not null
);
`;

const settings = `
create table package_settings (
  instance_id uuid primary key references instances on delete cascade,
  text text not null,
  changed_by text not null,
  changed_at timestamptz not null
);
`;
