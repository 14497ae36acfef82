/**
 * Asks a NuGet feed: the service index once, then the registration of each package and, for direct ones, the search. For lock
 * files the archives of single versions are fetched too, because no feed tells the content hash of a signed one.
 */
import type { PublishedVersion } from "#model/fix-plan.ts";
import { type Loose, looseText, parseLoose } from "../loose-json.ts";
import type { AskSource } from "./ask-source.ts";
import type { RegistryFeed } from "./facts-sources.ts";
import { feedSource, type Get, type Told } from "./feed-source.ts";
import {
  type NugetResources,
  nugetFacts,
  readRegistration,
  readSearch,
  readServiceIndex,
  registrationAddress,
  searchAddress,
} from "./nuget-facts.ts";
import { archiveAddress, entryOfVersion, publishedOf, sumIn } from "./nuget-published.ts";
import type { AskedPackage, SourcePart } from "./source-part.ts";

export function askNuget(feed: RegistryFeed): AskSource {
  let resources: Promise<NugetResources | undefined> | undefined;
  const resourcesBy = async (get: Get) => {
    resources ??= askIndex(feed.address, get);
    return resources;
  };
  return feedSource(
    feed,
    async (about, get, known) => askFacts(about, await resourcesBy(get), get, known),
    async ({ name }, versions, get) => {
      const found = new Map<string, PublishedVersion>();
      const { registrations, archives } = (await resourcesBy(get)) ?? {};
      if (registrations === undefined || archives === undefined) return found;
      const index = await get(registrationAddress(registrations, name));
      const answer = index.is === "fetched" ? parseLoose(index.text) : undefined;
      const entries = answer && (await readPages(answer, get));
      for (const version of entries ? versions : []) {
        const entry = entryOfVersion(entries ?? [], version);
        const one = entry && (await askPublished(entry, archiveAddress(archives, name, version), get));
        if (one) found.set(version, one);
      }
      return found;
    },
  );
}

async function askFacts(
  { name, isDirect = false }: AskedPackage,
  found: NugetResources | undefined,
  get: Get,
  known: SourcePart | undefined,
): Promise<Told> {
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
}

async function askPublished(entry: Loose, address: string, get: Get): Promise<PublishedVersion | undefined> {
  const more = looseText(entry["@id"]);
  const isAsked = sumIn(entry) === undefined && more !== undefined && URL.canParse(more);
  const detail = isAsked ? await get(more) : undefined;
  const archive = await get(address, { accept: "*/*", encoding: "latin1" });
  if (archive.is !== "fetched") return undefined;
  const told = detail?.is === "fetched" ? parseLoose(detail.text) : undefined;
  return publishedOf(entry, told ?? {}, Buffer.from(archive.text, "latin1"));
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
