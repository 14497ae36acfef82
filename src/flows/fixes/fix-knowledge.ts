/**
 * What is known of versions to go to, and of what stands behind moving names: from our copy of registries' facts, and from
 * registries and GitHub themselves where they may be asked. A plan asks while it is made, so what it missed is looked up, and
 * it is made again. What nobody knows, a plan says.
 */

import { askPublished, publishedKey } from "#knowledge/package-facts/ask-published.ts";
import { askedPackages } from "#knowledge/package-facts/asked-packages.ts";
import type { FactsSources } from "#knowledge/package-facts/facts-sources.ts";
import type { Ecosystem } from "#model/ecosystem.ts";
import type { FixKnowledge, FixPlan, PublishedVersion } from "#model/fix-plan.ts";
import type { RepositoryId } from "#model/ids.ts";
import { packageKey } from "#model/package-key.ts";
import { listManifests } from "#store/manifests.ts";
import type { App } from "../app.ts";
import { openReferences } from "./open-references.ts";

export type KnowingApp = Pick<App, "db" | "knowledge" | "factsSources">;

interface MissedPackage {
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
  const sources = app.factsSources;
  const references = openReferences(sources ?? {}, signal);
  const found = new Map<string, PublishedVersion>();
  for (let round = 1; ; round++) {
    const missed = new Map<string, MissedPackage>();
    const made = plan({ ...references, publishedOf: publishedFrom(app, found, missed) });
    if (!sources || round === mostRounds) return made;
    const told = await askForPackages(app, repository, { sources, missed, signal });
    for (const [key, one] of told) found.set(key, one);
    if (!(await references.lookUp()) && told.size === 0) return made;
  }
}

async function askForPackages(
  { db }: KnowingApp,
  repository: { readonly id: RepositoryId; readonly defaultBranch: string },
  {
    sources,
    missed,
    signal,
  }: {
    readonly sources: FactsSources;
    readonly missed: ReadonlyMap<string, MissedPackage>;
    readonly signal: AbortSignal | undefined;
  },
): Promise<ReadonlyMap<string, PublishedVersion>> {
  if (missed.size === 0) return new Map();
  const manifests = await listManifests(db, repository.id, repository.defaultBranch);
  const own = new Map(askedPackages(manifests).map((one) => [`${one.ecosystem} ${one.name}`, one]));
  const packages = [...missed].map(([key, { ecosystem, name, versions }]) => {
    // What no manifest has may be a name of the organization's own.
    const mayBePrivate = own.has(key) ? own.get(key)?.mayBePrivate === true : true;
    return { ecosystem, name, versions: [...versions], mayBePrivate };
  });
  return askPublished({ sources, packages, ...(signal && { signal }) });
}

function publishedFrom(
  { knowledge }: KnowingApp,
  found: ReadonlyMap<string, PublishedVersion>,
  missed: Map<string, MissedPackage>,
): FixKnowledge["publishedOf"] {
  const world = knowledge.current();
  return (ecosystem, written, version) => {
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
  };
}
