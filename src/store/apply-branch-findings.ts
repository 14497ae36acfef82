/** Brings occurrences and issues of a branch to what a scan found, and writes down what changed. */
import { sql } from "kysely";
import type { Finding } from "#model/finding.ts";
import type { IssueId, ScanId } from "#model/ids.ts";
import { severities } from "#model/severity.ts";
import type { Db, IssueStateName } from "./database.ts";
import { insertIssueEvents } from "./issue-events.ts";
import { json, storable } from "./json.ts";
import { newId } from "./new-id.ts";
import { type Branch, deleteOccurrences, insertOccurrences, lineOf, pathOf } from "./occurrences.ts";
import { inTransaction } from "./transaction.ts";

export interface BranchFindings extends Branch {
  readonly scanId?: ScanId | undefined;
  readonly at: Date;
  /** Paths that were looked at (changed, deleted, renamed from): their occurrences are replaced. */
  readonly replaced: "all" | readonly string[];
  /** Every finding in those paths. */
  readonly findings: readonly Finding[];
}

export interface IssueChanges {
  readonly opened: readonly IssueId[];
  readonly reopened: readonly IssueId[];
  readonly fixed: readonly IssueId[];
}

interface Known {
  readonly fingerprint: string;
  readonly id: IssueId | null;
  readonly state: IssueStateName | null;
  readonly present: boolean | null;
  readonly dismissedUntil: Date | null;
  /** Of its first occurrence; null if it has none. */
  readonly finding: Finding | null;
}

const batchSize = 5_000;

export async function applyBranchFindings(db: Db, given: BranchFindings): Promise<IssueChanges> {
  return inTransaction(db, async (tx) => {
    // Scans of one repository write one after the other; a deletion of the instance waits or has won.
    const repository = await sql`select 1 from repositories where id = ${given.repositoryId} for no key update`.execute(
      tx,
    );
    if (repository.rows.length === 0) return { opened: [], reopened: [], fixed: [] };
    const replaced =
      given.replaced === "all" ? "all" : [...new Set([...given.replaced, ...given.findings.map(pathOf)])];
    const touched = new Set(await deleteOccurrences(tx, given, replaced));
    await insertOccurrences(tx, given, given.findings);
    for (const finding of given.findings) touched.add(finding.fingerprint);
    if (replaced === "all") for (const fingerprint of await presentFingerprints(tx, given)) touched.add(fingerprint);

    const changes = {
      opened: [] as IssueId[],
      reopened: [] as IssueId[],
      ended: [] as IssueId[],
      fixed: [] as IssueId[],
    };
    const fingerprints = [...touched];
    for (let start = 0; start < fingerprints.length; start += batchSize) {
      const known = await readKnown(tx, given, fingerprints.slice(start, start + batchSize));
      await writeSeen(tx, given, known, changes);
      await writeGone(tx, given, known, changes);
    }
    await writeEvents(tx, given, changes);
    return { opened: changes.opened, reopened: [...changes.reopened, ...changes.ended], fixed: changes.fixed };
  });
}

async function presentFingerprints(tx: Db, { repositoryId, branch }: Branch): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom("issues")
    .select("fingerprint")
    .where("repositoryId", "=", repositoryId)
    .where("branch", "=", branch)
    .where("present", "=", true)
    .execute();
  return rows.map((row) => row.fingerprint);
}

async function readKnown(
  tx: Db,
  { repositoryId, branch }: Branch,
  prints: readonly string[],
): Promise<readonly Known[]> {
  const { rows } = await sql<Known>`
    select f.fingerprint, i.id, i.state, i.present, i.dismissed_until, o.finding
    from unnest(${[...prints]}::text[]) as f (fingerprint)
    left join issues i on i.repository_id = ${repositoryId} and i.branch = ${branch} and i.fingerprint = f.fingerprint
    left join lateral (
      select finding from occurrences
      where repository_id = ${repositoryId} and branch = ${branch} and fingerprint = f.fingerprint
      order by path, line, ordinal limit 1) o on true`.execute(tx);
  return rows;
}

type Changes = { opened: IssueId[]; reopened: IssueId[]; ended: IssueId[]; fixed: IssueId[] };

