/** Answers of rules as they are stored: one for each rule and resource, whatever rules say twice, and hashes to compare by. */
import { createHash } from "node:crypto";
import type { ProjectId } from "#model/ids.ts";
import type { Evidence, PostureAnswer, PostureResult } from "#model/posture/posture-result.ts";
import { compareSeverity } from "#model/severity.ts";
import { postureWords } from "#scan/posture/posture-words.ts";
import type { NewResult } from "#store/posture/posture-results.ts";

const mostEvidence = 50;

export function resultsToStore(results: readonly PostureResult[]): readonly NewResult[] {
  const byPrint = new Map<string, PostureResult>();
  for (const result of results) {
    const fingerprint = fingerprintOf(result);
    const before = byPrint.get(fingerprint);
    byPrint.set(fingerprint, before ? { ...result, answer: worseOf(before.answer, result.answer) } : result);
  }
  return [...byPrint].map(([fingerprint, result]) => toStore(fingerprint, result));
}

/** The issue about it has the same. */
export function fingerprintOf({
  rule,
  resource: { kind, id, projectId = "" },
}: Pick<PostureResult, "rule" | "resource">): string {
  return createHash("sha256").update([rule, kind, id, projectId].join("\0")).digest("hex");
}

const ranks: Readonly<Record<PostureAnswer["is"], number>> = { fail: 0, "not-evaluated": 1, pass: 2 };

/** Two failures are one: the worse, with what proves either. */
function worseOf(one: PostureAnswer, other: PostureAnswer): PostureAnswer {
  if (one.is !== "fail" || other.is !== "fail") return ranks[other.is] < ranks[one.is] ? other : one;
  const [worse, better] = compareSeverity(one.severity, other.severity) <= 0 ? [one, other] : [other, one];
  const known = new Set(worse.evidence.map(({ what }) => what));
  return { ...worse, evidence: [...worse.evidence, ...better.evidence.filter(({ what }) => !known.has(what))] };
}

function toStore(fingerprint: string, { rule, resource, answer }: PostureResult): NewResult {
  const { kind, id, name, projectId, url } = resource;
  const said = saidBy(answer);
  const plain = [name, url, answer.is, { ...said, evidence: said.evidence.map(({ what, url: at }) => [what, at]) }];
  return {
    ...{ fingerprint, rule, category: postureWords.get(rule)?.category ?? "pipeline" },
    ...(projectId !== undefined && { projectId: projectId as ProjectId }),
    ...{ resourceKind: kind, resourceId: id, resourceName: name, answer: answer.is },
    ...(url !== undefined && { resourceUrl: url }),
    ...said,
    hash: createHash("sha256").update(JSON.stringify(plain)).digest("base64url"),
  };
}

function saidBy(answer: PostureAnswer): Pick<NewResult, "severity" | "reason" | "because" | "fix"> & {
  readonly evidence: readonly Evidence[];
} {
  switch (answer.is) {
    case "pass":
      return { evidence: [] };
    case "not-evaluated":
      return { reason: answer.reason, evidence: [] };
    case "fail": {
      const { severity, why, severityBecause, fix, evidence } = answer;
      return {
        ...{ severity, reason: why, evidence: evidence.slice(0, mostEvidence) },
        ...(severityBecause !== undefined && { because: severityBecause }),
        ...(fix !== undefined && { fix }),
      };
    }
  }
}
