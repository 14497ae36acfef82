/** Reads the files with rules for secrets that the scanned folder, or its settings, bring along. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { RuleFile } from "#scan/secrets/user-rules/user-rule.ts";
import { isRuleFile, looksLikeRules, ruleFolder } from "#scan/secrets/user-rules/user-rules.ts";
import { UsageError } from "../../usage-error.ts";
import { treeOf } from "../scan-place.ts";
import { readSettingsText, type SettingsFile } from "./read-settings-text.ts";
import type { LoadedSettings } from "./scan-settings-files.ts";

const longest = 1_000_000;
const mostFiles = 50;

/** Those of `.sallyport/secrets/`, then those that the settings name. */
export function readRuleFiles(folder: string, { namedIn, settings }: LoadedSettings): readonly RuleFile[] {
  const own = namesIn(join(folder, ruleFolder))
    .map((name) => `${ruleFolder}${name}`)
    .filter(isRuleFile);
  const from = namedIn ?? folder;
  const named = (settings.secrets?.rules ?? []).flatMap((path) => filesAt(from, path));
  const within = treeOf(folder);
  const withinNamed = namedIn === undefined ? within : undefined;
  const files = new Map([
    ...own.map((name) => fileOf({ path: join(folder, name), name, longest, within })),
    ...named.map((name) => fileOf({ path: join(from, name), name, longest, within: withinNamed })),
  ]);
  if (files.size > mostFiles)
    throw new UsageError(`there are ${files.size} files of secret rules; at most ${mostFiles} are read`);
  return [...files.values().map(readRuleFile)];
}

function fileOf(file: Required<SettingsFile>): [string, Required<SettingsFile>] {
  return [file.path, file];
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

function readRuleFile(file: Required<SettingsFile>): RuleFile {
  const text = readSettingsText(file);
  if (text === undefined) throw new UsageError(`${file.name} cannot be read (ENOENT)`);
  return { path: file.name, text };
}
