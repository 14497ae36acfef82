/** What the threads of a pull request are about: one finding each, but of a package of a manifest all that is known against it. */
import { createHash } from "node:crypto";
import type { Finding } from "#model/finding.ts";
import { compareSeverity } from "#model/severity.ts";
import type { PullRequestFinding } from "#store/pull-request-findings.ts";

export interface Topic {
  /** Recognises its thread. */
  readonly fingerprint: string;
  /** Open while one of them is. */
  readonly state: PullRequestFinding["state"];
  /** Open ones first, the worst first. */
  readonly rows: readonly [PullRequestFinding, ...PullRequestFinding[]];
}

export function topicsOf(findings: readonly PullRequestFinding[]): readonly Topic[] {
  const groups = new Map<string, [PullRequestFinding, ...PullRequestFinding[]]>();
  for (const row of findings) {
    const fingerprint = topicOf(row.finding);
    const group = groups.get(fingerprint);
    if (group) group.push(row);
    else groups.set(fingerprint, [row]);
  }
  return [...groups].map(([fingerprint, rows]) => {
    rows.sort((a, b) => rankOf(a) - rankOf(b) || compareSeverity(a.finding.severity, b.finding.severity));
    return { fingerprint, state: rows[0].state, rows };
  });
}

function topicOf({ fingerprint, package: about, rule }: Finding): string {
  if (!about) return fingerprint;
  // A licence is another conversation than a vulnerability.
  const [scanner = ""] = rule.split("/", 1);
  const words = ["package", scanner, about.ecosystem, about.name, about.manifest];
  return createHash("sha256").update(words.join("\0")).digest("hex");
}

const ranks = { open: 0, silenced: 1, fixed: 2 } as const;

function rankOf({ state }: PullRequestFinding): number {
  return ranks[state];
}
