#!/usr/bin/env node
// Starts Sallyport with the Node that it is pinned to. Plain JavaScript for Node 20 and later: it runs before anything
// is known to be installed, and does nothing that costs time.
import { realpathSync } from "node:fs";
import module from "node:module";
import { fileURLToPath } from "node:url";
import { endWithNpm } from "../scripts/end-with-npm.js";
import { flagsFor, pinnedNode, scanFlags } from "../scripts/pinned-node.js";

const node = pinnedNode();
const program = [fileURLToPath(import.meta.url), ...process.argv.slice(2)];

if (!node) {
  console.error("sallyport: needs Node 24 or later; run `npm ci` in its folder, or start it with a newer Node");
  process.exitCode = 2;
} else if (realpathSync(node) === process.execPath && isReady()) {
  if (process.argv[2] === "serve") endWithNpm(() => process.kill(process.pid, "SIGTERM"));
  // Compiled code is kept beside the packages and not in the shared temporary folder, where others could put code into
  // it. It must be on before the first TypeScript file: taking the types out of one costs more than most commands.
  const own = fileURLToPath(new URL("../node_modules/.cache/sallyport/compiled", import.meta.url));
  const compiled = process.env.NODE_COMPILE_CACHE || own;
  module.enableCompileCache(compiled);
  // Worker threads look there only by this name; without it each would hold the type stripper, 35 MB.
  process.env.NODE_COMPILE_CACHE = compiled;
  await import("../src/cli/main.ts");
} else {
  await restart(node);
}

/**
 * Scanning without the flags would take longer than starting once more. A server keeps the process it was given. Whether the
 * bundle is current is asked only where a process is started: it takes 15 ms, for every file of the scanners is looked at.
 */
function isReady() {
  return process.argv[2] !== "scan" || scanFlags.every((flag) => process.execArgv.includes(flag));
}

async function restart(node) {
  const [{ spawn }, { constants }] = await Promise.all([import("node:child_process"), import("node:os")]);
  const [, ...args] = program;
  // The channel tells a server that this process is gone, however it ended; other commands end by themselves.
  const stdio = args[0] === "serve" ? ["inherit", "inherit", "inherit", "ipc"] : "inherit";
  const child = spawn(node, [...flagsFor(program), ...program], { stdio });
  // Ctrl-C in a terminal reaches both processes; the server takes two signals at one moment as one.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  if (args[0] === "serve") endWithNpm(() => child.kill("SIGTERM"));
  child.on("error", (error) => {
    console.error(`sallyport: could not start ${node}: ${error.message}`);
    process.exitCode = 2;
  });
  child.on("exit", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}
