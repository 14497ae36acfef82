/**
 * Asks registries what lock files must write down of versions to go to: checksums and dependencies. The same places are asked
 * about the same names as for facts; nothing is kept, because nobody else needs it. What cannot be asked is absent.
 */
import type { Ecosystem } from "#model/ecosystem.ts";
import type { PublishedVersion } from "#model/fix-plan.ts";
import type { AskSource } from "./ask-source.ts";
import { chooseSources } from "./choose-sources.ts";
import type { FactsSources } from "./facts-sources.ts";
import { type ClientOptions, type PoliteClient, politeClient } from "./polite-client.ts";
import type { AskedPackage } from "./source-part.ts";

/** One fix concerns few, and what comes in with them. */
const mostPackages = 100;
const mostArchives = 40;
const budgetMilliseconds = 60_000;

export type PublishedRequest = ClientOptions & {
  readonly sources: FactsSources;
  readonly packages: readonly AskedPackage[];
};

/** By `publishedKey`; each of the packages tells its versions. */
export async function askPublished(request: PublishedRequest): Promise<ReadonlyMap<string, PublishedVersion>> {
  const found = new Map<string, PublishedVersion>();
  await askEach(request, mostPackages, async (source, about, client) => {
    const told = await source.published?.(about, about.versions ?? [], client);
    for (const [version, one] of told ?? []) found.set(publishedKey(about.ecosystem, about.name, version), one);
    return told !== undefined && told.size > 0;
  });
  return found;
}

/** By `versionsKey`. */
export async function askVersions(request: PublishedRequest): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  await askEach(request, mostPackages, async (source, about, client) => {
    const told = await source.versions?.(about, client);
    if (told) found.set(versionsKey(about.ecosystem, about.name), told);
    return told !== undefined && told.length > 0;
  });
  return found;
}

/** By `publishedKey`. Archives are fetched for it, so that it is asked for only where one is written. */
export async function askYarnChecksums(request: PublishedRequest): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  await askEach(request, mostArchives, async (source, about, client) => {
    const told = await source.yarnChecksums?.(about, about.versions ?? [], client);
    for (const [version, sum] of told ?? []) found.set(publishedKey(about.ecosystem, about.name, version), sum);
    return told !== undefined && told.size > 0;
  });
  return found;
}

type Tell = (source: AskSource, about: AskedPackage, client: PoliteClient) => Promise<boolean>;

/** The first source that tells something is believed. */
async function askEach(request: PublishedRequest, most: number, tell: Tell): Promise<void> {
  if (request.packages.length === 0) return;
  const end = AbortSignal.timeout(budgetMilliseconds);
  const signal = request.signal ? AbortSignal.any([request.signal, end]) : end;
  const client = politeClient({ ...request, signal });
  const choose = await chooseSources(withDefaults(request.sources));
  for (const about of request.packages.slice(0, most)) {
    for (const source of choose(about)) if (!signal.aborted && (await tell(source, about, client))) break;
  }
}

/** deps.dev tells facts, but no checksums: where names may go to it, npm's own default registry is asked for these. */
function withDefaults(sources: FactsSources): FactsSources {
  return sources.depsDev === undefined ? sources : { npm: {}, ...sources };
}

export function publishedKey(ecosystem: Ecosystem, name: string, version: string): string {
  return `${ecosystem} ${name} ${version}`;
}

export function versionsKey(ecosystem: Ecosystem, name: string): string {
  return `${ecosystem} ${name}`;
}
