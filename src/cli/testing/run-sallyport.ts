/** Runs the program as a person does: a process of its own, with its own environment. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../../../bin/sallyport.js", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly process: ChildProcess;
  /** The first capture of the first line of stdout that matches; throws if the program ends before. */
  line(pattern: RegExp): Promise<string>;
  readonly ended: Promise<Ended>;
}

export function startSallyport(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Running {
  const { DATABASE_URL: _url, ...surrounding } = process.env;
  const child = spawn(process.execPath, [bin, ...args], {
    env: { ...surrounding, SALLYPORT_LOG: "warn", SALLYPORT_PORT: "0", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  let stderr = "";
  let onLine = () => {};
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(line);
    onLine();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (code) => resolve({ code, stdout: lines.join("\n"), stderr }));
  });
  return {
    process: child,
    ended,
    line: (pattern) =>
      new Promise((resolve, reject) => {
        onLine = () => {
          const match = lines.map((line) => pattern.exec(line)).find((found) => found !== null);
          if (match) resolve(match[1] ?? match[0]);
        };
        onLine();
        void ended.then(({ code }) => reject(new Error(`ended with ${code} before ${String(pattern)}: ${stderr}`)));
      }),
  };
}

export function runSallyport(args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Ended> {
  return startSallyport(args, environment).ended;
}
