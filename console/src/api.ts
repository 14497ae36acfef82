/** Every question and every order that the console has for the server, typed by the server's own contracts: one list, however long. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { AttackPathDetail, AttackPaths, AttackPathsQuery } from "#api/attack-paths/contract.ts";
import type { Audit, AuditQuery } from "#api/audit/contract.ts";
import type { Builds, BuildsQuery } from "#api/builds/contract.ts";
import type { ChoosableRepositories, Connection, ConnectionBody } from "#api/connections/contract.ts";
import type { Dashboards, DashboardsQuery } from "#api/dashboards/contract.ts";
import type { EntraAppBody, EntraAppSettings } from "#api/entra-app/contract.ts";
import type {
  ExceptionRow,
  ExceptionSettingsBody,
  Exceptions,
  ExceptionsBody,
  ExceptionsQuery,
  MadeExceptions,
} from "#api/exceptions/contract.ts";
import type { FirstAdministratorBody } from "#api/first-administrator/contract.ts";
import type {
  Asked,
  FixDetail,
  Fixes,
  FixesQuery,
  FixPreviews,
  FixSettingsAnswer,
  FixSettingsBody,
  Reviewers,
  WishBody,
} from "#api/fixes/contract.ts";
import type { Gates, GatesAsked, GatesBody, GatesQuery } from "#api/gates/contract.ts";
import type { HookEvents, HookEventsQuery } from "#api/hook-events/contract.ts";
import type { ImportedAnswer, ImportQuery, Imports, ImportsQuery } from "#api/imports/contract.ts";
import type { Receipt } from "#api/instance-export/contract.ts";
import type { InstanceHealth } from "#api/instance-health/contract.ts";
import type {
  CreatedInstance,
  CreateInstanceBody,
  EditInstanceBody,
  InstanceDetail,
  InstanceRepositories,
  Instances,
  StartedValidation,
  TakesBody,
  Validation,
} from "#api/instances/contract.ts";
import type { Integrations } from "#api/integrations/contract.ts";
import type { DecidedAbout, Excerpt, IssueDetail, Issues, IssuesQuery, ReopenBody } from "#api/issues/contract.ts";
import type { DismissMatching, DismissMatchingBody, GroupsQuery, IssueGroups } from "#api/issues/many-contract.ts";
import type { Knowledge } from "#api/knowledge/contract.ts";
import type { LiveCheckBody, LiveChecks } from "#api/live-checks/contract.ts";
import type { Overview } from "#api/overview/contract.ts";
import type {
  Licenses,
  LicensesQuery,
  PackageDetail,
  PackageSettings,
  PackageSettingsBody,
  Packages,
  PackagesQuery,
  PackageUses,
  PackageUsesQuery,
} from "#api/packages/contract.ts";
import type { BillDetail, PipelineDetail, Pipelines, PipelinesQuery } from "#api/pipelines/contract.ts";
import type {
  DryRunAnswer,
  DryRunBody,
  Policies,
  PolicyBody,
  PolicyCheck,
  PolicyCheckBody,
  PolicyPreview,
  PolicyRow,
  PolicySourceBody,
  RepositoryTags,
} from "#api/policies/contract.ts";
import type {
  Capability,
  Posture,
  PostureList,
  PostureRuleDetail,
  PostureRules,
  PostureSettingsAnswer,
  PostureSettingsBody,
  ResultsQuery,
} from "#api/posture/contract.ts";
import type { PullRequestDetail, PullRequests, PullRequestsQuery } from "#api/pull-requests/contract.ts";
import type { Projects, Repositories, RepositoriesQuery, RepositoryDetail } from "#api/repositories/contract.ts";
import type { RuleDetail, RuleSettingBody, Rules, RulesQuery } from "#api/rules/contract.ts";
import type { ScanDetail, Scans, ScansQuery } from "#api/scans/contract.ts";
import type { SecretDetail, SecretPlaces, Secrets, SecretsQuery } from "#api/secrets/contract.ts";
import type { ChangePasswordBody, Session, SignInBody } from "#api/session/contract.ts";
import type { FeaturesBody, Preview } from "#api/shapes/takes.ts";
import type { BeginSignInBody, BegunSignIn, SignInAttemptAnswer } from "#api/sign-ins/contract.ts";
import type { ApiTokens, CreatedToken, CreateTokenBody } from "#api/tokens/contract.ts";
import type {
  SavedViewBody,
  SavedViews,
  SlaBody,
  SlaDays,
  UrgencyPreview,
  UrgencySettings,
} from "#api/urgency/contract.ts";
import type { CreatedUser, CreateUserBody, EditUserBody, SetPasswordBody, Users } from "#api/users/contract.ts";
import type { VerdictDetail, Verdicts } from "#api/verdicts/contract.ts";
import type {
  Deliveries,
  DeliveriesQuery,
  DeliveryRow,
  NewWebhookBody,
  WebhookBody,
  WebhookRow,
  Webhooks,
  WebhookWithSecret,
} from "#api/webhooks/contract.ts";
import type {
  AskedWorkItems,
  OfferedProcessAnswer,
  SettingsCheck,
  WorkItemDetail,
  WorkItemSettingsAnswer,
  WorkItemSettingsBody,
  WorkItems,
  WorkItemsQuery,
} from "#api/work-items/contract.ts";
import { get, rememberSession, send, sendFile } from "./request.ts";

/** Filters that are not set may be there as undefined. */
type Loose<Q> = { readonly [Name in keyof Q]?: Q[Name] | undefined };

