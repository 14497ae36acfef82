/** Asks a NuGet feed: the service index once, then the registration of each package and, for direct ones, the search. */
import { type Loose, parseLoose } from "../loose-json.ts";
import type { AskSource } from "./ask-source.ts";
import type { RegistryFeed } from "./facts-sources.ts";
import { feedSource, type Get } from "./feed-source.ts";
import {
  type NugetResources,
  nugetFacts,
  readRegistration,
  readSearch,
  readServiceIndex,
  registrationAddress,
  searchAddress,
} from "./nuget-facts.ts";

export function askNuget(feed: RegistryFeed): AskSource {
  let resources: Promise<NugetResources | undefined> | undefined;
  return feedSource(feed, async ({ name, isDirect = false }, get, known) => {
    resources ??= askIndex(feed.address, get);
    const found = await resources;
    if (!found) return undefined;
    // A feed of the second version: what it knows is not read, and what it has stays private all the same.
    if (found.registrations === undefined) return { is: "told" };
    const index = await get(registrationAddress(found.registrations, name), { known: known?.validators ?? {} });
    if (index.is === "unavailable") return undefined;
    if (index.is === "unchanged" && known) return { is: "unchanged" };
    const answer = index.is === "fetched" ? parseLoose(index.text) : undefined;
    if (index.is !== "fetched" || !answer) return { is: "told" };
    const entries = await readPages(answer, get);
    if (!entries) return undefined;
    const search = isDirect && found.search !== undefined ? await get(searchAddress(found.search, name)) : undefined;
    const hit = search?.is === "fetched" ? readSearch(parseLoose(search.text) ?? {}, name) : undefined;
    return { is: "told", facts: nugetFacts(entries, hit), validators: index.validators };
  });
}

async function askIndex(address: string, get: Get): Promise<NugetResources | undefined> {
  const answer = await get(address, { accept: "application/json" });
  return answer.is === "fetched" ? readServiceIndex(parseLoose(answer.text) ?? {}) : undefined;
}

async function readPages(index: Loose, get: Get): Promise<readonly Loose[] | undefined> {
  const { entries, pages } = readRegistration(index);
  const all = [...entries];
  for (const page of pages) {
    if (!URL.canParse(page)) continue;
    const answer = await get(page);
    if (answer.is !== "fetched") return undefined;
    all.push(...readRegistration(parseLoose(answer.text) ?? {}).entries);
  }
  return all;
}
