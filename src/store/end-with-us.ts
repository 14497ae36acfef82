/**
 * Ends a process when we end, also by kill -9, and removes a folder of it: a small watcher reads from a pipe whose other
 * end only we hold.
 */
import { spawn } from "node:child_process";

export function endWithUs(pid: number, folder: string): void {
  const watcher = spawn("/bin/sh", ["-c", 'read _; kill -INT "$1"; rm -rf "$2"', "watcher", String(pid), folder], {
    cwd: "/",
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watcher.unref();
  // The pipe itself must not keep us running.
  (watcher.stdin as unknown as { unref(): void }).unref();
  watcher.on("error", () => undefined);
}
