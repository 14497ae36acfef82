/** Reads rules in the format of this product. A rule that is not understood is left out and said; the others run. */
import { severities } from "#model/severity.ts";
import { child, itemsOf, type Node } from "../../formats/node.ts";
import { spanOf } from "../../formats/text-file.ts";
import { pathGlob } from "../../settings/path-glob.ts";
import { type AlphabetName, alphabetCharacters, isAlphabet } from "../text/alphabets.ts";
import type { Allowlist } from "./allowlist.ts";
import {
  choiceField,
  flagField,
  numberField,
  patternField,
  patternIn,
  patternsField,
  RuleMistake,
  refuseStrangeKeys,
  textField,
  textsField,
} from "./rule-fields.ts";
import { secretRuleOf } from "./rule-words.ts";
import type { LazyPattern, RuleFile, UserRule, UserRules } from "./user-rule.ts";
import { yamlReader } from "./yaml-door.ts";

/** Takes what could not be read. */
export type Report = (mistake: RuleMistake) => void;

const fileKeys = ["rules", "allow"];
const ruleKeys =
  "id title severity why fix links keywords pattern group shape context entropy paths excludePaths allow".split(" ");
const shapeKeys = ["prefix", "alphabet", "length"];
const contextKeys = ["words", "within", "required"];
const allowKeys = ["reason", "paths", "words", "patterns", "target", "every"];

export function readYamlRules(file: RuleFile, report: Report): UserRules {
  const { documents, problems } = yamlReader()(file);
  for (const { place, message } of problems) report(new RuleMistake(place, message));
  const rules: UserRule[] = [];
  const allow: Allowlist[] = [];
  for (const { node } of documents) {
    if (node === undefined) continue;
    attempt(report, () => refuseStrangeKeys(node, fileKeys, "a file of rules"));
    for (const item of itemsOf(child(node, "allow"))) attempt(report, () => allow.push(allowOf(item)));
    for (const item of itemsOf(child(node, "rules"))) attempt(report, () => rules.push(ruleOf(item, file.path)));
  }
  return { rules, allow };
}

export function attempt(report: Report, read: () => void): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof RuleMistake)) throw error;
    report(error);
  }
}

function ruleOf(node: Node, file: string): UserRule {
  refuseStrangeKeys(node, ruleKeys, "a rule");
  const id = textField(node, "id");
  if (id === undefined || !/^[\w.-]{2,80}$/.test(id)) {
    throw new RuleMistake(child(node, "id")?.at ?? node.at, "a rule needs an id of letters, digits and -");
  }
  const { pattern, group } = patternOf(node);
  const included = globsField(node, "paths");
  const excluded = globsField(node, "excludePaths");
  return {
    rule: secretRuleOf(
      {
        id,
        title: textField(node, "title"),
        severity: choiceField(node, "severity", severities, "high"),
        why: textField(node, "why"),
        fix: textField(node, "fix"),
        links: textsField(node, "links"),
        ...contextOf(child(node, "context")),
      },
      file,
    ),
    file,
    keywords: textsField(node, "keywords").map((word) => word.toLowerCase()),
    pattern,
    group,
    entropy: numberField(node, "entropy", 8) ?? 0,
    looksAt: (path) =>
      (included.length === 0 || included.some((fits) => fits(path))) && !excluded.some((fits) => fits(path)),
    allow: itemsOf(child(node, "allow")).map((item) => allowOf(item)),
  };
}

function patternOf(node: Node): { readonly pattern: LazyPattern; readonly group: number | undefined } {
  const pattern = patternField(node, "pattern");
  const shape = child(node, "shape");
  if ((pattern === undefined) === (shape === undefined)) {
    throw new RuleMistake(node.at, "a rule needs either a pattern or a shape");
  }
  if (pattern === undefined) return { pattern: shapePattern(shape!), group: 1 };
  const named = textField(node, "group");
  const { names, groups } = pattern.program;
  if (named === undefined) return { pattern, group: numberOf(names, "secret") };
  const group = /^\d+$/.test(named) ? Number(named) : numberOf(names, named);
  if (group === undefined || group > groups) {
    throw new RuleMistake(child(node, "group")?.at ?? node.at, `the pattern has no group ${named}`);
  }
  return { pattern, group };
}

function numberOf(names: ReadonlyMap<number, string>, name: string): number | undefined {
  return [...names].find(([, each]) => each === name)?.[0];
}

/** A prefix and so many characters of an alphabet, with no character of the alphabet behind them. */
function shapePattern(node: Node): LazyPattern {
  refuseStrangeKeys(node, shapeKeys, "shape");
  const alphabet = textField(node, "alphabet") ?? "base62";
  if (!isAlphabet(alphabet))
    throw new RuleMistake(child(node, "alphabet")?.at ?? node.at, `there is no alphabet ${alphabet}`);
  const letters = classOf(alphabet);
  const prefix = textField(node, "prefix") ?? "";
  const length = textsField(node, "length").map(Number);
  const [least = 0, most = least] = length;
  if (length.length < 1 || length.length > 2 || !(least >= 1 && most >= least && most <= 1000)) {
    throw new RuleMistake(child(node, "length")?.at ?? node.at, "length must be a number, or two, from 1 to 1000");
  }
  const body = `${prefix.replaceAll(/[^A-Za-z0-9_]/g, "\\$&")}${letters}{${least},${most}}`;
  return patternIn(`(?:^|[^A-Za-z0-9_])(${body})(?:$|${letters.replace("[", "[^")})`, node.at, "shape");
}

function classOf(alphabet: AlphabetName): string {
  return `[${alphabetCharacters(alphabet).replaceAll(/[^A-Za-z0-9]/g, "\\$&")}]`;
}

function contextOf(node: Node | undefined): Pick<Parameters<typeof secretRuleOf>[0], "context"> {
  if (node === undefined) return {};
  refuseStrangeKeys(node, contextKeys, "context");
  const words = textsField(node, "words").map((word) => word.toLowerCase());
  if (words.length === 0) throw new RuleMistake(node.at, "context needs words");
  const within = numberField(node, "within", 1000) ?? 96;
  const required = child(node, "required") === undefined || flagField(node, "required");
  return { context: { words, before: within, after: within, required } };
}

/** Stars also stand for names that begin with a dot: secrets like to live in such files. */
function globsField(node: Node, key: string): readonly ((path: string) => boolean)[] {
  return textsField(node, key).map((glob) => pathGlob(glob, { hidden: true }));
}

function allowOf(node: Node): Allowlist {
  refuseStrangeKeys(node, allowKeys, "an allow entry");
  const reason = textField(node, "reason");
  if (reason === undefined) throw new RuleMistake(node.at, "an allow entry needs a reason");
  const list = {
    reason,
    at: spanOf(node.at),
    paths: globsField(node, "paths"),
    patterns: patternsField(node, "patterns"),
    target: choiceField(node, "target", ["secret", "match", "line"], "secret"),
    words: textsField(node, "words").map((word) => word.toLowerCase()),
    every: flagField(node, "every"),
  };
  if (list.paths.length + list.patterns.length + list.words.length === 0) {
    throw new RuleMistake(node.at, "an allow entry needs paths, patterns or words");
  }
  return list;
}