/** What a choice of repositories is for: a connection that is being made, or an instance. */
export interface ChoiceOf {
  readonly is: "connections" | "instances";
  readonly id: string;
}

/** A package by its ecosystem and its normalised name. */
export interface PackageName {
  readonly ecosystem: string;
  readonly key: string;
}

function packageAddress({ ecosystem, key }: PackageName): string {
  return `/api/packages/${encodeURIComponent(ecosystem)}/${encodeURIComponent(key)}`;
}

/** A secret by the instance that found it and its fingerprint. */
export interface SecretName {
  readonly instanceId: string;
  readonly fingerprint: string;
}

function secretAddress({ instanceId, fingerprint }: SecretName): string {
  return `/api/secrets/${instanceId}/${encodeURIComponent(fingerprint)}`;
}

/** A pipeline by its organization, its project and its number there. */
export interface PipelineName {
  readonly organizationId: string;
  readonly projectId: string;
  readonly definitionId: string;
}

export function pipelineAddress({ organizationId, projectId, definitionId }: PipelineName): string {
  return `/api/organizations/${organizationId}/pipelines/${projectId}/${definitionId}`;
}

function workItemSettingsAddress(instance: string, projectId: string | undefined): string {
  const of = projectId === undefined ? "" : `?projectId=${projectId}`;
  return `/api/instances/${instance}/work-item-settings${of}`;
}

interface Window {
  readonly rows: readonly unknown[];
  readonly total: number;
}

function nextOffset(last: Window, pages: readonly Window[]): number | undefined {
  const loaded = pages.reduce((sum, page) => sum + page.rows.length, 0);
  return last.rows.length > 0 && loaded < last.total ? loaded : undefined;
}

