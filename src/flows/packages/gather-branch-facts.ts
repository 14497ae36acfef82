/** Asks registries about the packages of a branch where nothing is known of them, or not lately, and judges it by the answers. */
import { gatherFacts } from "#knowledge/package-facts/gather-facts.ts";
import type { AskedPackage } from "#knowledge/package-facts/source-part.ts";
import { packageKey } from "#model/package-key.ts";
import type { Manifest } from "#model/package-manifest.ts";
import { listManifests } from "#store/manifests.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { askToJudge } from "../ask.ts";
import type { JobData } from "../queues.ts";

/** A job must end: what is left is asked about the next day. */
const budgetMilliseconds = 5 * 60_000;

export async function gatherBranchFacts(
  app: Pick<App, "db" | "jobs" | "knowledge" | "factsSources" | "log">,
  { instance: instanceId, repository: repositoryId, branch }: JobData["gather-facts"],
  signal: AbortSignal,
): Promise<void> {
  const sources = app.factsSources;
  if (!sources) return;
  const packages = askedPackages(await listManifests(app.db, repositoryId, branch));
  const { folder } = app.knowledge;
  const { problems, ...counts } = await gatherFacts({ packages, folder, sources, signal, budgetMilliseconds });
  for (const { source, message } of problems) app.log.warn({ source, reason: message }, "package facts not gathered");
  app.log.info({ repository: repositoryId, ...counts }, "package facts gathered");
  if (counts.gathered === 0) return;
  await inTransaction(app.db, (tx) => askToJudge(app, tx, { instanceId, repositoryId, branch }));
}

/** Each name once, what a project asks for itself marked. What comes from no registry is nobody's business. */
export function askedPackages(manifests: readonly Manifest[]): readonly AskedPackage[] {
  const asked = new Map<string, AskedPackage & { readonly versions: readonly string[] }>();
  for (const { ecosystem, name: written, version, relation, source } of manifests.flatMap((one) => one.packages)) {
    if (source !== undefined || relation === "root" || relation === "workspace") continue;
    const name = packageKey(ecosystem, written);
    const before = asked.get(`${ecosystem} ${name}`);
    const versions = new Set([...(before?.versions ?? []), ...(version === undefined ? [] : [version])]);
    const isDirect = before?.isDirect === true || relation === "direct";
    asked.set(`${ecosystem} ${name}`, { ecosystem, name, isDirect, versions: [...versions] });
  }
  return [...asked.values()];
}
