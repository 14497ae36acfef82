/**
 * Reads a configuration of gitleaks as its user wrote it: rules and allowlists. Rules that it extends by name are this
 * product's own; what it asks for and cannot have here is said.
 */
import { child, itemsOf, type Node } from "../../formats/node.ts";
import { foundIn } from "../../formats/patterns/search-pattern.ts";
import { spanOf } from "../../formats/text-file.ts";
import { readToml } from "../../formats/toml/read-toml.ts";
import type { Allowlist } from "./allowlist.ts";
import { attempt, type Report } from "./read-yaml-rules.ts";
import {
  choiceField,
  numberField,
  patternField,
  patternsField,
  RuleMistake,
  textField,
  textsField,
} from "./rule-fields.ts";
import { secretRuleOf } from "./rule-words.ts";
import type { LazyPattern, RuleFile, UserRule, UserRules } from "./user-rule.ts";

interface TargetedAllowlist {
  readonly node: Node;
  readonly list: Allowlist;
  /** Ids of the rules that it speaks about; empty: all. */
  readonly rules: readonly string[];
}

export function readGitleaksRules(file: RuleFile, report: Report): UserRules {
  const { node, problems } = readToml(file);
  for (const { place, message } of problems) report(new RuleMistake(place, message));
  sayExtension(node, report);
  const lists: TargetedAllowlist[] = [];
  for (const item of allowlistsIn(node)) {
    attempt(report, () => {
      const list = allowOf(item, report);
      if (list !== undefined) lists.push({ node: item, list, rules: textsField(item, "targetRules") });
    });
  }
  const rules: UserRule[] = [];
  for (const item of itemsOf(child(node, "rules"))) {
    attempt(report, () => {
      const rule = ruleOf(item, file.path, report);
      const id = rule.rule.aliases[0] ?? "";
      const aimed = lists.filter(({ rules: ids }) => ids.includes(id)).map(({ list }) => list);
      rules.push({ ...rule, allow: [...rule.allow, ...aimed] });
    });
  }
  const known = new Set(rules.map(({ rule }) => rule.aliases[0]));
  for (const { node: written, rules: ids } of lists) {
    if (ids.length === 0 || ids.some((id) => known.has(id))) continue;
    const message = `no rule of this file is named ${ids.join(", ")}, so its allowlist has no effect`;
    report(new RuleMistake(written.at, message));
  }
  return { rules, allow: lists.filter(({ rules: ids }) => ids.length === 0).map(({ list }) => list) };
}

function sayExtension(node: Node, report: Report): void {
  const extend = child(node, "extend");
  if (extend === undefined) return;
  const path = child(extend, "path") ?? child(extend, "url");
  if (path)
    report(new RuleMistake(path.at, "extend by path or url is not followed; name that file among the rules, too"));
  const disabled = child(extend, "disabledRules");
  if (disabled) {
    report(
      new RuleMistake(
        disabled.at,
        "extend.disabledRules is not followed; allow the rule in .sallyport.yml with a reason",
      ),
    );
  }
}

/** Both ways of writing: one table of the older format, or a list. */
function allowlistsIn(node: Node): readonly Node[] {
  return [...itemsOf(child(node, "allowlist")), ...itemsOf(child(node, "allowlists"))];
}

function ruleOf(node: Node, file: string, report: Report): UserRule {
  const id = textField(node, "id");
  if (id === undefined) throw new RuleMistake(node.at, "a rule needs an id");
  const pattern = patternField(node, "regex");
  if (pattern === undefined) {
    throw new RuleMistake(node.at, `rule ${id} has no regex: rules about paths alone are not supported`);
  }
  for (const key of ["required", "skipReport", "validate"]) {
    const at = child(node, key)?.at;
    if (at) report(new RuleMistake(at, `rule ${id}: ${key} is not supported and has no effect`));
  }
  const group = numberField(node, "secretGroup", 100);
  if (group !== undefined && group > pattern.program.groups) {
    throw new RuleMistake(child(node, "secretGroup")?.at ?? node.at, `rule ${id}: the regex has no group ${group}`);
  }
  const path = patternField(node, "path");
  return {
    rule: secretRuleOf({ id, title: textField(node, "description"), severity: "high" }, file),
    file,
    keywords: textsField(node, "keywords").map((word) => word.toLowerCase()),
    pattern,
    group: group === 0 ? undefined : group,
    entropy: numberField(node, "entropy", 8) ?? 0,
    looksAt: path === undefined ? () => true : fitsPath(path),
    allow: allowlistsIn(node).flatMap((item) => allowOf(item, report) ?? []),
  };
}

/** A path is short: its budget is never used up by an honest pattern. All findings of a file ask about the same. */
function fitsPath(pattern: LazyPattern): (path: string) => boolean {
  let last: { readonly path: string; readonly fits: boolean } | undefined;
  return (path) => {
    if (last?.path !== path) last = { path, fits: foundIn(pattern.ready(), path.slice(0, 4000), { left: 1_000_000 }) };
    return last.fits;
  };
}

/** Undefined where a commit must fit, too: without it the list would allow more than it says. */
function allowOf(node: Node, report: Report): Allowlist | undefined {
  const commits = child(node, "commits");
  if (commits)
    report(new RuleMistake(commits.at, "allowlists by commit are not supported; import them into a baseline"));
  const every = ["and", "&&"].includes(choiceField(node, "condition", ["or", "and", "||", "&&"], "or"));
  if (commits && every) return undefined;
  return {
    reason: textField(node, "description") ?? "",
    at: spanOf(node.at),
    paths: patternsField(node, "paths").map(fitsPath),
    patterns: patternsField(node, "regexes"),
    target: choiceField(node, "regexTarget", ["secret", "match", "line"], "secret"),
    words: textsField(node, "stopwords").map((word) => word.toLowerCase()),
    every,
  };
}
