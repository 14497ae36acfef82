/** Brings occurrences and issues of a branch to what a scan found, and writes down what changed. */
import { sql } from "kysely";
import type { Finding } from "#model/finding.ts";
import type { Renames } from "#model/follow-renames.ts";
import type { IssueId, RepositoryId, ScanId } from "#model/ids.ts";
import type { SilencedFinding } from "#model/silenced-finding.ts";
import type { Db, IssueEventKind } from "../database.ts";
import { applyExceptions } from "../exceptions/cover-findings.ts";
import { inTransaction } from "../transaction.ts";
import { keepInHistory } from "./history-occurrences.ts";
import { findingsToMove, moveIssues } from "./move-issues.ts";
import {
  type Branch,
  deleteOccurrences,
  insertOccurrences,
  type OfScanners,
  pathOf,
  type Unjudged,
} from "./occurrences.ts";
import { findRuleSettings } from "./rule-settings.ts";
import { type SettledIssue, settleIssues, writeIssueEvents } from "./settle-issues.ts";

export interface BranchFindings extends Branch, OfScanners {
  readonly scanId?: ScanId | undefined;
  readonly at: Date;
  /** Paths that were looked at (changed, deleted, renamed from): their occurrences are replaced. */
  readonly replaced: "all" | readonly string[];
  /** Every finding in those paths, whatever people decided about its rule. */
  readonly findings: readonly Finding[];
  /** Those in these paths that something in the code silences. */
  readonly silenced?: readonly SilencedFinding[] | undefined;
  readonly unjudged?: readonly Unjudged[] | undefined;
  /** Files among these paths that were moved as they are. */
  readonly renames?: Renames | undefined;
  /**
   * Set where a secret that leaves the branch stays an issue, in its history: the version of the scanner that found
   * what was there before, empty if that was another one than now.
   */
  readonly secretsFoundBy?: string | undefined;
}

export interface IssueChanges {
  readonly opened: readonly IssueId[];
  readonly reopened: readonly IssueId[];
  readonly fixed: readonly IssueId[];
  /** Not counted as open any more, or never: what the code says about them is known. */
  readonly silenced: readonly IssueId[];
  /** Secrets that left the branch and stay in its history, or are back. */
  readonly moved: readonly IssueId[];
}

const noChanges: IssueChanges = { opened: [], reopened: [], fixed: [], silenced: [], moved: [] };

export async function applyBranchFindings(db: Db, given: BranchFindings): Promise<IssueChanges> {
  return inTransaction(db, async (tx) => {
    if (!(await lockIssues(tx, given.repositoryId))) return noChanges;
    const { findings, silenced = [], renames = new Map() } = given;
    const all = [...findings, ...silenced.map(({ finding }) => finding)];
    const replaced = given.replaced === "all" ? "all" : [...new Set([...given.replaced, ...all.map(pathOf)])];
    if (given.secretsFoundBy !== undefined) {
      const stay = new Set(all.map(({ fingerprint }) => fingerprint));
      await keepInHistory(tx, given, { paths: replaced, stay, version: given.secretsFoundBy });
    }
    const before = await findingsToMove(tx, given, renames);
    const touched = new Set(await deleteOccurrences(tx, given, replaced, given));
    await insertOccurrences(tx, given, findings, silenced);
    await moveIssues(tx, given, { before, after: all, renames });
    for (const finding of all) touched.add(finding.fingerprint);
    if (replaced === "all") for (const fingerprint of await presentFingerprints(tx, given)) touched.add(fingerprint);
    const settings = await findRuleSettings(tx, given.instanceId);
    const settling = { ...given, settings, isSeen: true };
    const changes = await settleIssues(tx, settling, touched);
    await writeIssueEvents(tx, settling, changes, { scanId: given.scanId });
    return issueChangesOf(changes, await applyExceptions(tx, given, openOnes(changes)));
  });
}

