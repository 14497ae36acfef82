/** Who starts a pipeline, as branch policies, the definition and the settings of its project say it: facts with what proves them. */
import type { BranchPolicyFact, BranchScope } from "#model/posture/code-facts.ts";
import { policyTypes } from "#model/posture/code-facts.ts";
import type { DefinitionTrigger } from "#model/posture/pipeline-facts.ts";
import type { Evidence } from "#model/posture/posture-result.ts";
import { definitionTokens, gitTokens, hasAccess, holdersOf, sayHolder } from "../facts/access-of.ts";
import { isAdministrative, isBuildIdentity } from "../facts/broad-groups.ts";
import { membershipOf } from "../facts/membership.ts";
import { isEnforced } from "../facts/policies-of-branch.ts";
import type { FactDraft, ProvedFacts } from "./facts-with-evidence.ts";
import type { Definition } from "./read-code.ts";
import { repositoryById } from "./resources-by-name.ts";

export function startFactsOf(given: Definition): ProvedFacts {
  const drafting: FactDraft = { facts: {}, reasons: {}, evidence: new Map() };
  const { kind } = given.definition.repository;
  if (kind === "azure-repos") drafting.facts.repositoryKind = "azure-repos";
  else if (kind !== "other") drafting.facts.repositoryKind = kind === "bitbucket" ? "bitbucket" : "github";
  addPullRequests(drafting, given);
  addForks(drafting, given);
  addBranches(drafting, given);
  addPeople(drafting, given);
  const { facts, reasons, evidence } = drafting;
  return { facts: { ...facts, ...(Object.keys(reasons).length > 0 && { reasons }) }, evidence };
}

function addPullRequests({ facts, reasons, evidence }: FactDraft, { project, definition }: Definition): void {
  if (facts.repositoryKind === "azure-repos") {
    const { branchPolicies } = project;
    if (branchPolicies.is === "unknown") {
      reasons.hasBuildPolicy = `Whether pull requests start it is not known: ${branchPolicies.reason}`;
      return;
    }
    const own = branchPolicies.value.filter((policy) => policy.isEnabled && builds(policy, definition));
    facts.hasBuildPolicy = own.length > 0;
    const said = own.map((policy) => ({ what: sayPolicy(policy, definition.id), at: branchPolicies.at }));
    const none = `no enabled build policy of the project has buildDefinitionId = ${definition.id}`;
    evidence.set("hasBuildPolicy", said.length > 0 ? said : [{ what: none, at: branchPolicies.at }]);
    return;
  }
  const trigger = triggerOf(definition.triggers, "pull-request");
  if (!trigger || trigger.isFromYaml) return;
  facts.pullRequestTrigger = trigger.branchFilters.length > 0 || definition.kind === "classic" ? "on" : "off";
  const what = `definition ${definition.id}: pullRequest trigger, branchFilters = [${trigger.branchFilters.join(", ")}]`;
  evidence.set("pullRequestTrigger", [{ what, url: definition.url }]);
}

function triggerOf(triggers: readonly DefinitionTrigger[], is: DefinitionTrigger["is"]): DefinitionTrigger | undefined {
  return triggers.find((one) => one.is === is);
}

function builds({ typeId, settings, scopes }: BranchPolicyFact, { id, repository }: Definition["definition"]): boolean {
  if (typeId.toLowerCase() !== policyTypes.build || String(settings.buildDefinitionId) !== `${id}`) return false;
  return scopes.length === 0 || scopes.some((scope) => isOfRepository(scope, repository.id));
}

function isOfRepository({ repositoryId }: BranchScope, id: string): boolean {
  return repositoryId === undefined || repositoryId.toLowerCase() === id.toLowerCase();
}

export function sayPolicy({ id, scopes }: BranchPolicyFact, definitionId: number): string {
  const [scope] = scopes;
  const where = scope?.match === "default-branch" ? "the default branch" : (scope?.refName ?? "every branch");
  return `branch policy ${id} (build): buildDefinitionId = ${definitionId}, on ${where}`;
}

