/** What the form can ask of a finding: each condition with its name, its values and what it begins as. */
import type { PolicyBody } from "#api/policies/contract.ts";
import { scannerWords, severityWords } from "../../search-filters.ts";
import { severityLabels } from "../../ui/severity.tsx";
import { licenseCategoryLabels, scannerLabels } from "../../ui/words.ts";

export type Conditions = PolicyBody["when"][number];
export type ConditionName = keyof Conditions;

interface Choice {
  readonly value: string;
  readonly label: string;
}

type ConditionKind =
  | { readonly is: "some"; readonly choices: readonly Choice[] }
  | { readonly is: "one"; readonly choices: readonly Choice[]; readonly begins: string }
  | { readonly is: "flag"; readonly yes: string; readonly no: string }
  | {
      readonly is: "number";
      readonly most: number;
      readonly step: number;
      readonly begins: number;
      readonly suffix?: string;
    }
  | { readonly is: "globs"; readonly like: string };

export interface Condition {
  readonly name: ConditionName;
  readonly label: string;
  readonly kind: ConditionKind;
}

export const conditions: readonly Condition[] = [
  one("novelty", "New or old", { new: "New: the change brought it", backlog: "There from before" }),
  one("severity", "Severity", mildest()),
  some("scanner", "Category", Object.fromEntries(scannerWords.map((word) => [word, scannerLabels[word]]))),
  globs("rule", "Rule", "iac/azure-*, CKV_AZURE_3, CVE-2021-44228"),
  globs("path", "Path", "src/**, !src/test/**"),
  { name: "urgency", label: "Urgency at least", kind: { is: "number", most: 100, step: 5, begins: 80 } },
  { name: "age", label: "First seen before", kind: { is: "number", most: 3650, step: 1, begins: 30, suffix: " days" } },
  flag("fixAvailable", "Fix", "Known how to fix", "No fix known"),
  some("branch", "Branch", {
    default: "Default branch",
    protected: "Protected by a gate",
    release: "Release branch",
    other: "Any other",
  }),
  some("live", "Secret is", { live: "Live", "not-live": "Not live", unknown: "Unknown", "not-asked": "Not checked" }),
  flag("inHead", "Secret stands", "In the newest commit", "In a branch or the history"),
  globs("package", "Package", "@contoso/*"),
  one("relation", "Dependency", { direct: "Direct", transitive: "Transitive" }),
  flag("development", "Needed for", "Development only", "Not for development only"),
  flag("knownExploited", "Exploited", "Known to be exploited", "Not known to be exploited"),
  {
    name: "exploitLikelihood",
    label: "EPSS at least",
    kind: { is: "number", most: 1, step: 0.05, begins: 0.5 },
  },
  some("reachability", "Package is", {
    imported: "Imported",
    "imported-by-tests": "Imported by tests",
    "not-imported": "Not imported",
    unknown: "Not known",
  }),
  some("licenseCategory", "Licence is", licenseCategoryLabels),
  globs("repository", "Repository", "shop/payments-*"),
  globs("project", "Project", "shop"),
  globs("tag", "Tag", "pci"),
];

/** What a condition holds when it is added. */
export function beginningOf({ kind }: Condition): unknown {
  switch (kind.is) {
    case "some":
    case "globs":
      return [];
    case "one":
    case "number":
      return kind.begins;
    case "flag":
      return true;
  }
}

function choicesOf(words: Readonly<Record<string, string>>): Choice[] {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}

function one(name: ConditionName, label: string, words: Readonly<Record<string, string>>): Condition {
  const choices = choicesOf(words);
  return { name, label, kind: { is: "one", choices, begins: choices[0]?.value ?? "" } };
}

function some(name: ConditionName, label: string, words: Readonly<Record<string, string>>): Condition {
  return { name, label, kind: { is: "some", choices: choicesOf(words) } };
}

function flag(name: ConditionName, label: string, yes: string, no: string): Condition {
  return { name, label, kind: { is: "flag", yes, no } };
}

function globs(name: ConditionName, label: string, like: string): Condition {
  return { name, label, kind: { is: "globs", like } };
}

function mildest(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    severityWords.map((word) => [word, word === "critical" ? "Critical" : `${severityLabels[word]} or worse`]),
  );
}
