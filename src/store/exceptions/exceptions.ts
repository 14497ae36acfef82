/** The register of exceptions: what people decided not to fix. What one covers: `cover-findings.ts`. */
import { sql } from "kysely";
import type {
  Exception,
  ExceptionAnchor,
  ExceptionId,
  ExceptionSource,
  ExceptionState,
  ExceptionStateName,
  ExceptionSubject,
  Justification,
} from "#model/exception.ts";
import type { InstanceId, RepositoryId } from "#model/ids.ts";
import type { DismissReason } from "#model/issue.ts";
import type { Scope } from "#model/scope.ts";
import type { Db } from "../database.ts";
import { json, storable } from "../json.ts";
import { newId } from "../new-id.ts";
import { withinScope } from "../within-scope.ts";

export type NewException = Omit<Exception, "id" | "approver"> & {
  readonly state: { readonly is: "pending" } | { readonly is: "active" };
};

export async function insertException(tx: Db, given: NewException): Promise<Exception> {
  const id = newId<ExceptionId>();
  const { instanceId, repositoryId, anchor, about, reason, comment, author, authorAccount } = given;
  const { madeAt, until, source, saidAt, state } = given;
  await tx
    .insertInto("exceptions")
    .values({
      ...{ id, instanceId, repositoryId: repositoryId ?? null, anchor: json(anchor), about: json(about), reason },
      ...{ comment: storable(comment), author: storable(author), authorAccount: authorAccount ?? null, madeAt },
      ...{ justification: given.justification ?? null },
      ...{ until: until ?? null, approver: null, source, saidAt: saidAt ?? null, state: state.is },
      ...{ endedBy: null, endedAt: null },
    })
    .execute();
  return { ...given, id };
}

/** As the table has it. */
export interface StoredException {
  readonly id: ExceptionId;
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId | null;
  readonly anchor: ExceptionAnchor;
  readonly about: ExceptionSubject;
  readonly reason: DismissReason;
  readonly comment: string;
  readonly justification: Justification | null;
  readonly author: string;
  readonly authorAccount: string | null;
  readonly madeAt: Date;
  readonly until: Date | null;
  readonly approver: string | null;
  readonly source: ExceptionSource;
  readonly saidAt: string | null;
  readonly state: ExceptionStateName;
  readonly endedBy: string | null;
  readonly endedAt: Date | null;
}

export function toException(row: StoredException): Exception {
  const { id, instanceId, repositoryId, anchor, about, reason, comment, author, authorAccount } = row;
  const { madeAt, until, approver, source, saidAt } = row;
  return {
    ...{ id, instanceId, anchor, about, reason, comment, author, madeAt, source, state: stateOf(row) },
    ...(repositoryId !== null && { repositoryId }),
    ...(authorAccount !== null && { authorAccount }),
    ...(row.justification !== null && { justification: row.justification }),
    ...(until !== null && { until }),
    ...(approver !== null && { approver }),
    ...(saidAt !== null && { saidAt }),
  };
}

function stateOf({ state, endedBy, endedAt, madeAt }: StoredException): ExceptionState {
  const at = endedAt ?? madeAt;
  switch (state) {
    case "pending":
    case "active":
      return { is: state };
    case "expired":
      return { is: "expired", at };
    case "refused":
    case "revoked":
      return { is: state, by: endedBy ?? "", at };
  }
}

export async function getException(db: Db, scope: Scope, id: ExceptionId): Promise<Exception | undefined> {
  const row = await db
    .selectFrom("exceptions")
    .selectAll()
    .where("id", "=", id)
    .where(withinScope(scope, "instanceId"))
    .executeTakeFirst();
  return row && toException(row);
}

/** Those in force for a repository that are of these fingerprints, or of no single one; the oldest first. */
export async function activeExceptions(
  db: Db,
  of: { readonly instanceId: InstanceId; readonly repositoryId: RepositoryId; readonly at: Date },
  fingerprints: readonly string[],
): Promise<readonly Exception[]> {
  const { rows } = await sql<StoredException>`
    select * from exceptions
    where instance_id = ${of.instanceId} and state = 'active' and (until is null or until > ${of.at})
      and (repository_id is null or repository_id = ${of.repositoryId})
      and (anchor->>'is' <> 'finding' or anchor->>'fingerprint' = any(${[...fingerprints]}::text[]))
    order by made_at, id`.execute(db);
  return rows.map(toException);
}

/** One that says the same and is not over: nobody needs it twice. */
export async function findSameException(
  db: Db,
  { instanceId, repositoryId, anchor }: Pick<Exception, "instanceId" | "repositoryId" | "anchor">,
): Promise<Exception | undefined> {
  const { rows } = await sql<StoredException>`
    select * from exceptions
    where instance_id = ${instanceId} and state in ('pending', 'active') and anchor = ${json(anchor)}::jsonb
      and repository_id is not distinct from ${repositoryId ?? null}::uuid
    order by made_at desc limit 1`.execute(db);
  return rows[0] && toException(rows[0]);
}

/** Undefined if it is in another state by now: of two people who decide at once, the first does. */
export async function approveException(tx: Db, id: ExceptionId, approver: string): Promise<Exception | undefined> {
  const row = await tx
    .updateTable("exceptions")
    .set({ state: "active", approver: storable(approver) })
    .where("id", "=", id)
    .where("state", "=", "pending")
    .returningAll()
    .executeTakeFirst();
  return row && toException(row);
}

/** Undefined if it is over, or of those that time would end, if it has got more of it meanwhile. */
export async function endException(
  tx: Db,
  id: ExceptionId,
  end:
    | { readonly state: "refused" | "revoked"; readonly by: string; readonly at: Date }
    | { readonly state: "expired"; readonly at: Date },
): Promise<Exception | undefined> {
  const { state, at } = end;
  const row = await tx
    .updateTable("exceptions")
    .set({ state, endedBy: end.state === "expired" ? null : storable(end.by), endedAt: at })
    .where("id", "=", id)
    .where("state", "in", state === "refused" ? ["pending"] : ["pending", "active"])
    .$if(state === "expired", (query) => query.where("until", "<=", at))
    .returningAll()
    .executeTakeFirst();
  return row && toException(row);
}

export async function extendException(
  tx: Db,
  id: ExceptionId,
  until: Date | undefined,
): Promise<Exception | undefined> {
  const row = await tx
    .updateTable("exceptions")
    .set({ until: until ?? null })
    .where("id", "=", id)
    .where("state", "in", ["pending", "active"])
    .returningAll()
    .executeTakeFirst();
  return row && toException(row);
}

/** Those whose time is over and that are not ended yet, whether or not somebody had agreed to them. */
export async function listOverdueExceptions(db: Db, now: Date): Promise<readonly Exception[]> {
  const rows = await db
    .selectFrom("exceptions")
    .selectAll()
    .where("state", "in", ["pending", "active"])
    .where("until", "<=", now)
    .orderBy("until")
    .orderBy("id")
    .execute();
  return rows.map(toException);
}
