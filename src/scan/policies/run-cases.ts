/** Asks a set of policies about cases, and says of each whether it is as it should be. */
import type { Finding } from "#model/finding.ts";
import type { Policy, PolicyAction } from "#model/policy.ts";
import { policyActions } from "#model/policy.ts";
import type { RuleId } from "#model/rule.ts";
import type { ScannerName } from "#model/scanner-name.ts";
import type { PolicyPlace, PolicySubject, Verdict } from "#model/verdict.ts";
import { decidePrepared } from "./decide-policies.ts";
import type { CaseExpectation, CaseFinding, CasePlace, PolicyCase } from "./policy-case.ts";
import { preparePolicies } from "./prepare-policies.ts";
import { unfinishedVerdict } from "./unfinished-verdict.ts";

export interface CaseResult {
  readonly of: PolicyCase;
  readonly verdict: Verdict;
  /** What is not as expected, each as a sentence; empty: all is. */
  readonly differences: readonly string[];
}

export function runCases(policies: readonly Policy[], cases: readonly PolicyCase[], now: Date): readonly CaseResult[] {
  const prepared = preparePolicies(policies);
  const known = new Set(policies.map(({ id }) => id));
  return cases.map((of) => {
    const place = placeOf(of.place);
    const verdict =
      of.unfinishedFor === undefined
        ? decidePrepared(
            prepared,
            place,
            of.findings.map((finding, at) => subjectOf(finding, at, now)),
            now,
          )
        : settled(unfinishedVerdict(policies, place, of.unfinishedFor));
    return { of, verdict, differences: differencesOf(of.expect, verdict, known) };
  });
}

/** Before its time is over, a scan that did not end keeps nobody from waiting for it. */
function settled(answer: ReturnType<typeof unfinishedVerdict>): Verdict {
  return answer.is === "decided" ? answer.verdict : { outcome: "passed", decidedBy: [], matches: [] };
}

function differencesOf(expect: CaseExpectation, verdict: Verdict, known: ReadonlySet<string>): readonly string[] {
  const { outcome, actions, by = [] } = expect;
  const asked = actionsOf(verdict);
  const wanted = actions && policyActions.filter((action) => actions.includes(action));
  const decided = decidersOf(verdict);
  const absent = by.filter((id) => !decided.includes(id));
  const unknown = absent.filter((id) => !known.has(id));
  return [
    ...(outcome === verdict.outcome ? [] : [`${outcome} was expected, but it is ${verdict.outcome}${byWhom(decided)}`]),
    ...(wanted === undefined || wanted.join() === asked.join()
      ? []
      : [`${wanted.join(", ")} was expected to follow, but it is ${asked.join(", ") || "nothing"}`]),
    ...absent
      .filter((id) => known.has(id))
      .map((id) => `${id} was expected to decide, but ${decided.join(", ") || "nothing"} did`),
    ...unknown.map((id) => `${id} was expected to decide, but there is no such policy`),
  ];
}

function byWhom(decided: readonly string[]): string {
  return decided.length === 0 ? "" : ` (${decided.join(", ")})`;
}

function actionsOf({ matches }: Verdict): readonly PolicyAction[] {
  const asked = new Set(matches.flatMap((match) => match.actions.map(({ action }) => action)));
  return policyActions.filter((action) => asked.has(action));
}

/** Where nothing blocks: those that ask for what follows. */
export function decidersOf({ decidedBy, matches }: Verdict): readonly string[] {
  if (decidedBy.length > 0) return decidedBy;
  return [...new Set(matches.flatMap((match) => match.actions.map(({ policy }) => policy)))];
}

function placeOf({
  repository = "project/repository",
  tags = [],
  branch = ["default"],
  trigger,
}: CasePlace): PolicyPlace {
  const slash = repository.indexOf("/");
  return {
    repository,
    project: repository.slice(0, Math.max(0, slash)),
    tags,
    branch,
    trigger: trigger ?? "pull-request",
  };
}

function subjectOf(given: CaseFinding, index: number, now: Date): PolicySubject {
  const { age = 0, novelty = "new", urgency } = given;
  return {
    finding: findingOf(given, index),
    novelty,
    firstSeen: new Date(now.getTime() - age * 86_400_000),
    ...(urgency !== undefined && { urgency }),
  };
}

function findingOf(given: CaseFinding, index: number): Finding {
  const { severity = "high", path = "file", live, inHead, licenseCategory, reachability } = given;
  const asOf = "";
  return {
    rule: ruleOf(given),
    aliases: given.rule === undefined ? [] : [given.rule],
    severity,
    message: "",
    at: { path, startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
    fingerprint: String(index),
    ...(live !== undefined && live !== "not-asked" && { live: { verdict: live, reason: "", at: asOf } }),
    ...(inHead !== undefined && { origin: { commit: "", author: "", at: asOf, inHead, branches: [] } }),
    ...(given.fixAvailable && { fix: { title: "", safe: true, edits: [] } }),
    ...(reachability !== undefined && { reachability: { is: reachability } }),
    ...(licenseCategory !== undefined && { license: { from: "manifest", category: licenseCategory, rule: "" } }),
    ...packageOf(given),
    ...advisoryOf(given),
  };
}

const scannersOfPackages = ["vulnerabilities", "licenses", "operational-risk"];

function packageOf(given: CaseFinding): Pick<Finding, "package"> {
  const { package: name = "package", relation = "direct", development = false, path = "file" } = given;
  if (!scannersOfPackages.includes(scannerOf(given))) return {};
  const ecosystem = "npm";
  return { package: { ecosystem, purl: "", name, manifest: path, relation, isDevelopment: development } };
}

function advisoryOf({ knownExploited, exploitLikelihood: probability }: CaseFinding): Pick<Finding, "advisory"> {
  if (!knownExploited && probability === undefined) return {};
  return {
    advisory: {
      ...{ id: "", aliases: [], title: "", weaknesses: [], references: [], fixedIn: [], source: "" },
      ...(knownExploited && { exploited: { added: "", inRansomware: false } }),
      ...(probability !== undefined && { likelihood: { probability, percentile: probability, asOf: "" } }),
    },
  };
}

/** A rule may be named by its alias in another tool; then its scanner must be said, or is told by the rest. */
function ruleOf(given: CaseFinding): RuleId {
  const scanner = scannerOf(given);
  if (given.rule?.startsWith(`${scanner}/`)) return given.rule as RuleId;
  return `${scanner}/${given.rule ?? "rule"}`;
}

function scannerOf({ scanner, rule, ...rest }: CaseFinding): ScannerName {
  const named = /^(secrets|iac|vulnerabilities|licenses|operational-risk|cicd)\//.exec(rule ?? "")?.[1];
  if (scanner !== undefined) return scanner;
  if (named !== undefined) return named as ScannerName;
  if (rest.live !== undefined || rest.inHead !== undefined) return "secrets";
  if (rest.licenseCategory !== undefined) return "licenses";
  const isOfPackage = [rest.package, rest.relation, rest.development, rest.knownExploited, rest.reachability];
  if (isOfPackage.some((part) => part !== undefined) || rest.exploitLikelihood !== undefined) return "vulnerabilities";
  return "iac";
}
