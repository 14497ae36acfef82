/**
 * Ends a git that takes more memory than it is given: ten small trees can name ten billion files, which `git log` gathers
 * before it prints the first. Where there is no /proc nothing is measured.
 */
import { readFile } from "node:fs/promises";
import { RemoteError } from "#model/remote-error.ts";
import type { RunningGit } from "./run-git.ts";

const checkMilliseconds = 100;

/** Until it has ended. Files that git maps do not count. */
export function limitMemory(git: RunningGit, bytes: number): void {
  const { pid } = git;
  if (pid === undefined) return;
  const check = async () => {
    const status = await readFile(`/proc/${pid}/status`, "latin1").catch(() => "");
    const kilobytes = Number(/^RssAnon:\s+(\d+) kB/m.exec(status)?.[1] ?? 0);
    if (kilobytes * 1024 > bytes) git.stop(tooLarge(bytes));
  };
  const timer = setInterval(() => void check(), checkMilliseconds);
  timer.unref();
  const end = () => clearInterval(timer);
  git.finished.then(end, end);
}

function tooLarge(bytes: number): RemoteError {
  const message = `The repository is too large: git needs more than ${bytes} bytes of memory to list what its commits changed.`;
  return new RemoteError("refused", message, { details: { reason: "too-large", limit: bytes } });
}
