/** What people decided about known vulnerabilities, and what that says of the parts of a bill of materials. */
import type { Justification } from "#model/exception.ts";
import type { Finding } from "#model/finding.ts";
import type { DismissReason } from "#model/issue.ts";
import type { AdvisoryReference, PackageReference } from "#model/package-finding.ts";

export interface VulnerabilityStatement {
  readonly finding: Finding;
  readonly decision: TriageDecision;
}

export type TriageDecision =
  | { readonly is: "open" }
  | { readonly is: "fixed"; readonly at?: string }
  | {
      readonly is: "dismissed";
      readonly reason: DismissReason;
      /** Why the product is not affected, if that is what was decided. */
      readonly justification?: Justification;
      readonly comment?: string;
      /** ISO times. */
      readonly at?: string;
      readonly until?: string;
    };

interface PartStatement<Part> extends VulnerabilityStatement {
  readonly advisory: AdvisoryReference;
  readonly known: PackageReference;
  /** At least one. */
  readonly parts: readonly Part[];
}

/**
 * Each statement with the parts that it decides. A part may stand in several files, each judged for itself, and documents have
 * one word for all of them: it is "not affected" only if nothing worse is said of it. `today`: ISO time; dismissals that ended
 * before it are none. `partsOf` gives the parts of a package by names of which each stands for one.
 */
export function ofEachPart<Part>(
  statements: readonly VulnerabilityStatement[],
  today: string,
  partsOf: (known: PackageReference) => readonly (readonly [name: string, part: Part])[],
): readonly PartStatement<Part>[] {
  const all = statements.flatMap(({ finding, decision }) => {
    const { advisory, package: known } = finding;
    if (!advisory || !known) return [];
    return [{ finding, advisory, known, decision: decisionAt(today, decision), named: partsOf(known) }];
  });
  const worst = new Map<string, number>();
  for (const { advisory, decision, named } of all) {
    for (const [name] of named) {
      const key = `${advisory.id} ${name}`;
      worst.set(key, Math.max(worst.get(key) ?? 0, weightOf(decision)));
    }
  }
  return all.flatMap(({ named, ...one }) => {
    const decides = ([name]: readonly [string, Part]) =>
      weightOf(one.decision) === worst.get(`${one.advisory.id} ${name}`);
    const parts = named.filter(decides).map(([, part]) => part);
    return parts.length > 0 ? [{ ...one, parts }] : [];
  });
}

function decisionAt(today: string, decision: TriageDecision): TriageDecision {
  const until = decision.is === "dismissed" ? decision.until : undefined;
  return until !== undefined && Date.parse(until) < Date.parse(today) ? { is: "open" } : decision;
}

/** The more, the worse. Fixed says the least: of a version that is there no more. */
function weightOf(decision: TriageDecision): number {
  if (decision.is === "open") return 3;
  if (decision.is === "fixed") return 0;
  return decision.justification === undefined && staying.has(decision.reason) ? 2 : 1;
}

/** Of these a vulnerability is no less one. */
const staying: ReadonlySet<DismissReason> = new Set(["rotated", "accepted-risk", "will-fix-later"]);
