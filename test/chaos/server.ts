/** The real server as a process of its own, on its embedded database, that can be killed at any moment. */
import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface ServerSettings {
  readonly folder: string;
  readonly port: number;
  readonly publicUrl: string;
  readonly azureDevOpsUrl: string;
  /** The master key in base64. */
  readonly key: string;
}

export interface RunningServer {
  /** True when it listens, false if it ended before. */
  readonly ready: Promise<boolean>;
  /** kill -9; resolves when it is gone. */
  kill(): Promise<void>;
  /** As Ctrl-C does; resolves when it is gone. */
  stop(): Promise<void>;
}

const program = fileURLToPath(new URL("../../bin/sallyport.js", import.meta.url));

export function dataFolderOf({ folder }: Pick<ServerSettings, "folder">): string {
  return join(folder, "data");
}

export function startServer(settings: ServerSettings): RunningServer {
  const child = spawn(process.execPath, [program, "serve"], {
    env: {
      ...process.env,
      SALLYPORT_DATA: dataFolderOf(settings),
      SALLYPORT_PORT: String(settings.port),
      SALLYPORT_PUBLIC_URL: settings.publicUrl,
      SALLYPORT_KEY: settings.key,
      SALLYPORT_AZURE_DEVOPS_URL: settings.azureDevOpsUrl,
      SALLYPORT_LOG: "info",
      SALLYPORT_THREADS: "1",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const logFile = join(settings.folder, "server.log");
  child.stderr.on("data", (chunk: Buffer) => appendFileSync(logFile, chunk));
  const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await gone;
  };
  const ready = Promise.race([listens(child), gone.then(() => false)]);
  return { ready, kill: () => end("SIGKILL"), stop: () => end("SIGTERM") };
}

function listens(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on("line", (line) => {
      if (/ serves /.test(line)) resolve(true);
    });
  });
}
