/**
 * Asks registries what lock files must write down of versions to go to: checksums and dependencies. The same places are asked
 * about the same names as for facts; nothing is kept, because nobody else needs it. What cannot be asked is absent.
 */
import type { Ecosystem } from "#model/ecosystem.ts";
import type { PublishedVersion } from "#model/fix-plan.ts";
import { chooseSources } from "./choose-sources.ts";
import type { FactsSources } from "./facts-sources.ts";
import { type ClientOptions, politeClient } from "./polite-client.ts";
import type { AskedPackage } from "./source-part.ts";

/** One fix concerns few. */
const mostPackages = 50;
const budgetMilliseconds = 60_000;

/** By `publishedKey`; each of the packages tells its versions. */
export async function askPublished(
  request: ClientOptions & { readonly sources: FactsSources; readonly packages: readonly AskedPackage[] },
): Promise<ReadonlyMap<string, PublishedVersion>> {
  const end = AbortSignal.timeout(budgetMilliseconds);
  const signal = request.signal ? AbortSignal.any([request.signal, end]) : end;
  const client = politeClient({ ...request, signal });
  const choose = await chooseSources(request.sources);
  const found = new Map<string, PublishedVersion>();
  for (const about of request.packages.slice(0, mostPackages)) {
    const { ecosystem, name, versions = [] } = about;
    for (const source of choose(about)) {
      if (signal.aborted || !source.published) continue;
      const told = await source.published(about, versions, client);
      for (const [version, one] of told) found.set(publishedKey(ecosystem, name, version), one);
      if (told.size > 0) break;
    }
  }
  return found;
}

export function publishedKey(ecosystem: Ecosystem, name: string, version: string): string {
  return `${ecosystem} ${name} ${version}`;
}
