/** What a finding of another scanner carries beside its place: who found it, and what that tool says about its rule. */
import type { Finding } from "./finding.ts";
import type { Rule } from "./rule.ts";

/** What it is about, as far as its tool says. */
export const importedKinds = ["code", "secrets", "packages", "infrastructure", "licenses", "other"] as const;

export type ImportedKind = (typeof importedKinds)[number];

export interface ImportedFrom {
  readonly tool: string;
  readonly version?: string;
  /** Tells several analyses of one tool apart; empty: there is one. */
  readonly category: string;
  readonly kind: ImportedKind;
  /** Of the rule, as the tool calls it. */
  readonly title: string;
  readonly why?: string;
  readonly fix?: string;
  readonly link?: string;
}

/** The words of a rule that no scanner of the house has: undefined for findings of the house. */
export function importedRule(finding: Finding): Rule | undefined {
  const { rule: id, aliases, severity, imported } = finding;
  if (!imported) return undefined;
  const { tool, title, why = `${tool} reports this.`, fix = `See what ${tool} says about it.`, link } = imported;
  return { id, aliases, title, severity, why, fix, links: link === undefined ? [] : [link] };
}
