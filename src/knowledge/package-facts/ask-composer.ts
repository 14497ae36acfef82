/** Asks a Composer repository: its root once, then the metadata of each package. Repositories of the first version tell nothing. */
import type { PublishedVersion } from "#model/fix-plan.ts";
import type { AskSource } from "./ask-source.ts";
import { metadataAddress, readComposerFacts, readPublishedPackage, versionsIn } from "./composer-published.ts";
import type { RegistryFeed } from "./facts-sources.ts";
import { feedSource, type Get } from "./feed-source.ts";

export function askComposer(feed: RegistryFeed): AskSource {
  const root = `${feed.address.replace(/\/$/, "")}/`;
  let metadata: Promise<string | undefined> | undefined;
  const addressOf = async (name: string, get: Get): Promise<string | undefined> => {
    if (!/^[a-z0-9][\w.-]*\/[a-z0-9][\w.-]*$/.test(name)) return undefined;
    metadata ??= askRoot(root, get);
    const pattern = await metadata;
    return pattern?.replace("%package%", () => name);
  };
  return feedSource(
    feed,
    async ({ name }, get, known) => {
      const address = await addressOf(name, get);
      if (address === undefined) return { is: "told" };
      const answer = await get(address, { accept: "application/json", known: known?.validators ?? {} });
      if (answer.is === "unavailable") return undefined;
      if (answer.is === "unchanged" && known) return { is: "unchanged" };
      const versions = answer.is === "fetched" ? versionsIn(answer.text, name) : [];
      if (answer.is !== "fetched" || versions.length === 0) return { is: "told" };
      return { is: "told", facts: readComposerFacts(versions), validators: answer.validators };
    },
    async ({ name }, wanted, get) => {
      const address = await addressOf(name, get);
      const answer = address === undefined ? undefined : await get(address, { accept: "application/json" });
      const versions = answer?.is === "fetched" ? versionsIn(answer.text, name) : [];
      const found = new Map<string, PublishedVersion>();
      for (const version of wanted) {
        const told = readPublishedPackage(versions, version);
        if (told) found.set(version, { ...told, place: feed.address });
      }
      return found;
    },
  );
}

async function askRoot(root: string, get: Get): Promise<string | undefined> {
  const answer = await get(`${root}packages.json`, { accept: "application/json" });
  return answer.is === "fetched" ? metadataAddress(root, answer.text) : undefined;
}
