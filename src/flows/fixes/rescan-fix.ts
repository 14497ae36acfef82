/**
 * Scans what a fix changes, before anybody sees it: what it is to end must be gone, nothing of medium severity or worse may
 * come, and everything must be as readable as it was.
 */
import type { Mirror } from "#git/mirror.ts";
import { compareFindings } from "#model/compare-findings.ts";
import type { Finding } from "#model/finding.ts";
import { followRenames } from "#model/follow-renames.ts";
import { settle } from "#model/rule-setting.ts";
import type { Problem } from "#model/scan-result.ts";
import { isAtLeast } from "#model/severity.ts";
import { knownFingerprints } from "#store/issues/known-fingerprints.ts";
import { findRuleSettings } from "#store/issues/rule-settings.ts";
import type { App } from "../app.ts";
import { judgeDifference } from "../packages/judge-tree.ts";
import type { ScannableRepository } from "../repositories/find-scannable-repository.ts";
import { readScanSettings } from "../scan-settings/read-scan-settings.ts";
import { exactRenames } from "../scan-tree/exact-renames.ts";
import { type Difference, scanBothSides, type TreeResult } from "../scan-tree/scan-tree.ts";

export type Rescan =
  | { readonly is: "green"; readonly gone: readonly Finding[]; readonly added: readonly Finding[] }
  | { readonly is: "red"; readonly because: string };

export interface RescanAbout {
  readonly repository: ScannableRepository;
  readonly mirror: Mirror;
  readonly base: string;
  readonly commit: string;
  readonly targetRef: string;
  /** Fingerprints of what must be gone. */
  readonly fixes: readonly string[];
  readonly signal: AbortSignal;
}

export async function rescanFix(app: App, about: RescanAbout): Promise<Rescan> {
  const { repository, mirror, base, commit, targetRef, fixes, signal } = about;
  const changes = await mirror.diffTrees(base, commit);
  const { secrets } = await readScanSettings(mirror, base);
  const tree = { instanceId: repository.instanceId, mirror, signal, secrets };
  const both = await scanBothSides(app, tree, { head: commit, changes });
  const { before, after } = await judgeDifference(app, both, { repository, changes });
  const unread = unreadBy({ before, after });
  if (unread) return red(`After the change a file could not be read as before: ${unread.message}`);
  const was = new Map(before.findings.map((finding) => [finding.fingerprint, finding]));
  const still = new Set([...after.findings, ...after.silenced.map(({ finding }) => finding)].map(printOf));
  const left = fixes.filter((fingerprint) => still.has(fingerprint));
  const [example] = left;
  if (example !== undefined) {
    const rest = left.length > 1 ? `, and ${left.length - 1} more` : "";
    return red(`The scan of the change still finds: ${was.get(example)?.message ?? example}${rest}`);
  }
  const gone = fixes.flatMap((fingerprint) => was.get(fingerprint) ?? []);
  if (gone.length === 0)
    return red("The scan does not find the problem before the change, so it cannot show that the change ends it.");
  const moved = followRenames(before.findings, after.findings, exactRenames(changes));
  const target = await knownFingerprints(app.db, repository.id, targetRef);
  const settings = await findRuleSettings(app.db, repository.instanceId);
  const added = compareFindings([...was.keys(), ...moved.keys(), ...target], after.findings).appeared.flatMap(
    (finding) => settle(finding, settings) ?? [],
  );
  const worst = added.find(({ severity }) => isAtLeast(severity, "medium"));
  if (worst) return red(`The change would bring in a new problem (${worst.severity}): ${worst.message}`);
  return { is: "green", gone, added };
}

function red(because: string): Rescan {
  return { is: "red", because };
}

function printOf({ fingerprint }: Finding): string {
  return fingerprint;
}

/** Something that was read before and is not now, or that a scanner gave up on. */
function unreadBy({ before, after }: Pick<Difference, "before" | "after">): Problem | undefined {
  const known = new Set(before.problems.map(nameOf));
  return real(after).find((problem) => !known.has(nameOf(problem)));
}

function real({ problems }: TreeResult): readonly Problem[] {
  return problems.filter(({ isNotice }) => !isNotice);
}

function nameOf({ scanner, code, path }: Problem): string {
  return `${scanner} ${code} ${path ?? ""}`;
}
