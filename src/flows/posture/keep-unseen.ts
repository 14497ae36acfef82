/**
 * Findings that nobody says to be over: their rule could not be evaluated for them this time, or facts that it needs were
 * known once and are not now. They stay as they were; nothing is closed in silence.
 */
import type { Finding } from "#model/finding.ts";
import type { ProjectId } from "#model/ids.ts";
import type { AttackPath } from "#model/posture/attack-path.ts";
import type { FactKey } from "#model/posture/fact-key.ts";
import { postureWords } from "#scan/posture/posture-words.ts";
import type { NewResult } from "#store/posture/posture-results.ts";
import { fingerprintOf } from "./results-to-store.ts";

export interface Seen {
  readonly results: readonly NewResult[];
  /** Facts that were known once; of the organization without a project. */
  readonly lost: readonly { readonly projectId: ProjectId | null; readonly key: FactKey }[];
  /** Attack paths that stay for the same reason. */
  readonly keptPaths: readonly AttackPath[];
}

export type IsUnseen = (finding: Finding, place: { readonly projectId: string | undefined }) => boolean;

/** Of findings that are not among the failures of now. */
export function unseenIn({ results, lost, keptPaths }: Seen): IsUnseen {
  const answered = new Map(results.map(({ fingerprint, answer }) => [fingerprint, answer]));
  const unevaluated = Map.groupBy(
    results.filter(({ answer }) => answer === "not-evaluated"),
    ({ rule }) => rule,
  );
  const keptPrints = new Set(keptPaths.map(fingerprintOfPath));
  const lostKeys = Map.groupBy(lost, ({ projectId }) => projectId ?? undefined);
  return ({ rule, fingerprint }, { projectId }) => {
    const answer = answered.get(fingerprint);
    if (answer !== undefined) return answer === "not-evaluated";
    const words = postureWords.get(rule);
    // What was found though not all was known is over when it is not found any more.
    if (words?.category === "path") return keptPrints.has(fingerprint);
    const says = unevaluated.get(rule) ?? [];
    // A rule that misses facts answers for the whole project or organization in place of each resource.
    if (says.some((one) => one.resourceKind === "organization" || isWholeProject(one, projectId))) return true;
    const keys = [
      ...(lostKeys.get(undefined) ?? []),
      ...(projectId ? (lostKeys.get(projectId as ProjectId) ?? []) : []),
    ];
    return keys.some(({ key }) => words?.needs.includes(key) === true);
  };
}

/** As its rule names it. */
function fingerprintOfPath({ rule, id, entry: { name, projectId } }: AttackPath): string {
  return fingerprintOf({ rule, resource: { kind: "path", id, name, ...(projectId !== undefined && { projectId }) } });
}

function isWholeProject({ resourceKind, resourceId }: NewResult, projectId: string | undefined): boolean {
  return resourceKind === "project" && resourceId === projectId;
}
