#!/usr/bin/env node
// Starts Sallyport with the Node that it is pinned to. Plain JavaScript for Node 20 and later: it runs before anything
// is known to be installed, and does nothing that costs time.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";
import { pinnedNode } from "../scripts/pinned-node.js";

const node = pinnedNode();
const main = new URL("../src/cli/main.ts", import.meta.url);

if (!node) {
  console.error("sallyport: needs Node 24 or later; run `npm ci` in its folder, or start it with a newer Node");
  process.exitCode = 2;
} else if (node === process.execPath) {
  await import(main.href);
} else {
  restart(node);
}

function restart(node) {
  const args = process.argv.slice(2);
  // The channel tells a server that this process is gone, however it ended; other commands end by themselves.
  const stdio = args[0] === "serve" ? ["inherit", "inherit", "inherit", "ipc"] : "inherit";
  const child = spawn(node, [fileURLToPath(main), ...args], { stdio });
  // Ctrl-C in a terminal reaches both processes; the server takes two signals at one moment as one.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    console.error(`sallyport: could not start ${node}: ${error.message}`);
    process.exitCode = 2;
  });
  child.on("exit", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}
