import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defaultConfig, type KnowledgeConfig, parseKnowledgeConfig } from "#knowledge/sources.ts";
import { UsageError } from "../usage-error.ts";

/** The named file, or `sources.yml` of the folder if there is one, or the public sources. */
export function readKnowledgeConfig(folder: string, named?: string): KnowledgeConfig {
  const file = named ?? join(folder, "sources.yml");
  const text = readText(file);
  if (text === undefined) {
    if (named !== undefined) throw new UsageError(`${named} cannot be read`);
    return defaultConfig;
  }
  const parsed = parseKnowledgeConfig(text);
  if (parsed.is === "mistake") throw new UsageError(`${file}: ${parsed.message}`);
  return parsed.config;
}

export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