async function writeSeen(tx: Db, given: BranchFindings, known: readonly Known[], changes: Changes): Promise<void> {
  const rows = known.flatMap((row) => (row.finding ? [seenRow(row, row.finding, given.at, changes)] : []));
  if (rows.length === 0) return;
  await sql`
    insert into issues as i (id, instance_id, repository_id, branch, fingerprint, rule, scanner, severity, severity_rank,
      message, path, line, finding, search_text, state, present, first_seen, last_seen)
    select given.id, ${given.instanceId}, ${given.repositoryId}, ${given.branch}, given.fingerprint, given.rule,
      given.scanner, given.severity, given.severity_rank, given.message, given.path, given.line, given.finding::jsonb,
      given.search_text, given.state, true, ${given.at}, ${given.at}
    from unnest(
      ${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.fingerprint)}::text[],
      ${rows.map((row) => row.finding.rule)}::text[], ${rows.map((row) => row.scanner)}::text[],
      ${rows.map((row) => row.finding.severity)}::text[],
      ${rows.map((row) => severities.indexOf(row.finding.severity))}::smallint[],
      ${rows.map((row) => storable(row.finding.message))}::text[], ${rows.map((row) => row.path)}::text[],
      ${rows.map((row) => row.line)}::integer[], ${rows.map((row) => json(row.finding))}::text[],
      ${rows.map((row) => row.searchText)}::text[], ${rows.map((row) => row.state)}::text[]
    ) as given (id, fingerprint, rule, scanner, severity, severity_rank, message, path, line, finding, search_text, state)
    on conflict (repository_id, branch, fingerprint) do update set
      rule = excluded.rule, scanner = excluded.scanner, severity = excluded.severity,
      severity_rank = excluded.severity_rank, message = excluded.message, path = excluded.path, line = excluded.line,
      finding = excluded.finding, search_text = excluded.search_text, last_seen = excluded.last_seen, present = true,
      state = excluded.state, fixed_at = null,
      dismissed_by = case when excluded.state = 'dismissed' then i.dismissed_by end,
      dismissed_at = case when excluded.state = 'dismissed' then i.dismissed_at end,
      dismissed_until = case when excluded.state = 'dismissed' then i.dismissed_until end,
      dismiss_reason = case when excluded.state = 'dismissed' then i.dismiss_reason end,
      dismiss_comment = case when excluded.state = 'dismissed' then i.dismiss_comment end
  `.execute(tx);
}

function seenRow(row: Known, finding: Finding, at: Date, changes: Changes) {
  const id = row.id ?? newId<IssueId>();
  const stillDismissed = row.state === "dismissed" && (row.dismissedUntil === null || row.dismissedUntil > at);
  if (row.id === null) changes.opened.push(id);
  else if (row.state === "fixed") changes.reopened.push(id);
  else if (row.state === "dismissed" && !stillDismissed) changes.ended.push(id);
  const path = pathOf(finding);
  const words = [path, finding.message, finding.rule, finding.package?.name ?? "", finding.resource?.address ?? ""];
  return {
    id,
    fingerprint: row.fingerprint,
    finding,
    scanner: finding.rule.slice(0, finding.rule.indexOf("/")),
    path,
    line: lineOf(finding),
    searchText: storable(words.join("\n").toLowerCase()),
    state: stillDismissed ? "dismissed" : "open",
  };
}

async function writeGone(tx: Db, given: BranchFindings, known: readonly Known[], changes: Changes): Promise<void> {
  const gone = known.flatMap((row) => (row.finding === null && row.id !== null && row.present ? [row.id] : []));
  if (gone.length === 0) return;
  const fixed = new Set(known.flatMap((row) => (row.state === "open" && row.id !== null ? [row.id] : [])));
  changes.fixed.push(...gone.filter((id) => fixed.has(id)));
  await sql`
    update issues set present = false, fixed_at = case when state = 'open' then ${given.at}::timestamptz end,
      state = case when state = 'open' then 'fixed' else state end
    where id = any(${gone}::uuid[])`.execute(tx);
}

async function writeEvents(tx: Db, given: BranchFindings, changes: Changes): Promise<void> {
  const event = { instanceId: given.instanceId, at: given.at, scanId: given.scanId };
  await insertIssueEvents(tx, changes.opened, { ...event, kind: "opened" });
  await insertIssueEvents(tx, changes.reopened, { ...event, kind: "reopened" });
  await insertIssueEvents(tx, changes.ended, { ...event, kind: "dismissal-ended" });
  await insertIssueEvents(tx, changes.fixed, { ...event, kind: "fixed" });
}
