/** What the threads of a pull request are about: one finding each, but of a package of a manifest all that is known against it. */
import { createHash } from "node:crypto";
import type { Finding } from "#model/finding.ts";
import { compareSeverity } from "#model/severity.ts";
import { isSpan } from "#model/span.ts";
import type { PullRequestFinding } from "#store/pull-requests/pull-request-findings.ts";
import type { Asked } from "./asked-of.ts";
import { onlyInCommits } from "./only-in-commits.ts";

export interface Topic {
  /** Recognises its thread. */
  readonly fingerprint: string;
  /** Open while one of them is. */
  readonly state: PullRequestFinding["state"];
  /** The strictest of what is asked about its open ones; absent if policies only record them. */
  readonly asks?: Asked;
  /** Open ones first, the strictest and worst first. */
  readonly rows: readonly [PullRequestFinding, ...PullRequestFinding[]];
  /** What makes it one of many: the same kind of problem in the same file, and the same kind anywhere. */
  readonly kind: { readonly file: string; readonly rule: string };
}

export function topicsOf(findings: readonly PullRequestFinding[], asked: ReadonlyMap<string, Asked>): readonly Topic[] {
  const groups = new Map<string, [PullRequestFinding, ...PullRequestFinding[]]>();
  for (const row of findings) {
    const fingerprint = topicOf(row.finding);
    const group = groups.get(fingerprint);
    if (group) group.push(row);
    else groups.set(fingerprint, [row]);
  }
  const rankOf = ({ state, fingerprint }: PullRequestFinding): number =>
    ranks[state] + (state === "open" ? askedRanks[asked.get(fingerprint) ?? "record"] : 0);
  return [...groups].map(([fingerprint, rows]) => {
    rows.sort((a, b) => rankOf(a) - rankOf(b) || compareSeverity(a.finding.severity, b.finding.severity));
    const [first] = rows;
    const asks = first.state === "open" ? asked.get(first.fingerprint) : undefined;
    return { fingerprint, state: first.state, ...(asks && { asks }), rows, kind: kindOf(first.finding) };
  });
}

/** Worst first, then as they stand in the files. */
export function compareTopics({ rows: [a] }: Topic, { rows: [b] }: Topic): number {
  return (
    compareSeverity(a.finding.severity, b.finding.severity) ||
    compareText(pathOf(a.finding), pathOf(b.finding)) ||
    lineOf(a.finding) - lineOf(b.finding) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}

/** A package's manifest is its file, whatever file the line is in. */
function pathOf({ at, package: about }: Finding): string {
  return about?.manifest ?? (isSpan(at) ? at.path : at.resource);
}

function lineOf({ at }: Finding): number {
  return isSpan(at) ? at.startLine : 0;
}

function topicOf({ fingerprint, package: about, rule }: Finding): string {
  if (!about) return fingerprint;
  // A licence is another conversation than a vulnerability.
  return hashOf("package", scannerOf(rule), about.ecosystem, about.name, about.manifest);
}

function kindOf(finding: Finding): Topic["kind"] {
  const rule = finding.package ? `packages of ${scannerOf(finding.rule)}` : finding.rule;
  // What only commits hold stands on no line of the file.
  const where = onlyInCommits(finding) === undefined ? [] : ["only in commits"];
  return { file: hashOf("file", rule, pathOf(finding), ...where), rule: hashOf("rule", rule) };
}

function scannerOf(rule: string): string {
  return rule.split("/", 1)[0] ?? "";
}

function hashOf(...words: readonly string[]): string {
  return createHash("sha256").update(words.join("\0")).digest("hex");
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const ranks = { open: 0, dismissed: 4, silenced: 5, fixed: 6 } as const;
const askedRanks = { block: 0, comment: 1, record: 2 } as const;
