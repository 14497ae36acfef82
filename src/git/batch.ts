/**
 * One long-lived `git cat-file --batch`: ids go in, headers and contents come out, in the same order.
 * `startBatch` is long because its functions share one position in one stream.
 */
import { RemoteError } from "#model/remote-error.ts";
import type { RepositoryOnDisk } from "./mirror.ts";
import { startGit } from "./run-git.ts";

export interface Batch {
  ask(ids: readonly string[]): void;
  /** The next line, without its end; undefined if git ended. */
  line(): Promise<string | undefined>;
  /** The next bytes, in memory of their own. */
  take(size: number): Promise<Uint8Array<ArrayBuffer> | undefined>;
  skip(size: number): Promise<boolean>;
  isAlive(): boolean;
  /** While it rests, it does not keep this process from ending. */
  rest(): void;
  wake(): void;
  stop(): void;
  /** Why git ended. */
  failure(): Promise<RemoteError>;
}

const newline = 0x0a;

// oxlint-disable-next-line max-lines-per-function -- its parts share one state, and each is short
export function startBatch(repository: RepositoryOnDisk): Batch {
  const { environment, log, limits } = repository;
  const git = startGit({ args: ["cat-file", "--batch"], environment, log });
  const chunks = git.stdout.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
  let alive = true;
  let chunk: Buffer = Buffer.alloc(0);
  let at = 0;
  const failure = git.finished.then(
    () => new RemoteError("unexpected", "git cat-file ended early."),
    (error: unknown) => (error instanceof RemoteError ? error : new RemoteError("unexpected", String(error))),
  );
  void failure.then(() => {
    alive = false;
  });

  /** Waits for more bytes; a git that says nothing for too long is stopped. */
  async function more(): Promise<boolean> {
    const timer = setTimeout(() => {
      git.stop(new RemoteError("timed-out", "git cat-file did not answer in time and was stopped."));
    }, limits.readMilliseconds);
    try {
      const next = await chunks.next();
      if (next.done) alive = false;
      else chunk = next.value;
      at = 0;
      return !next.done;
    } catch {
      alive = false;
      return false;
    } finally {
      clearTimeout(timer);
    }
  }

  async function line(): Promise<string | undefined> {
    let text = "";
    for (;;) {
      const end = chunk.indexOf(newline, at);
      if (end >= 0) {
        text += chunk.toString("latin1", at, end);
        at = end + 1;
        return text;
      }
      text += chunk.toString("latin1", at);
      if (!(await more())) return undefined;
    }
  }

  async function take(size: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const bytes = new Uint8Array(size);
    let filled = 0;
    for (;;) {
      const part = Math.min(size - filled, chunk.length - at);
      bytes.set(chunk.subarray(at, at + part), filled);
      filled += part;
      at += part;
      if (filled === size) return bytes;
      if (!(await more())) return undefined;
    }
  }

  async function skip(size: number): Promise<boolean> {
    let left = size;
    for (;;) {
      const part = Math.min(left, chunk.length - at);
      left -= part;
      at += part;
      if (left === 0) return true;
      if (!(await more())) return false;
    }
  }

  return {
    ask: (ids) => {
      if (ids.length > 0 && alive) git.stdin.write(`${ids.join("\n")}\n`);
    },
    line,
    take,
    skip,
    isAlive: () => alive,
    rest: () => git.keepAwake(false),
    wake: () => git.keepAwake(true),
    stop: () => {
      alive = false;
      git.stop(new RemoteError("unexpected", "No longer needed."));
    },
    failure: () => failure,
  };
}
