/** `sallyport serve`: the API, the worker, or both in one process, until Ctrl-C. */
import { fileURLToPath } from "node:url";
import type { FastifyInstance } from "fastify";
import { buildServer } from "#api/build-server.ts";
import { makeFirstStartLink } from "#api/first-administrator/make-first-start-link.ts";
import { commitAddress, lineAddress, threadAddress } from "#azure-devops/links.ts";
import { startWorker, type Worker } from "#flows/jobs/worker.ts";
import { findRule, rules } from "#scan/rules.ts";
import { readConfig } from "../config.ts";
import { ownFolder } from "../own-folder.ts";
import { UsageError } from "../usage-error.ts";
import { version } from "../version.ts";
import { createLog } from "./create-log.ts";
import { endSignal } from "./end-signal.ts";
import { holdPort } from "./hold-port.ts";
import { type OpenedApp, openApp } from "./open-app.ts";

export type ServeRole = "all" | "api" | "worker";

export async function runServe({ role }: { readonly role: ServeRole }): Promise<number> {
  const ended = endSignal();
  const config = readConfig();
  const log = createLog(config);
  if (role !== "all" && config.publicUrl === undefined) {
    throw new UsageError(
      `serve --role ${role} needs SALLYPORT_PUBLIC_URL: all processes must tell Azure DevOps one address`,
    );
  }
  await using running = new AsyncDisposableStack();
  const held = role === "worker" ? undefined : await holdPort(config);
  if (held) running.defer(() => held.release());
  const port = held?.port ?? config.port;
  const publicUrl = config.publicUrl ?? `http://${hostInUrl(config.host)}:${port}`;
  const opened = await openApp(config, { log, publicUrl });
  running.defer(() => opened.close());
  let worker: Worker | undefined;
  running.defer(() => worker?.stop());
  if (held) {
    const server = await prepareServer(opened);
    running.defer(() => server.close());
    await held.release();
    await server.listen({ host: config.host, port });
  }
  // Only now: the worker's first look finds what was missed before, and the door is open for what comes after.
  if (role !== "api") worker = await startWorker(opened.app);
  if (role === "worker") console.log(`sallyport ${version} works on jobs`);
  else await sayHello(opened, publicUrl);
  const reason = await ended;
  log.info({ reason }, "stopping");
  await running.disposeAsync();
  log.info("stopped");
  return 0;
}

async function sayHello({ app }: OpenedApp, publicUrl: string): Promise<void> {
  console.log(`sallyport ${version} serves ${publicUrl}`);
  const link = await makeFirstStartLink(app);
  if (link) console.log(`first start: create the administrator at ${link} (once, within a day)`);
}

function prepareServer({ app, store }: OpenedApp): Promise<FastifyInstance> {
  return buildServer(app, {
    store,
    version,
    findRule,
    rules,
    links: { line: lineAddress, commit: commitAddress, thread: threadAddress },
    consoleFolder: fileURLToPath(new URL("console/dist", ownFolder)),
  });
}

/** What listens on every address is reached through this machine's own. */
function hostInUrl(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
