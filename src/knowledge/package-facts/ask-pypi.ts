/** Asks a Python index for one project at a time. An index that answers in HTML only tells files, and no facts. */
import { hash } from "node:crypto";
import type { PublishedVersion } from "#model/fix-plan.ts";
import { parseLoose } from "../loose-json.ts";
import type { AskSource } from "./ask-source.ts";
import type { RegistryFeed } from "./facts-sources.ts";
import { feedSource, type Get, type TellPublished } from "./feed-source.ts";
import { pypiAccept, readPypiProject } from "./pypi-facts.ts";
import { type Release, readInfo, readMetadata, readRelease, readSimplePage } from "./pypi-published.ts";

const pageAccept = `${pypiAccept}, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1`;

export function askPypi(feed: RegistryFeed): AskSource {
  const root = feed.address.replace(/\/$/, "");
  const pageOf = (name: string) => `${root}/${encodeURIComponent(name)}/`;
  return feedSource(
    feed,
    async ({ name }, get, known) => {
      const answer = await get(pageOf(name), { accept: pypiAccept, known: known?.validators ?? {} });
      if (answer.is === "unavailable") return undefined;
      if (answer.is === "unchanged" && known) return { is: "unchanged" };
      const project = answer.is === "fetched" ? parseLoose(answer.text) : undefined;
      if (answer.is !== "fetched" || !project) return { is: "told" };
      return { is: "told", facts: readPypiProject(project), validators: answer.validators };
    },
    publishedIn(root, pageOf),
  );
}

function publishedIn(root: string, pageOf: (name: string) => string): TellPublished {
  return async ({ name }, versions, get) => {
    const found = new Map<string, PublishedVersion>();
    const answer = await get(pageOf(name), { accept: pageAccept });
    const project = answer.is === "fetched" ? readSimplePage(answer.text) : undefined;
    for (const version of project ? versions : []) {
      const release = project && readRelease(project, { name, version, page: pageOf(name) });
      if (!release) continue;
      const described =
        (await metadataOf(release, get)) ??
        (await infoOf(`${root.replace(/\/simple$/, "")}/pypi/${encodeURIComponent(name)}`, version, get));
      found.set(version, { files: release.files, ...described });
    }
    return found;
  };
}

async function metadataOf({ metadata }: Release, get: Get) {
  for (const { address, sum } of metadata) {
    const answer = await get(address, { accept: "*/*" });
    if (answer.is === "unavailable") return undefined;
    if (answer.is === "fetched" && (sum === undefined || hash("sha256", answer.text) === sum))
      return readMetadata(answer.text);
  }
  return undefined;
}

/** Where a release has no wheel, some indexes tell what its newest upload said. */
async function infoOf(root: string, version: string, get: Get) {
  if (!root.includes("://")) return undefined;
  const answer = await get(`${root}/${encodeURIComponent(version)}/json`, { accept: "application/json" });
  const told = answer.is === "fetched" ? parseLoose(answer.text) : undefined;
  return told && readInfo(told);
}
