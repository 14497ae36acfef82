/** Every question and every order that the console has for the server, typed by the server's own contracts. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Audit, AuditQuery } from "#api/audit/contract.ts";
import type { Builds, BuildsQuery } from "#api/builds/contract.ts";
import type { ChoosableRepositories, Connection, ConnectionBody } from "#api/connections/contract.ts";
import type { FirstAdministratorBody } from "#api/first-administrator/contract.ts";
import type { HookEvents, HookEventsQuery } from "#api/hook-events/contract.ts";
import type {
  CreatedInstance,
  CreateInstanceBody,
  EditInstanceBody,
  InstanceDetail,
  InstanceRepositories,
  Instances,
} from "#api/instances/contract.ts";
import type { Integrations } from "#api/integrations/contract.ts";
import type { DismissBody, Excerpt, IssueDetail, Issues, IssuesQuery, ReopenBody } from "#api/issues/contract.ts";
import type { Overview } from "#api/overview/contract.ts";
import type { PullRequestDetail, PullRequests, PullRequestsQuery } from "#api/pull-requests/contract.ts";
import type { Repositories, RepositoriesQuery, RepositoryDetail } from "#api/repositories/contract.ts";
import type { ScanDetail, Scans, ScansQuery } from "#api/scans/contract.ts";
import type { Session, SignInBody } from "#api/session/contract.ts";
import type { ApiTokens, CreatedToken, CreateTokenBody } from "#api/tokens/contract.ts";
import type { CreatedUser, CreateUserBody, Users } from "#api/users/contract.ts";
import { get, rememberCsrf, send } from "./request.ts";

/** Filters that are not set may be there as undefined. */
type Loose<Q> = { readonly [Name in keyof Q]?: Q[Name] | undefined };

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
  integrations: () =>
    queryOptions({
      queryKey: ["integrations"],
      queryFn: ({ signal }) => get<Integrations>("/api/integrations", {}, signal),
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
      queryFn: ({ signal, pageParam }) => get<Issues>("/api/issues", { ...query, offset: pageParam }, signal),
      initialPageParam: 0,
      getNextPageParam: (last, pages) => {
        const loaded = pages.reduce((sum, page) => sum + page.rows.length, 0);
        return last.rows.length > 0 && loaded < last.total ? loaded : undefined;
      },
      placeholderData: keepPreviousData,
    }),
  issue: (id: string) =>
    queryOptions({
      queryKey: ["issues", id],
      queryFn: ({ signal }) => get<IssueDetail>(`/api/issues/${id}`, {}, signal),
    }),
  excerpt: (id: string) =>
    queryOptions({
      queryKey: ["issues", id, "excerpt"],
      queryFn: ({ signal }) => get<Excerpt>(`/api/issues/${id}/excerpt`, {}, signal),
      staleTime: 60_000,
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
  createFirstAdministrator: async (body: FirstAdministratorBody) =>
    remembered(await send<Session>("POST", "/api/first-administrator", body)),
  checkConnection: (body: ConnectionBody) => send<Connection>("POST", "/api/connections", body),
  createInstance: (body: CreateInstanceBody) => send<CreatedInstance>("POST", "/api/instances", body),
  editInstance: (id: string, body: EditInstanceBody) => send<unknown>("PATCH", `/api/instances/${id}`, body),
  deleteInstance: (id: string) => send<unknown>("DELETE", `/api/instances/${id}`),
  syncInstance: (id: string) => send<unknown>("POST", `/api/instances/${id}/sync`),
  scanRepository: (id: string) => send<unknown>("POST", `/api/repositories/${id}/scan`),
  dismissIssue: (id: string, body: DismissBody) => send<unknown>("POST", `/api/issues/${id}/dismiss`, body),
  reopenIssue: (id: string, body: ReopenBody) => send<unknown>("POST", `/api/issues/${id}/reopen`, body),
  createToken: (body: CreateTokenBody) => send<CreatedToken>("POST", "/api/tokens", body),
  deleteToken: (id: string) => send<unknown>("DELETE", `/api/tokens/${id}`),
  createUser: (body: CreateUserBody) => send<CreatedUser>("POST", "/api/users", body),
};

function remembered(session: Session): Session {
  rememberCsrf(session.csrf);
  return session;
}
