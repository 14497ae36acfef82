import type { Rule } from "#model/rule.ts";
import type { ScannerName } from "#model/scanner-name.ts";
import type { RuleWords } from "./contract.ts";

/** A rule as people read it, without its condition. */
export function wordsOf({ id, title, severity, why, fix, links, aliases }: Rule): RuleWords {
  return { id, scanner: scannerOf(id), title, severity, why, fix, links: [...links], aliases: [...aliases] };
}

/** A rule's id begins with the name of its scanner. */
export function scannerOf(rule: string): ScannerName {
  return rule.slice(0, rule.indexOf("/")) as ScannerName;
}
