/**
 * Makes issues of a branch what their occurrences and the settings of their rules say, and notes what changed. A secret
 * that the default branch does not hold is judged by where it stands in the history.
 */
import { sql } from "kysely";
import type { Finding } from "#model/finding.ts";
import type { IssueId, ScanId } from "#model/ids.ts";
import { type RuleSettings, settle } from "#model/rule-setting.ts";
import { type Severity, severities } from "#model/severity.ts";
import type { Skip } from "#model/silenced-finding.ts";
import type { Db, IssueEventKind, IssueStateName } from "../database.ts";
import { json, storable } from "../json.ts";
import { newId } from "../new-id.ts";
import { insertIssueEvents } from "./issue-events.ts";
import { type Branch, lineOf, pathOf } from "./occurrences.ts";
import { otherBranches } from "./other-branches.ts";

export interface Settling extends Branch {
  readonly at: Date;
  readonly settings: RuleSettings;
  /** True if somebody looked at the code: then what is there was seen now. */
  readonly isSeen: boolean;
}

/** What happened to an issue, as its history tells it. */
export interface SettledIssue {
  readonly id: IssueId;
  readonly kind: IssueEventKind;
  /** The state before; absent if it was not there. */
  readonly was?: IssueStateName;
  readonly becomes: IssueStateName;
  readonly severity?: Severity;
  readonly skip?: Skip;
  readonly onlyInHistory: boolean;
}

interface Known {
  readonly fingerprint: string;
  readonly id: IssueId | null;
  readonly state: IssueStateName | null;
  readonly severity: Severity | null;
  readonly present: boolean | null;
  /** Before. */
  readonly wasOnlyInHistory: boolean | null;
  readonly dismissedUntil: Date | null;
  /** Of its first occurrence, settled; null if it has none, or its rule is off. */
  readonly finding: Finding | null;
  /** What silences it; null if some occurrence is not silenced. */
  readonly skip: Skip | null;
  /** It is found, and not on the branch. */
  readonly onlyInHistory: boolean;
  readonly isOff: boolean;
}

const batchSize = 5_000;

export async function settleIssues(
  tx: Db,
  given: Settling,
  fingerprints: Iterable<string>,
): Promise<readonly SettledIssue[]> {
  const changes: SettledIssue[] = [];
  const all = [...fingerprints];
  for (let start = 0; start < all.length; start += batchSize) {
    const known = await readKnown(tx, given, all.slice(start, start + batchSize));
    changes.push(...(await writeSeen(tx, given, known)), ...(await writeGone(tx, given, known)));
  }
  return changes;
}

async function readKnown(
  tx: Db,
  { repositoryId, branch, settings }: Settling,
  prints: readonly string[],
): Promise<readonly Known[]> {
  const { rows } = await sql<Omit<Known, "isOff">>`
    select f.fingerprint, i.id, i.state, i.severity, i.present, i.only_in_history as was_only_in_history,
      i.dismissed_until, coalesce(o.finding, h.finding) as finding, coalesce(o.skip, h.skip) as skip,
      h.finding is not null as only_in_history
    from unnest(${[...prints]}::text[]) as f (fingerprint)
    left join issues i on i.repository_id = ${repositoryId} and i.branch = ${branch} and i.fingerprint = f.fingerprint
    left join lateral (
      select finding, skip from occurrences
      where repository_id = ${repositoryId} and branch = ${branch} and fingerprint = f.fingerprint
      order by skip is not null, path, line, ordinal limit 1) o on true
    left join lateral (
      select finding, skip from history_occurrences
      where repository_id = ${repositoryId} and fingerprint = f.fingerprint and o.finding is null
        and exists (select 1 from repositories where id = ${repositoryId} and default_branch = ${branch})
      order by skip is not null, ${otherBranches(sql`finding`, branch)} = '[]', introduced_at desc nulls first, path, line
      limit 1) h on true`.execute(tx);
  return rows.map((row) => {
    const finding = (row.finding && settle(row.finding, settings)) ?? null;
    return { ...row, finding, isOff: row.finding !== null && finding === null };
  });
}

