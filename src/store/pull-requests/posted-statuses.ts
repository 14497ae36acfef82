/** What a pull request was told, by all scans together and by each kind, so that nothing is told twice. */
import { sql } from "kysely";
import type { RepositoryId } from "#model/ids.ts";
import type { PullRequestStatusState } from "#model/pull-request.ts";
import type { ScannerName } from "#model/scanner-name.ts";
import type { Db } from "../database.ts";
import { json, storable } from "../json.ts";
import type { PullRequestRow } from "./pull-requests.ts";

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

/** The roll-up. */
export async function setPostedStatus(
  db: Db,
  repositoryId: RepositoryId,
  number: number,
  status: {
    readonly iteration: number;
    readonly state: PullRequestStatusState;
    readonly description: string;
    readonly at: Date;
    readonly remoteId?: number | undefined;
  },
): Promise<void> {
  const { iteration, at } = status;
  await db
    .updateTable("pullRequests")
    .set({
      postedIteration: iteration,
      postedState: status.state,
      postedRemoteId: status.remoteId ?? null,
      postedDescription: storable(status.description),
      postedSince: sql`case when posted_iteration = ${iteration} then coalesce(posted_since, ${at}) else ${at}::timestamptz end`,
      updatedAt: sql`now()`,
    })
    .where("repositoryId", "=", repositoryId)
    .where("number", "=", number)
    .execute();
}

/** Active ones that were told before then that a scan runs or failed, and have no result. */
export async function listUnfinished(
  db: Db,
  before: Date,
): Promise<readonly Pick<PullRequestRow, "repositoryId" | "instanceId" | "number">[]> {
  return db
    .selectFrom("pullRequests")
    .select(["repositoryId", "instanceId", "number"])
    .where("state", "=", "active")
    .where("postedState", "in", ["pending", "error"])
    .where("postedSince", "<=", before)
    .where(sql<boolean>`(scanned_iteration is distinct from posted_iteration or failed_iteration is not null)`)
    .execute();
}
