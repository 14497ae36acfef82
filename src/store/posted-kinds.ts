/** What a pull request was told about each kind of scan, so that nothing is told twice. The roll-up stands beside it. */
import { sql } from "kysely";
import type { RepositoryId } from "#model/ids.ts";
import type { PullRequestStatusState } from "#model/pull-request.ts";
import type { ScannerName } from "#model/scanner-name.ts";
import type { Db } from "./database.ts";
import { json } from "./json.ts";

export interface PostedKind {
  readonly iteration: number;
  readonly state: PullRequestStatusState;
  readonly description: string;
}

/** `policies`: what a pull request that changes policies would do. */
export type PostedName = ScannerName | "policies";

export type PostedKinds = Readonly<Partial<Record<PostedName, PostedKind>>>;

/** The other kinds stay as they are. */
export async function setPostedKind(
  db: Db,
  { repositoryId, number }: { readonly repositoryId: RepositoryId; readonly number: number },
  kind: PostedName,
  posted: PostedKind,
): Promise<void> {
  await sql`update pull_requests set posted_kinds = posted_kinds || ${json({ [kind]: posted })}::jsonb
    where repository_id = ${repositoryId} and number = ${number}`.execute(db);
}
