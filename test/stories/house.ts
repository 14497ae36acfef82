/** A whole house for one story: the stand-in Azure DevOps, a database of its own, the flows at work, and the receiver behind real HTTP. */
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Logger, pino } from "pino";
import { addressesFrom } from "#azure-devops/addresses.ts";
import { openEntra } from "#azure-devops/entra/open-entra.ts";
import { openRemote } from "#azure-devops/open-remote.ts";
import type { App, Delivery } from "#flows/app.ts";
import { queues } from "#flows/jobs/queues.ts";
import { startWorker } from "#flows/jobs/worker.ts";
import { openKnowledgeCopy } from "#flows/knowledge/knowledge-copy.ts";
import { startRefreshing } from "#flows/knowledge/refresh-knowledge.ts";
import type { LiveAsker } from "#flows/live-checks/open-live-asker.ts";
import { asksNobody } from "#flows/live-checks/testing/asks-nobody.ts";
import { startSpendRecorder } from "#flows/record-spend.ts";
import { openScanPool } from "#flows/scan-files/open-scan-pool.ts";
import { createHookReceiver, type HookReceiver } from "#flows/service-hooks/receive-hook.ts";
import { openWebhookSender } from "#flows/webhooks/open-webhook-sender.ts";
import { openMirrors } from "#git/open-mirrors.ts";
import type { FactsSources } from "#knowledge/package-facts/facts-sources.ts";
import { type Jobs, openJobs } from "#store/jobs/jobs.ts";
import { createKeys } from "#store/keys.ts";
import { freshDatabase } from "#store/testing/fresh-database.ts";
import { addOrganization, addProject, addToken, addUser } from "../../emulator/build-world.ts";
import type { Edition } from "../../emulator/edition.ts";
import { type Emulator, startEmulator } from "../../emulator/start-emulator.ts";
import type { OrganizationState, PersonalAccessToken, ProjectState, User } from "../../emulator/world.ts";
import { until } from "./until.ts";

export interface House {
  readonly app: App;
  readonly emulator: Emulator;
  readonly organization: OrganizationState;
  readonly project: ProjectState;
  /** Project administrator: whose token Sallyport gets. */
  readonly owner: User;
  readonly ownerToken: PersonalAccessToken;
  readonly developer: User;
  readonly developerToken: PersonalAccessToken;
  /** Every lines that the flows logged, for the message of a failure. */
  readonly logged: readonly string[];
  /** While false, deliveries find nobody at home. */
  setListening(listening: boolean): void;
  /** Until no delivery is on its way and no job is waiting or running. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

export interface HouseOptions {
  /** `server`: Azure DevOps Server, whose collections stand at `/tfs`. */
  readonly edition?: "services" | "server";
  /** Hooks if absent. */
  readonly delivery?: Delivery;
  /** Milliseconds by which Sallyport's own clock is ahead of Azure DevOps' at that moment. */
  readonly clockError?: () => number;
  /** Nobody is asked about secrets if absent. */
  readonly liveAsker?: LiveAsker;
  /** Registries that are asked about packages; none if absent. */
  readonly factsSources?: FactsSources;
  /** Module of the doors to the tree scanners; the real ones if absent. */
  readonly treeScannersModule?: string;
}

const server: Edition = { is: "server", path: "/tfs", newestVersion: "6.0" };

