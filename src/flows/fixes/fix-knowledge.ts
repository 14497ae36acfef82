/** Plans a fix for a repository with all that is known, and asks registries about no name that may be the organization's own. */
import { askedPackages } from "#knowledge/package-facts/asked-packages.ts";
import type { FixKnowledge, FixPlan } from "#model/fix-plan.ts";
import type { RepositoryId } from "#model/ids.ts";
import { listManifests } from "#store/packages/manifests.ts";
import type { App } from "../app.ts";
import { planWithKnowledge } from "./plan-with-knowledge.ts";

export type KnowingApp = Pick<App, "db" | "knowledge" | "factsSources">;

export async function withKnowledge(
  app: KnowingApp,
  repository: { readonly id: RepositoryId; readonly defaultBranch: string },
  plan: (known: FixKnowledge) => FixPlan,
  signal?: AbortSignal,
): Promise<FixPlan> {
  const sources = app.factsSources;
  const manifests = sources ? await listManifests(app.db, repository.id, repository.defaultBranch) : [];
  const own = new Map(askedPackages(manifests).map((one) => [`${one.ecosystem} ${one.name}`, one]));
  // What no manifest has may be a name of the organization's own.
  const mayBePrivate = ({ ecosystem, name }: { readonly ecosystem: string; readonly name: string }) => {
    const known = own.get(`${ecosystem} ${name}`);
    return known === undefined || known.mayBePrivate === true;
  };
  return planWithKnowledge({ world: app.knowledge.current(), sources, mayBePrivate, signal }, plan);
}
