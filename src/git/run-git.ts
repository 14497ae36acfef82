/**
 * Starts git processes in the pinned environment, each in a process group of its own that ends with its limits.
 * `startGit` is long because everything in it belongs to the life of one process.
 */
import { spawn } from "node:child_process";
import { parse } from "node:path";
import type { Readable, Writable } from "node:stream";
import type { Logger } from "pino";
import { RemoteError } from "#model/remote-error.ts";
import type { SecretValue } from "#model/secret-value.ts";
import { gitFailure } from "./git-failure.ts";
import { findIrregularObject, heldUpBy } from "./irregular-file.ts";

export interface GitCall {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly log: Logger;
  /** Milliseconds until the process group is killed. */
  readonly timeLimit?: number;
  readonly cwd?: string;
  /** Exit codes besides 0 that are answers, not failures. */
  readonly accept?: readonly number[];
  /** What stderr may repeat and no error or log may show. */
  readonly secrets?: readonly SecretValue[];
  readonly signal?: AbortSignal | undefined;
  /** The path of what git may be waiting for, asked where it takes long; without it, of a loose object. */
  readonly findHoldUp?: () => Promise<string | undefined>;
}

export interface RunningGit {
  readonly pid: number | undefined;
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** The exit code; rejects with a RemoteError if git failed, hit a limit or was stopped. */
  readonly finished: Promise<number>;
  /** Kills the process group; `finished` rejects with the given reason. */
  stop(reason: RemoteError): void;
  /** The start of what it wrote to stderr so far; it may repeat names of files. */
  warnings(): string;
  /** Whether this process waits for it; one that idles must not keep a command line from ending. */
  keepAwake(awake: boolean): void;
}

/** Most questions are answered long before; what is looked at then costs little of what they take. */
const patienceMilliseconds = 2000;
const stderrLimit = 32 * 1024;
const running = new Set<number>();
let watchesExit = false;

function killGroup(pid: number): void {
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // It ended in between.
  }
}

/** Groups of their own do not see the terminal's Ctrl-C, so the end of this process must end them. */
function watch(pid: number): void {
  running.add(pid);
  if (watchesExit) return;
  watchesExit = true;
  process.once("exit", () => {
    for (const each of running) killGroup(each);
  });
}

// oxlint-disable-next-line max-lines-per-function -- its parts share one state, and each is short
export function startGit(call: GitCall): RunningGit {
  const command = call.args.find((arg) => !arg.startsWith("-")) ?? "git";
  const started = performance.now();
  const child = spawn("git", call.args, {
    env: { ...call.environment },
    stdio: ["pipe", "pipe", "pipe"],
    detached: process.platform !== "win32",
    windowsHide: true,
    // The folder this process runs in may be gone, or somebody else's.
    cwd: call.cwd ?? parse(process.execPath).root,
  });
  const { pid } = child;
  if (pid !== undefined) watch(pid);

  let stopped: RemoteError | undefined;
  const stop = (reason: RemoteError) => {
    // Once it has ended, its number may belong to somebody else.
    if (pid === undefined || !running.has(pid)) return;
    stopped ??= reason;
    killGroup(pid);
  };
  const timer =
    call.timeLimit === undefined
      ? undefined
      : setTimeout(() => {
          stop(
            new RemoteError("timed-out", `git ${command} took longer than ${call.timeLimit} ms and was stopped.`, {
              details: { command },
            }),
          );
        }, call.timeLimit);
  const onAbort = () => stop(new RemoteError("timed-out", `git ${command} was cancelled.`, { details: { command } }));
  const { findHoldUp = () => looseHoldUp(call) } = call;
  const refuseHoldUp = async () => {
    const path = await findHoldUp();
    if (path !== undefined) stop(heldUpBy(path));
  };
  const patience = setTimeout(() => void refuseHoldUp(), patienceMilliseconds).unref();
  call.signal?.addEventListener("abort", onAbort, { once: true });
  if (call.signal?.aborted) onAbort();

  let stderr = "";
  child.stderr.setEncoding("utf8");
  child.stderr.on("data", (text: string) => {
    if (stderr.length < stderrLimit) stderr += text;
  });
  // A reader that ends early closes the pipe; the exit code tells the rest.
  child.stdin.on("error", () => undefined);

  const finished = new Promise<number>((resolve, reject) => {
    child.once("error", (cause) => {
      reject(new RemoteError("unexpected", "git could not be started.", { details: { command }, cause }));
    });
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      clearTimeout(patience);
      call.signal?.removeEventListener("abort", onAbort);
      if (pid !== undefined) running.delete(pid);
      const milliseconds = Math.round(performance.now() - started);
      call.log.debug({ command, code, signal, milliseconds }, "git ended");
      if (stopped) reject(stopped);
      else if (code === 0 || (code !== null && call.accept?.includes(code))) resolve(code);
      else reject(gitFailure(command, stderr, code ?? signal ?? "unknown", call.secrets ?? []));
    });
  });
  finished.catch(() => {
    clearTimeout(timer);
    clearTimeout(patience);
  });
  const keepAwake = (awake: boolean) => {
    for (const one of [child, child.stdin, child.stdout, child.stderr] as readonly Partial<NodeJS.RefCounted>[]) {
      if (awake) one.ref?.();
      else one.unref?.();
    }
  };
  return { pid, stdin: child.stdin, stdout: child.stdout, finished, stop, warnings: () => stderr, keepAwake };
}

async function looseHoldUp({ environment }: GitCall): Promise<string | undefined> {
  return environment.GIT_DIR === undefined ? undefined : await findIrregularObject(environment.GIT_DIR);
}

/** Runs to the end and answers its whole output, which may not exceed `outputLimit` bytes. */
export async function runGit(
  call: GitCall & {
    readonly outputLimit?: number;
    readonly input?: Uint8Array;
    readonly onStart?: (pid: number) => Promise<void>;
  },
): Promise<{ readonly code: number; readonly output: Buffer; readonly warnings: string }> {
  const git = startGit(call);
  git.stdin.end(call.input);
  const chunks: Buffer[] = [];
  let size = 0;
  const limit = call.outputLimit ?? 16 * 1024 * 1024;
  git.stdout.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > limit) git.stop(tooMuchOutput(call.args[0] ?? "git", limit));
    else chunks.push(chunk);
  });
  if (git.pid !== undefined) await call.onStart?.(git.pid);
  const code = await git.finished;
  return { code, output: Buffer.concat(chunks), warnings: git.warnings() };
}

function tooMuchOutput(command: string, limit: number): RemoteError {
  return new RemoteError("refused", `The repository is too large: git ${command} answered more than ${limit} bytes.`, {
    details: { command, reason: "too-large" },
  });
}

/** The output cut at a separator byte (NUL or newline), record by record, within a limit of bytes. */
export async function* records(git: RunningGit, separator: 0 | 10, limit: number): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let size = 0;
  let complete = false;
  try {
    for await (const chunk of git.stdout as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) throw tooMuchOutput("output", limit);
      const text = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      let from = 0;
      for (let at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
        yield text.subarray(from, at);
        from = at + 1;
      }
      rest = text.subarray(from);
    }
    await git.finished;
    if (rest.length > 0) yield rest;
    complete = true;
  } finally {
    if (!complete) git.stop(new RemoteError("unexpected", "Reading ended early."));
  }
}