/** Questions. The first word of each key is what live.ts invalidates by. */
export const ask = {
  session: () =>
    queryOptions({
      queryKey: ["session"],
      queryFn: async () => remembered(await get<Session>("/api/session")),
      staleTime: 5 * 60_000,
    }),
  overview: () =>
    queryOptions({ queryKey: ["overview"], queryFn: ({ signal }) => get<Overview>("/api/overview", {}, signal) }),
  dashboards: (query: Loose<DashboardsQuery>) =>
    queryOptions({
      queryKey: ["dashboards", query],
      queryFn: ({ signal }) => get<Dashboards>("/api/dashboards", query, signal),
      placeholderData: keepPreviousData,
      staleTime: 60_000,
    }),
  integrations: (features?: FeaturesBody) =>
    queryOptions({
      queryKey: ["integrations", features],
      queryFn: ({ signal }) => get<Integrations>("/api/integrations", { ...features }, signal),
      placeholderData: keepPreviousData,
    }),
  entraApp: () =>
    queryOptions({
      queryKey: ["entra-app"],
      queryFn: ({ signal }) => get<EntraAppSettings>("/api/entra-app", {}, signal),
    }),
  signInAttempt: (attempt: string) =>
    queryOptions({
      queryKey: ["sign-ins", attempt],
      queryFn: ({ signal }) => get<SignInAttemptAnswer>(`/api/sign-ins/${attempt}`, {}, signal),
      refetchInterval: ({ state }) => (state.data?.is === "under-way" ? 1000 : false),
    }),
  instances: () =>
    queryOptions({ queryKey: ["instances"], queryFn: ({ signal }) => get<Instances>("/api/instances", {}, signal) }),
  instance: (id: string) =>
    queryOptions({
      queryKey: ["instances", id],
      queryFn: ({ signal }) => get<InstanceDetail>(`/api/instances/${id}`, {}, signal),
    }),
  instanceRepositories: (id: string) =>
    queryOptions({
      queryKey: ["instances", id, "repositories"],
      queryFn: ({ signal }) => get<InstanceRepositories>(`/api/instances/${id}/repositories`, {}, signal),
    }),
  instanceHealth: (id: string) =>
    queryOptions({
      queryKey: ["instances", id, "health"],
      queryFn: ({ signal }) => get<InstanceHealth>(`/api/instances/${id}/health`, {}, signal),
      refetchInterval: 20_000,
    }),
  latestValidation: (id: string) =>
    queryOptions({
      queryKey: ["instances", id, "validation"],
      queryFn: ({ signal }) => get<Validation>(`/api/instances/${id}/validations/latest`, {}, signal),
      // News come by themselves; this is for when they cannot.
      refetchInterval: ({ state }) => (state.data?.finishedAt === null ? 1000 : false),
    }),
  receipt: (id: string) =>
    queryOptions({
      queryKey: ["receipts", id],
      queryFn: ({ signal }) => get<Receipt>(`/api/instances/${id}/receipt`, {}, signal),
      refetchInterval: ({ state }) => (state.data === undefined ? 1000 : false),
    }),
  preview: (of: ChoiceOf, takes: TakesBody) =>
    queryOptions({
      queryKey: ["previews", of.is, of.id, takes],
      queryFn: () => send<Preview>("POST", `/api/${of.is}/${of.id}/preview`, { takes }),
      placeholderData: keepPreviousData,
      staleTime: 30_000,
    }),
  choosableRepositories: (draft: string) =>
    queryOptions({
      queryKey: ["connections", draft, "repositories"],
      queryFn: ({ signal }) => get<ChoosableRepositories>(`/api/connections/${draft}/repositories`, {}, signal),
      staleTime: Number.POSITIVE_INFINITY,
    }),
  repositories: (query: Loose<RepositoriesQuery>) =>
    queryOptions({
      queryKey: ["repositories", query],
      queryFn: ({ signal }) => get<Repositories>("/api/repositories", query, signal),
      placeholderData: keepPreviousData,
    }),
  repository: (id: string) =>
    queryOptions({
      queryKey: ["repositories", id],
      queryFn: ({ signal }) => get<RepositoryDetail>(`/api/repositories/${id}`, {}, signal),
    }),
  projects: (instanceId: string | undefined) =>
    queryOptions({
      queryKey: ["repositories", "projects", instanceId],
      queryFn: ({ signal }) => get<Projects>("/api/projects", { instanceId }, signal),
    }),
  imports: (repository: string, query: Loose<ImportsQuery>) =>
    queryOptions({
      queryKey: ["repositories", repository, "imports", query],
      queryFn: ({ signal }) => get<Imports>(`/api/repositories/${repository}/imports`, query, signal),
      placeholderData: keepPreviousData,
    }),
  scans: (query: Loose<ScansQuery>) =>
    queryOptions({
      queryKey: ["scans", query],
      queryFn: ({ signal }) => get<Scans>("/api/scans", query, signal),
      placeholderData: keepPreviousData,
    }),
  scan: (id: string) =>
    queryOptions({ queryKey: ["scans", id], queryFn: ({ signal }) => get<ScanDetail>(`/api/scans/${id}`, {}, signal) }),
  issues: (query: Loose<IssuesQuery>) =>
    infiniteQueryOptions({
      queryKey: ["issues", query],
      queryFn: ({ signal, pageParam: after }) => get<Issues>("/api/issues", { ...query, after }, signal),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
      placeholderData: keepPreviousData,
    }),
  issue: (id: string) =>
    queryOptions({
      queryKey: ["issues", id],
      queryFn: ({ signal }) => get<IssueDetail>(`/api/issues/${id}`, {}, signal),
    }),
  workItemsOf: (issueId: string) =>
    queryOptions({
      queryKey: ["work-items", "of", issueId],
      queryFn: ({ signal }) => get<WorkItems>("/api/work-items", { issueId, limit: 10 }, signal),
    }),
  decided: (id: string) =>
    queryOptions({
      queryKey: ["issues", id, "decided"],
      queryFn: ({ signal }) => get<DecidedAbout>(`/api/issues/${id}/decided`, {}, signal),
    }),
  issueGroups: (query: Loose<GroupsQuery>) =>
    infiniteQueryOptions({
      queryKey: ["issues", "groups", query],
      queryFn: ({ signal, pageParam }) =>
        get<IssueGroups>("/api/issues/groups", { ...query, offset: pageParam }, signal),
      initialPageParam: 0,
      getNextPageParam: nextOffset,
      placeholderData: keepPreviousData,
    }),
  issueViews: () =>
    queryOptions({
      queryKey: ["issue-views"],
      queryFn: ({ signal }) => get<SavedViews>("/api/issue-views", {}, signal),
      staleTime: 60_000,
    }),
  exceptions: (query: Loose<ExceptionsQuery>) =>
    queryOptions({
      queryKey: ["exceptions", query],
      queryFn: ({ signal }) => get<Exceptions>("/api/exceptions", query, signal),
      placeholderData: keepPreviousData,
    }),
  exceptionSettings: (instance: string) =>
    queryOptions({
      queryKey: ["instances", instance, "exception-settings"],
      queryFn: ({ signal }) => get<ExceptionSettingsBody>(`/api/instances/${instance}/exception-settings`, {}, signal),
    }),
  urgencySettings: (instance: string) =>
    queryOptions({
      queryKey: ["instances", instance, "urgency-settings"],
      queryFn: ({ signal }) => get<UrgencySettings>(`/api/instances/${instance}/urgency-settings`, {}, signal),
      // What somebody types must not be taken away by news.
      staleTime: Number.POSITIVE_INFINITY,
    }),
  sla: (instance: string) =>
    queryOptions({
      queryKey: ["instances", instance, "sla"],
      queryFn: ({ signal }) => get<SlaDays>(`/api/instances/${instance}/sla`, {}, signal),
    }),
  excerpt: (id: string) =>
    queryOptions({
      queryKey: ["issues", id, "excerpt"],
      queryFn: ({ signal }) => get<Excerpt>(`/api/issues/${id}/excerpt`, {}, signal),
      staleTime: 60_000,
    }),
  secrets: (query: Loose<SecretsQuery>) =>
    infiniteQueryOptions({
      queryKey: ["secrets", query],
      queryFn: ({ signal, pageParam }) => get<Secrets>("/api/secrets", { ...query, offset: pageParam }, signal),
      initialPageParam: 0,
      getNextPageParam: nextOffset,
      placeholderData: keepPreviousData,
    }),
  secret: (of: SecretName) =>
    queryOptions({
      queryKey: ["secrets", of.instanceId, of.fingerprint],
      queryFn: ({ signal }) => get<SecretDetail>(secretAddress(of), {}, signal),
    }),
  /** Begins with what the secret's own answer holds. */
  secretPlaces: ({ instanceId, fingerprint, placesFound: rows, places: total, nextPlace: next }: SecretDetail) =>
    infiniteQueryOptions({
      queryKey: ["secrets", instanceId, fingerprint, "places"],
      queryFn: ({ signal, pageParam: after }) =>
        get<SecretPlaces>(`${secretAddress({ instanceId, fingerprint })}/places`, { after }, signal),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (last) => last.next ?? undefined,
      initialData: { pages: [{ rows, total, next }], pageParams: [undefined] },
    }),
  liveChecks: (instance: string) =>
    queryOptions({
      queryKey: ["instances", instance, "live-checks"],
      queryFn: ({ signal }) => get<LiveChecks>(`/api/instances/${instance}/live-checks`, {}, signal),
      staleTime: 60_000,
    }),
  rules: (query: Loose<RulesQuery>) =>
    infiniteQueryOptions({
      queryKey: ["rules", query],
      queryFn: ({ signal, pageParam }) => get<Rules>("/api/rules", { ...query, offset: pageParam }, signal),
      initialPageParam: 0,
      getNextPageParam: nextOffset,
      placeholderData: keepPreviousData,
    }),
  rule: (id: string) =>
    queryOptions({
      queryKey: ["rules", id],
      queryFn: ({ signal }) => get<RuleDetail>(`/api/rules/${encodeURIComponent(id)}`, {}, signal),
    }),
  postureOrganizations: () =>
    queryOptions({
      queryKey: ["posture"],
      queryFn: ({ signal }) => get<PostureList>("/api/posture", {}, signal),
      // News come by themselves; this is for when they cannot.
      refetchInterval: ({ state }) => (state.data?.rows.some(({ isRunning }) => isRunning) ? 3000 : false),
    }),
  posture: (organization: string) =>
    queryOptions({
      queryKey: ["posture", organization],
      queryFn: ({ signal }) => get<Posture>(`/api/organizations/${organization}/posture`, {}, signal),
    }),
  postureRules: (organization: string, query: Loose<ResultsQuery>) =>
    queryOptions({
      queryKey: ["posture", organization, "rules", query],
      queryFn: ({ signal }) => get<PostureRules>(`/api/organizations/${organization}/posture/rules`, query, signal),
      placeholderData: keepPreviousData,
    }),
  postureRule: (organization: string, rule: string, query: Loose<ResultsQuery>) =>
    infiniteQueryOptions({
      queryKey: ["posture", organization, "rules", rule, query],
      queryFn: ({ signal, pageParam: offset }) =>
        get<PostureRuleDetail>(
          `/api/organizations/${organization}/posture/rules/${encodeURIComponent(rule)}`,
          { ...query, offset },
          signal,
        ),
      initialPageParam: 0,
      getNextPageParam: (last, pages) =>
        nextOffset(
          last.results,
          pages.map(({ results }) => results),
        ),
    }),
  postureCapability: (organization: string) =>
    queryOptions({
      queryKey: ["posture", organization, "capability"],
      queryFn: ({ signal }) => get<Capability>(`/api/organizations/${organization}/posture/capability`, {}, signal),
    }),
  postureSettings: (instance: string) =>
    queryOptions({
      queryKey: ["instances", instance, "posture-settings"],
      queryFn: ({ signal }) => get<PostureSettingsAnswer>(`/api/instances/${instance}/posture-settings`, {}, signal),
    }),
  pipelines: (query: Loose<PipelinesQuery>) =>
    queryOptions({
      queryKey: ["pipelines", query],
      queryFn: ({ signal }) => get<Pipelines>("/api/pipelines", query, signal),
      placeholderData: keepPreviousData,
    }),
  pipeline: (of: PipelineName) =>
    queryOptions({
      queryKey: ["pipelines", of],
      queryFn: ({ signal }) => get<PipelineDetail>(pipelineAddress(of), {}, signal),
    }),
  pipelineBill: (of: PipelineName, bill: string) =>
    queryOptions({
      queryKey: ["pipelines", of, "bills", bill],
      queryFn: ({ signal }) => get<BillDetail>(`${pipelineAddress(of)}/bills/${bill}`, {}, signal),
    }),
  attackPaths: (query: Loose<AttackPathsQuery>) =>
    queryOptions({
      queryKey: ["attack-paths", query],
      queryFn: ({ signal }) => get<AttackPaths>("/api/attack-paths", query, signal),
      placeholderData: keepPreviousData,
    }),
  attackPath: (organization: string, path: string) =>
    queryOptions({
      queryKey: ["attack-paths", organization, path],
      queryFn: ({ signal }) =>
        get<AttackPathDetail>(
          `/api/organizations/${organization}/attack-paths/${encodeURIComponent(path)}`,
          {},
          signal,
        ),
    }),
  fixes: (query: Loose<FixesQuery>) =>
    infiniteQueryOptions({
      queryKey: ["fixes", query],
      queryFn: ({ signal, pageParam }) => get<Fixes>("/api/fixes", { ...query, offset: pageParam }, signal),
      initialPageParam: 0,
      getNextPageParam: nextOffset,
      placeholderData: keepPreviousData,
    }),
  fix: (id: string) =>
    queryOptions({ queryKey: ["fixes", id], queryFn: ({ signal }) => get<FixDetail>(`/api/fixes/${id}`, {}, signal) }),
  /** Nothing is written by it; it plans anew each time it is shown. */
  fixPreview: (wish: WishBody) =>
    queryOptions({
      queryKey: ["fixes", "preview", wish],
      queryFn: () => send<FixPreviews>("POST", "/api/fixes/preview", wish),
      gcTime: 0,
      retry: false,
    }),
  reviewers: (instance: string, query: { readonly id: readonly string[] } | { readonly search: string }) =>
    queryOptions({
      queryKey: ["instances", instance, "reviewers", query],
      queryFn: ({ signal }) => get<Reviewers>(`/api/instances/${instance}/reviewers`, query, signal),
      staleTime: 60_000,
      placeholderData: keepPreviousData,
    }),
  fixSettings: (instance: string) =>
    queryOptions({
      queryKey: ["instances", instance, "fix-settings"],
      queryFn: ({ signal }) => get<FixSettingsAnswer>(`/api/instances/${instance}/fix-settings`, {}, signal),
    }),
  policies: (instance: string) =>
    queryOptions({
      queryKey: ["policies", instance],
      queryFn: ({ signal }) => get<Policies>(`/api/instances/${instance}/policies`, {}, signal),
    }),
  /** What is written of a policy so far. */
  policyCheck: (body: PolicyCheckBody) =>
    queryOptions({
      queryKey: ["policy-checks", body],
      queryFn: () => send<PolicyCheck>("POST", "/api/policies/check", body),
      placeholderData: keepPreviousData,
      staleTime: Number.POSITIVE_INFINITY,
    }),
  gates: (query: Loose<GatesQuery>) =>
    queryOptions({
      queryKey: ["gates", query],
      queryFn: ({ signal }) => get<Gates>("/api/gates", query, signal),
      placeholderData: keepPreviousData,
      // Azure DevOps is asked by a job, which brings no news of its own.
      refetchInterval: ({ state }) => (state.data?.rows.some((row) => row.state === "waiting") ? 2000 : 30_000),
    }),
  repositoryTags: () =>
    queryOptions({
      queryKey: ["repositories", "tags"],
      queryFn: ({ signal }) => get<RepositoryTags>("/api/repository-tags", {}, signal),
    }),
  webhooks: (instance: string) =>
    queryOptions({
      queryKey: ["instances", instance, "webhooks"],
      queryFn: ({ signal }) => get<Webhooks>(`/api/instances/${instance}/webhooks`, {}, signal),
      refetchInterval: 20_000,
    }),
  webhookDeliveries: (webhook: string, query: Loose<DeliveriesQuery>) =>
    queryOptions({
      queryKey: ["webhook-deliveries", webhook, query],
      queryFn: ({ signal }) => get<Deliveries>(`/api/webhooks/${webhook}/deliveries`, query, signal),
      placeholderData: keepPreviousData,
      // Deliveries are sent by a job, which brings no news of its own.
      refetchInterval: ({ state }) => (state.data?.rows.some((row) => row.state === "waiting") ? 2000 : 15_000),
    }),
  workItems: (query: Loose<WorkItemsQuery>) =>
    infiniteQueryOptions({
      queryKey: ["work-items", query],
      queryFn: ({ signal, pageParam }) => get<WorkItems>("/api/work-items", { ...query, offset: pageParam }, signal),
      initialPageParam: 0,
      getNextPageParam: nextOffset,
      placeholderData: keepPreviousData,
    }),
  workItemCount: (query: Loose<WorkItemsQuery>) =>
    queryOptions({
      queryKey: ["work-items", "count", query],
      queryFn: ({ signal }) => get<WorkItems>("/api/work-items", { ...query, limit: 1 }, signal),
    }),
  workItem: (id: string) =>
    queryOptions({
      queryKey: ["work-items", id],
      queryFn: ({ signal }) => get<WorkItemDetail>(`/api/work-items/${id}`, {}, signal),
    }),
  /** Of an instance, or of one of its projects. */
  workItemSettings: (instance: string, projectId: string | undefined) =>
    queryOptions({
      queryKey: ["instances", instance, "work-item-settings", projectId],
      queryFn: ({ signal }) =>
        get<WorkItemSettingsAnswer>(`/api/instances/${instance}/work-item-settings`, { projectId }, signal),
    }),
  /** What Azure Boards offers in a project, for one type of work item. */
  workItemProcess: (instance: string, projectId: string, type: string | undefined) =>
    queryOptions({
      queryKey: ["instances", instance, "work-item-process", projectId, type],
      queryFn: ({ signal }) =>
        get<OfferedProcessAnswer>(`/api/instances/${instance}/work-item-process`, { projectId, type }, signal),
      placeholderData: keepPreviousData,
      staleTime: 5 * 60_000,
      retry: false,
    }),
  packages: (query: Loose<PackagesQuery>) =>
    queryOptions({
      queryKey: ["packages", query],
      queryFn: ({ signal }) => get<Packages>("/api/packages", query, signal),
      placeholderData: keepPreviousData,
    }),
  package: (of: PackageName) =>
    queryOptions({
      queryKey: ["packages", of.ecosystem, of.key],
      queryFn: ({ signal }) => get<PackageDetail>(packageAddress(of), {}, signal),
    }),
  packageUses: (of: PackageName, query: Loose<PackageUsesQuery>) =>
    queryOptions({
      queryKey: ["packages", of.ecosystem, of.key, "uses", query],
      queryFn: ({ signal }) => get<PackageUses>(`${packageAddress(of)}/uses`, query, signal),
      placeholderData: keepPreviousData,
    }),
  licenses: (query: Loose<LicensesQuery>) =>
    queryOptions({
      queryKey: ["packages", "licenses", query],
      queryFn: ({ signal }) => get<Licenses>("/api/licenses", query, signal),
      placeholderData: keepPreviousData,
    }),
  packageSettings: (instance: string) =>
    queryOptions({
      queryKey: ["instances", instance, "package-settings"],
      queryFn: ({ signal }) => get<PackageSettings>(`/api/instances/${instance}/package-settings`, {}, signal),
    }),
  knowledge: () =>
    queryOptions({
      queryKey: ["knowledge"],
      queryFn: ({ signal }) => get<Knowledge>("/api/knowledge", {}, signal),
      refetchInterval: ({ state }) => (state.data?.isRefreshing === true ? 2000 : false),
    }),
  pullRequests: (query: Loose<PullRequestsQuery>) =>
    queryOptions({
      queryKey: ["pull-requests", query],
      queryFn: ({ signal }) => get<PullRequests>("/api/pull-requests", query, signal),
      placeholderData: keepPreviousData,
    }),
  pullRequest: (repositoryId: string, number: number) =>
    queryOptions({
      queryKey: ["pull-requests", repositoryId, number],
      queryFn: ({ signal }) => get<PullRequestDetail>(`/api/pull-requests/${repositoryId}/${number}`, {}, signal),
    }),
  /** What a pull request that changes policies would have done; only such ones may be asked. */
  policyPreview: (repositoryId: string, number: number) =>
    queryOptions({
      queryKey: ["pull-requests", repositoryId, number, "policy-preview"],
      queryFn: ({ signal }) =>
        get<PolicyPreview>(`/api/pull-requests/${repositoryId}/${number}/policy-preview`, {}, signal),
      staleTime: 60_000,
    }),
  /** It never changes. */
  verdict: (id: string) =>
    queryOptions({
      queryKey: ["verdicts", id],
      queryFn: ({ signal }) => get<VerdictDetail>(`/api/verdicts/${id}`, {}, signal),
      staleTime: Infinity,
    }),
  verdicts: (repositoryId: string, number: number) =>
    queryOptions({
      queryKey: ["pull-requests", repositoryId, number, "verdicts"],
      queryFn: ({ signal }) => get<Verdicts>(`/api/pull-requests/${repositoryId}/${number}/verdicts`, {}, signal),
    }),
  builds: (query: Loose<BuildsQuery>) =>
    queryOptions({
      queryKey: ["builds", query],
      queryFn: ({ signal }) => get<Builds>("/api/builds", query, signal),
      placeholderData: keepPreviousData,
    }),
  hookEvents: (query: Loose<HookEventsQuery>) =>
    queryOptions({
      queryKey: ["hook-events", query],
      queryFn: ({ signal }) => get<HookEvents>("/api/hook-events", query, signal),
      placeholderData: keepPreviousData,
    }),
  tokens: () =>
    queryOptions({ queryKey: ["tokens"], queryFn: ({ signal }) => get<ApiTokens>("/api/tokens", {}, signal) }),
  users: () => queryOptions({ queryKey: ["users"], queryFn: ({ signal }) => get<Users>("/api/users", {}, signal) }),
  audit: (query: Loose<AuditQuery>) =>
    queryOptions({
      queryKey: ["audit", query],
      queryFn: ({ signal }) => get<Audit>("/api/audit", query, signal),
      placeholderData: keepPreviousData,
    }),
};

