/** Reads the files with rules for secrets that the scanned folder, or its settings, bring along. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { RuleFile } from "#scan/secrets/user-rules/user-rule.ts";
import { isRuleFile, looksLikeRules, ruleFolder } from "#scan/secrets/user-rules/user-rules.ts";
import { UsageError } from "../usage-error.ts";
import type { LoadedSettings } from "./scan-settings-files.ts";

const longest = 1_000_000;
const mostFiles = 50;

/** Those of `.sallyport/secrets/`, then those that the settings name. */
export function readRuleFiles(folder: string, { file, settings }: LoadedSettings): readonly RuleFile[] {
  const own = namesIn(join(folder, ruleFolder))
    .map((name) => `${ruleFolder}${name}`)
    .filter(isRuleFile);
  const from = file === undefined ? folder : dirname(resolve(folder, file));
  const named = (settings.secrets?.rules ?? []).flatMap((path) => filesAt(from, path));
  const files = new Map<string, RuleFile>();
  for (const path of own) files.set(join(folder, path), readRuleFile(join(folder, path), path));
  for (const path of named) files.set(join(from, path), readRuleFile(join(from, path), path));
  if (files.size > mostFiles)
    throw new UsageError(`there are ${files.size} files of secret rules; at most ${mostFiles} are read`);
  return [...files.values()];
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** A file, or those of a folder that look like rules. */
function filesAt(from: string, path: string): readonly string[] {
  const stat = statSync(join(from, path), { throwIfNoEntry: false });
  if (stat === undefined) throw new UsageError(`the settings name secret rules in ${path}, which is not there`);
  if (!stat.isDirectory()) return [path];
  return namesIn(join(from, path))
    .filter((name) => looksLikeRules(name))
    .map((name) => `${path.replace(/\/$/, "")}/${name}`);
}

function readRuleFile(full: string, path: string): RuleFile {
  try {
    const { size } = statSync(full);
    if (size > longest) throw new UsageError(`${path} has ${size} bytes; files of rules have ${longest} at most`);
    return { path, text: readFileSync(full, "utf8") };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown error"})`);
  }
}