/** Settings of the project hold over what a definition says. */
function addForks({ facts, reasons, evidence }: FactDraft, { organization, project, definition }: Definition): void {
  const { generalSettings } = project;
  const own =
    facts.repositoryKind === "azure-repos" ? repositoryById(organization, definition.repository.id) : undefined;
  if (own?.repository.allowsForks === false) {
    facts.forks = "none";
    evidence.set("forks", [
      { what: `repository ${own.repository.name}: forks are not allowed`, url: own.repository.url },
    ]);
    return;
  }
  const trigger = triggerOf(definition.triggers, "pull-request");
  if (trigger?.forks && !trigger.forks.enabled) {
    facts.forks = "none";
    evidence.set("forks", [
      { what: `definition ${definition.id}: pullRequest trigger, forks.enabled = false`, url: definition.url },
    ]);
    return;
  }
  if (generalSettings.is === "unknown") {
    reasons.forks = `Whether pull requests of forks start it is not known: ${generalSettings.reason}`;
    return;
  }
  const { buildsEnabledForForks, enforceNoAccessToSecretsFromForks } = generalSettings.value;
  const say = (what: string): Evidence => ({
    what: `generalsettings: ${what}`,
    url: `${organization.url}/${encodeURIComponent(project.name)}/_settings/settings`,
    at: generalSettings.at,
  });
  if (buildsEnabledForForks === false) {
    facts.forks = "none";
    evidence.set("forks", [say("buildsEnabledForForks = false")]);
    return;
  }
  // On Azure Repos no definition says it, so it is what the project allows.
  const allowsSecrets = facts.repositoryKind === "azure-repos" ? true : (trigger?.forks?.allowSecrets ?? false);
  const isKept = enforceNoAccessToSecretsFromForks !== false;
  if (buildsEnabledForForks === undefined && enforceNoAccessToSecretsFromForks === undefined && !trigger?.forks) return;
  if (!facts.repositoryKind || (facts.repositoryKind !== "azure-repos" && !trigger?.forks)) return;
  facts.forks = allowsSecrets && !isKept ? "with-secrets" : "without-secrets";
  evidence.set("forks", [
    say(`enforceNoAccessToSecretsFromForks = ${enforceNoAccessToSecretsFromForks ?? "not said"}`),
  ]);
}

function addBranches({ facts, reasons, evidence }: FactDraft, { organization, project, definition }: Definition): void {
  const ci = triggerOf(definition.triggers, "ci");
  if (definition.kind === "classic" || (ci && !ci.isFromYaml)) {
    const filters = ci?.branchFilters ?? [];
    // No filter of a trigger that is there: every branch for classic pipelines, and switched off for the others.
    const included = filters.filter((one) => !one.startsWith("-")).map((one) => one.replace(/^\+/, ""));
    facts.branchTriggers = ci && definition.kind === "classic" && filters.length === 0 ? ["*"] : included;
    const what = ci ? `branchFilters = [${filters.join(", ")}]` : "there is none";
    evidence.set("branchTriggers", [{ what: `definition ${definition.id}: CI trigger, ${what}`, url: definition.url }]);
  }
  const { generalSettings, branchPolicies } = project;
  if (generalSettings.is === "known" && generalSettings.value.disableImpliedYAMLCiTrigger !== undefined) {
    const { disableImpliedYAMLCiTrigger } = generalSettings.value;
    facts.hasImpliedTrigger = !disableImpliedYAMLCiTrigger;
    const what = `generalsettings: disableImpliedYAMLCiTrigger = ${disableImpliedYAMLCiTrigger}`;
    const url = `${organization.url}/${encodeURIComponent(project.name)}/_settings/settings`;
    evidence.set("hasImpliedTrigger", [{ what, url, at: generalSettings.at }]);
  }
  if (facts.repositoryKind !== "azure-repos") return;
  const found = repositoryById(organization, definition.repository.id);
  const policies = found?.project.branchPolicies ?? branchPolicies;
  if (policies.is === "unknown") {
    reasons.reviewedBranches = `Which branches are protected is not known: ${policies.reason}`;
    return;
  }
  const reviews = policies.value.filter(demandsReview);
  const defaultBranch = found?.repository.defaultBranch ?? definition.repository.defaultBranch;
  facts.reviewedBranches = reviews.flatMap(({ scopes }) =>
    scopes
      .filter((scope) => isOfRepository(scope, definition.repository.id))
      .flatMap((scope) => patternOf(scope, defaultBranch)),
  );
  evidence.set(
    "reviewedBranches",
    reviews.slice(0, 3).map(({ id, typeName }) => ({ what: `branch policy ${id} (${typeName})`, at: policies.at })),
  );
}

