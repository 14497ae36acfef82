/** `sallyport doctor`: looks at everything that a server needs, a line each, with what to do where something is wrong. */
import { stat, statfs } from "node:fs/promises";
import type { Logger } from "pino";
import { type Addresses, addressesFrom } from "#azure-devops/addresses.ts";
import { gitVersion, oldestGit } from "#git/git-version.ts";
import { newestMigration } from "#store/migrate.ts";
import { type Config, environmentWith, readConfig } from "../config.ts";
import { version } from "../version.ts";
import { createLog } from "./create-log.ts";
import { deliveryMode } from "./delivery-mode.ts";
import { makeWritableFolder } from "./make-folder.ts";
import { masterKeyFile, readMasterKey } from "./master-key.ts";
import { hasDatabase, openDatabase, openTables } from "./open-database.ts";

interface Finding {
  readonly result: "ok" | "warn" | "fail";
  readonly says: string;
}

type Check = (config: Config, log: Logger) => Promise<Finding>;

const checks: readonly (readonly [string, Check])[] = [
  ["node", checkNode],
  ["git", checkGit],
  ["data folder", checkFolder],
  ["free disk", checkDisk],
  ["master key", checkKey],
  ["database", checkDatabase],
  ["Azure DevOps", checkAzureDevOps],
  ["Microsoft Entra ID", checkEntra],
  ["changes", checkDelivery],
];

/** 0 if a server can run, 1 if something keeps it from that. */
export async function runDoctor(): Promise<number> {
  const config = readConfig();
  const log = createLog({ logLevel: "fatal" });
  console.log(`sallyport ${version} on ${process.platform} ${process.arch}, data in ${config.dataFolder}`);
  let worst = 0;
  for (const [name, check] of checks) {
    const { result, says } = await check(config, log).catch(
      (error: unknown) => ({ result: "fail", says: wordsOf(error) }) as const,
    );
    console.log(`${result.padEnd(4)}  ${name}: ${says}`);
    if (result === "fail") worst = 1;
  }
  return worst;
}

async function checkNode(): Promise<Finding> {
  const [major = 0] = process.versions.node.split(".").map(Number);
  if (major >= 24) return ok(process.versions.node);
  return fail(`${process.versions.node} is too old: install Node 24, or run \`npm ci\` again for the pinned one`);
}

async function checkGit(_config: Config, log: Logger): Promise<Finding> {
  try {
    const { version: found, isRecentEnough } = await gitVersion({ log, surrounding: environmentWith({}) });
    return isRecentEnough ? ok(found) : fail(`${found} is too old: install git ${oldestGit} or later`);
  } catch {
    return fail(`not found: install git ${oldestGit} or later and have it in PATH`);
  }
}

async function checkFolder({ dataFolder }: Config): Promise<Finding> {
  await makeWritableFolder({ folder: dataFolder, setting: "SALLYPORT_DATA" });
  return ok("can be written");
}

const gigabyte = 1024 ** 3;

async function checkDisk({ dataFolder }: Config): Promise<Finding> {
  const { bavail, bsize } = await statfs(dataFolder);
  const free = bavail * bsize;
  const says = `${(free / gigabyte).toFixed(1)} GB free`;
  if (free < gigabyte) return fail(`${says}: mirrors and database need more; free some, or move SALLYPORT_DATA`);
  return free < 5 * gigabyte ? warn(`${says}: little, if repositories are large`) : ok(says);
}

async function checkKey(config: Config): Promise<Finding> {
  if (config.masterKey) return ok("from SALLYPORT_KEY");
  const file = masterKeyFile(config);
  const found = await stat(file).catch(() => undefined);
  if (!found) return ok(`none yet; the first start makes ${file}`);
  await readMasterKey(config);
  if (process.platform !== "win32" && (found.mode & 0o077) !== 0) return warn(`others may read it: chmod 600 ${file}`);
  return ok(file);
}

async function checkDatabase(config: Config, log: Logger): Promise<Finding> {
  if (!hasDatabase(config)) return ok("none yet; the first start makes it");
  const database = await openDatabase(config, log);
  try {
    const store = await openTables(database, { log, maxConnections: 1 });
    await store.close();
    return ok(`${config.databaseUrl ? "answers" : "embedded, answers"}, schema ${newestMigration}`);
  } finally {
    await database.close();
  }
}

async function checkAzureDevOps(config: Config): Promise<Finding> {
  const addresses = addressesOf(config);
  const { edition, newestVersion } = addresses;
  const needed = new Set([addresses["dev.azure.com"], addresses["vssps.dev.azure.com"]]);
  const unreachable = await unreachableOf([...needed]);
  const kind = edition === "server" ? ` (Azure DevOps Server, api-version ${newestVersion})` : "";
  if (unreachable.length === 0) return ok(`${[...needed].join(", ")} reached${kind}`);
  const costs = "until then nothing is scanned, and nothing can be connected";
  return warn(`not reached: ${unreachable.join(", ")}${kind}; check proxy, firewall and name service; ${costs}`);
}

/** A managed identity gets its tokens from the machine, and a personal access token is asked of nobody. */
async function checkEntra(config: Config): Promise<Finding> {
  const addresses = addressesOf(config);
  if (addresses.edition === "server") return ok("not needed: an Azure DevOps Server is connected with access tokens");
  const unreachable = await unreachableOf([addresses["login.microsoftonline.com"]]);
  if (unreachable.length === 0) return ok(`${addresses["login.microsoftonline.com"]} reached`);
  const costs =
    "without it nobody can sign in with Microsoft, and sign-ins and service principals stop within about an hour; personal access tokens go on";
  return warn(`not reached: ${unreachable.join(", ")}; check proxy, firewall and name service; ${costs}`);
}

function addressesOf({ azureDevOpsUrl, azureDevOpsServerUrl, azureDevOpsServerVersion }: Config): Addresses {
  return addressesFrom({
    url: azureDevOpsUrl,
    serverUrl: azureDevOpsServerUrl,
    serverVersion: azureDevOpsServerVersion,
  });
}

/** Whatever they answer: that they answer is the question. */
async function unreachableOf(addresses: readonly string[]): Promise<readonly string[]> {
  const unreachable: string[] = [];
  for (const address of addresses) {
    await fetch(address, { redirect: "manual", signal: AbortSignal.timeout(5000) }).catch((error: unknown) => {
      unreachable.push(`${address} (${wordsOf(error)})`);
    });
  }
  return unreachable;
}

async function checkDelivery(config: Config): Promise<Finding> {
  const publicUrl = config.publicUrl ?? `http://127.0.0.1:${config.port}`;
  const delivery = deliveryMode({ ...config, publicUrl });
  if (delivery.is === "hooks") return ok(`hooks: Azure DevOps delivers to ${publicUrl}`);
  const says = `polling: ${delivery.because} Changes are found by looking, about once a minute`;
  return config.hooks === "off" ? ok(says) : warn(says);
}

function ok(says: string): Finding {
  return { result: "ok", says };
}

function warn(says: string): Finding {
  return { result: "warn", says };
}

function fail(says: string): Finding {
  return { result: "fail", says };
}

/** The deepest cause says most: `fetch failed` alone says nothing. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error
    ? wordsOf(error.cause)
    : error.message || ("code" in error ? String(error.code) : error.name);
}
