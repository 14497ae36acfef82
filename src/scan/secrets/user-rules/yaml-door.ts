/** The reader of YAML, loaded only where there are rules to read: most scans have none, and it costs their start. */
import type { readYaml } from "../../formats/yaml/read-yaml.ts";
import type { SecretSettings } from "../secret-settings.ts";

let loaded: typeof readYaml | undefined;

/** To be awaited in each thread before rules are read there. */
export async function openYamlDoor(settings: Pick<SecretSettings, "ruleFiles"> | undefined): Promise<void> {
  if (settings !== undefined && settings.ruleFiles.length > 0) {
    loaded ??= (await import("../../formats/yaml/read-yaml.ts")).readYaml;
  }
}

export function yamlReader(): typeof readYaml {
  if (loaded === undefined) throw new Error("rules are read before their reader was loaded");
  return loaded;
}
