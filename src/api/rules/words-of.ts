import type { Rule } from "#model/rule.ts";
import type { ScannerName } from "#model/scanner-name.ts";
import type { RuleSettingRow } from "#store/issues/rule-settings.ts";
import { toTime } from "../shapes/time.ts";
import type { RuleDetail, RuleWords } from "./contract.ts";

/** A rule as people read it, without its condition. */
export function wordsOf(rule: Rule): RuleWords {
  const { id, title, severity, why, fix, links, aliases, frameworks = [], resourceTypes = [], serves } = rule;
  return {
    ...{ id, scanner: scannerOf(id), title, severity, why, fix },
    links: [...links],
    aliases: [...aliases],
    provider: rule.provider ?? null,
    looksLike: rule.looksLike ?? null,
    frameworks: [...frameworks],
    resourceTypes: [...resourceTypes],
    controls: serves
      ? {
          title: serves.title,
          cis: [...serves.cis],
          nist: [...serves.nist],
          pci: [...serves.pci],
          mcsb: [...serves.mcsb],
        }
      : null,
  };
}

export function detailOf(rule: Rule, settings: readonly RuleSettingRow[]): RuleDetail {
  const own = settings.filter(({ ruleId }) => ruleId === rule.id);
  return {
    ...wordsOf(rule),
    settings: own.map(({ instanceId, enabled, severity, changedBy, changedAt }) => {
      return { instanceId, enabled, severity: severity ?? null, changedBy, changedAt: toTime(changedAt) };
    }),
  };
}

/** A rule's id begins with the name of its scanner. */
export function scannerOf(rule: string): ScannerName {
  return rule.slice(0, rule.indexOf("/")) as ScannerName;
}
