// Runs a TypeScript program of this project with the pinned Node: `node scripts/run.js scripts/test.ts --flag`.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { pinnedNode } from "./pinned-node.js";

const node = pinnedNode();
if (!node) {
  console.error("sallyport: needs Node 24; run `npm run setup`, or use Node 24 or later on this platform");
  process.exit(2);
}
const child = spawn(node, process.argv.slice(2), { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
