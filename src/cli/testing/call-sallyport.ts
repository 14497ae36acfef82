/**
 * Commands in a process that stays: for what they say of their arguments, files and environment. What is about the process
 * itself (its input, its user, a reader that leaves, a server) starts the program as people do.
 */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Call, Ended } from "./resident-program.ts";

const resident = fileURLToPath(new URL("resident-program.ts", import.meta.url));

let started: ChildProcess | undefined;
let last: Promise<unknown> = Promise.resolve();

/** One after the other: folder, environment and output are the process's own. */
export function callSallyport(call: Call): Promise<Ended> {
  const ended = last.then(() => callNow(call));
  last = ended.catch(() => undefined);
  return ended;
}

function callNow(call: Call): Promise<Ended> {
  started ??= start();
  const child = started;
  child.ref();
  child.channel?.ref();
  return new Promise<Ended>((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`ended with ${code}: sallyport ${call.args.join(" ")}`));
    child.once("exit", onExit);
    child.once("message", (ended) => {
      child.off("exit", onExit);
      // Ends with this process, however that ends.
      child.unref();
      child.channel?.unref();
      resolve(ended as Ended);
    });
    child.send(call);
  });
}

function start(): ChildProcess {
  const child = fork(resident, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  child.once("exit", () => {
    started = undefined;
  });
  return child;
}
