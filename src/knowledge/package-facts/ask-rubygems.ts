/** Asks a compact index of RubyGems, as Bundler does: one file for each gem. */
import type { PublishedVersion } from "#model/fix-plan.ts";
import type { AskSource } from "./ask-source.ts";
import type { RegistryFeed } from "./facts-sources.ts";
import { feedSource } from "./feed-source.ts";
import { readGemFacts, readPublishedGem } from "./rubygems-published.ts";

export function askRubygems(feed: RegistryFeed): AskSource {
  const addressOf = (name: string) => `${feed.address.replace(/\/$/, "")}/info/${encodeURIComponent(name)}`;
  const isName = (name: string) => /^[\w.-]{1,200}$/.test(name) && !name.startsWith(".");
  return feedSource(
    feed,
    async ({ name }, get, known) => {
      if (!isName(name)) return { is: "told" };
      const answer = await get(addressOf(name), { known: known?.validators ?? {} });
      if (answer.is === "unavailable") return undefined;
      if (answer.is === "unchanged" && known) return { is: "unchanged" };
      if (answer.is !== "fetched") return { is: "told" };
      return { is: "told", facts: readGemFacts(answer.text), validators: answer.validators };
    },
    async ({ name }, versions, get) => {
      const answer = isName(name) ? await get(addressOf(name)) : undefined;
      const found = new Map<string, PublishedVersion>();
      for (const version of answer?.is === "fetched" ? versions : []) {
        const told = answer?.is === "fetched" ? readPublishedGem(answer.text, version) : undefined;
        if (told) found.set(version, { ...told, place: feed.address });
      }
      return found;
    },
  );
}
