/** What registries told about packages, as it was kept. Nothing here uses the network; what is not there or damaged is unknown. */
import { readFileSync } from "node:fs";
import type { PackageFacts, PackageKnowledge } from "#model/package-facts.ts";
import { factsFile } from "./facts-file.ts";

export function openPackageFacts(folder: string): PackageKnowledge {
  return {
    factsOf(ecosystem, name) {
      try {
        return JSON.parse(readFileSync(factsFile(folder, ecosystem, name), "utf8")) as PackageFacts;
      } catch {
        return undefined;
      }
    },
  };
}
