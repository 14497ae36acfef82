/** Adds to what a scan of a tree found what judges say about its packages; of a change, to both of its sides. */
import type { TreeChange } from "#git/mirror.ts";
import type { InstanceId, RepositoryId } from "#model/ids.ts";
import type { Manifest } from "#model/package-manifest.ts";
import { judgePackages } from "#scan/judge-packages.ts";
import { listImports } from "#store/packages/source-imports.ts";
import type { App } from "../app.ts";
import type { Difference, TreeResult } from "../scan-tree/scan-tree.ts";
import { judgeContext } from "./judge-context.ts";

export async function judgeDifference(
  app: Pick<App, "db" | "knowledge" | "now">,
  { before, after, isUnknown }: Difference,
  about: {
    readonly repository: { readonly id: RepositoryId; readonly instanceId: InstanceId; readonly defaultBranch: string };
    readonly changes: readonly TreeChange[];
  },
): Promise<Difference> {
  // What is not read anew brings nothing in.
  if (manifestsOf(after).length === 0) return { before, after, isUnknown };
  const { id, instanceId, defaultBranch } = about.repository;
  const changed = new Set(about.changes.flatMap(({ path, oldPath }) => [path, oldPath]));
  // Who imports what is known of the default branch only.
  const known = await listImports(app.db, id, defaultBranch);
  const imports = [...known.filter(({ path }) => !changed.has(path)), ...after.imports];
  const former = await judgeTree(app, instanceId, { ...before, imports });
  const judged = await judgeTree(app, instanceId, { ...after, imports });
  // What its packages were before could not be read: nobody is blamed for them.
  const findings = judged.findings.filter((finding) => !isUnknown(finding));
  return { before: former, after: { ...judged, findings }, isUnknown };
}

/** The same with what judges say about its packages. */
export async function judgeTree(
  app: Pick<App, "db" | "knowledge" | "now">,
  instanceId: InstanceId,
  tree: TreeResult,
): Promise<TreeResult> {
  const manifests = manifestsOf(tree);
  if (manifests.length === 0) return tree;
  const { context, problems: unread } = await judgeContext(app, app.db, {
    instanceId,
    manifests,
    imports: tree.imports,
    at: app.now(),
  });
  const { findings, problems } = await judgePackages(manifests, context);
  return { ...tree, findings: [...tree.findings, ...findings], problems: [...tree.problems, ...unread, ...problems] };
}

function manifestsOf({ packages }: TreeResult): readonly Manifest[] {
  return packages.flatMap(({ manifests }) => manifests);
}
