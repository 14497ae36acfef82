/** Rules on settings with how they are answered in an organization. */
import { type PostureRuleWords, postureRule, postureRuleWords } from "#flows/posture/rule-words.ts";
import { severities } from "#model/severity.ts";
import type { ResultCount } from "#store/posture/list-posture-results.ts";
import { wordsOf } from "../rules/words-of.ts";
import type { PostureRuleRow } from "./contract.ts";
import { countedOf } from "./row-of.ts";

/** Those with the worst failures first, then those that nobody could evaluate, then by title. */
export function ruleRows(counts: readonly ResultCount[], onlyAnswered = false): PostureRuleRow[] {
  const byRule = Map.groupBy(counts, ({ rule }) => rule as string);
  return postureRuleWords()
    .filter(({ id }) => !onlyAnswered || byRule.has(id))
    .map((rule) => rowOf(rule, byRule.get(rule.id) ?? []))
    .sort(byWorst);
}

/** Rules that people mean by a part of their title, or of an id that another tool gives them. */
export function rulesNamed(search: string | undefined): readonly string[] {
  const text = search?.toLowerCase();
  if (!text) return [];
  const fits = (words: string) => words.toLowerCase().includes(text);
  return postureRuleWords()
    .filter(({ title, aliases }) => fits(title) || aliases.some(fits))
    .map(({ id }) => id);
}

/** By its id, or an id that another tool gives it. */
export function ruleRow(name: string, counts: readonly ResultCount[]): PostureRuleRow | undefined {
  const rule = postureRule(name) ?? postureRuleWords().find(({ aliases }) => aliases.includes(name));
  return (
    rule &&
    rowOf(
      rule,
      counts.filter((one) => one.rule === rule.id),
    )
  );
}

function rowOf(rule: PostureRuleWords, counts: readonly ResultCount[]): PostureRuleRow {
  const { category, risks, abuse, needs } = rule;
  return { ...wordsOf(rule), category, risks: [...risks], abuse, needs: [...needs], ...countedOf(counts) };
}

function byWorst(a: PostureRuleRow, b: PostureRuleRow): number {
  for (const severity of severities) {
    const more = b.failures[severity] - a.failures[severity];
    if (more !== 0) return more;
  }
  return b.notEvaluated - a.notEvaluated || a.title.localeCompare(b.title, "en");
}
