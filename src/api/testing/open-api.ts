/** The whole API on a real database for one test file, with a clock that the test turns, and people to speak as. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from "fastify";
import { pino } from "pino";
import { addressesFrom } from "#azure-devops/addresses.ts";
import { openEntra } from "#azure-devops/entra/open-entra.ts";
import { commitAddress, lineAddress, threadAddress } from "#azure-devops/links.ts";
import { openRemote } from "#azure-devops/open-remote.ts";
import type { App } from "#flows/app.ts";
import { queues } from "#flows/jobs/queues.ts";
import { openKnowledgeCopy } from "#flows/knowledge/knowledge-copy.ts";
import { startRefreshing } from "#flows/knowledge/refresh-knowledge.ts";
import type { LiveAsker } from "#flows/live-checks/open-live-asker.ts";
import { asksNobody } from "#flows/live-checks/testing/asks-nobody.ts";
import { openScanPool } from "#flows/scan-files/open-scan-pool.ts";
import { openWebhookSender } from "#flows/webhooks/open-webhook-sender.ts";
import { openMirrors } from "#git/open-mirrors.ts";
import type { Rule } from "#model/rule.ts";
import type { Role } from "#store/database.ts";
import { openJobs } from "#store/jobs/jobs.ts";
import { createKeys } from "#store/keys.ts";
import type { Store } from "#store/open-store.ts";
import { insertUser, type User } from "#store/people/users.ts";
import { freshDatabase } from "#store/testing/fresh-database.ts";
import { buildServer } from "../build-server.ts";
import { createPasswords } from "../passwords.ts";
import type { Session } from "../session/contract.ts";

export interface TestApi {
  readonly app: App;
  readonly store: Store;
  readonly server: FastifyInstance;
  /** Every line that was logged. */
  readonly logged: readonly string[];
  /** Lets time pass. */
  pass(milliseconds: number): void;
  /** Adds a person with the password `passwordOf(name)`. */
  addUser(name: string, role: Role): Promise<User>;
  /** A browser in which that person has signed in; without a name, one in which nobody has. */
  browser(name?: string): Promise<Browser>;
  close(): Promise<void>;
}

export interface Browser {
  readonly csrf: string;
  readonly cookie: string;
  call(
    method: InjectOptions["method"],
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>;
}

export interface TestApiOptions {
  readonly publicUrl?: string;
  readonly azureDevOpsUrl?: string;
  readonly findRule?: (id: string) => Rule | undefined;
  readonly rules?: readonly Rule[];
  readonly consoleFolder?: string;
  /** Nobody is asked if absent. */
  readonly liveAsker?: LiveAsker;
}

/** At its own cost each would take 0.3 s, and people sign in in every test. */
const passwordCost = { N: 2 ** 4, r: 8, p: 1 };
const passwords = createPasswords(passwordCost);

export function passwordOf(name: string): string {
  return `password of ${name}`;
}

// oxlint-disable-next-line max-lines-per-function -- a list of what is opened, and closed again in turn
export async function openApi(options: TestApiOptions = {}): Promise<TestApi> {
  const folder = await mkdtemp(join(tmpdir(), "sallyport-api-"));
  const database = await freshDatabase();
  const logged: string[] = [];
  let ahead = 0;
  const log = pino({ level: "debug" }, { write: (line: string) => void logged.push(line) });
  const now = () => new Date(Date.now() + ahead);
  const keys = createKeys(Buffer.alloc(32, 3));
  const remote = { addresses: addressesFrom(options.azureDevOpsUrl), now, log, userAgent: "Sallyport tests" };
  const app: App = {
    db: database.store.db,
    jobs: await openJobs(database.store, { log, queues }),
    keys,
    remote: openRemote(remote),
    entra: openEntra(remote),
    mirrors: openMirrors({
      folder: join(folder, "mirrors"),
      budgetBytes: 1024 ** 3,
      log,
      now,
      surrounding: process.env,
    }),
    scanPool: openScanPool({ threads: 0, fingerprintKey: keys.fingerprintKey }),
    knowledge: openKnowledgeCopy(join(folder, "knowledge")),
    refreshing: startRefreshing({ log }, { folder: join(folder, "knowledge"), sources: [] }),
    factsSources: undefined,
    liveAsker: options.liveAsker ?? asksNobody,
    webhookSender: openWebhookSender({ allowsPrivate: false, environment: {} }),
    log,
    publicUrl: options.publicUrl ?? "http://127.0.0.1:8700",
    delivery: { is: "hooks" },
    now,
  };
  const server = await buildServer(app, {
    store: database.store,
    version: "0.0.0-test",
    findRule: options.findRule ?? ((id) => options.rules?.find((rule) => rule.id === id || rule.aliases.includes(id))),
    rules: options.rules ?? [],
    links: { line: lineAddress, commit: commitAddress, thread: threadAddress },
    consoleFolder: options.consoleFolder ?? join(folder, "no-console"),
    passwordCost,
  });
  return {
    app,
    store: database.store,
    server,
    logged,
    pass: (milliseconds) => {
      ahead += milliseconds;
    },
    addUser: async (name, role) => {
      const user = await insertUser(app.db, { name, role, passwordHash: await passwords.hash(passwordOf(name)) });
      assert(user);
      return user;
    },
    browser: (name) => openBrowser(server, name),
    close: async () => {
      await server.close();
      await app.jobs.stop();
      await app.scanPool.close();
      app.mirrors.close();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function openBrowser(server: FastifyInstance, name?: string): Promise<Browser> {
  let cookie = "";
  let csrf = "";
  if (name !== undefined) {
    const answer = await server.inject({
      method: "POST",
      url: "/api/session",
      payload: { name, password: passwordOf(name) },
    });
    assert.equal(answer.statusCode, 200, answer.body);
    cookie = cookieOf(answer);
    ({ csrf } = answer.json<Session>());
  }
  return {
    csrf,
    cookie,
    call: async (method, url, body, headers = {}) =>
      server.inject({
        method: method ?? "GET",
        url,
        headers: { ...(cookie && { cookie }), ...(csrf && { "x-csrf-token": csrf }), ...headers },
        ...(body !== undefined && { payload: body as Record<string, unknown> }),
      }),
  };
}

/** The session cookie as a browser would send it back. */
export function cookieOf(answer: LightMyRequestResponse): string {
  const [cookie] = answer.cookies;
  return cookie ? `${cookie.name}=${cookie.value}` : "";
}
