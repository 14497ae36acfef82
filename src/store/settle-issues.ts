/** Makes issues of a branch what their occurrences and the settings of their rules say, and notes what changed. */
import { sql } from "kysely";
import type { Finding } from "#model/finding.ts";
import type { IssueId, ScanId } from "#model/ids.ts";
import { type PolicySettings, settle } from "#model/policy-setting.ts";
import { type Severity, severities } from "#model/severity.ts";
import type { Db, IssueStateName } from "./database.ts";
import { insertIssueEvents } from "./issue-events.ts";
import { json, storable } from "./json.ts";
import { newId } from "./new-id.ts";
import { type Branch, lineOf, pathOf } from "./occurrences.ts";

export interface Settling extends Branch {
  readonly at: Date;
  readonly settings: PolicySettings;
  /** True if somebody looked at the code: then what is there was seen now. */
  readonly isSeen: boolean;
}

export interface SettledIssues {
  readonly opened: IssueId[];
  readonly reopened: IssueId[];
  /** Whose dismissal was over. */
  readonly ended: IssueId[];
  readonly fixed: IssueId[];
  /** Still in the code, but their rule is off. */
  readonly switchedOff: IssueId[];
  readonly regraded: Map<Severity, IssueId[]>;
}

interface Known {
  readonly fingerprint: string;
  readonly id: IssueId | null;
  readonly state: IssueStateName | null;
  readonly severity: Severity | null;
  readonly present: boolean | null;
  readonly dismissedUntil: Date | null;
  /** Of its first occurrence, settled; null if it has none, or its rule is off. */
  readonly finding: Finding | null;
  readonly isOff: boolean;
}

const batchSize = 5_000;

export async function settleIssues(tx: Db, given: Settling, fingerprints: Iterable<string>): Promise<SettledIssues> {
  const changes: SettledIssues = {
    opened: [],
    reopened: [],
    ended: [],
    fixed: [],
    switchedOff: [],
    regraded: new Map(),
  };
  const all = [...fingerprints];
  for (let start = 0; start < all.length; start += batchSize) {
    const known = await readKnown(tx, given, all.slice(start, start + batchSize));
    await writeSeen(tx, given, known, changes);
    await writeGone(tx, given, known, changes);
  }
  return changes;
}

async function readKnown(
  tx: Db,
  { repositoryId, branch, settings }: Settling,
  prints: readonly string[],
): Promise<readonly Known[]> {
  const { rows } = await sql<Omit<Known, "isOff">>`
    select f.fingerprint, i.id, i.state, i.severity, i.present, i.dismissed_until, o.finding
    from unnest(${[...prints]}::text[]) as f (fingerprint)
    left join issues i on i.repository_id = ${repositoryId} and i.branch = ${branch} and i.fingerprint = f.fingerprint
    left join lateral (
      select finding from occurrences
      where repository_id = ${repositoryId} and branch = ${branch} and fingerprint = f.fingerprint
      order by path, line, ordinal limit 1) o on true`.execute(tx);
  return rows.map((row) => {
    const finding = (row.finding && settle(row.finding, settings)) ?? null;
    return { ...row, finding, isOff: row.finding !== null && finding === null };
  });
}

async function writeSeen(tx: Db, given: Settling, known: readonly Known[], changes: SettledIssues): Promise<void> {
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
      finding = excluded.finding, search_text = excluded.search_text, present = true,
      last_seen = case when ${given.isSeen} then excluded.last_seen else i.last_seen end,
      state = excluded.state, fixed_at = null,
      dismissed_by = case when excluded.state = 'dismissed' then i.dismissed_by end,
      dismissed_at = case when excluded.state = 'dismissed' then i.dismissed_at end,
      dismissed_until = case when excluded.state = 'dismissed' then i.dismissed_until end,
      dismiss_reason = case when excluded.state = 'dismissed' then i.dismiss_reason end,
      dismiss_comment = case when excluded.state = 'dismissed' then i.dismiss_comment end
  `.execute(tx);
}

function seenRow(row: Known, finding: Finding, at: Date, changes: SettledIssues) {
  const id = row.id ?? newId<IssueId>();
  const stillDismissed = row.state === "dismissed" && (row.dismissedUntil === null || row.dismissedUntil > at);
  if (row.id === null) changes.opened.push(id);
  else if (row.state === "fixed") changes.reopened.push(id);
  else if (row.state === "dismissed" && !stillDismissed) changes.ended.push(id);
  if (row.state === "open" && row.severity !== finding.severity) {
    changes.regraded.set(finding.severity, [...(changes.regraded.get(finding.severity) ?? []), id]);
  }
  const path = pathOf(finding);
  const { message, rule, aliases, package: used, resource } = finding;
  const words = [path, message, rule, used?.name ?? "", resource?.address ?? "", ...aliases];
  return {
    id,
    fingerprint: row.fingerprint,
    finding,
    scanner: rule.slice(0, rule.indexOf("/")),
    path,
    line: lineOf(finding),
    searchText: storable(words.join("\n").toLowerCase()),
    state: stillDismissed ? "dismissed" : "open",
  };
}

async function writeGone(tx: Db, given: Settling, known: readonly Known[], changes: SettledIssues): Promise<void> {
  const gone = known.filter((row) => row.finding === null && row.id !== null && row.present);
  if (gone.length === 0) return;
  for (const { id, state, isOff } of gone) {
    if (state === "open" && id !== null) (isOff ? changes.switchedOff : changes.fixed).push(id);
  }
  await sql`
    update issues set present = false, fixed_at = case when state = 'open' then ${given.at}::timestamptz end,
      state = case when state = 'open' then 'fixed' else state end
    where id = any(${gone.map(({ id }) => id)}::uuid[])`.execute(tx);
}

/** Who or what made the changes. */
interface SettledBy {
  readonly scanId?: ScanId | undefined;
  readonly actor?: string | undefined;
  /** What it is called when a fixed issue is there again. */
  readonly reopening: "reopened" | "rule-on";
}

export async function writeIssueEvents(
  tx: Db,
  { instanceId, at }: Settling,
  changes: SettledIssues,
  { reopening, ...by }: SettledBy,
): Promise<void> {
  const event = { instanceId, at, ...by };
  await insertIssueEvents(tx, changes.opened, { ...event, kind: "opened" });
  await insertIssueEvents(tx, changes.reopened, { ...event, kind: reopening });
  await insertIssueEvents(tx, changes.ended, { ...event, kind: "dismissal-ended" });
  await insertIssueEvents(tx, changes.fixed, { ...event, kind: "fixed" });
  await insertIssueEvents(tx, changes.switchedOff, { ...event, kind: "rule-off" });
  for (const [severity, ids] of changes.regraded) {
    await insertIssueEvents(tx, ids, { ...event, kind: "re-graded", data: { severity } });
  }
}
