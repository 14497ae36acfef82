/** Verdicts of policies, each with what it rests on. They are only ever added. */
import { createHash } from "node:crypto";
import { type Selectable, sql } from "kysely";
import type { InstanceId, RepositoryId, ScanId, VerdictId } from "#model/ids.ts";
import type { PolicyTrigger } from "#model/policy.ts";
import type { Scope } from "#model/scope.ts";
import type { PolicyPlace, PolicySubject, Verdict, VerdictEvidence } from "#model/verdict.ts";
import type { Database, Db } from "../database.ts";
import { json } from "../json.ts";
import { newId } from "../new-id.ts";
import { withinScope } from "../within-scope.ts";
import { withoutNulls } from "../without-nulls.ts";

/** All that a decision looked at beside the policies. */
export interface VerdictFacts {
  readonly place: PolicyPlace;
  /** Of a pull request all that is open, of a branch what some policy matched. */
  readonly subjects: readonly PolicySubject[];
  readonly now: Date;
  /** Of a scan that did not end: how long was waited. */
  readonly minutesWaited?: number;
  /** Of a branch: what was looked at with it stands in the next verdict. */
  readonly isPart?: true;
}

export interface VerdictRow extends Verdict, VerdictEvidence {
  readonly id: VerdictId;
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  /** Of a pull request. */
  readonly number?: number;
  readonly iteration?: number;
  /** Of a branch: the full name of its ref. */
  readonly branch?: string;
  readonly scanId?: ScanId;
  readonly trigger: PolicyTrigger;
  readonly facts: VerdictFacts;
  readonly at: Date;
}

export type NewVerdict = Omit<VerdictRow, "id">;

/** The id of the former one if nothing is different: the same scan, the same policies, the same facts. */
export async function insertVerdict(db: Db, verdict: NewVerdict): Promise<VerdictId> {
  const factsHash = hashOf(verdict);
  const latest = await db
    .selectFrom("verdicts")
    .select(["id", "factsHash"])
    .where("repositoryId", "=", verdict.repositoryId)
    .where(sql<boolean>`number is not distinct from ${verdict.number ?? null}`)
    .where(sql<boolean>`branch is not distinct from ${verdict.branch ?? null}`)
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  if (latest?.factsHash === factsHash) return latest.id;
  const id = newId<VerdictId>();
  const { decidedBy, matches, facts, number, iteration, branch, scanId, base, ...plain } = verdict;
  await db
    .insertInto("verdicts")
    .values({
      ...{ id, ...plain, factsHash },
      ...{ number: number ?? null, iteration: iteration ?? null, branch: branch ?? null },
      ...{ scanId: scanId ?? null, base: base ?? null },
      ...{ decidedBy: json(decidedBy), matches: json(matches), facts: json(facts) },
    })
    .execute();
  return id;
}

/** Of everything but the moment. */
function hashOf({ at: _at, facts: { now: _now, minutesWaited: _waited, ...facts }, ...verdict }: NewVerdict): string {
  return createHash("sha256")
    .update(json({ ...verdict, facts }))
    .digest("hex");
}

/** As JSON has them: moments are text. */
export type StoredFacts = Omit<VerdictFacts, "subjects" | "now"> & {
  readonly now: string;
  readonly subjects: readonly (Omit<PolicySubject, "firstSeen"> & { readonly firstSeen: string })[];
};

/** Of a pull request. */
export async function latestVerdict(
  db: Db,
  repositoryId: RepositoryId,
  number: number,
): Promise<VerdictRow | undefined> {
  const row = await db
    .selectFrom("verdicts")
    .selectAll()
    .where("repositoryId", "=", repositoryId)
    .where("number", "=", number)
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && rowOf(row);
}

/** When a branch was judged last by this trigger, to the end. */
export async function lastJudged(
  db: Db,
  { repositoryId, branch }: { readonly repositoryId: RepositoryId; readonly branch: string },
  trigger: PolicyTrigger,
): Promise<Date | undefined> {
  const row = await db
    .selectFrom("verdicts")
    .select((select) => select.fn.max("at").as("at"))
    .where("repositoryId", "=", repositoryId)
    .where("branch", "=", branch)
    .where("trigger", "=", trigger)
    .where(sql<boolean>`not (facts ? 'isPart')`)
    .executeTakeFirst();
  return row?.at ?? undefined;
}

export async function getVerdict(db: Db, scope: Scope, id: VerdictId): Promise<VerdictRow | undefined> {
  const row = await db
    .selectFrom("verdicts")
    .selectAll()
    .where("id", "=", id)
    .where(withinScope(scope, "instanceId"))
    .executeTakeFirst();
  return row && rowOf(row);
}

/** A verdict in a list: without its facts. */
export type VerdictSummary = Omit<VerdictRow, "facts">;

/** Of a pull request, newest first. */
export async function listVerdicts(
  db: Db,
  scope: Scope,
  about: { readonly repositoryId: RepositoryId; readonly number: number },
  limit = 100,
): Promise<readonly VerdictSummary[]> {
  const rows = await db
    .selectFrom("verdicts")
    .select([
      ...(["id", "instanceId", "repositoryId", "number", "iteration", "branch", "scanId", "trigger"] as const),
      ...(["commit", "base", "scannersVersion", "knowledgeVersion", "policiesVersion"] as const),
      ...(["outcome", "decidedBy", "matches", "at"] as const),
    ])
    .where("repositoryId", "=", about.repositoryId)
    .where("number", "=", about.number)
    .where(withinScope(scope, "instanceId"))
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => withoutNulls(row));
}

function rowOf({ factsHash: _hash, ...row }: Selectable<Database["verdicts"]>): VerdictRow {
  const { now, subjects, ...facts } = row.facts;
  return {
    ...withoutNulls(row),
    facts: {
      ...facts,
      now: new Date(now),
      subjects: subjects.map((subject) => ({ ...subject, firstSeen: new Date(subject.firstSeen) })),
    },
  };
}
