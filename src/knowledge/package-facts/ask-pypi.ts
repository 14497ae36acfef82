/** Asks a Python index for one project at a time. An index that answers in HTML only tells nothing. */
import { parseLoose } from "../loose-json.ts";
import type { AskSource } from "./ask-source.ts";
import type { RegistryFeed } from "./facts-sources.ts";
import { feedSource } from "./feed-source.ts";
import { pypiAccept, readPypiProject } from "./pypi-facts.ts";

export function askPypi(feed: RegistryFeed): AskSource {
  return feedSource(feed, async ({ name }, get, known) => {
    const address = `${feed.address.replace(/\/$/, "")}/${encodeURIComponent(name)}/`;
    const answer = await get(address, { accept: pypiAccept, known: known?.validators ?? {} });
    if (answer.is === "unavailable") return undefined;
    if (answer.is === "unchanged" && known) return { is: "unchanged" };
    const project = answer.is === "fetched" ? parseLoose(answer.text) : undefined;
    if (answer.is !== "fetched" || !project) return { is: "told" };
    return { is: "told", facts: readPypiProject(project), validators: answer.validators };
  });
}
