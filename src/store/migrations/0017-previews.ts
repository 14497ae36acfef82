/** How Azure DevOps puts each pipeline together, as it answered last. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(previews).execute(db);
}

// hash: of what the answer is about: revision of the definition, commits of its repositories.
const previews = `
create table pipeline_previews (
  instance_id uuid not null references instances on delete cascade,
  organization_id uuid not null references organizations on delete cascade,
  project_id uuid not null references projects on delete cascade,
  definition_id integer not null,
  hash text not null,
  answer jsonb not null,
  asked_at timestamptz not null,
  primary key (project_id, definition_id)
);
create index pipeline_previews_organization on pipeline_previews (organization_id);
create index pipeline_previews_instance on pipeline_previews (instance_id);
`;
