/** Starts the stand-in Azure DevOps in this process: one world, one loopback port. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type Clock, createClock } from "./clock.ts";
import type { Edition } from "./edition.ts";
import { createEntraState } from "./entra/tenants.ts";
import { afterPush } from "./git/after-push.ts";
import { deliveriesSettled } from "./hooks/deliver.ts";
import { mergesSettled } from "./pull-requests/running-attempts.ts";
import { routes } from "./routes.ts";
import { createRouter } from "./server/find-route.ts";
import { handleRequest } from "./server/handle-request.ts";
import { defaultSwitches } from "./switches.ts";
import type { World } from "./world.ts";

export interface Emulator {
  /** `http://127.0.0.1:PORT`: the base of dev.azure.com; other hosts are `{url}/_hosts/{host}`. */
  readonly url: string;
  readonly world: World;
  readonly clock: Clock;
  /** Resolves when no merge is being tried and no hook delivery is on its way. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

export interface EmulatorOptions {
  /** 0 or absent = any free port. */
  readonly port?: number;
  /** Where the bare repositories live; they are kept. */
  readonly folder: string;
  /** Services when absent; the collections of a server are at `{url}{path}/{collection}`. */
  readonly edition?: Edition;
  /** Fills the world before the first request is answered. */
  readonly seed?: (world: World) => unknown;
}

export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  await mkdir(options.folder, { recursive: true });
  const clock = createClock();
  const world: World = {
    baseUrl: "",
    edition: options.edition ?? { is: "services" },
    gitFolder: await mkdtemp(join(options.folder, "git-")),
    clock,
    switches: { ...defaultSwitches },
    allowPrivateTargets: true,
    faults: [],
    afterPush,
    organizations: new Map(),
    users: new Map(),
    tokens: [],
    entra: createEntraState(),
    counters: new Map(),
  };
  const router = createRouter(routes);
  const server = createServer({ keepAliveTimeout: 60_000, requestTimeout: 0 }, (request, response) => {
    handleRequest(world, router, request, response).catch((error: unknown) => {
      console.error(`emulator: ${request.method} ${request.url} failed`, error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  world.baseUrl = world.edition.is === "server" ? `${url}${world.edition.path}` : url;
  await options.seed?.(world);
  return {
    url,
    world,
    clock,
    async settled() {
      await mergesSettled(world);
      await deliveriesSettled(world);
    },
    async stop() {
      clock.stop();
      await mergesSettled(world);
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await deliveriesSettled(world);
      await rm(world.gitFolder, { recursive: true, force: true });
    },
  };
}
