/** Policies made ready to be asked often: what their conditions need is compiled once. Knows nothing of what follows. */
import type { FindingConditions, PlaceConditions, Policy, PolicyConditions } from "#model/policy.ts";
import type { ScannerName } from "#model/scanner-name.ts";
import { isAtLeast } from "#model/severity.ts";
import { isSpan } from "#model/span.ts";
import type { PolicyPlace, PolicySubject } from "#model/verdict.ts";
import { createNameBook, type Name, type NameBook } from "./name-book.ts";

export interface PreparedPolicies {
  readonly policies: readonly PreparedPolicy[];
  factsOf(subject: PolicySubject, now: Date): SubjectFacts;
}

export interface PreparedPolicy {
  readonly policy: Policy;
  /** Enabled, of this trigger, and its scope holds. */
  appliesAt(place: PolicyPlace): boolean;
  /** Empty: every finding. */
  readonly groups: readonly PreparedGroup[];
}

/** Conditions of which all must hold. */
export interface PreparedGroup {
  readonly scanners?: readonly ScannerName[];
  holdsAt(place: PolicyPlace): boolean;
  holdsFor(facts: SubjectFacts): boolean;
}

/** A subject with what conditions ask more than once. */
export interface SubjectFacts {
  readonly subject: PolicySubject;
  readonly scanner: ScannerName;
  readonly ruleNames: readonly Name[];
  readonly paths: readonly Name[];
  readonly packageNames: readonly Name[];
  readonly ageInDays: number;
}

const dayInMilliseconds = 86_400_000;

export function preparePolicies(policies: readonly Policy[]): PreparedPolicies {
  const names = createNameBook();
  return {
    policies: policies.filter(({ enabled }) => enabled).map((policy) => preparePolicy(policy, names)),
    factsOf: (subject, now) => factsOf(subject, now, names),
  };
}

function preparePolicy(policy: Policy, names: NameBook): PreparedPolicy {
  const { scope, triggers } = policy;
  const inScope = allOf(placeTests(names), {
    ...(scope.repositories.length > 0 && { repository: scope.repositories }),
    ...(scope.projects.length > 0 && { project: scope.projects }),
    ...(scope.tags.length > 0 && { tag: scope.tags }),
  });
  return {
    policy,
    appliesAt: (place) => triggers.includes(place.trigger) && inScope(place),
    groups: policy.when.map((conditions) => prepareGroup(conditions, names)),
  };
}

function prepareGroup(conditions: PolicyConditions, names: NameBook): PreparedGroup {
  return {
    ...(conditions.scanner && { scanners: conditions.scanner }),
    holdsAt: allOf(placeTests(names), conditions),
    holdsFor: allOf(findingTests(names), conditions),
  };
}

function factsOf(subject: PolicySubject, now: Date, names: NameBook): SubjectFacts {
  const { finding, firstSeen } = subject;
  const { rule, aliases, advisory, at } = finding;
  const scanner = rule.slice(0, rule.indexOf("/")) as ScannerName;
  const named = (texts: readonly string[]) => texts.map((text) => names.name(text));
  const advisories = advisory ? [advisory.id, ...advisory.aliases] : [];
  return {
    subject,
    scanner,
    ruleNames: named([rule, rule.slice(scanner.length + 1), ...aliases, ...advisories]),
    paths: named([...(isSpan(at) ? [at.path] : []), ...(finding.package ? [finding.package.manifest] : [])]),
    packageNames: named(finding.package ? [finding.package.name] : []),
    ageInDays: (now.getTime() - firstSeen.getTime()) / dayInMilliseconds,
  };
}

type Tests<Conditions, About> = {
  readonly [Name in keyof Conditions]-?: (wanted: NonNullable<Conditions[Name]>) => (about: About) => boolean;
};

function allOf<Conditions extends object, About>(
  tests: Tests<Conditions, About>,
  conditions: Conditions,
): (about: About) => boolean {
  const given = (Object.keys(tests) as (keyof Conditions)[]).flatMap((name) => {
    const wanted = conditions[name];
    return wanted === undefined || wanted === null ? [] : [tests[name](wanted)];
  });
  return (about) => given.every((holds) => holds(about));
}

const placeTests = (names: NameBook): Tests<PlaceConditions, PolicyPlace> => ({
  branch: (kinds) => (place) => [place.branch].flat().some((kind) => kinds.includes(kind)),
  repository: (globs) => {
    const fits = names.filter(globs);
    return ({ repository }) =>
      fits([names.name(repository), names.name(repository.slice(repository.indexOf("/") + 1))]);
  },
  project: (globs) => {
    const fits = names.filter(globs);
    return ({ project }) => fits([names.name(project)]);
  },
  tag: (globs) => {
    const fits = names.filter(globs);
    return ({ tags }) => fits(tags.map((tag) => names.name(tag)));
  },
});

/** The cheap ones first. */
const findingTests = (names: NameBook): Tests<FindingConditions, SubjectFacts> => ({
  scanner: (scanners) => (facts) => scanners.includes(facts.scanner),
  novelty: (novelty) => (facts) => facts.subject.novelty === novelty,
  severity: (mildest) => (facts) => isAtLeast(facts.subject.finding.severity, mildest),
  urgency: (least) => (facts) => facts.subject.urgency !== undefined && facts.subject.urgency >= least,
  age: (days) => (facts) => facts.ageInDays >= days,
  fixAvailable: (wanted) => (facts) => hasFix(facts.subject.finding) === wanted,
  relation: (relation) => (facts) => facts.subject.finding.package?.relation === relation,
  development: (wanted) => (facts) => (facts.subject.finding.package?.isDevelopment ?? false) === wanted,
  knownExploited: (wanted) => (facts) => (facts.subject.finding.advisory?.exploited !== undefined) === wanted,
  exploitLikelihood: (least) => (facts) => (facts.subject.finding.advisory?.likelihood?.probability ?? -1) >= least,
  reachability: (wanted) => (facts) => {
    const { reachability } = facts.subject.finding;
    return reachability !== undefined && wanted.includes(reachability.is);
  },
  licenseCategory: (categories) => (facts) => categories.includes(facts.subject.finding.license?.category ?? ""),
  live: (verdicts) => (facts) =>
    facts.scanner === "secrets" && verdicts.includes(facts.subject.finding.live?.verdict ?? "not-asked"),
  inHead: (wanted) => (facts) => (facts.subject.finding.origin?.inHead ?? true) === wanted,
  rule: (globs) => {
    const fits = names.filter(globs);
    return (facts) => fits(facts.ruleNames);
  },
  package: (globs) => {
    const fits = names.filter(globs);
    return (facts) => facts.packageNames.length > 0 && fits(facts.packageNames);
  },
  path: (globs) => {
    const fits = names.filter(globs);
    return (facts) => fits(facts.paths);
  },
});

function hasFix({ fix, upgrade, advisory }: PolicySubject["finding"]): boolean {
  return fix !== undefined || upgrade !== undefined || (advisory?.fixedIn.length ?? 0) > 0;
}