async function writeSeen(tx: Db, given: Settling, known: readonly Known[]): Promise<readonly SettledIssue[]> {
  const rows = known.flatMap((row) => (row.finding ? [seenRow(row, row.finding, given.at)] : []));
  if (rows.length === 0) return [];
  await sql`
    insert into issues as i (id, instance_id, repository_id, branch, fingerprint, rule, scanner, severity, severity_rank,
      message, path, line, finding, search_text, state, skip, only_in_history, fix_available, present, first_seen, last_seen)
    select given.id, ${given.instanceId}, ${given.repositoryId}, ${given.branch}, given.fingerprint, given.rule,
      given.scanner, given.severity, given.severity_rank, given.message, given.path, given.line, given.finding::jsonb,
      given.search_text, given.state, given.skip::jsonb, given.only_in_history, given.fix_available, true, ${given.at},
      ${given.at}
    from unnest(
      ${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.fingerprint)}::text[],
      ${rows.map((row) => row.finding.rule)}::text[], ${rows.map((row) => row.scanner)}::text[],
      ${rows.map((row) => row.finding.severity)}::text[],
      ${rows.map((row) => severities.indexOf(row.finding.severity))}::smallint[],
      ${rows.map((row) => storable(row.finding.message))}::text[], ${rows.map((row) => row.path)}::text[],
      ${rows.map((row) => row.line)}::integer[], ${rows.map((row) => json(row.finding))}::text[],
      ${rows.map((row) => row.searchText)}::text[], ${rows.map((row) => row.state)}::text[],
      ${rows.map((row) => (row.skip ? json(row.skip) : null))}::text[],
      ${rows.map((row) => row.onlyInHistory)}::boolean[], ${rows.map((row) => row.fixAvailable)}::boolean[]
    ) as given (id, fingerprint, rule, scanner, severity, severity_rank, message, path, line, finding, search_text, state,
      skip, only_in_history, fix_available)
    on conflict (repository_id, branch, fingerprint) do update set
      rule = excluded.rule, scanner = excluded.scanner, severity = excluded.severity,
      severity_rank = excluded.severity_rank, message = excluded.message, path = excluded.path, line = excluded.line,
      finding = excluded.finding, search_text = excluded.search_text, present = true,
      only_in_history = excluded.only_in_history, fix_available = excluded.fix_available,
      counts_from = case when i.state <> 'fixed' then i.counts_from end,
      score_at = case when i.state = excluded.state and i.severity = excluded.severity and i.finding = excluded.finding
        and i.only_in_history = excluded.only_in_history then i.score_at else '-infinity' end,
      last_seen = case when ${given.isSeen} and not excluded.only_in_history then excluded.last_seen else i.last_seen end,
      state = excluded.state, skip = excluded.skip, fixed_at = null,
      dismissed_by = case when excluded.state = 'dismissed' then i.dismissed_by end,
      dismissed_at = case when excluded.state = 'dismissed' then i.dismissed_at end,
      dismissed_until = case when excluded.state = 'dismissed' then i.dismissed_until end,
      dismiss_reason = case when excluded.state = 'dismissed' then i.dismiss_reason end,
      dismiss_comment = case when excluded.state = 'dismissed' then i.dismiss_comment end,
      exception_id = case when excluded.state = 'dismissed' then i.exception_id end
  `.execute(tx);
  return rows.flatMap(({ before, ...row }) => changesOf(before, row, given));
}

function seenRow(before: Known, finding: Finding, at: Date) {
  const isDismissed = before.state === "dismissed" && (before.dismissedUntil === null || before.dismissedUntil > at);
  const path = pathOf(finding);
  const { message, rule, aliases, package: used, resource } = finding;
  const words = [path, message, rule, used?.name ?? "", resource?.address ?? "", ...aliases];
  return {
    before,
    id: before.id ?? newId<IssueId>(),
    fingerprint: before.fingerprint,
    finding,
    scanner: rule.slice(0, rule.indexOf("/")),
    path,
    line: lineOf(finding),
    searchText: storable(words.join("\n").toLowerCase()),
    state: isDismissed ? ("dismissed" as const) : before.skip ? ("silenced" as const) : ("open" as const),
    skip: before.skip,
    onlyInHistory: before.onlyInHistory,
    fixAvailable: finding.fix !== undefined || finding.upgrade !== undefined,
  };
}

function changesOf(
  before: Known,
  {
    id,
    state,
    finding: { severity },
  }: { readonly id: IssueId; readonly state: IssueStateName; readonly finding: Finding },
  { isSeen }: Settling,
): readonly SettledIssue[] {
  const { state: was, skip, onlyInHistory } = before;
  const shown = skip && state === "silenced" && { skip };
  const change = { id, becomes: state, onlyInHistory, ...(was && { was }), ...shown };
  const regraded =
    was === "open" && before.severity !== severity ? [{ ...change, kind: "re-graded" as const, severity }] : [];
  if (was === state) return [...regraded, ...movedOf(before, change)];
  const back = isSeen ? "reopened" : "rule-on";
  if (was === "dismissed") return [{ ...change, kind: "dismissal-ended" }];
  if (was === "fixed" && !isSeen) return [{ ...change, kind: back }];
  if (state === "silenced") return [...regraded, { ...change, kind: "silenced" }];
  return [{ ...change, kind: was === null ? "opened" : was === "silenced" ? "skip-removed" : back }];
}

/** Left the branch, or came back to it. */
function movedOf(
  { present, wasOnlyInHistory, onlyInHistory }: Known,
  change: Omit<SettledIssue, "kind">,
): readonly SettledIssue[] {
  if (present !== true || wasOnlyInHistory === onlyInHistory) return [];
  return [{ ...change, kind: onlyInHistory ? "left-head" : "back-in-head" }];
}

async function writeGone(tx: Db, given: Settling, known: readonly Known[]): Promise<readonly SettledIssue[]> {
  const gone = known.filter((row) => row.finding === null && row.id !== null && row.present);
  if (gone.length === 0) return [];
  await sql`
    update issues set present = false, only_in_history = false, skip = null,
      fixed_at = case when state <> 'dismissed' then ${given.at}::timestamptz end,
      state = case when state <> 'dismissed' then 'fixed' else state end
    where id = any(${gone.map(({ id }) => id)}::uuid[])`.execute(tx);
  return gone.flatMap(({ id, state: was, isOff }) =>
    id !== null && (was === "open" || was === "silenced")
      ? [
          {
            id,
            was,
            becomes: "fixed" as const,
            onlyInHistory: false,
            kind: isOff ? ("rule-off" as const) : ("fixed" as const),
          },
        ]
      : [],
  );
}

/** Who or what made the changes. */
interface SettledBy {
  readonly scanId?: ScanId | undefined;
  readonly actor?: string | undefined;
}

export async function writeIssueEvents(
  tx: Db,
  { instanceId, at }: Settling,
  changes: readonly SettledIssue[],
  by: SettledBy,
): Promise<void> {
  for (const [kind, ofKind] of Map.groupBy(changes, (change) => change.kind)) {
    const issues = ofKind.map(({ id, was, becomes, severity, skip, onlyInHistory }) => {
      const there = onlyInHistory ? { onlyInHistory } : undefined;
      return { id, data: kind === "opened" ? there : { was, state: becomes, severity, skip, ...there } };
    });
    await insertIssueEvents(tx, issues, { instanceId, at, ...by, kind });
  }
}
