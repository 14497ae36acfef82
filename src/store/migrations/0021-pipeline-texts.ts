/** Texts of pipelines that hold a secret are not kept any more; which of those that are there do, is found out by reading them again. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(pipelineTexts).execute(db);
}

const pipelineTexts = `
delete from pipeline_files;
delete from pipeline_previews where answer->>'is' = 'expanded';
`;