export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), "sallyport-story-"));
  const edition = options.edition === "server" ? server : ({ is: "services" } as const);
  const emulator = await startEmulator({ folder: join(folder, "emulator"), edition });
  const { world } = emulator;
  const organization = addOrganization(world, "fabrikam");
  const project = addProject(world, organization, "Payments");
  const owner = addUser(world, "Olga Owner", { organization, group: "project administrators" });
  const developer = addUser(world, "Dana Developer", { organization, group: "contributors" });
  const door = await openDoor();
  const logged: string[] = [];
  const log = pino({ level: "info" }, { write: (line: string) => void logged.push(line) });
  const database = await freshDatabase();
  const { jobs, isBusy } = watchRunning(await openJobs(database.store, { log, queues }));
  const app = openApp({ folder, emulator, door, database, jobs, log, options });
  door.receiver = createHookReceiver(app);
  const worker = await startWorker(app);
  const recorder = startSpendRecorder(app);

  return {
    app,
    emulator,
    organization,
    project,
    owner,
    ownerToken: addToken(world, owner, { organization }),
    developer,
    developerToken: addToken(world, developer, { organization }),
    logged,
    setListening: (listening) => {
      door.isOpen = listening;
    },
    async quiet() {
      const isQuiet = async () => !isBusy() && (await isAtRest(app, emulator));
      await until("all deliveries and jobs done", isQuiet, { detail: () => app.jobs.pending() });
    },
    async close() {
      await worker.stop();
      await recorder.stop();
      await emulator.stop();
      await app.scanPool.close();
      app.mirrors.close();
      await door.close();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function isAtRest(app: App, emulator: Emulator): Promise<boolean> {
  await emulator.settled();
  const pending = await app.jobs.pending();
  return pending.every(({ waiting, delayed, active }) => waiting + delayed + active === 0);
}

function openApp(parts: {
  readonly folder: string;
  readonly emulator: Emulator;
  readonly door: Door;
  readonly database: Awaited<ReturnType<typeof freshDatabase>>;
  readonly jobs: Jobs;
  readonly log: Logger;
  readonly options: HouseOptions;
}): App {
  const { folder, emulator, database, jobs, log } = parts;
  const { clockError = () => 0, delivery = { is: "hooks" }, treeScannersModule } = parts.options;
  const now = () => new Date(emulator.clock.now().getTime() + clockError());
  const keys = createKeys(Buffer.alloc(32, 7));
  const isServer = parts.options.edition === "server";
  const addresses = addressesFrom(isServer ? { serverUrl: emulator.world.baseUrl } : emulator.url);
  const remote = { addresses, now, log, userAgent: "Sallyport stories" };
  return {
    db: database.store.db,
    jobs,
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
    scanPool: openScanPool({
      threads: 0,
      fingerprintKey: keys.fingerprintKey,
      ...(treeScannersModule && { treeScannersModule }),
    }),
    knowledge: openKnowledgeCopy(join(folder, "knowledge")),
    refreshing: startRefreshing({ log }, { folder: join(folder, "knowledge"), sources: [] }),
    factsSources: parts.options.factsSources,
    liveAsker: parts.options.liveAsker ?? asksNobody,
    webhookSender: openWebhookSender({ allowsPrivate: true, environment: {} }),
    log,
    publicUrl: parts.door.url,
    delivery,
    now,
  };
}

/** Knows of jobs that run without asking the database: most looks of `quiet` happen while one does. */
function watchRunning(jobs: Jobs): { readonly jobs: Jobs; readonly isBusy: () => boolean } {
  let running = 0;
  const work: Jobs["work"] = (queue, options, handler, giveUp) =>
    jobs.work(
      queue,
      options,
      async (data: Parameters<typeof handler>[0], context) => {
        running += 1;
        try {
          await handler(data, context);
        } finally {
          running -= 1;
        }
      },
      giveUp,
    );
  return { jobs: { ...jobs, work }, isBusy: () => running > 0 };
}

interface Door {
  readonly url: string;
  receiver?: HookReceiver;
  isOpen: boolean;
  close(): Promise<void>;
}

/** What the API does with POST /hooks/:key, and nothing else. */
async function openDoor(): Promise<Door> {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const door: Door = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    isOpen: true,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const key = request.url?.split("/").at(-1) ?? "";
    const { authorization } = request.headers;
    const outcome = door.isOpen
      ? await door.receiver?.receive({ key, authorization, body: Buffer.concat(chunks) })
      : undefined;
    response.statusCode = outcome?.status ?? 500;
    response.end();
  }
  return door;
}
