/** What people decide about a rule in one instance, and what that makes of a finding. */
import type { Finding } from "./finding.ts";
import type { Severity } from "./severity.ts";

export interface RuleSetting {
  readonly enabled: boolean;
  /** In place of the severity that the scanner gave. */
  readonly severity?: Severity;
}

/** By the rule's id; a rule that is not there is on, with its own severity. */
export type RuleSettings = ReadonlyMap<string, RuleSetting>;

/** The finding as it counts; undefined if its rule is switched off. */
export function settle(finding: Finding, settings: RuleSettings): Finding | undefined {
  const setting = settings.get(finding.rule);
  if (!setting) return finding;
  if (!setting.enabled) return undefined;
  return setting.severity === undefined ? finding : { ...finding, severity: setting.severity };
}
