/**
 * What the query part of each list's address may hold. What it does not know it drops: an old link still opens. Longer than
 * other files: it is one table of all lists.
 */

import type { AttackPathsQuery } from "#api/attack-paths/contract.ts";
import type { ExceptionsQuery } from "#api/exceptions/contract.ts";
import type { FixesQuery } from "#api/fixes/contract.ts";
import type { GatesQuery } from "#api/gates/contract.ts";
import type { IssuesQuery } from "#api/issues/contract.ts";
import type { PackagesQuery } from "#api/packages/contract.ts";
import type { PipelinesQuery } from "#api/pipelines/contract.ts";
import type { ResultsQuery } from "#api/posture/contract.ts";
import type { PullRequestsQuery } from "#api/pull-requests/contract.ts";
import type { RepositoriesQuery } from "#api/repositories/contract.ts";
import type { RulesQuery } from "#api/rules/contract.ts";
import type { ScansQuery } from "#api/scans/contract.ts";
import type { SecretsQuery } from "#api/secrets/contract.ts";
import type { WorkItemsQuery } from "#api/work-items/contract.ts";
import type { Ecosystem } from "#model/ecosystem.ts";
import { dayOf, oneOf, pageOf, searchOf, someOf, textOf, textsOf } from "./search-text.ts";

type Raw = Readonly<Record<string, unknown>>;
type Word<List> = List extends readonly (infer One extends string)[] ? One : never;

export const severityWords = ["critical", "high", "medium", "low"] as const;
export const scannerWords = [
  "secrets",
  "iac",
  "vulnerabilities",
  "licenses",
  "operational-risk",
  "cicd",
  "imported",
] as const;
export const frameworkWords = [
  "terraform",
  "bicep",
  "arm",
  "cloudformation",
  "kubernetes",
  "helm",
  "kustomize",
  "dockerfile",
  "compose",
  "azure-pipelines",
  "github-actions",
  "gitlab-ci",
  "package-files",
] as const;
export const issueStateWords = ["open", "dismissed", "silenced", "fixed"] as const satisfies readonly Word<
  IssuesQuery["state"]
>[];
export const issueSortWords = [
  "urgency",
  "-urgency",
  "due",
  "-due",
  "age",
  "-age",
  "severity",
  "-severity",
  "first-seen",
  "-first-seen",
  "last-seen",
  "-last-seen",
  "repository",
  "-repository",
  "rule",
  "-rule",
] as const satisfies readonly IssuesQuery["sort"][];
export const dueWords = ["overdue", "approaching", "on-track"] as const satisfies readonly Word<IssuesQuery["due"]>[];
export const noveltyWords = ["new", "backlog"] as const satisfies readonly IssuesQuery["novelty"][];
export const issueLiveWords = ["live", "not-live", "unknown", "not-asked"] as const satisfies readonly Word<
  IssuesQuery["live"]
>[];
export const groupWords = ["repository", "rule", "package", "secret", "owner"] as const;
export const exceptionStateWords = [
  "pending",
  "active",
  "expired",
  "revoked",
  "refused",
] as const satisfies readonly Word<ExceptionsQuery["state"]>[];
export const exceptionSourceWords = ["console", "pull-request", "api", "code"] as const satisfies readonly Word<
  ExceptionsQuery["source"]