/** Of somebody else than the author: with one approval that the author may give, nobody needs to look. */
export function demandsReview(policy: BranchPolicyFact): boolean {
  if (!isEnforced(policy)) return false;
  const type = policy.typeId.toLowerCase();
  const { minimumApproverCount, creatorVoteCounts, filenamePatterns } = policy.settings;
  const isOfFiles = Array.isArray(filenamePatterns) && filenamePatterns.length > 0;
  if (type !== policyTypes.minimumReviewers && (type !== policyTypes.requiredReviewers || isOfFiles)) return false;
  const count = Number(minimumApproverCount ?? (type === policyTypes.requiredReviewers ? 1 : 0));
  return count > (creatorVoteCounts === true ? 1 : 0);
}

export function patternOf({ refName, match }: BranchScope, defaultBranch: string | undefined): readonly string[] {
  if (match === "default-branch") return defaultBranch === undefined ? [] : [withoutPrefix(defaultBranch)];
  if (refName === undefined || /^refs\/(?:heads\/?)?$/.test(refName)) return ["*"];
  return [match === "prefix" ? `${withoutPrefix(refName).replace(/\/$/, "")}/*` : withoutPrefix(refName)];
}

function withoutPrefix(ref: string): string {
  return ref.replace(/^refs\/heads\//, "");
}

function addPeople({ facts, evidence }: FactDraft, given: Definition): void {
  const { organization, project, definition } = given;
  const { access } = project;
  if (access.is === "unknown") return;
  const { build } = access.value;
  const membership = organization.people.is === "known" ? membershipOf(organization.people.value) : undefined;
  const tokens = definitionTokens(project.id, definition.folder, definition.id);
  const isOrdinary = (one: { readonly subject: string; readonly name: string }): boolean =>
    !isAdministrative(one.name) && !isBuildIdentity(one, membership);
  const queuers = holdersOf(build, tokens, "QueueBuilds", membership);
  const found = repositoryById(organization, definition.repository.id);
  const git = found?.project.access.is === "known" ? found.project.access.value.git : undefined;
  const repositoryTokens = found ? gitTokens(found.project.id, found.repository.id) : [];
  if (queuers) {
    const ordinary = queuers.filter(isOrdinary);
    facts.isQueuedByAdministratorsOnly = ordinary.length === 0;
    const mayChange = (subject: string): boolean =>
      hasAccess(build, tokens, "EditBuildDefinition", { subject, membership }) === true ||
      (git !== undefined && hasAccess(git, repositoryTokens, "GenericContribute", { subject, membership }) === true);
    const others = ordinary.filter(({ subject }) => !mayChange(subject));
    if (git) facts.isQueuedByOthers = others.length > 0;
    const said = (others[0] ?? ordinary[0]) as (typeof ordinary)[number] | undefined;
    if (said)
      evidence.set(others[0] ? "isQueuedByOthers" : "isQueuedByAdministratorsOnly", [
        { what: sayHolder(said), at: access.at },
      ]);
  }
  const makers = git && holdersOf(git, repositoryTokens, "CreateBranch", membership)?.filter(isOrdinary);
  if (makers) {
    facts.canCreateBranches = makers.length > 0;
    const [maker] = makers;
    if (maker) evidence.set("canCreateBranches", [{ what: sayHolder(maker), at: access.at }]);
  }
}
