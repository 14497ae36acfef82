/** Runs the program as a person does: with its own environment, and where it stays in a process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { setTimeout as turn } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { callSallyport } from "./call-sallyport.ts";

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
  /** The same of stderr, where the log is. */
  logLine(pattern: RegExp): Promise<string>;
  readonly ended: Promise<Ended>;
}

export function startSallyport(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Running {
  const child = spawn(process.execPath, [bin, ...args], {
    env: surroundedBy(environment),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stdout = followLines(child.stdout);
  const stderr = followLines(child.stderr);
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (code) => resolve({ code, stdout: stdout.text().trimEnd(), stderr: stderr.text() }));
  });
  const soon = (lines: Lines, pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      lines.find(pattern, resolve);
      void ended.then(({ code }) =>
        reject(new Error(`ended with ${code} before ${String(pattern)}: ${stderr.text()}`)),
      );
    });
  return {
    process: child,
    ended,
    line: (pattern) => soon(stdout, pattern),
    logLine: (pattern) => soon(stderr, pattern),
  };
}

function surroundedBy(environment: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { DATABASE_URL: _url, ...surrounding } = process.env;
  return {
    ...surrounding,
    SALLYPORT_LOG: "warn",
    SALLYPORT_PORT: "0",
    SALLYPORT_ADVISORIES: "off",
    SALLYPORT_PACKAGE_FACTS: "off",
    ...environment,
  };
}

interface Lines {
  text(): string;
  /** Now, or as soon as there is one. */
  find(pattern: RegExp, found: (text: string) => void): void;
}

function followLines(stream: Readable): Lines {
  const lines: string[] = [];
  let onLine = () => {};
  createInterface({ input: stream }).on("line", (line) => {
    lines.push(line);
    onLine();
  });
  return {
    text: () => lines.map((line) => `${line}\n`).join(""),
    find(pattern, found) {
      onLine = () => {
        const match = lines.map((line) => pattern.exec(line)).find((one) => one !== null);
        if (match) found(match[1] ?? match[0]);
      };
      onLine();
    },
  };
}

/** For commands that leave the process as it was, not for those of a server: one after the other in a process that stays. */
export async function runSallyport(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const ended = await callSallyport({ args, cwd: process.cwd(), env: surroundedBy(environment) });
  return { ...ended, stdout: ended.stdout.trimEnd() };
}

/** Ends when there is no such process; one that has ended is there until the system has counted it out. Rejects after ten seconds. */
export async function untilGone(pid: number): Promise<void> {
  for (const end = performance.now() + 10_000; isThere(pid); await turn(15)) {
    if (performance.now() > end) throw new Error(`process ${pid} is still there`);
  }
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    throw error;
  }
}