>[];
export const ruleSortWords = [
  "severity",
  "-severity",
  "title",
  "-title",
] as const satisfies readonly RulesQuery["sort"][];
export const secretSortWords = [
  "severity",
  "-severity",
  "first-seen",
  "-first-seen",
  "introduced",
  "-introduced",
  "places",
  "-places",
  "rule",
  "-rule",
] as const satisfies readonly SecretsQuery["sort"][];
export const secretPlaceWords = ["head", "branch", "history"] as const satisfies readonly SecretsQuery["place"][];
export const liveWords = [
  "live",
  "not-live",
  "unknown",
  "unchecked",
] as const satisfies readonly SecretsQuery["live"][];
export const ecosystemWords = [
  "NuGet",
  ".NET",
  "npm",
  "PyPI",
  "Maven",
  "Go",
  "crates.io",
  "RubyGems",
  "Packagist",
  "Pub",
  "Hex",
  "SwiftURL",
  "CocoaPods",
  "ConanCenter",
  "CRAN",
  "CPAN",
  "Hackage",
  "Julia",
  "opam",
  "Deno",
  "Conda",
  "GitHub Actions",
  "Azure Pipelines",
  "Docker",
  "Generic",
] as const satisfies readonly Ecosystem[];
export const fixStateWords = [
  "planned",
  "making",
  "rescanned",
  "open",
  "merged",
  "closed-by-people",
  "abandoned",
  "superseded",
  "refused",
  "failed",
] as const satisfies readonly Word<FixesQuery["state"]>[];
export const workItemStateWords = [
  "planned",
  "open",
  "closed-by-people",
  "closed",
  "gone",
] as const satisfies readonly Word<WorkItemsQuery["state"]>[];
export const relationWords = ["direct", "transitive", "unknown"] as const satisfies readonly Word<
  PackagesQuery["relation"]
>[];
const packageSortWords = ["name", "uses", "since"] as const satisfies readonly PackagesQuery["sort"][];
export const pullRequestStateWords = [
  "active",
  "completed",
  "abandoned",
] as const satisfies readonly PullRequestsQuery["state"][];
export const verdictOutcomeWords = [
  "blocked",
  "unfinished",
  "passed",
] as const satisfies readonly PullRequestsQuery["outcome"][];
export const gateStateWords = [
  "effective",
  "ineffective",
  "waiting",
  "refused",
  "unread",
] as const satisfies readonly GatesQuery["state"][];
export const scanOutcomeWords = [
  "running",
  "complete",
  "partial",
  "failed",
  "superseded",
] as const satisfies readonly ScansQuery["outcome"][];
export const postureCategoryWords = [
  "repository",
  "settings",
  "pipeline",
  "resource",
  "release",
  "identity",
  "organization",
  "extension",
  "hook",
  "feed",
  "run",
  "path",
] as const satisfies readonly Word<ResultsQuery["category"]>[];
export const postureAnswerWords = ["fail", "not-evaluated", "pass"] as const satisfies readonly Word<
  ResultsQuery["answer"]
>[];
export const exposureWords = [
  "pull-requests",
  "forks",
  "open-branches",
  "webhooks",
  "injections",
] as const satisfies readonly Word<PipelinesQuery["exposure"]>[];
export const pipelineKindWords = ["yaml", "classic"] as const satisfies readonly PipelinesQuery["kind"][];
const pipelineSortWords = ["risk", "name", "last-run"] as const satisfies readonly PipelinesQuery["sort"][];
export const certaintyWords = ["run", "authorised", "possible"] as const satisfies readonly Word<
  AttackPathsQuery["certainty"]
>[];
export const attackPathStateWords = ["open", "gone"] as const satisfies readonly AttackPathsQuery["state"][];
export const instanceTabs = [
  "health",
  "repositories",
  "sign-in",
  "hooks",
  "coverage",
  "live-checks",
  "work-items",
  "webhooks",
  "settings",
] as const;
const repositorySortWords = ["name", "issues", "scanned"] as const satisfies readonly RepositoriesQuery["sort"][];

/** Every parameter may be missing, so that a plain link to the page needs none. */
function optional<Search extends object>(search: Search): { readonly [Name in keyof Search]?: Search[Name] } {
  return search;
}

/** What the lists of packages and of licences share. */
function packageFilters(raw: Raw) {
  return {
    ecosystem: someOf(raw.ecosystem, ecosystemWords),
    relation: someOf(raw.relation, relationWords),
    needed: oneOf(raw.needed, ["production", "development"] as const),
    repositoryId: textOf(raw.repositoryId),
    instanceId: textOf(raw.instanceId),
  };
}