/** What a changed setting makes of a rule's issues on one branch. Running it twice changes nothing more. */
export async function reapplySettings(
  db: Db,
  given: Branch & { readonly ruleId: string; readonly at: Date; readonly by?: string | undefined },
): Promise<IssueChanges> {
  return inTransaction(db, async (tx) => {
    if (!(await lockIssues(tx, given.repositoryId))) return noChanges;
    const { rows } = await sql<{ fingerprint: string }>`
      select fingerprint from occurrences
      where repository_id = ${given.repositoryId} and branch = ${given.branch} and finding->>'rule' = ${given.ruleId}
      union
      select fingerprint from history_occurrences
      where repository_id = ${given.repositoryId} and finding->>'rule' = ${given.ruleId}`.execute(tx);
    const settings = await findRuleSettings(tx, given.instanceId);
    const settling = { ...given, settings, isSeen: false };
    const changes = await settleIssues(
      tx,
      settling,
      rows.map(({ fingerprint }) => fingerprint),
    );
    await writeIssueEvents(tx, settling, changes, { actor: given.by });
    return issueChangesOf(changes, await applyExceptions(tx, given, openOnes(changes)));
  });
}

/** What may be covered by an exception that is there already. */
export function openOnes(changes: readonly SettledIssue[]): readonly IssueId[] {
  return changes.flatMap(({ id, was, becomes }) => (becomes === "open" && was !== "open" ? [id] : []));
}

function issueChangesOf(changes: readonly SettledIssue[], dismissed: ReadonlySet<IssueId>): IssueChanges {
  const isTold = ({ id, becomes }: SettledIssue) => becomes !== "silenced" && !dismissed.has(id);
  const idsOf = (...kinds: readonly IssueEventKind[]) =>
    changes.flatMap((change) => (kinds.includes(change.kind) && isTold(change) ? [change.id] : []));
  return {
    opened: idsOf("opened"),
    reopened: idsOf("reopened", "rule-on", "dismissal-ended", "skip-removed"),
    fixed: idsOf("fixed", "rule-off"),
    silenced: changes.flatMap(({ id, becomes }) => (becomes === "silenced" ? [id] : [])),
    moved: idsOf("left-head", "back-in-head"),
  };
}

/** Branches on which the rule has found something, switched off or not. */
export async function branchesWithRule(db: Db, instanceId: Branch["instanceId"], ruleId: string) {
  const { rows } = await sql<Branch>`
    select instance_id, repository_id, branch from occurrences
    where instance_id = ${instanceId} and finding->>'rule' = ${ruleId}
    union
    select h.instance_id, h.repository_id, r.default_branch from history_occurrences h
    join repositories r on r.id = h.repository_id and r.default_branch is not null
    where h.instance_id = ${instanceId} and h.finding->>'rule' = ${ruleId}
    order by repository_id, branch`.execute(db);
  return rows;
}

/** Scans of one repository write one after the other; a deletion of the instance waits or has won: then false. */
export async function lockIssues(tx: Db, id: RepositoryId): Promise<boolean> {
  const repository = await sql`select 1 from repositories where id = ${id} for no key update`.execute(tx);
  return repository.rows.length > 0;
}

async function presentFingerprints(
  tx: Db,
  { repositoryId, branch, of, notOf = [], importKey }: Branch & OfScanners,
): Promise<readonly string[]> {
  let query = tx
    .selectFrom("issues")
    .select("fingerprint")
    .where("repositoryId", "=", repositoryId)
    .where("branch", "=", branch)
    .where("present", "=", true);
  if (importKey) {
    query = query.where("scanner", "=", "imported").where(sql<boolean>`starts_with(fingerprint, ${importKey})`);
  } else if (of) query = query.where("scanner", "in", of);
  else query = query.where("scanner", "not in", [...notOf, "imported"]);
  const rows = await query.execute();
  return rows.map((row) => row.fingerprint);
}
