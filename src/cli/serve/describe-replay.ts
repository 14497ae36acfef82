import { sayUnread } from "#flows/give-feedback/say-unread.ts";
import type { Replayed, ReplayedScan } from "#flows/policies/replay-verdict.ts";
import type { Problem } from "#model/scan-result.ts";
import { plainText } from "#scan/reports/plain-text.ts";

type Done = Replayed & { readonly is: "replayed" };

export function isSame({ differences, scan }: Pick<Done, "differences" | "scan">): boolean {
  return differences.length === 0 && (scan.is === "skipped" || scan.missing.length === 0);
}

export function describeReplay({ verdict, unread, differences, scan }: Done, repository: string): string {
  const { number, iteration, branch, outcome, decidedBy, matches, at } = verdict;
  const what =
    number === undefined ? (branch ?? verdict.commit) : `pull request ${number}, iteration ${iteration ?? "?"}`;
  const by = decidedBy.length > 0 ? ` by ${decidedBy.join(", ")}` : "";
  return [
    `verdict ${verdict.id}: ${outcome}${by}`,
    `of ${what} of ${repository}, ${at.toISOString()}`,
    `rests on commit ${verdict.commit}${verdict.base ? `, compared with ${verdict.base}` : ""}`,
    `scanners ${verdict.scannersVersion || "unknown"}, knowledge ${verdict.knowledgeVersion || "unknown"}, policies ${verdict.policiesVersion}`,
    ...(unread === undefined ? [] : [`not fully examined: ${sayUnread(unread)}`, ...unread.map(unreadLine)]),
    "",
    ...(differences.length === 0
      ? [`decision: the same (${matches.length} of ${verdict.facts.subjects.length} findings match a policy)`]
      : ["decision: not the same", ...differences.map((difference) => `  ${difference}`)]),
    ...describeScan(scan),
  ].join("\n");
}

function describeScan(scan: ReplayedScan): readonly string[] {
  if (scan.is === "skipped") return [`scan: not done again. ${scan.because}`];
  const { found, missing, unread } = scan;
  return [
    missing.length === 0
      ? `scan: the same (${found} findings found again)`
      : `scan: not the same: ${missing.length} findings are not found any more (${missing.join(", ")})`,
    ...(unread.length === 0 ? [] : [`not fully examined this time: ${sayUnread(unread)}`, ...unread.map(unreadLine)]),
  ];
}

function unreadLine({ path, line, message }: Problem): string {
  const place = path === undefined ? "" : `${path}${line === undefined ? "" : `:${line}`}: `;
  return plainText(`  ${place}${message}`);
}