/** Orders. */
export const tell = {
  signIn: async (body: SignInBody) => remembered(await send<Session>("POST", "/api/session", body)),
  signOut: () => send<unknown>("DELETE", "/api/session"),
  changePassword: (body: ChangePasswordBody) => send<unknown>("PUT", "/api/session/password", body),
  createFirstAdministrator: async (body: FirstAdministratorBody) =>
    remembered(await send<Session>("POST", "/api/first-administrator", body)),
  setEntraApp: (body: EntraAppBody) => send<unknown>("PUT", "/api/entra-app", body),
  forgetEntraApp: () => send<unknown>("DELETE", "/api/entra-app"),
  beginSignIn: (body: BeginSignInBody) => send<BegunSignIn>("POST", "/api/sign-ins", body),
  checkConnection: (body: ConnectionBody) => send<Connection>("POST", "/api/connections", body),
  createInstance: (body: CreateInstanceBody) => send<CreatedInstance>("POST", "/api/instances", body),
  editInstance: (id: string, body: EditInstanceBody) => send<unknown>("PATCH", `/api/instances/${id}`, body),
  deleteInstance: (id: string) => send<unknown>("DELETE", `/api/instances/${id}`),
  syncInstance: (id: string) => send<unknown>("POST", `/api/instances/${id}/sync`),
  pauseInstance: (id: string) => send<unknown>("POST", `/api/instances/${id}/pause`),
  resumeInstance: (id: string) => send<unknown>("POST", `/api/instances/${id}/resume`),
  tryAgain: (id: string) => send<unknown>("POST", `/api/instances/${id}/try-again`),
  checkInstance: (id: string) => send<unknown>("POST", `/api/instances/${id}/check`),
  rotateSecrets: (id: string) => send<unknown>("POST", `/api/instances/${id}/rotate-secrets`),
  validateInstance: (id: string) => send<StartedValidation>("POST", `/api/instances/${id}/validations`),
  deleteCredential: (id: string, credential: string) =>
    send<unknown>("DELETE", `/api/instances/${id}/credentials/${credential}`),
  scanRepository: (id: string) => send<unknown>("POST", `/api/repositories/${id}/scan`),
  dismissMatching: (body: DismissMatchingBody) => send<DismissMatching>("POST", "/api/issues/dismiss-matching", body),
  makeExceptions: (body: ExceptionsBody) => send<MadeExceptions>("POST", "/api/exceptions", body),
  decideException: (id: string, decision: "approve" | "refuse" | "revoke") =>
    send<ExceptionRow>("POST", `/api/exceptions/${id}/${decision}`),
  extendException: (id: string, until: string | null) =>
    send<ExceptionRow>("POST", `/api/exceptions/${id}/extend`, { until }),
  setExceptionSettings: (instance: string, body: ExceptionSettingsBody) =>
    send<ExceptionSettingsBody>("PUT", `/api/instances/${instance}/exception-settings`, body),
  askForWorkItems: (issues: readonly string[]) => send<AskedWorkItems>("POST", "/api/work-items", { issues }),
  saveIssueView: (body: SavedViewBody) => send<SavedViews>("POST", "/api/issue-views", body),
  deleteIssueView: (id: string) => send<SavedViews>("DELETE", `/api/issue-views/${id}`),
  setUrgencySettings: (instance: string, text: string) =>
    send<UrgencySettings>("PUT", `/api/instances/${instance}/urgency-settings`, { text }),
  previewUrgency: (instance: string, text: string) =>
    send<UrgencyPreview>("POST", `/api/instances/${instance}/urgency-settings/preview`, { text }),
  setSla: (instance: string, body: SlaBody) => send<SlaDays>("PUT", `/api/instances/${instance}/sla`, body),
  reopenIssue: (id: string, body: ReopenBody) => send<unknown>("POST", `/api/issues/${id}/reopen`, body),
  importResults: (repository: string, query: Loose<ImportQuery>, file: File) =>
    sendFile<ImportedAnswer>(`/api/repositories/${repository}/imports`, query, file),
  forgetImport: (repository: string, id: string) =>
    send<unknown>("DELETE", `/api/repositories/${repository}/imports/${id}`),
  checkSecret: (of: SecretName) => send<unknown>("POST", `${secretAddress(of)}/check`),
  setLiveCheck: (instance: string, body: LiveCheckBody) =>
    send<LiveChecks>("PUT", `/api/instances/${instance}/live-checks`, body),
  setRule: (id: string, instance: string, body: RuleSettingBody) =>
    send<RuleDetail>("PUT", `/api/rules/${encodeURIComponent(id)}/settings/${instance}`, body),
  judgePosture: (organization: string) => send<unknown>("POST", `/api/organizations/${organization}/posture/refresh`),
  setPostureSettings: (instance: string, body: PostureSettingsBody) =>
    send<PostureSettingsAnswer>("PUT", `/api/instances/${instance}/posture-settings`, body),
  askForFixes: (wish: WishBody) => send<Asked>("POST", "/api/fixes", wish),
  retryFix: (id: string) => send<Asked>("POST", `/api/fixes/${id}/retry`),
  abandonFix: (id: string) => send<FixDetail>("POST", `/api/fixes/${id}/abandon`),
  setFixSettings: (instance: string, body: FixSettingsBody) =>
    send<FixSettingsAnswer>("PUT", `/api/instances/${instance}/fix-settings`, body),
  createPolicy: (instance: string, body: PolicyBody) =>
    send<PolicyRow>("POST", `/api/instances/${instance}/policies`, body),
  updatePolicy: (instance: string, body: PolicyBody) =>
    send<PolicyRow>("PUT", `/api/instances/${instance}/policies/${body.id}`, body),
  removePolicy: (instance: string, policy: string) =>
    send<unknown>("DELETE", `/api/instances/${instance}/policies/${policy}`),
  switchPolicy: (instance: string, policy: string, enabled: boolean) =>
    send<PolicyRow>("PUT", `/api/instances/${instance}/policies/${policy}/enabled`, { enabled }),
  dryRun: (instance: string, body: DryRunBody) =>
    send<DryRunAnswer>("POST", `/api/instances/${instance}/policies/dry-run`, body),
  setPolicySource: (instance: string, body: PolicySourceBody) =>
    send<Policies>("PUT", `/api/instances/${instance}/policy-source`, body),
  leavePolicySource: (instance: string) => send<Policies>("DELETE", `/api/instances/${instance}/policy-source`),
  setRepositoryTags: (repository: string, tags: readonly string[]) =>
    send<RepositoryTags>("PUT", `/api/repositories/${repository}/tags`, { tags }),
  askForGates: (instance: string, body: GatesBody) => send<GatesAsked>("PUT", `/api/instances/${instance}/gates`, body),
  checkGates: (instance: string) => send<unknown>("POST", `/api/instances/${instance}/gates/check`),
  scanPullRequest: (repositoryId: string, number: number) =>
    send<unknown>("POST", `/api/pull-requests/${repositoryId}/${number}/scan`),
  createWebhook: (instance: string, body: NewWebhookBody) =>
    send<WebhookWithSecret>("POST", `/api/instances/${instance}/webhooks`, body),
  changeWebhook: (id: string, body: WebhookBody) => send<WebhookRow>("PUT", `/api/webhooks/${id}`, body),
  deleteWebhook: (id: string) => send<unknown>("DELETE", `/api/webhooks/${id}`),
  changeWebhookSecret: (id: string) => send<WebhookWithSecret>("POST", `/api/webhooks/${id}/secret`, {}),
  tryWebhook: (id: string) => send<DeliveryRow>("POST", `/api/webhooks/${id}/try`),
  redeliver: (id: string) => send<DeliveryRow>("POST", `/api/webhook-deliveries/${id}/redeliver`),
  reopenWorkItem: (id: string) => send<WorkItemDetail>("POST", `/api/work-items/${id}/reopen`),
  syncWorkItem: (id: string) => send<WorkItemDetail>("POST", `/api/work-items/${id}/sync`),
  checkWorkItemSettings: (instance: string, projectId: string, body: WorkItemSettingsBody) =>
    send<SettingsCheck>("POST", `/api/instances/${instance}/work-item-settings/check?projectId=${projectId}`, body),
  setWorkItemSettings: (instance: string, projectId: string | undefined, body: WorkItemSettingsBody) =>
    send<WorkItemSettingsAnswer>("PUT", workItemSettingsAddress(instance, projectId), body),
  leaveWorkItemSettings: (instance: string, projectId: string | undefined) =>
    send<WorkItemSettingsAnswer>("DELETE", workItemSettingsAddress(instance, projectId)),
  setPackageSettings: (instance: string, body: PackageSettingsBody) =>
    send<PackageSettings>("PUT", `/api/instances/${instance}/package-settings`, body),
  refreshKnowledge: () => send<Knowledge>("POST", "/api/knowledge/refresh"),
  createToken: (body: CreateTokenBody) => send<CreatedToken>("POST", "/api/tokens", body),
  deleteToken: (id: string) => send<unknown>("DELETE", `/api/tokens/${id}`),
  createUser: (body: CreateUserBody) => send<CreatedUser>("POST", "/api/users", body),
  editUser: (id: string, body: EditUserBody) => send<unknown>("PUT", `/api/users/${id}`, body),
  setPassword: (id: string, body: SetPasswordBody) => send<unknown>("PUT", `/api/users/${id}/password`, body),
  deleteUser: (id: string) => send<unknown>("DELETE", `/api/users/${id}`),
};

function remembered(session: Session): Session {
  rememberSession(session);
  return session;
}
