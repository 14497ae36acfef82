/** Everything that a set of rule files says, read once. */
import { createHash } from "node:crypto";
import type { Problem } from "#model/scan-result.ts";
import { positionOf } from "../../formats/text-file.ts";
import { readGitleaksRules } from "./read-gitleaks-rules.ts";
import { type Report, readYamlRules } from "./read-yaml-rules.ts";
import type { RuleFile, UserRules } from "./user-rule.ts";

export interface ReadUserRules extends UserRules {
  /** A name for what the files say: the same for the same files. */
  readonly name: string;
  /** What could not be read, with file and line. Said once for a scan, not for each of its files. */
  readonly problems: readonly Problem[];
}

/** Where a repository keeps rules of its own. */
export const ruleFolder = ".sallyport/secrets/";

export function isRuleFile(path: string): boolean {
  return path.startsWith(ruleFolder) && looksLikeRules(path);
}

export function looksLikeRules(name: string): boolean {
  return /\.(ya?ml|toml)$/.test(name);
}

const longestFile = 1_000_000;
const mostRules = 2000;
const mostKeywordLetters = 60_000;

const byFiles = new WeakMap<readonly RuleFile[], ReadUserRules>();
let last: ReadUserRules | undefined;

/** The same files give the same object, also where they came to another thread as a copy. */
export function userRulesOf(files: readonly RuleFile[]): ReadUserRules {
  const known = byFiles.get(files);
  if (known) return known;
  const name = nameOfRules(files);
  if (last?.name !== name) last = { ...readAll(files), name };
  byFiles.set(files, last);
  return last;
}

function nameOfRules(files: readonly RuleFile[]): string {
  const hash = createHash("sha256");
  for (const { path, text } of files) hash.update(`${path}\0${text.length}\0${text}`);
  return hash.digest("hex").slice(0, 32);
}

function readAll(files: readonly RuleFile[]): Omit<ReadUserRules, "name"> {
  const problems: Problem[] = [];
  const read = files.map((file) => {
    const say = (message: string, line?: number) =>
      problems.push({
        scanner: "secrets",
        code: "rule",
        message,
        path: file.path,
        ...(line !== undefined && { line }),
      });
    if (file.text.length > longestFile) {
      say("The file of rules has more than 1,000,000 characters and is left out.");
      return { rules: [], allow: [] };
    }
    const report: Report = ({ place, message }) =>
      say(`A rule is left out or incomplete: ${message}. The others run.`, positionOf(place.file, place.start).line);
    return file.path.endsWith(".toml") ? readGitleaksRules(file, report) : readYamlRules(file, report);
  });
  let letters = 0;
  const rules = read
    .flatMap((one) => one.rules)
    .filter(({ keywords }, index) => {
      letters += keywords.reduce((sum, word) => sum + word.length, 0);
      return index < mostRules && letters <= mostKeywordLetters;
    });
  const all = read.reduce((sum, one) => sum + one.rules.length, 0);
  if (rules.length < all) {
    problems.push({
      scanner: "secrets",
      code: "rule",
      message: `There are ${all} rules; the first ${rules.length} run. At most ${mostRules} with ${mostKeywordLetters} characters of keywords do.`,
    });
  }
  return { rules, allow: read.flatMap((one) => one.allow), problems };
}
