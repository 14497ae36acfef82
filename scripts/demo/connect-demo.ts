/** What a person does with a new Sallyport: become its administrator, connect the organization, wait until all is scanned. */
import { randomBytes } from "node:crypto";
import type { Connection } from "#api/connections/contract.ts";
import type { EntraAppBody } from "#api/entra-app/contract.ts";
import type { CreatedInstance, InstanceDetail } from "#api/instances/contract.ts";
import type { Issues } from "#api/issues/contract.ts";
import type { PullRequests } from "#api/pull-requests/contract.ts";
import type { Repositories } from "#api/repositories/contract.ts";
import type { Session } from "#api/session/contract.ts";
import type { SignInLink } from "#api/sign-in-links/contract.ts";
import type { ApiClient } from "./api-client.ts";

export interface Seed {
  readonly organization: string;
  readonly token: string;
  readonly openPullRequests: number;
  /** The app registration by which people sign in with Microsoft Entra ID. */
  readonly entra?: { readonly clientId: string; readonly clientSecret: string; readonly tenant?: string };
}

export interface DemoResult {
  readonly signInUrl: string;
  readonly repositories: number;
}

/** Milliseconds for each thing that is waited for. */
const patience = 120_000;
const pause = 200;

export async function connectDemo(api: ApiClient, firstStartToken: string, seed: Seed): Promise<DemoResult> {
  const administrator = { token: firstStartToken, name: "demo", password: randomBytes(24).toString("base64url") };
  api.signedIn(await api.post<Session>("/api/first-administrator", administrator));
  if (seed.entra) await enterEntraApp(api, seed.entra);
  const instance = await connect(api, seed);
  const repositories = await scannedRepositories(api, instance);
  await answeredPullRequests(api, seed.openPullRequests);
  const { url: signInUrl } = await api.post<SignInLink>("/api/sign-in-links");
  return { signInUrl, repositories };
}

/** Asked last: the look at settings finds some, too. */
export async function openIssues(api: ApiClient): Promise<number> {
  return (await api.get<Issues>("/api/issues?state=open&limit=1")).total;
}

async function enterEntraApp(
  api: ApiClient,
  { clientId, clientSecret, tenant }: NonNullable<Seed["entra"]>,
): Promise<void> {
  const proof = { is: "secret", value: clientSecret } as const;
  const body: EntraAppBody = { clientId, proof, ...(tenant !== undefined && { tenant }) };
  await api.put("/api/entra-app", body);
}

async function connect(api: ApiClient, { organization, token }: Seed): Promise<string> {
  const tokens = [{ value: token }];
  const connection = await api.post<Connection>("/api/connections", {
    method: "pat",
    organizations: [organization],
    tokens,
  });
  const { draft } = connection;
  if (draft === null) {
    throw new Error(
      `the organization cannot be connected: ${connection.organizations[0]?.problem ?? "no reason given"}`,
    );
  }
  const choice = { draft, name: organization, takes: { is: "existing-and-future" } };
  return (await api.post<CreatedInstance>("/api/instances", choice)).id;
}

async function scannedRepositories(api: ApiClient, instance: string): Promise<number> {
  return waitFor("the first scans", async () => {
    const { state, reasons, repositories } = await api.get<InstanceDetail>(`/api/instances/${instance}`);
    const because = reasons.map(({ cause, remedy }) => `${cause} ${remedy}`).join(" ");
    if (state !== "connected") return { now: `the instance is ${state}. ${because}` };
    const { rows } = await api.get<Repositories>("/api/repositories?chosen=true&limit=500");
    const scanned = rows.filter(({ lastScan }) => lastScan?.outcome === "complete" || lastScan?.outcome === "partial");
    const wanted = rows.filter(({ isEmpty, isDisabled }) => !isEmpty && !isDisabled);
    const isDone =
      repositories.chosen > 0 && rows.length === repositories.chosen && wanted.every((row) => scanned.includes(row));
    return isDone
      ? { done: scanned.length }
      : { now: `${scanned.length} of ${wanted.length} repositories are scanned` };
  });
}

async function answeredPullRequests(api: ApiClient, expected: number): Promise<void> {
  await waitFor("the feedback on pull requests", async () => {
    const { rows } = await api.get<PullRequests>("/api/pull-requests?state=active&limit=500");
    const answered = rows.filter(({ status }) => status === "succeeded" || status === "failed");
    const isDone = answered.length >= expected && answered.length === rows.length;
    return isDone
      ? { done: true }
      : { now: `${answered.length} of ${Math.max(expected, rows.length)} have their status` };
  });
}

/** Asks again until it is done, and says how far it came if that takes too long. */
async function waitFor<T>(
  what: string,
  look: () => Promise<{ readonly done: T } | { readonly now: string }>,
): Promise<T> {
  const limit = performance.now() + patience;
  for (;;) {
    const seen = await look();
    if ("done" in seen) return seen.done;
    if (performance.now() > limit) throw new Error(`${what} did not end within ${patience / 1000} s: ${seen.now}`);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
