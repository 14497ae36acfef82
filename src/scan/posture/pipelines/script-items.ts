/** What scripts fetch: addresses without what may be secret in them, and feeds of packages. */
import { commandLines } from "../../cicd/azure/commands.ts";
import type { Pipeline, Step } from "../../cicd/azure/pipeline.ts";
import { textAt, valueAt } from "../../formats/azure-pipeline/source-node.ts";
import { placeIn } from "../../formats/azure-pipeline/text-places.ts";
import type { FoundItem } from "./item-list.ts";
import type { PipelineCode } from "./read-code.ts";

const fetching =
  /\b(?:curl|wget|iwr|irm|invoke-webrequest|invoke-restmethod|start-bitstransfer|downloadfile|downloadstring|add-apt-repository|git\s+clone)\b/i;
const address = /\bhttps?:\/\/[^\s"'`<>|;()\\]{1,2000}/gi;
const feedAddress = /\/_packaging\/([^/\s"'`]{1,200})\//i;
const pinned = /[/@=][\da-f]{40}(?:[^\da-f]|$)/i;

export function* scriptItems({ steps }: Pipeline, code: PipelineCode): Generator<FoundItem> {
  for (const step of steps) {
    for (const script of step.scripts) {
      if (!/https?:/i.test(script.node.text)) continue;
      for (const { text, start } of commandLines(script)) {
        for (const match of text.matchAll(address)) {
          const at = placeIn(script.node, start + match.index, start + match.index + match[0].length);
          const shared = {
            certainty: certaintyIn(step),
            job: step.job.address,
            evidence: [code.evidenceOf(at)],
          } as const;
          const feed = feedAddress.exec(match[0])?.[1];
          if (feed !== undefined) yield { kind: "feed", name: decoded(feed), ...shared };
          else if (fetching.test(text)) {
            yield { kind: "download", name: shown(match[0]), isMutable: !pinned.test(match[0]), ...shared };
          }
        }
      }
    }
  }
}

export function certaintyIn({ node, job }: Step): FoundItem["certainty"] {
  return node.when === undefined && job.node.when === undefined ? "authorised" : "possible";
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Without user, password and query: they hold secrets. */
function shown(written: string): string {
  return written
    .replace(/^(https?:\/\/)[^/?#]*@/i, "$1")
    .replace(/[?#].*$/, "")
    .replace(/[.,]$/, "");
}

const feedInputs = [
  "vstsFeed",
  "feedRestore",
  "feed",
  "artifactsFeeds",
  "artifactFeeds",
  "artifactFeed",
  "publishVstsFeed",
  "feedPublish",
  "vstsFeedPublish",
  "publishFeed",
  "customFeed",
  "customRegistry",
  "feedsToUse",
];
/** Values of these inputs that say how, and not which. */
const noFeed = /^(?:config|select|useNpmrc|useFeed|internal|external|\.)$|\.config$/i;

export function* feedItems({ steps }: Pipeline, code: PipelineCode): Generator<FoundItem> {
  for (const step of steps) {
    const inputs = step.task && valueAt(step.node, "inputs");
    if (!inputs) continue;
    for (const input of feedInputs) {
      const node = valueAt(inputs, input);
      const name = textAt(inputs, input)?.trim();
      if (!node || name === undefined || name === "" || noFeed.test(name)) continue;
      const evidence = [code.evidenceOf(node.at)];
      yield { kind: "feed", name, certainty: certaintyIn(step), job: step.job.address, evidence };
    }
  }
}