export const filtersOf = {
  next: (raw: Raw) => optional({ next: textOf(raw.next) }),
  token: (raw: Raw) => optional({ token: textOf(raw.token) }),
  page: (raw: Raw) => optional({ page: pageOf(raw.page) }),
  issues: (raw: Raw) =>
    optional({
      search: searchOf(raw.search),
      severity: someOf(raw.severity, severityWords),
      scanner: someOf(raw.scanner, scannerWords),
      framework: someOf(raw.framework, frameworkWords),
      state: someOf(raw.state, issueStateWords),
      repositoryId: textOf(raw.repositoryId),
      instanceId: textOf(raw.instanceId),
      rule: textOf(raw.rule),
      ecosystem: oneOf(raw.ecosystem, ecosystemWords),
      package: textOf(raw.package),
      archived: oneOf(raw.archived, ["true"] as const),
      due: someOf(raw.due, dueWords),
      novelty: oneOf(raw.novelty, noveltyWords),
      owner: textOf(raw.owner),
      /** Of repositories; one of them is enough. */
      tag: textsOf(raw.tag),
      live: someOf(raw.live, issueLiveWords),
      fixAvailable: oneOf(raw.fixAvailable, ["true"] as const),
      fingerprint: textOf(raw.fingerprint),
      sort: oneOf(raw.sort, issueSortWords),
      /** In groups instead of one list. */
      by: oneOf(raw.by, groupWords),
    }),
  exceptions: (raw: Raw) =>
    optional({
      search: searchOf(raw.search),
      state: someOf(raw.state, exceptionStateWords),
      source: someOf(raw.source, exceptionSourceWords),
      due: oneOf(raw.due, ["true"] as const),
      author: textOf(raw.author),
      repositoryId: textOf(raw.repositoryId),
      page: pageOf(raw.page),
    }),
  posture: (raw: Raw) => optional({ organizationId: textOf(raw.organizationId) }),
  postureRules: (raw: Raw) =>
    optional({
      organizationId: textOf(raw.organizationId),
      search: searchOf(raw.search),
      category: someOf(raw.category, postureCategoryWords),
      answer: someOf(raw.answer, postureAnswerWords),
      severity: someOf(raw.severity, severityWords),
      projectId: textOf(raw.projectId),
    }),
  pipelines: (raw: Raw) =>
    optional({
      search: searchOf(raw.search),
      organizationId: textOf(raw.organizationId),
      projectId: textOf(raw.projectId),
      exposure: someOf(raw.exposure, exposureWords),
      kind: oneOf(raw.kind, pipelineKindWords),
      sort: oneOf(raw.sort, pipelineSortWords),
      page: pageOf(raw.page),
    }),
  attackPaths: (raw: Raw) =>
    optional({
      search: searchOf(raw.search),
      organizationId: textOf(raw.organizationId),
      projectId: textOf(raw.projectId),
      severity: someOf(raw.severity, severityWords),
      certainty: someOf(raw.certainty, certaintyWords),
      state: oneOf(raw.state, attackPathStateWords),
      page: pageOf(raw.page),
    }),
  /** Which of its steps is shown, from 1 on. */
  attackPath: (raw: Raw) => optional({ step: textOf(raw.step) }),
  urgency: (raw: Raw) => optional({ instanceId: textOf(raw.instanceId) }),
  rules: (raw: Raw) =>
    optional({
      search: searchOf(raw.search),
      severity: someOf(raw.severity, severityWords),
      scanner: someOf(raw.scanner, scannerWords),
      framework: someOf(raw.framework, frameworkWords),
      changed: oneOf(raw.changed, ["true"] as const),
      sort: oneOf(raw.sort, ruleSortWords),
    }),
  secrets: (raw: Raw) =>
    optional({
      search: searchOf(raw.search),
      severity: someOf(raw.severity, severityWords),
      state: someOf(raw.state, issueStateWords),
      provider: textOf(raw.provider),
      rule: textOf(raw.rule),
      place: oneOf(raw.place, secretPlaceWords),
      live: oneOf(raw.live, liveWords),
      repositoryId: textOf(raw.repositoryId),
      instanceId: textOf(raw.instanceId),
      sort: oneOf(raw.sort, secretSortWords),
    }),
  dashboards: (raw: Raw) =>
    optional({
      instanceId: textOf(raw.instanceId),
      projectId: textOf(raw.projectId),
      tag: textOf(raw.tag),
      days: oneOf(raw.days, ["30", "365"] as const),
      from: dayOf(raw.from),
      to: dayOf(raw.to),
    }),
  fixes: (raw: Raw) =>
    optional({
      state: someOf(raw.state, fixStateWords),
      repositoryId: textOf(raw.repositoryId),
      instanceId: textOf(raw.instanceId),
      fingerprint: textOf(raw.fingerprint),
    }),
  workItems: (raw: Raw) =>
    optional({
      state: someOf(raw.state, workItemStateWords),
      repositoryId: textOf(raw.repositoryId),
      instanceId: textOf(raw.instanceId),
      issueId: textOf(raw.issueId),
    }),
  packages: (raw: Raw) =>
    optional({
      ...packageFilters(raw),
      search: searchOf(raw.search),
      license: textOf(raw.license),
      /** Those that declare no licence; then `license` says nothing. */
      undeclared: oneOf(raw.undeclared, ["true"] as const),
      sort: oneOf(raw.sort, packageSortWords),
      page: pageOf(raw.page),
    }),
  package: (raw: Raw) => optional({ version: textOf(raw.version), page: pageOf(raw.page) }),
  licenses: (raw: Raw) => optional(packageFilters(raw)),
  pullRequests: (raw: Raw) =>
    optional({
      search: searchOf(raw.search),
      state: oneOf(raw.state, pullRequestStateWords),
      outcome: oneOf(raw.outcome, verdictOutcomeWords),
      repositoryId: textOf(raw.repositoryId),
      page: pageOf(raw.page),
    }),
  scans: (raw: Raw) =>
    optional({
      outcome: oneOf(raw.outcome, scanOutcomeWords),
      repositoryId: textOf(raw.repositoryId),
      page: pageOf(raw.page),
    }),
  repositories: (raw: Raw) =>
    optional({
      search: searchOf(raw.search),
      instanceId: textOf(raw.instanceId),
      chosen: oneOf(raw.chosen, ["true", "false"] as const),
      sort: oneOf(raw.sort, repositorySortWords),
      page: pageOf(raw.page),
    }),
  ofInstance: (raw: Raw) => optional({ instanceId: textOf(raw.instanceId) }),
  /** `from`: the policy that it begins as. */
  newPolicy: (raw: Raw) => optional({ instanceId: textOf(raw.instanceId), from: textOf(raw.from) }),
  gates: (raw: Raw) =>
    optional({
      search: searchOf(raw.search),
      state: oneOf(raw.state, gateStateWords),
      wanted: oneOf(raw.wanted, ["true", "false"] as const),
      repositoryId: textOf(raw.repositoryId),
      instanceId: textOf(raw.instanceId),
      page: pageOf(raw.page),
    }),
  tags: (raw: Raw) =>
    optional({
      search: searchOf(raw.search),
      tag: textOf(raw.tag),
      instanceId: textOf(raw.instanceId),
      page: pageOf(raw.page),
    }),
  attempt: (raw: Raw) => optional({ attempt: textOf(raw.attempt) }),
  instance: (raw: Raw) => optional({ tab: oneOf(raw.tab, instanceTabs), attempt: textOf(raw.attempt) }),
  integrations: (raw: Raw) =>
    optional({ search: searchOf(raw.search), vendor: oneOf(raw.vendor, ["azure-devops"] as const) }),
};

export type IssueFilters = ReturnType<typeof filtersOf.issues>;
export type ExceptionFilters = ReturnType<typeof filtersOf.exceptions>;
export type RuleFilters = ReturnType<typeof filtersOf.rules>;
export type SecretFilters = ReturnType<typeof filtersOf.secrets>;
export type DashboardFilters = ReturnType<typeof filtersOf.dashboards>;
export type WorkItemFilters = ReturnType<typeof filtersOf.workItems>;
export type PostureRuleFilters = ReturnType<typeof filtersOf.postureRules>;
export type PipelineFilters = ReturnType<typeof filtersOf.pipelines>;
export type AttackPathFilters = ReturnType<typeof filtersOf.attackPaths>;
export type FixFilters = ReturnType<typeof filtersOf.fixes>;
export type LicenseFilters = ReturnType<typeof filtersOf.licenses>;
export type PackageFilters = ReturnType<typeof filtersOf.packages>;
