/** What a finding says of its advisory: how bad it is, whether it is exploited, in which words. */
import type { Advisory, AdvisoryKnowledge, ExploitLikelihood, KnownExploited } from "#model/advisory.ts";
import type { Ecosystem } from "#model/ecosystem.ts";
import type { AdvisoryReference } from "#model/package-finding.ts";
import type { Severity } from "#model/severity.ts";
import { fixedIn } from "./choose-upgrade.ts";
import { severityOf } from "./severity-of.ts";

interface JudgedSeverity {
  readonly severity: Severity;
  readonly signals: readonly string[];
}

export function severityOfAdvisory({ isMalicious, vectors, severityWord }: Advisory): JudgedSeverity {
  if (isMalicious) return { severity: "critical", signals: [] };
  const severity = severityOf(vectors)?.severity ?? severityWord;
  return severity ? { severity, signals: [] } : { severity: "medium", signals: ["severity not stated"] };
}

export function advisoryReference(
  advisory: Advisory,
  ecosystem: Ecosystem,
  knowledge: AdvisoryKnowledge,
): AdvisoryReference {
  const { id, aliases, published, modified, weaknesses, references, source } = advisory;
  const scored = severityOf(advisory.vectors);
  const likelihood = likelihoodOf(advisory, knowledge);
  const exploited = exploitedOf(advisory, knowledge);
  return {
    ...{ id, aliases, title: titleOf(advisory), weaknesses, references, source },
    ...(published !== undefined && { published }),
    ...(modified !== undefined && { modified }),
    ...(scored && { cvss: { score: scored.score, vector: scored.vector } }),
    ...(likelihood && { likelihood }),
    ...(exploited && { exploited }),
    fixedIn: fixedIn(ecosystem, advisory),
  };
}

/** Of several CVEs the one that is most likely exploited. */
function likelihoodOf(advisory: Advisory, knowledge: AdvisoryKnowledge): ExploitLikelihood | undefined {
  const [most] = cvesOf(advisory)
    .flatMap((cve) => knowledge.exploitLikelihood(cve) ?? [])
    .sort((a, b) => b.probability - a.probability);
  return most;
}

/** Of several CVEs the one that has been exploited for longest. */
function exploitedOf(advisory: Advisory, knowledge: AdvisoryKnowledge): KnownExploited | undefined {
  const [first] = cvesOf(advisory)
    .flatMap((cve) => knowledge.knownExploited(cve) ?? [])
    .sort((a, b) => (a.added < b.added ? -1 : 1));
  return first;
}

function cvesOf({ id, aliases }: Advisory): readonly string[] {
  return [id, ...aliases].filter((one) => one.startsWith("CVE-"));
}

/** The name that most people know it by. */
export function knownAs(advisory: Advisory): string {
  return cvesOf(advisory)[0] ?? advisory.id;
}

const longestTitle = 200;

/** One line without a full stop, to stand within a sentence. */
export function titleOf({ title }: Pick<Advisory, "title">): string {
  const line = title
    .slice(0, 2 * longestTitle)
    .replace(/\s+/g, " ")
    .trim()
    .replace(/\.$/, "");
  return line.length > longestTitle ? `${line.slice(0, longestTitle - 1).trimEnd()}…` : line;
}
