/** Several issues by their ids, with what must be known to decide about them. */
import type { Finding } from "#model/finding.ts";
import type { InstanceId, IssueId, RepositoryId } from "#model/ids.ts";
import type { Scope } from "#model/scope.ts";
import type { Db, IssueStateName } from "../database.ts";
import { withinScope } from "../within-scope.ts";

export interface FoundIssue {
  readonly id: IssueId;
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  readonly state: IssueStateName;
  readonly path: string;
  readonly finding: Finding;
}

export async function findIssues(db: Db, scope: Scope, ids: readonly IssueId[]): Promise<readonly FoundIssue[]> {
  if (ids.length === 0) return [];
  return db
    .selectFrom("issues")
    .select(["id", "instanceId", "repositoryId", "state", "path", "finding"])
    .where(withinScope(scope, "instanceId"))
    .where("id", "in", ids)
    .execute();
}
