/**
 * What a repository says about its own scans, as a commit has it: `.sallyport.yml`, and its rules for secrets. What is wrong
 * there is told as problems; a settings file with a mistake counts as if it were not there, so that nothing is hidden by it.
 */
import type { Mirror, TreeEntry } from "#git/mirror.ts";
import type { Problem } from "#model/scan-result.ts";
import { decodeText } from "#scan/decode-text.ts";
import { policyFolder } from "#scan/iac/policy-folder.ts";
import { maskWords } from "#scan/mask-reasons.ts";
import type { SecretSettings } from "#scan/secrets/secret-settings.ts";
import type { RuleFile } from "#scan/secrets/user-rules/user-rule.ts";
import { isRuleFile, looksLikeRules, ruleFolder, userRulesOf } from "#scan/secrets/user-rules/user-rules.ts";
import { openYamlDoor } from "#scan/secrets/user-rules/yaml-door.ts";
import { noSettings, type ScanSettings } from "#scan/settings/scan-settings.ts";
import { isSymbolicLink } from "../repositories/is-symbolic-link.ts";

export const settingsFile = ".sallyport.yml";

export interface RepositorySettings {
  readonly settings: ScanSettings;
  /** Undefined if nothing is said about secrets, as in nearly every repository. */
  readonly secrets: SecretSettings | undefined;
  readonly problems: readonly Problem[];
}

export const noRepositorySettings: RepositorySettings = { settings: noSettings, secrets: undefined, problems: [] };

type Readable = Pick<Mirror, "listTree" | "readBlobs">;

const largestFile = 1_000_000;
const mostFiles = 50;
const mostMistakes = 20;

export async function readScanSettings(mirror: Readable, commit: string): Promise<RepositorySettings> {
  const entries = await mirror.listTree(commit, settingsFile, ruleFolder, policyFolder);
  const own = entries.filter((entry) => isRuleFile(entry.path) && !isSymbolicLink(entry));
  const file = entries.find((entry) => entry.path === settingsFile && !isSymbolicLink(entry));
  if (own.length === 0 && file === undefined) return noRepositorySettings;
  const problems: Problem[] = [];
  const settings = file === undefined ? noSettings : await readSettings(mirror, file, problems);
  const { rules = [], markers } = settings.secrets ?? {};
  const named = rules.length === 0 ? [] : await namedFiles(mirror, commit, rules, problems);
  const paths = new Set(own.map(({ path }) => path));
  const ruleFiles = await readRules(mirror, [...own, ...named.filter(({ path }) => !paths.has(path))], problems);
  await openYamlDoor({ ruleFiles });
  problems.push(...leftAside(settings));
  const hasPolicies = entries.some(({ path }) => path.startsWith(policyFolder));
  problems.push(...(await unknownIn(settings, ruleFiles, hasPolicies)));
  const isSilent = ruleFiles.length === 0 && markers === undefined;
  const secrets = isSilent ? undefined : { ruleFiles, ...(markers !== undefined && { markers }) };
  return { settings, secrets, problems };
}

/** True if a change of this file makes others be seen differently. */
export function decidesForOthers(path: string, { settings }: Pick<RepositorySettings, "settings">): boolean {
  if (path === settingsFile || isRuleFile(path)) return true;
  return (settings.secrets?.rules ?? []).some((name) => path === name || path.startsWith(folderOf(name)));
}

async function readSettings(mirror: Readable, { objectId }: TreeEntry, problems: Problem[]): Promise<ScanSettings> {
  const text = await readText(mirror, objectId);
  if (text === undefined) {
    problems.push(settingsProblem(`It cannot be read, or has more than ${largestFile} bytes.`));
    return noSettings;
  }
  const { parseSettings } = await import("#scan/settings/parse-settings.ts");
  const parsed = parseSettings(text);
  if (parsed.is === "settings") return withoutSecrets(parsed.settings);
  const told = parsed.mistakes.slice(0, mostMistakes);
  problems.push(
    ...told.map(({ message, line }) => settingsProblem(`There is a mistake: ${maskWords(message)}.`, line)),
  );
  return noSettings;
}

