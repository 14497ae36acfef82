/** The whole program as a person starts it, with an empty data folder, against the stand-in with the demo's repositories. */
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type DemoSeed, seedDemo } from "../../emulator/seeds/seed-demo.ts";
import { type Emulator, startEmulator } from "../../emulator/start-emulator.ts";
import { startChild } from "../../scripts/demo/child.ts";

export interface RunningSallyport {
  readonly url: string;
  /** The stand-in Azure DevOps, in this process: a story changes its world. */
  readonly emulator: Emulator;
  /** The one-time address that was printed. */
  readonly firstStart: string;
  readonly seed: DemoSeed;
  /** Where people clone a repository from. */
  gitAddress(project: string, repository: string): string;
  stop(): Promise<void>;
}

const program = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const consolePage = fileURLToPath(new URL("../../console/dist/index.html", import.meta.url));

export async function startSallyport(): Promise<RunningSallyport> {
  // Without it the first page is an answer of the API, and a story waits for its words until the time is over.
  if (!existsSync(consolePage)) throw new Error("the console is not built: run `npm run setup`");
  const folder = await mkdtemp(join(tmpdir(), "sallyport-browser-"));
  let seed: DemoSeed | undefined;
  const emulator = await startEmulator({
    folder: join(folder, "azure-devops"),
    seed: async (world) => {
      seed = await seedDemo(world);
    },
  });
  const logFile = join(folder, "server.log");
  const server = startChild({
    name: "server",
    args: [program, "serve"],
    environment: environmentOf(join(folder, "sallyport"), emulator.url),
    logFile,
  });
  const stop = async () => {
    await server.stop();
    await emulator.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const url = await soon(server.line(/^sallyport \S+ serves (\S+)/));
    const firstStart = await soon(server.line(/(http\S+\/first-start\?token=\S+)/));
    if (seed === undefined) throw new Error("the stand-in was not seeded");
    const organization = `${new URL(emulator.url).origin}/${seed.organization.name}`;
    const gitAddress = (project: string, repository: string) =>
      `${organization}/${encodeURIComponent(project)}/_git/${encodeURIComponent(repository)}`;
    return { url, emulator, firstStart, seed, gitAddress, stop };
  } catch (error) {
    const log = await readFile(logFile, "utf8").catch(() => "");
    await stop();
    throw new Error(`the server did not start: ${log.slice(-2000)}`, { cause: error });
  }
}

async function soon<T>(promise: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error("it said nothing for a minute")), 60_000);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Nothing of the surrounding may lead the test to another database or address. */
function environmentOf(dataFolder: string, azureDevOpsUrl: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(SALLYPORT_|DATABASE_URL$)/.test(name));
  return {
    ...Object.fromEntries(own),
    SALLYPORT_DATA: dataFolder,
    SALLYPORT_AZURE_DEVOPS_URL: azureDevOpsUrl,
    SALLYPORT_THREADS: "1",
    // The sample that comes with Sallyport: nothing is fetched from anywhere.
    SALLYPORT_ADVISORIES: "off",
  };
}
