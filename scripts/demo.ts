/**
 * `npm run demo`: a stand-in Azure DevOps with realistic repositories, and a server that is connected to it as a person
 * would connect it, through the public HTTP API. Prints one line when all is scanned, and serves until Ctrl-C.
 */
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { endSignal } from "../src/cli/serve/end-signal.ts";
import { createApiClient } from "./demo/api-client.ts";
import { type Child, startChild } from "./demo/child.ts";
import { connectDemo, openIssues, type Seed } from "./demo/connect-demo.ts";
import { prepareDemoFolder } from "./demo/demo-folder.ts";
import { lookAtSettings } from "./demo/look-at-settings.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
/** Milliseconds for each process to come up. */
const patience = 120_000;

/** 0 after Ctrl-C, 2 if something did not come up. */
export async function runDemo(): Promise<number> {
  const ended = endSignal().then(() => undefined);
  const folder = resolve(process.env.SALLYPORT_DATA ?? join(root, "var/demo"));
  const children: Child[] = [];
  try {
    await prepareDemoFolder(folder);
    const ready = startEverything(folder, children);
    const line = await Promise.race([ended, ready]);
    // When it ends before it is ready, what is still under way fails as it must.
    ready.catch(() => {});
    if (line === undefined) return 0;
    console.log(line);
    await Promise.race([ended, ...children.map((child) => child.failed)]);
    return 0;
  } catch (error) {
    console.error(`demo: ${error instanceof Error ? error.message : String(error)}`);
    return 2;
  } finally {
    // The server first: it ends its work while its Azure DevOps still answers.
    for (const child of children.toReversed()) await child.stop();
  }
}

async function startEverything(folder: string, children: Child[]): Promise<string> {
  const emulator = startChild({
    name: "stand-in Azure DevOps",
    args: [join(root, "emulator/main.ts"), "--port", "0", "--folder", join(folder, "azure-devops"), "--seed", "demo"],
    environment: process.env,
    logFile: join(folder, "azure-devops.log"),
  });
  children.push(emulator);
  const azureDevOpsUrl = await soon(emulator, /^emulator ready: (\S+)/);
  const server = startChild({
    name: "server",
    args: [join(root, "bin/sallyport.js"), "serve"],
    environment: serverEnvironment(folder, azureDevOpsUrl),
    logFile: join(folder, "server.log"),
  });
  children.push(server);
  const baseUrl = await soon(server, /^sallyport \S+ serves (\S+)/);
  const token = await soon(server, /\/first-start\?token=(\S+)/);
  const seed = await readSeed(azureDevOpsUrl);
  tellWhereToPush(azureDevOpsUrl, seed);
  const api = createApiClient(baseUrl);
  const connected = connectDemo(api, token, seed).then(async (result) => ({
    ...result,
    paths: await lookAtSettings(api),
    issues: await openIssues(api),
  }));
  const { signInUrl, repositories, issues, paths } = await Promise.race([connected, emulator.failed, server.failed]);
  return `demo ready: ${signInUrl} (${repositories} repositories scanned, ${issues} issues, ${paths} attack paths)`;
}

/** The token is made up by the seed and good for nothing but this stand-in. */
function tellWhereToPush(azureDevOpsUrl: string, { organization, token }: Seed): void {
  console.log(`stand-in Azure DevOps: ${azureDevOpsUrl}/_emulator/`);
  const address = new URL(`${azureDevOpsUrl}/${organization}/Storefront/_git/checkout-service`);
  address.username = "demo";
  address.password = token;
  console.log(`push to it: git clone ${address.href}`);
}

/** What a demo has of its own, whatever the surrounding says. */
const own = [
  "DATABASE_URL",
  "SALLYPORT_KEY",
  "SALLYPORT_PUBLIC_URL",
  "SALLYPORT_AZURE_DEVOPS_SERVER_URL",
  "SALLYPORT_AZURE_DEVOPS_SERVER_VERSION",
];

function serverEnvironment(folder: string, azureDevOpsUrl: string): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.includes(name))),
    SALLYPORT_DATA: join(folder, "sallyport"),
    SALLYPORT_AZURE_DEVOPS_URL: azureDevOpsUrl,
    SALLYPORT_LOG: process.env.SALLYPORT_LOG ?? "info",
    // The sample of advisories shows what there is to see; whoever wants more asks for it.
    SALLYPORT_ADVISORIES: process.env.SALLYPORT_ADVISORIES ?? "off",
    SALLYPORT_PACKAGE_FACTS: process.env.SALLYPORT_PACKAGE_FACTS ?? "off",
  };
}

async function soon(child: Child, pattern: RegExp): Promise<string> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error(`the ${child.name} did not come up within ${patience / 1000} s`)),
    patience,
  );
  try {
    return await Promise.race([child.line(pattern), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function readSeed(azureDevOpsUrl: string): Promise<Seed> {
  const response = await fetch(`${azureDevOpsUrl}/_emulator/seed`);
  if (!response.ok) throw new Error(`the stand-in Azure DevOps does not tell its seed (${response.status})`);
  return (await response.json()) as Seed;
}
