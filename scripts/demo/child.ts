/** A process that the demo started: its lines, its log file, its end. */
import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { createInterface } from "node:readline";

export interface Child {
  readonly name: string;
  readonly pid: number;
  /** The first capture of the first printed line that matches; rejects if the process ends before. */
  line(pattern: RegExp): Promise<string>;
  /** Rejects when the process ends unasked. */
  readonly failed: Promise<never>;
  stop(): Promise<void>;
}

const patience = 30_000;

// oxlint-disable-next-line max-lines-per-function -- its parts share one state, and each is short
export function startChild(options: {
  readonly name: string;
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly logFile: string;
}): Child {
  const { name, logFile } = options;
  // The channel tells the child when this process is gone, however that ended.
  const child = spawn(process.execPath, [...process.execArgv, ...options.args], {
    env: options.environment,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const log = createWriteStream(logFile, { mode: 0o600 });
  child.stderr?.pipe(log, { end: false });
  const lines: string[] = [];
  let onLine = () => {};
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on("line", (line) => {
    lines.push(line);
    onLine();
  });
  let stopping = false;
  const ended = endOf(child);
  const failed = ended.then((how) => {
    if (stopping) return new Promise<never>(() => {});
    throw new Error(`the ${name} ended (${how}); its log is ${logFile}`);
  });
  failed.catch(() => {});
  return {
    name,
    pid: child.pid ?? 0,
    failed,
    line: (pattern) =>
      Promise.race([
        failed,
        new Promise<string>((resolve) => {
          onLine = () => {
            const match = lines.map((line) => pattern.exec(line)).find((found) => found !== null);
            if (match) resolve(match[1] ?? match[0]);
          };
          onLine();
        }),
      ]),
    async stop() {
      stopping = true;
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), patience);
      await ended;
      clearTimeout(timer);
      log.end();
    },
  };
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal ?? `exit ${code}`));
  });
}
