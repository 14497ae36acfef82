#!/usr/bin/env node
// Starts Sallyport with the Node that it is pinned to. Plain JavaScript for Node 20 and later: it runs before anything
// is known to be installed, and does nothing that costs time.
import { realpathSync } from "node:fs";
import module from "node:module";
import { fileURLToPath } from "node:url";
import v8 from "node:v8";
import { bundleIsCurrent } from "../scripts/bundle-state.js";
import { endWithNpm } from "../scripts/end-with-npm.js";
import { flagsFor, pinnedNode } from "../scripts/pinned-node.js";

const node = pinnedNode();
const command = process.argv[2];
/** Those that end soon, which the bundle holds (scripts/bundle.js). */
const isShort = ["scan", "fix", "packages", "sbom", "rules", "hook", "baseline", "policy"].includes(command);
/** What of Node itself a scan needs. */
const ofNode = [
  ...["child_process", "crypto", "fs/promises", "perf_hooks", "process", "timers/promises", "util"],
  ...["worker_threads", "zlib"],
];
const program = [fileURLToPath(import.meta.url), ...process.argv.slice(2)];

if (!node) {
  console.error("sallyport: needs Node 24 or later; run `npm ci` in its folder, or start it with a newer Node");
  process.exitCode = 2;
} else if (realpathSync(node) === process.execPath) {
  if (command === "serve") endWithNpm(() => process.kill(process.pid, "SIGTERM"));
  // What the last compiler wins is less than it costs before a function ran very often, by calls and by rounds of its loops: 35 MB
  // searched for secrets take 0.72 s of processor time so, 0.83 s with a tenth of the first number alone; 2,000 Terraform
  // files 1.26 and 1.29 s. A history runs longer, and in threads that compile for themselves: one of 5.9 GB takes 43 to 52 s of
  // processor time so, 51 to 54 s with V8's own numbers.
  if (isShort && program.includes("--history")) {
    v8.setFlagsFromString("--invocation-count-for-maglev=1000");
    v8.setFlagsFromString("--invocation-count-for-turbofan=30000");
  } else if (isShort) {
    v8.setFlagsFromString("--invocation-count-for-turbofan=300000");
    v8.setFlagsFromString("--invocation-count-for-osr=50000");
  }
  // What of Node is loaded later is compiled anew: with all that a scan needs that takes 20 ms.
  if (isShort) await Promise.all(ofNode.map((name) => import(`node:${name}`)));
  // Compiled code is kept beside the packages and not in the shared temporary folder, where others could put code into
  // it. It must be on before the first TypeScript file: taking the types out of one costs more than most commands.
  const own = fileURLToPath(new URL("../node_modules/.cache/sallyport/compiled", import.meta.url));
  const compiled = process.env.NODE_COMPILE_CACHE || own;
  module.enableCompileCache(compiled);
  // Worker threads look there only by this name; without it each would hold the type stripper, 35 MB.
  process.env.NODE_COMPILE_CACHE = compiled;
  await import(isShort && bundleIsCurrent() ? "../.cache/bundle/main.js" : "../src/cli/main.ts");
} else {
  await restart(node);
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
