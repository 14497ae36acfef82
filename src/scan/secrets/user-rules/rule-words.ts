/** The part of a user's rule that people read, and by which its candidates are judged. */
import type { Severity } from "#model/severity.ts";
import type { SecretRule } from "../rule/secret-rule.ts";

export interface RuleWords {
  readonly id: string;
  readonly title?: string | undefined;
  readonly severity: Severity;
  readonly why?: string | undefined;
  readonly fix?: string | undefined;
  readonly links?: readonly string[];
  readonly context?: SecretRule["context"];
}

/** Above every guess and below a checksum that fits. */
const score = 90;

export function secretRuleOf(words: RuleWords, file: string): SecretRule {
  const { id, title, severity, why, fix, links = [], context } = words;
  return {
    id: `secrets/custom-${id.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`,
    aliases: [id],
    title: (title ?? id).replace(/\.$/, ""),
    severity,
    why: why ?? `A rule of your own says that this is a secret: ${file}.`,
    fix:
      fix ??
      "Withdraw the secret where it was issued, keep the new one in a secret store, and read it from there when the program runs.",
    links,
    provider: "custom",
    anchors: [],
    shape: { is: "pattern" },
    ...(context !== undefined && { context }),
    score,
    loose: true,
    examples: { bad: () => [], good: () => [] },
  };
}
