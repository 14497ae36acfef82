/** What registries told about packages, as it was kept. Nothing here uses the network; what is not there or damaged is unknown. */
import { readFileSync } from "node:fs";
import type { Ecosystem } from "#model/ecosystem.ts";
import type { PackageFacts, PackageKnowledge } from "#model/package-facts.ts";
import { namesIn } from "../knowledge-folder.ts";
import { looseObject, parseLoose } from "../loose-json.ts";
import { ecosystemFolder, factsFile } from "./facts-file.ts";

/** Most packages of a large lock file are not there: for those it is enough to know which folders are. */
const lookMilliseconds = 2_000;

export function openPackageFacts(folder: string): PackageKnowledge {
  const folders = new Map<Ecosystem, { readonly names: ReadonlySet<string>; readonly at: number }>();

  function foldersOf(ecosystem: Ecosystem): ReadonlySet<string> {
    const known = folders.get(ecosystem);
    const now = performance.now();
    if (known && now - known.at < lookMilliseconds) return known.names;
    const names = new Set(namesIn(ecosystemFolder(folder, ecosystem)));
    folders.set(ecosystem, { names, at: now });
    return names;
  }

  return {
    factsOf(ecosystem, name) {
      const there = foldersOf(ecosystem);
      if (there.size === 0) return undefined;
      const { path, start } = factsFile(folder, ecosystem, name);
      return there.has(start) ? readFacts(path, name) : undefined;
    },
  };
}

function readFacts(path: string, name: string): PackageFacts | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
  const facts = looseObject(parseLoose(text));
  const isWhole = facts.name === name && Array.isArray(facts.versions) && typeof facts.asOf === "string";
  return isWhole ? (facts as unknown as PackageFacts) : undefined;
}
