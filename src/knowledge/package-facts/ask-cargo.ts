/** Asks a sparse index of Cargo: one file for each crate. */
import type { PublishedVersion } from "#model/fix-plan.ts";
import type { AskSource } from "./ask-source.ts";
import { indexPath, readCrateFacts, readPublishedCrate } from "./cargo-published.ts";
import type { RegistryFeed } from "./facts-sources.ts";
import { feedSource } from "./feed-source.ts";

export function askCargo(feed: RegistryFeed): AskSource {
  const addressOf = (name: string) => {
    const path = indexPath(name);
    return path === undefined ? undefined : `${feed.address.replace(/\/$/, "")}/${path}`;
  };
  return feedSource(
    feed,
    async ({ name }, get, known) => {
      const address = addressOf(name);
      if (address === undefined) return { is: "told" };
      const answer = await get(address, { known: known?.validators ?? {} });
      if (answer.is === "unavailable") return undefined;
      if (answer.is === "unchanged" && known) return { is: "unchanged" };
      if (answer.is !== "fetched") return { is: "told" };
      return { is: "told", facts: readCrateFacts(answer.text), validators: answer.validators };
    },
    async ({ name }, versions, get) => {
      const address = addressOf(name);
      const answer = address === undefined ? undefined : await get(address);
      const found = new Map<string, PublishedVersion>();
      for (const version of answer?.is === "fetched" ? versions : []) {
        const told = answer?.is === "fetched" ? readPublishedCrate(answer.text, name, version) : undefined;
        if (told) found.set(version, { ...told, place: feed.address });
      }
      return found;
    },
  );
}
