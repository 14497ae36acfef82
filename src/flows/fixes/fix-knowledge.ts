/**
 * What is known of versions to go to: from our copy of registries' facts, and from the registries themselves where they may
 * be asked. A plan asks while it is made, so what it missed is looked up, and it is made again. What nobody knows, a plan says.
 */

import { askPublished, publishedKey } from "#knowledge/package-facts/ask-published.ts";
import { askedPackages } from "#knowledge/package-facts/asked-packages.ts";
import type { Ecosystem } from "#model/ecosystem.ts";
import type { FixKnowledge, FixPlan, PublishedVersion } from "#model/fix-plan.ts";
import type { RepositoryId } from "#model/ids.ts";
import { packageKey } from "#model/package-key.ts";
import { listManifests } from "#store/manifests.ts";
import type { App } from "../app.ts";

export type KnowingApp = Pick<App, "db" | "knowledge" | "factsSources">;

interface Missed {
  readonly ecosystem: Ecosystem;
  readonly name: string;
  readonly versions: Set<string>;
}

/** A version that is looked up may bring in others. */
const mostRounds = 3;

export async function withKnowledge(
  app: KnowingApp,
  repository: { readonly id: RepositoryId; readonly defaultBranch: string },
  plan: (known: FixKnowledge) => FixPlan,
  signal?: AbortSignal,
): Promise<FixPlan> {
  const found = new Map<string, PublishedVersion>();
  for (let round = 1; ; round++) {
    const missed = new Map<string, Missed>();
    const made = plan(knowledgeOf(app, found, missed));
    const sources = app.factsSources;
    if (!sources || missed.size === 0 || round === mostRounds) return made;
    const manifests = await listManifests(app.db, repository.id, repository.defaultBranch);
    const own = new Map(askedPackages(manifests).map((one) => [`${one.ecosystem} ${one.name}`, one]));
    const packages = [...missed].map(([key, { ecosystem, name, versions }]) => {
      // What no manifest has may be a name of the organization's own.
      const mayBePrivate = own.has(key) ? own.get(key)?.mayBePrivate === true : true;
      return { ecosystem, name, versions: [...versions], mayBePrivate };
    });
    const told = await askPublished({ sources, packages, ...(signal && { signal }) });
    if (told.size === 0) return made;
    for (const [key, one] of told) found.set(key, one);
  }
}

function knowledgeOf(
  { knowledge }: KnowingApp,
  found: ReadonlyMap<string, PublishedVersion>,
  missed: Map<string, Missed>,
): FixKnowledge {
  const world = knowledge.current();
  return {
    publishedOf(ecosystem, written, version) {
      const name = packageKey(ecosystem, written);
      const told = found.get(publishedKey(ecosystem, name, version));
      if (told) return told;
      const key = `${ecosystem} ${name}`;
      const known = missed.get(key) ?? { ecosystem, name, versions: new Set() };
      known.versions.add(version);
      missed.set(key, known);
      const facts = world.factsOf(ecosystem, name)?.versions.find((one) => one.version === version);
      if (!facts) return undefined;
      const { integrity, licenses } = facts;
      return { ...(integrity !== undefined && { integrity }), ...(licenses && { licenses }) };
    },
  };
}
