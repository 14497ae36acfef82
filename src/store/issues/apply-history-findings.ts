/** Brings what is known of a repository's history, and the issues of its default branch, to what a scan of the history found. */
import type { Finding } from "#model/finding.ts";
import type { SilencedFinding } from "#model/silenced-finding.ts";
import type { Db } from "../database.ts";
import { applyExceptions } from "../exceptions/cover-findings.ts";
import { inTransaction } from "../transaction.ts";
import { lockIssues, openOnes } from "./apply-branch-findings.ts";
import { dropUnseen, fingerprintsInHistory, writeHistoryOccurrences } from "./history-occurrences.ts";
import { type Branch, pathOf } from "./occurrences.ts";
import { findRuleSettings } from "./rule-settings.ts";
import { settleIssues, writeIssueEvents } from "./settle-issues.ts";

export interface HistoryFindings extends Branch {
  readonly at: Date;
  /** One for each secret and path. */
  readonly findings: readonly Finding[];
  /** What some version of a file silences; that counts for all versions of the file. */
  readonly silenced: readonly SilencedFinding[];
  /** Of the scanner that read it. */
  readonly scannerVersion: string;
  /** False: something could not be read, so nothing is known not to be there. */
  readonly isWhole: boolean;
}

/** Tells how many issues changed. Running it twice changes nothing more. */
export async function applyHistoryFindings(db: Db, given: HistoryFindings): Promise<number> {
  const { repositoryId, findings, silenced, scannerVersion } = given;
  return inTransaction(db, async (tx) => {
    if (!(await lockIssues(tx, repositoryId))) return 0;
    const skips = new Map(silenced.map(({ finding, reason, at }) => [placeOf(finding), { reason, ...(at && { at }) }]));
    const places = new Map([...silenced.map(({ finding }) => finding), ...findings].map((one) => [placeOf(one), one]));
    const all = [...places].map(([place, finding]) => ({ finding, skip: skips.get(place) }));
    await writeHistoryOccurrences(tx, given, all, given);
    const seen = new Set(all.map(({ finding }) => finding.fingerprint));
    const dropped = given.isWhole ? await dropUnseen(tx, repositoryId, seen, scannerVersion) : [];
    const touched = new Set([...(await fingerprintsInHistory(tx, repositoryId)), ...dropped]);
    const settling = { ...given, settings: await findRuleSettings(tx, given.instanceId), isSeen: true };
    const changes = await settleIssues(tx, settling, touched);
    await writeIssueEvents(tx, settling, changes, {});
    await applyExceptions(tx, given, openOnes(changes));
    return changes.length;
  });
}

function placeOf(finding: Finding): string {
  return `${finding.fingerprint} ${pathOf(finding)}`;
}
