/**
 * What policies say about a scanned folder. There is no history here: what a scan finds is new and seen today, unless it
 * was left out by `--diff` or a baseline; what policies ask and nothing tells is a notice.
 */
import type { Finding } from "#model/finding.ts";
import type { Policy } from "#model/policy.ts";
import type { Problem } from "#model/scan-result.ts";
import type { PolicySubject } from "#model/verdict.ts";
import { decidePolicies } from "#scan/policies/decide-policies.ts";
import { explainVerdict } from "#scan/policies/explain-verdict.ts";
import type { Report } from "#scan/reports/report.ts";
import { readSignals } from "#scan/urgency/read-signals.ts";
import { scoreUrgency } from "#scan/urgency/score-urgency.ts";
import { defaultUrgencySettings } from "#scan/urgency/urgency-settings.ts";
import type { LoadedPolicies } from "../policies/policy-files.ts";
import { type KnownPlace, policyPlace } from "../policies/policy-place.ts";
import type { ScanOptions } from "./scan-options.ts";
import { placeOf } from "./scan-place.ts";

export async function decideScan(
  report: Report,
  path: string,
  options: ScanOptions,
  { policies }: LoadedPolicies,
): Promise<Report> {
  const known = await policyPlace(placeOf(path === "-" || options.stdin ? "." : path).folder, options);
  const now = new Date();
  const verdict = decidePolicies(
    policies,
    known.place,
    report.findings.map((finding) => subjectOf(finding, now)),
    now,
  );
  return {
    ...report,
    problems: [...report.problems, ...noticesOf(policies, known)],
    verdict: { ...verdict, place: known.place, words: explainVerdict(verdict, policies) },
  };
}

function subjectOf(finding: Finding, now: Date): PolicySubject {
  const signals = readSignals({
    finding,
    onlyInHistory: finding.origin?.inHead === false,
    ageDays: 0,
    due: "none",
    production: undefined,
  });
  const { score } = scoreUrgency(signals, defaultUrgencySettings);
  return { finding, urgency: score, novelty: "new", firstSeen: now };
}

/** One for each thing that is not known, with the policies that ask for it. */
function noticesOf(policies: readonly Policy[], { place, missing }: KnownPlace): readonly Problem[] {
  const concerned = policies.filter(({ enabled, triggers }) => enabled && triggers.includes(place.trigger));
  if (concerned.length === 0) return [notice(`No policy is for the trigger ${place.trigger}: nothing can block`)];
  return missing.flatMap((what): readonly Problem[] => {
    const asking = concerned.filter((policy) => asks[what].by(policy)).map(({ id }) => id);
    if (asking.length === 0) return [];
    const names = asking.length > 5 ? [...asking.slice(0, 4), `${asking.length - 4} others`] : asking;
    const { words, option } = asks[what];
    return [notice(`Policies ask for ${words}, which nothing tells here (${option}): ${names.join(", ")}`)];
  });
}

function notice(message: string): Problem {
  return { scanner: "scan", code: "not-known", message, isNotice: true };
}

const asks: Readonly<
  Record<KnownPlace["missing"][number], { words: string; option: string; by(policy: Policy): boolean }>
> = {
  repository: {
    words: "the repository or project",
    option: "--repository PROJECT/REPOSITORY",
    by: ({ scope, when }) =>
      scope.repositories.length + scope.projects.length > 0 ||
      when.some(({ repository, project }) => repository ?? project),
  },
  branch: {
    words: "the kind of branch",
    option: "--branch KINDS",
    by: ({ when }) => when.some(({ branch }) => branch),
  },
  tags: {
    words: "the repository's tags",
    option: "--tags TAGS",
    by: ({ scope, when }) => scope.tags.length > 0 || when.some(({ tag }) => tag),
  },
};
