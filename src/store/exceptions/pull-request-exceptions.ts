/** The exceptions by which findings of a pull request are dismissed. */
import { sql } from "kysely";
import type { Exception, ExceptionId } from "#model/exception.ts";
import type { RepositoryId } from "#model/ids.ts";
import type { Db } from "../database.ts";
import { type StoredException, toException } from "./exceptions.ts";

export async function exceptionsOfPullRequest(
  db: Db,
  repositoryId: RepositoryId,
  number: number,
): Promise<ReadonlyMap<ExceptionId, Exception>> {
  const { rows } = await sql<StoredException>`
    select * from exceptions where id in (
      select exception_id from pull_request_findings
      where repository_id = ${repositoryId} and number = ${number} and state = 'dismissed'
    )`.execute(db);
  return new Map(rows.map((row) => [row.id, toException(row)]));
}