/** A change of the repository must not loosen what an administrator has set for all of them (docs/decisions/0019). */
function leftAside({ ofInstance = [] }: ScanSettings): readonly Problem[] {
  return ofInstance.map(({ word, line }) => ({
    ...{ scanner: "scan", code: "settings", path: settingsFile, line, isNotice: true },
    message: `${word} counts on the command line only. Here ${decidesInstead[word] ?? "the settings of the instance decide"}.`,
  }));
}

const decidesInstead: Readonly<Record<string, string>> = {
  licenses: "the licence policy of the instance decides (its settings, in the console)",
  operationalRisk: "what the instance counts as a risk decides (its settings, in the console)",
  minimumScore: "all repositories are reported from the same score on",
};

/** They silence nothing, but take nothing away: the rest counts. */
async function unknownIn(
  { allow }: ScanSettings,
  ruleFiles: readonly RuleFile[],
  hasPolicies: boolean,
): Promise<readonly Problem[]> {
  if (!allow.some(({ rule }) => rule !== undefined)) return [];
  const { unknownRules } = await import("#scan/settings/unknown-rules.ts");
  const own = { rules: userRulesOf(ruleFiles).rules.map(({ rule }) => rule), hasPolicies };
  const unknown = await unknownRules(allow, own);
  return unknown.slice(0, mostMistakes).map(({ allow: { line }, message }) => ({
    ...{ scanner: "scan", code: "unknown-rule", path: settingsFile, line, isNotice: true },
    message: `${maskWords(message)}. This allow entry silences nothing.`,
  }));
}

/** Reasons are kept and shown; they may hold what was allowed. */
function withoutSecrets(settings: ScanSettings): ScanSettings {
  return { ...settings, allow: settings.allow.map((one) => ({ ...one, reason: maskWords(one.reason) })) };
}

function settingsProblem(message: string, line?: number): Problem {
  return {
    ...{ scanner: "scan", code: "settings", path: settingsFile },
    message: `The settings do not count. ${message}`,
    ...(line !== undefined && { line }),
  };
}

function ruleProblem(path: string, message: string): Problem {
  return { scanner: "secrets", code: "rule", path, message };
}

/** Files, and those of folders that look like rules. */
async function namedFiles(
  mirror: Readable,
  commit: string,
  names: readonly string[],
  problems: Problem[],
): Promise<readonly TreeEntry[]> {
  const sound = names.filter((name) => !/^\/|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|^$/.test(name));
  const entries = await mirror.listTree(commit, ...sound);
  return names.flatMap((name) => {
    const folder = folderOf(name);
    const isDirectly = ({ path }: TreeEntry) => path.startsWith(folder) && !path.slice(folder.length).includes("/");
    const found = entries.filter(
      (entry) => !isSymbolicLink(entry) && (entry.path === name || (isDirectly(entry) && looksLikeRules(entry.path))),
    );
    if (found.length === 0) {
      problems.push(ruleProblem(settingsFile, `It names secret rules in ${name}, and the repository has none there.`));
    }
    return found;
  });
}

function folderOf(name: string): string {
  return `${name.replace(/\/$/, "")}/`;
}

async function readRules(
  mirror: Readable,
  entries: readonly TreeEntry[],
  problems: Problem[],
): Promise<readonly RuleFile[]> {
  const files: RuleFile[] = [];
  for (const { path, objectId } of entries.slice(0, mostFiles)) {
    const text = await readText(mirror, objectId);
    if (text !== undefined) files.push({ path, text });
    else problems.push(ruleProblem(path, `These rules cannot be read, or have more than ${largestFile} bytes.`));
  }
  if (entries.length > mostFiles) {
    const message = `There are ${entries.length} files of secret rules; at most ${mostFiles} are read, and this is not one of them.`;
    problems.push(ruleProblem(entries[mostFiles]?.path ?? ruleFolder, message));
  }
  return files;
}

async function readText(mirror: Readable, objectId: string): Promise<string | undefined> {
  for await (const blob of mirror.readBlobs([objectId], { maxSize: largestFile })) {
    if ("bytes" in blob) return decodeText(blob.bytes);
  }
  return undefined;
}
