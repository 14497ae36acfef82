/** What the settings file of a branch allows, beside its packages: they are judged under it whenever more is known, without git. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(branchAllows).execute(db);
}

// No row: the last scan saw nothing that allows anything. Branches of before get theirs with their next scan.
const branchAllows = `
create table branch_allows (
  instance_id uuid not null references instances on delete cascade,
  repository_id uuid not null references repositories on delete cascade,
  branch text not null,
  allows jsonb not null,
  primary key (repository_id, branch)
);
create index branch_allows_instance on branch_allows (instance_id);
`;
