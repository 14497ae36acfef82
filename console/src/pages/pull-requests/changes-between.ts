/** What is different between a verdict and the one after it: what was looked at, with what, and what came of each problem. */
import type { VerdictDetail } from "#api/verdicts/contract.ts";
import { shortCommit } from "../../ui/amounts.ts";

type Finding = VerdictDetail["findings"][number];

export interface Changes {
  /** Why it was decided again, a sentence each; empty if only the decision of a person or a day came between. */
  readonly causes: readonly string[];
  readonly came: readonly Finding[];
  /** Put right, dismissed or silenced: a verdict holds only what is open. */
  readonly gone: readonly Finding[];
  /** As they are in the later one. */
  readonly judgedOtherwise: readonly Finding[];
}

export function changesBetween(former: VerdictDetail, later: VerdictDetail): Changes {
  const before = new Map(former.findings.map((finding) => [finding.fingerprint, finding]));
  const after = new Set(later.findings.map(({ fingerprint }) => fingerprint));
  return {
    causes: causesOf(former, later),
    came: later.findings.filter(({ fingerprint }) => !before.has(fingerprint)),
    gone: former.findings.filter(({ fingerprint }) => !after.has(fingerprint)),
    judgedOtherwise: later.findings.filter((finding) => {
      const known = before.get(finding.fingerprint);
      return known !== undefined && judgementOf(known) !== judgementOf(finding);
    }),
  };
}

function judgementOf({ severity, actions, graceUntil }: Finding): string {
  const asked = actions.map(({ action, policy }) => `${action} by ${policy}`).toSorted();
  return JSON.stringify([severity, graceUntil, asked]);
}

function causesOf({ evidence: before }: VerdictDetail, { evidence: after }: VerdictDetail): string[] {
  const causes: string[] = [];
  if (before.commit !== after.commit) {
    causes.push(`Another commit was looked at, ${shortCommit(after.commit)} after ${shortCommit(before.commit)}.`);
  }
  if (before.base !== after.base) causes.push("It was compared with another commit of the target branch.");
  if (before.policiesVersion !== after.policiesVersion) causes.push("The policies were changed.");
  if (before.knowledgeVersion !== after.knowledgeVersion) causes.push("The advisories were others.");
  if (before.scannersVersion !== after.scannersVersion) causes.push("The scanners or their rules were others.");
  return causes;
}
