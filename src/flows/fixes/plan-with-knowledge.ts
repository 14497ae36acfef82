/**
 * What is known of versions to go to, and of what stands behind moving names: from our copy of registries' facts, and from
 * registries and GitHub themselves where they may be asked. A plan asks while it is made, so what it missed is looked up, and
 * it is made again. What nobody knows, a plan says.
 */
import {
  askPublished,
  askVersions,
  askYarnChecksums,
  publishedKey,
  versionsKey,
} from "#knowledge/package-facts/ask-published.ts";
import type { FactsSources } from "#knowledge/package-facts/facts-sources.ts";
import type { Ecosystem } from "#model/ecosystem.ts";
import type { FixKnowledge, FixPlan, PublishedVersion } from "#model/fix-plan.ts";
import type { PackageKnowledge } from "#model/package-facts.ts";
import { packageKey } from "#model/package-key.ts";
import { openReferences } from "./open-references.ts";

interface PackageName {
  readonly ecosystem: Ecosystem;
  readonly name: string;
}

interface Missed {
  /** By ecosystem and name: the versions that were asked about. */
  readonly published: Map<string, MissedPackage>;
  /** Of which it was asked what versions there are. */
  readonly lists: Map<string, MissedPackage>;
  readonly archives: Map<string, MissedPackage>;
}

interface MissedPackage {
  readonly ecosystem: Ecosystem;
  readonly name: string;
  readonly versions: Set<string>;
}

/** What was looked up so far. What nobody told is not asked about again. */
interface Found {
  readonly published: Map<string, PublishedVersion>;
  readonly lists: Map<string, readonly string[]>;
  readonly sums: Map<string, string>;
  readonly asked: Set<string>;
}

/** What is looked up may bring in others, each of which asks which versions there are, and then for one of them. */
const mostRounds = 16;
/** Of one fix, in all rounds. */
const mostLookedUp = 200;
/** Of all rounds: slow registries may take a minute of each. */
const budgetMilliseconds = 180_000;

export interface KnowledgeSources {
  readonly world: PackageKnowledge;
  /** Absent if nobody may be asked. */
  readonly sources: FactsSources | undefined;
  /** Of names that no public package names. */
  readonly mayBePrivate: (about: PackageName) => boolean;
  readonly signal?: AbortSignal | undefined;
}

export async function planWithKnowledge(
  { world, sources, mayBePrivate, signal: caller }: KnowledgeSources,
  plan: (known: FixKnowledge) => FixPlan,
): Promise<FixPlan> {
  const end = AbortSignal.timeout(budgetMilliseconds);
  const signal = caller ? AbortSignal.any([caller, end]) : end;
  const references = openReferences(sources ?? {}, signal);
  const found: Found = { published: new Map(), lists: new Map(), sums: new Map(), asked: new Set() };
  const brought = new Set<string>();
  for (let round = 1; ; round++) {
    const missed: Missed = { published: new Map(), lists: new Map(), archives: new Map() };
    const made = plan({ ...references, ...knownFrom(world, found, missed) });
    if (!sources || round === mostRounds) return made;
    const isMore = await lookUp({ sources, mayBePrivate, brought, signal }, found, missed);
    if (!(await references.lookUp()) && !isMore) return made;
  }
}

interface LookUp {
  readonly sources: FactsSources;
  readonly mayBePrivate: (about: PackageName) => boolean;
  /** Named by what is no secret itself. */
  readonly brought: Set<string>;
  readonly signal: AbortSignal;
}

/** Whether anything is known that was not before. */
async function lookUp(
  { sources, mayBePrivate, brought, signal }: LookUp,
  found: Found,
  missed: Missed,
): Promise<boolean> {
  const request = (all: ReadonlyMap<string, MissedPackage>, what: string) => {
    const packages = [...all].flatMap(([key, { ecosystem, name, versions }]) => {
      const asks = `${what} ${key} ${[...versions].join()}`;
      if (found.asked.has(asks) || found.asked.size >= mostLookedUp) return [];
      found.asked.add(asks);
      const isPrivate = !brought.has(key) && mayBePrivate({ ecosystem, name });
      return [{ ecosystem, name, versions: [...versions], mayBePrivate: isPrivate }];
    });
    return { sources, packages, signal };
  };
  const asked = request(missed.published, "published");
  const [published, lists, sums] = await Promise.all([
    askPublished(asked),
    askVersions(request(missed.lists, "versions")),
    askYarnChecksums(request(missed.archives, "archive")),
  ]);
  for (const [key, one] of published) found.published.set(key, one);
  for (const { ecosystem, name, versions, mayBePrivate: isPrivate } of asked.packages) {
    const told = versions.map((version) => published.get(publishedKey(ecosystem, name, version)));
    for (const one of isPrivate ? [] : namesIn(told)) brought.add(`${ecosystem} ${packageKey(ecosystem, one)}`);
  }
  for (const [key, one] of lists) found.lists.set(key, one);
  for (const [key, one] of sums) found.sums.set(key, one);
  return published.size + lists.size + sums.size > 0;
}

/** What versions ask for. */
function namesIn(told: readonly (PublishedVersion | undefined)[]): readonly string[] {
  return told.flatMap((one) => [
    ...Object.keys(one?.dependencies ?? {}),
    ...Object.keys((one?.entry?.optionalDependencies as object | undefined) ?? {}),
  ]);
}

function knownFrom(world: PackageKnowledge, found: Found, missed: Missed): FixKnowledge {
  const miss = (list: Map<string, MissedPackage>, ecosystem: Ecosystem, name: string, version?: string): void => {
    const key = `${ecosystem} ${name}`;
    const known = list.get(key) ?? { ecosystem, name, versions: new Set() };
    if (version !== undefined) known.versions.add(version);
    list.set(key, known);
  };
  return {
    publishedOf: (ecosystem, written, version) => {
      const name = packageKey(ecosystem, written);
      const told = found.published.get(publishedKey(ecosystem, name, version));
      if (told) return told;
      miss(missed.published, ecosystem, name, version);
      const facts = world.factsOf(ecosystem, name)?.versions.find((one) => one.version === version);
      if (!facts) return undefined;
      const { integrity, licenses } = facts;
      return { ...(integrity !== undefined && { integrity }), ...(licenses && { licenses }) };
    },
    versionsOf: (ecosystem, written) => {
      const name = packageKey(ecosystem, written);
      const told = found.lists.get(versionsKey(ecosystem, name));
      if (told) return told;
      miss(missed.lists, ecosystem, name);
      const known = world.factsOf(ecosystem, name)?.versions.filter(({ withdrawn }) => withdrawn === undefined);
      return known && known.length > 0 ? known.map(({ version }) => version) : undefined;
    },
    yarnChecksumOf: (name, version) => {
      const told = found.sums.get(publishedKey("npm", name, version));
      if (told === undefined) miss(missed.archives, "npm", name, version);
      return told;
    },
  };
}
