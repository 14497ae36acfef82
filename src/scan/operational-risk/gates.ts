/** What makes the risk of a package high at once, whatever else is known. Each gate is a finding of its own. */
import type { PackageFacts, VersionFacts } from "#model/package-facts.ts";
import type { RuleId } from "#model/rule.ts";
import { foreignWords } from "./foreign-words.ts";
import { archivedProject, deprecatedPackage, withdrawnVersion } from "./rules.ts";

export interface Gate {
  readonly rule: RuleId;
  readonly name: "deprecated" | "withdrawn" | "archived";
  /** After the package's name: "is deprecated: use y". */
  readonly datum: string;
}

export function gatesOf(facts: PackageFacts, version: VersionFacts | undefined): readonly Gate[] {
  const gates: Gate[] = [];
  const { abandoned, isArchived } = facts;
  if (abandoned) {
    const instead =
      abandoned.replacement === undefined ? "" : `; its authors name ${foreignWords(abandoned.replacement)}`;
    gates.push({ ...deprecated, datum: `is deprecated${reasonOf(abandoned.reason)}${instead}` });
  } else if (version?.deprecated !== undefined) {
    gates.push({ ...deprecated, datum: `is deprecated${reasonOf(version.deprecated)}` });
  }
  if (version?.withdrawn !== undefined) {
    const datum = `was withdrawn from its registry${reasonOf(version.withdrawn)}`;
    gates.push({ rule: withdrawnVersion, name: "withdrawn", datum });
  }
  if (isArchived) {
    gates.push({
      rule: archivedProject,
      name: "archived",
      datum: "belongs to an archived project: nobody maintains it",
    });
  }
  return gates;
}

const deprecated = { rule: deprecatedPackage, name: "deprecated" } as const;

function reasonOf(text: string): string {
  const reason = foreignWords(text);
  return reason === "" ? "" : `: ${reason}`;
}
