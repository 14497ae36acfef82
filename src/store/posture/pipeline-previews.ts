/** How Azure DevOps puts pipelines together, as it answered last: it is not asked again about what is as it was. */
import { sql } from "kysely";
import type { OrganizationId, ProjectId } from "#model/ids.ts";
import type { Db } from "../database.ts";
import { json } from "../json.ts";

export interface PreviewKey {
  readonly projectId: ProjectId;
  readonly definitionId: number;
  /** A hash of all that the answer follows from. */
  readonly of: string;
}

/** Undefined: nobody has asked about this, or it was refused before then: somebody may have got the right since. */
export async function findPipelinePreview<Answer extends { readonly is: string }>(
  db: Db,
  { projectId, definitionId, of }: PreviewKey,
  refusedSince: Date,
): Promise<Answer | undefined> {
  const { rows } = await sql<{ answer: Answer }>`
    select answer from pipeline_previews
    where project_id = ${projectId} and definition_id = ${definitionId} and hash = ${of}
      and (answer->>'is' <> 'refused' or asked_at > ${refusedSince})`.execute(db);
  return rows[0]?.answer;
}

/** One for each pipeline. */
export async function keepPipelinePreview(
  db: Db,
  organization: OrganizationId,
  { projectId, definitionId, of }: PreviewKey,
  answer: { readonly is: string },
  now: Date,
): Promise<void> {
  await sql`
    insert into pipeline_previews (instance_id, organization_id, project_id, definition_id, hash, answer, asked_at)
    select o.instance_id, o.id, p.id, ${definitionId}, ${of}, ${json(answer)}::jsonb, ${now}
    from organizations o join projects p on p.organization_id = o.id and p.id = ${projectId} where o.id = ${organization}
    on conflict (project_id, definition_id) do update
      set hash = excluded.hash, answer = excluded.answer, asked_at = excluded.asked_at`.execute(db);
}

/** Of pipelines that are gone. */
export async function deleteOldPreviews(db: Db, before: Date): Promise<void> {
  await sql`
    delete from pipeline_previews v where asked_at < ${before} and not exists (select 1 from pipelines p
      where p.project_id = v.project_id and p.definition_id = v.definition_id)`.execute(db);
}
