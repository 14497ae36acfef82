/**
 * Ends a process when we end, also by kill -9, and removes folders of it: a small watcher reads from a pipe whose other
 * end only we hold.
 */
import { spawn } from "node:child_process";

/** Gives a function that calls it off. */
export function endWithUs(pid: number, folders: readonly string[]): () => void {
  const script = 'pid="$1"; shift; read _; kill -INT "$pid"; while kill -0 "$pid"; do sleep 0.05; done; rm -rf "$@"';
  const watcher = spawn("/bin/sh", ["-c", script, "watcher", String(pid), ...folders], {
    cwd: "/",
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watcher.unref();
  // The pipe itself must not keep us running.
  (watcher.stdin as unknown as { unref(): void }).unref();
  watcher.on("error", () => undefined);
  return () => watcher.kill("SIGKILL");
}
