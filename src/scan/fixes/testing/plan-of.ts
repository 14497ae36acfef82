/** Plans fixes for files given as texts, judged by one advisory, with facts of registries in a few words. */
import { createHash } from "node:crypto";
import type { Finding } from "#model/finding.ts";
import type { FixKnowledge, FixPlan, PublishedVersion } from "#model/fix-plan.ts";
import { readPackages } from "../../packages/testing/read-packages.ts";
import { sourceFileOf } from "../../source-file-of.ts";
import { advisory, judged } from "../../vulnerabilities/testing/judge-packages-of.ts";
import { groupFixes } from "../group-fixes.ts";
import { planFix } from "../plan-fixes.ts";

type TextsByPath = Readonly<Record<string, string>>;

export interface Given {
  readonly files: TextsByPath;
  /** The package, normalised, and from which version to which one it is affected. */
  readonly of: string;
  readonly range?: readonly [string, string];
  /** By `name@version`. */
  readonly published?: Readonly<Record<string, PublishedVersion>>;
  /** Yarn's own, by the same. */
  readonly yarnChecksums?: Readonly<Record<string, string>>;
}

export interface Planned {
  readonly plan: FixPlan;
  readonly findings: readonly Finding[];
  /** All files as the plan leaves them. */
  readonly after: TextsByPath;
  /** What is still found then. */
  readonly left: readonly Finding[];
}

const affected = ["0", "1.2.0"] as const;

export function planOf({ files, of, range = affected, published = {}, yarnChecksums = {} }: Given): Planned {
  const findings = findingsIn(files, of, range);
  const [target] = groupFixes(findings);
  const yarnChecksumOf = (name: string, version: string) => yarnChecksums[`${name}@${version}`];
  const known = { ...knownOf(published), yarnChecksumOf };
  const plan: FixPlan = target
    ? planFix(target, { files: sourceFiles(files), known })
    : { is: "refused", because: "nothing was found" };
  const after = { ...files };
  if (plan.is === "planned") for (const file of plan.files) after[file.path] = file.after;
  return { plan, findings, after, left: findingsIn(after, of, range) };
}

export function findingsIn(files: TextsByPath, of: string, range: readonly [string, string]): readonly Finding[] {
  const world = { advisories: { [of]: [advisory("GHSA-2222-2222-2222", [...range])] } };
  return readPackages(files).manifests.flatMap((manifest) => judged(manifest, world).findings);
}

export function knownOf(published: Readonly<Record<string, PublishedVersion>>): FixKnowledge {
  const versionsOf = (name: string) =>
    Object.keys(published).flatMap((key) => (key.startsWith(`${name}@`) ? [key.slice(name.length + 1)] : []));
  return {
    publishedOf: (_, name, version) => published[`${name}@${version}`],
    versionsOf: (_, name) => versionsOf(name),
  };
}

export function sourceFiles(files: TextsByPath) {
  return Object.entries(files).map(([path, text]) =>
    sourceFileOf(path, createHash("sha1").update(text).digest("hex"), Buffer.from(text)),
  );
}
