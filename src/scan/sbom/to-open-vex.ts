/**
 * What was decided about known vulnerabilities as an OpenVEX 0.2.0 document, for programs that filter their findings by it.
 * Only a person's word makes a product "not affected", and what was decided until a day is open after it.
 */
import type { Justification } from "#model/exception.ts";
import type { Finding } from "#model/finding.ts";
import type { AdvisoryReference, PackageReference } from "#model/package-finding.ts";
import { contentUuid, noUuid } from "./content-uuid.ts";
import { inOrder, plainText, shortText } from "./plain-text.ts";
import { type SbomSubject, timeText, toolName } from "./sbom-subject.ts";
import { ofEachPart, type TriageDecision, type VulnerabilityStatement } from "./triage-decision.ts";

/** In the words of OpenVEX, which has fewer. */
const justificationWords: Readonly<Record<Justification, string>> = {
  code_not_present: "vulnerable_code_not_present",
  code_not_reachable: "vulnerable_code_not_in_execute_path",
  requires_configuration: "vulnerable_code_cannot_be_controlled_by_adversary",
  requires_dependency: "component_not_present",
  requires_environment: "vulnerable_code_cannot_be_controlled_by_adversary",
  protected_by_compiler: "inline_mitigations_already_exist",
  protected_at_runtime: "inline_mitigations_already_exist",
  protected_at_perimeter: "inline_mitigations_already_exist",
  protected_by_mitigating_control: "inline_mitigations_already_exist",
};

/** The subject's time is when it is said: of two documents programs believe the newer. */
export function toOpenVex(subject: SbomSubject, statements: readonly VulnerabilityStatement[]): string {
  const product = productOf(subject);
  const grouped = new Map<string, { readonly about: object; readonly parts: Set<string> }>();
  const purls = ({ purl }: PackageReference) => [[purl, plainText(purl)] as const];
  for (const statement of ofEachPart(statements, subject.time, purls)) {
    const about = aboutOf(statement.advisory, statement.finding, statement.decision);
    const key = JSON.stringify(about);
    const group = grouped.get(key) ?? { about, parts: new Set<string>() };
    for (const part of statement.parts) group.parts.add(part);
    grouped.set(key, group);
  }
  const document = {
    "@context": "https://openvex.dev/ns/v0.2.0",
    "@id": `urn:uuid:${noUuid}`,
    author: toolName,
    role: "Document Creator",
    timestamp: timeText(subject.time),
    version: 1,
    statements: [...grouped]
      .sort(([a], [b]) => inOrder(a, b))
      .map(([, { about, parts }]) => ({
        ...about,
        products: [{ "@id": product, subcomponents: [...parts].sort(inOrder).map((purl) => ({ "@id": purl })) }],
      })),
  };
  const text = `${JSON.stringify(document, undefined, 1)}\n`;
  return text.replace(noUuid, contentUuid(text));
}

function productOf({ name, version }: SbomSubject): string {
  const encoded = encodeURIComponent(name.toWellFormed());
  return `pkg:generic/${encoded}${version === undefined ? "" : `@${encodeURIComponent(version.toWellFormed())}`}`;
}

function aboutOf(advisory: AdvisoryReference, { upgrade }: Finding, decision: TriageDecision): object {
  const vulnerability = {
    name: plainText(advisory.id),
    ...(advisory.aliases.length > 0 && { aliases: advisory.aliases.toSorted(inOrder).map(plainText) }),
  };
  const at = "at" in decision && decision.at !== undefined ? { timestamp: timeText(decision.at) } : {};
  const step = upgrade ? `Raise ${upgrade.name} to ${upgrade.to}.` : "No step is known that ends it.";
  return { vulnerability, ...at, ...statusOf(decision, step) };
}

function statusOf(decision: TriageDecision, step: string): object {
  if (decision.is === "open") return { status: "under_investigation" };
  if (decision.is === "fixed") return { status: "fixed" };
  const { reason, comment = "", justification } = decision;
  const said = shortText(plainText(comment), 4000);
  const impact = said === "" ? {} : { impact_statement: said };
  if (justification !== undefined) {
    return { status: "not_affected", justification: justificationWords[justification], ...impact };
  }
  switch (reason) {
    case "false-positive":
      return { status: "not_affected", impact_statement: said === "" ? "Judged to be a false positive." : said };
    case "used-in-tests":
      return { status: "not_affected", justification: "vulnerable_code_not_in_execute_path", ...impact };
    case "rotated":
    case "accepted-risk":
      return {
        status: "affected",
        action_statement: said === "" ? "The risk is accepted." : `The risk is accepted: ${said}`,
      };
    case "will-fix-later":
      return { status: "affected", action_statement: plainText(said === "" ? step : `${step} ${said}`) };
  }
}
