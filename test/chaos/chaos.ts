/**
 * Kills the server at random moments during a burst of pushes, starts it again each time, and compares afterwards. The
 * emulator and the pushes go on all the while, as Azure DevOps would.
 */
import assert from "node:assert/strict";
import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as moment } from "node:timers/promises";
import { pino } from "pino";
import { addressesFrom } from "#azure-devops/addresses.ts";
import { openEntra } from "#azure-devops/entra/open-entra.ts";
import { openRemote } from "#azure-devops/open-remote.ts";
import { checkConnection } from "#flows/connect-instance/check-connection.ts";
import { createInstance } from "#flows/connect-instance/create-instance.ts";
import { queues } from "#flows/jobs/queues.ts";
import type { UserId } from "#model/ids.ts";
import { secretValue } from "#model/secret-value.ts";
import { type Jobs, openJobs } from "#store/jobs/jobs.ts";
import { createKeys } from "#store/keys.ts";
import { openStore, type Store } from "#store/open-store.ts";
import { startPostgres } from "#store/postgres/start-postgres.ts";
import { type Emulator, startEmulator } from "../../emulator/start-emulator.ts";
import { until } from "../stories/until.ts";
import { type Burst, prepareBurst } from "./burst.ts";
import { openFrontDoor } from "./front-door.ts";
import { dataFolderOf, type ServerSettings, startServer } from "./server.ts";
import { type Verdict, verify } from "./verify.ts";

export interface ChaosOptions {
  /** How often the server is killed. */
  readonly rounds: number;
  readonly pushes: number;
  readonly repositories: number;
  readonly onRound?: (round: number) => void;
}

const log = pino({ level: "silent" });

export async function runChaos(options: ChaosOptions): Promise<Verdict> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "sallyport-chaos-"));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const emulator = await startEmulator({ folder: join(folder, "emulator") });
  stack.defer(() => emulator.stop());
  const burst = await prepareBurst(emulator, options.repositories);
  const key = randomBytes(32).toString("base64");
  const port = await freePort();
  const door = await openFrontDoor({ serverPort: port, cut: 0.1 });
  stack.defer(() => door.close());
  const settings = { folder, port, publicUrl: door.url, azureDevOpsUrl: emulator.url, key };

  let server = startServer(settings);
  stack.defer(() => server.stop());
  assert(await server.ready, "the server did not start");
  const watch = await openWatch(settings);
  stack.defer(() => watch.close());
  await connect(watch, settings, emulator, burst);

  await settled(watch, emulator, burst);

  let left = options.pushes;
  for (let round = 1; round <= options.rounds; round++) {
    const share = Math.ceil(left / (options.rounds - round + 1));
    left -= share;
    // Every third time it dies while it starts, else while it works.
    if (round % 3 !== 0) assert(await server.ready, "the server ended by itself");
    await Promise.all([pushInLanes(burst, share), moment(randomInt(longestLife)).then(() => server.kill())]);
    server = startServer(settings);
    options.onRound?.(round);
  }
  assert(await server.ready, "the server ended by itself");
  return await settled(watch, emulator, burst);
}

/** Milliseconds after which a server that works is killed at the latest. */
const longestLife = 5000;
/** Milliseconds between two pushes of one developer. */
const longestPause = 500;

/** Two developers push at the same time, in no rhythm. */
async function pushInLanes(burst: Burst, pushes: number): Promise<void> {
  let begun = 0;
  const developer = async (): Promise<void> => {
    while (begun++ < pushes) {
      await burst.push();
      await moment(randomInt(longestPause));
    }
  };
  await Promise.all([developer(), developer()]);
}

interface Watch {
  readonly store: Store;
  readonly jobs: Jobs;
  close(): Promise<void>;
}

/** A second pair of eyes on the server's own database. */
async function openWatch(settings: ServerSettings): Promise<Watch> {
  const postgres = await startPostgres({ folder: join(dataFolderOf(settings), "postgres"), log });
  const store = await openStore({ url: postgres.url, log, maxConnections: 3 });
  const jobs = await openJobs(store, { log, queues });
  return {
    store,
    jobs,
    async close() {
      await jobs.stop();
      await store.close();
      await postgres.stop();
    },
  };
}

async function connect(watch: Watch, settings: ServerSettings, emulator: Emulator, burst: Burst): Promise<void> {
  const now = () => new Date();
  const addresses = addressesFrom(emulator.url);
  const app = {
    db: watch.store.db,
    jobs: watch.jobs,
    keys: createKeys(Buffer.from(settings.key, "base64")),
    remote: openRemote({ addresses, now, log, userAgent: "Sallyport chaos" }),
    entra: openEntra({ addresses, now, log, userAgent: "Sallyport chaos" }),
    log,
    now,
  };
  const check = await checkConnection(app, {
    method: "pat",
    by: randomUUID() as UserId,
    organizations: [burst.organization.name],
    tokens: [{ value: secretValue(burst.ownerToken.value) }],
  });
  assert(check.draft, `cannot connect: ${JSON.stringify(check.organizations)}`);
  const takes = { is: "existing-and-future" } as const;
  const created = await createInstance(app, { draft: check.draft, name: "Chaos", takes, by: "chaos" });
  assert(created.is === "created");
}

/** Waits until nothing is left to do and nothing is missing; what is missing for too long is lost. */
async function settled(watch: Watch, emulator: Emulator, burst: Burst): Promise<Verdict> {
  const look = async () => {
    await emulator.settled();
    const pending = await watch.jobs.pending();
    if (pending.some(({ waiting, delayed, active }) => waiting + delayed + active > 0)) return undefined;
    const verdict = await verify(watch.store.db, watch.jobs, emulator.world, burst);
    return verdict.lost.length === 0 ? verdict : undefined;
  };
  try {
    return await until("everything scanned", look, { within: 90_000 });
  } catch {
    return verify(watch.store.db, watch.jobs, emulator.world, burst);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
