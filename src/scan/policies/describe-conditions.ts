/** The conditions of a policy in words, as people read them beside a verdict. */
import type { Policy, PolicyConditions } from "#model/policy.ts";

/** To be read after "what is": "new, of severity high or worse, in src/**; or found by rule iac/*". */
export function describePolicy({ when }: Pick<Policy, "when">): string {
  return when.length === 0 ? "found, whatever it is" : describeGroups({ when }).join("; or ");
}

/** A text for each group of conditions; none if every finding is meant. */
export function describeGroups({ when }: Pick<Policy, "when">): readonly string[] {
  return when.map((group) => describeConditions(group, words));
}

type Words<Conditions> = {
  readonly [Name in keyof Conditions]-?: (wanted: NonNullable<Conditions[Name]>) => string;
};

/** In the order in which they are read. */
const words: Words<PolicyConditions> = {
  novelty: (novelty) => (novelty === "new" ? "new" : "there from before"),
  scanner: (names) => `found by ${anyOf(names)}`,
  rule: (globs) => `found by rule ${listed(globs)}`,
  severity: (mildest) => (mildest === "critical" ? "of severity critical" : `of severity ${mildest} or worse`),
  urgency: (least) => `of urgency ${least} or more`,
  live: (verdicts) => `a secret that is ${anyOf(verdicts)}`,
  inHead: (wanted) => (wanted ? "still in the newest commit" : "not in the newest commit"),
  knownExploited: (wanted) => (wanted ? "known to be exploited" : "not known to be exploited"),
  exploitLikelihood: (least) => `of an EPSS score of ${least} or more`,
  reachability: (kinds) => `in a package that is ${anyOf(kinds)}`,
  fixAvailable: (wanted) => (wanted ? "known how to fix" : "without a known fix"),
  relation: (relation) => `about a ${relation} dependency`,
  development: (wanted) => (wanted ? "needed for development only" : "not for development only"),
  package: (globs) => `about package ${listed(globs)}`,
  licenseCategory: (kinds) => `under a ${anyOf(kinds)} licence`,
  path: (globs) => `in ${listed(globs)}`,
  age: (days) => `first seen ${days} ${days === 1 ? "day" : "days"} ago or earlier`,
  branch: (kinds) => `on a branch of the kind ${anyOf(kinds)}`,
  repository: (globs) => `in repository ${listed(globs)}`,
  project: (globs) => `in project ${listed(globs)}`,
  tag: (globs) => `in a repository tagged ${listed(globs)}`,
};

function describeConditions<Conditions extends object>(conditions: Conditions, said: Words<Conditions>): string {
  const given = (Object.keys(said) as (keyof Conditions)[]).flatMap((name) => {
    const wanted = conditions[name];
    return wanted === undefined || wanted === null ? [] : [said[name](wanted)];
  });
  return given.join(", ");
}

function anyOf(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}

function listed(globs: readonly string[]): string {
  const wanted = globs.filter((glob) => !glob.startsWith("!"));
  const unwanted = globs.filter((glob) => glob.startsWith("!")).map((glob) => glob.slice(1));
  const but = unwanted.length === 0 ? "" : `not ${anyOf(unwanted)}`;
  return [anyOf(wanted), but].filter((part) => part !== "").join(", ");
}
