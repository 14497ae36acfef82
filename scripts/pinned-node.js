// Where the Node that this project is pinned to lives. Plain JavaScript: it runs before anything is known to be installed.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bundleIsCurrent } from "./bundle-state.js";

const root = fileURLToPath(new URL("../", import.meta.url));

/**
 * Flags for it. V8 keeps 48 MB and more for short-lived objects by itself; a server that scanned 50,000 files then stayed
 * at 382 MB, with this at about 300, and was not slower.
 */
const serverFlags = ["--max-semi-space-size=4"];

/**
 * A scan is short and allocates much. Room from the start spares it most collections, and what the last compiler wins is
 * less than it costs before a function ran often: 2,000 Terraform files took 2.0 s of processor time with these flags and
 * 2.6 s without, in the same memory. An empty folder takes 0.05 s more: Node's own compiled code is for its usual flags.
 */
export const scanFlags = ["--initial-heap-size=512", "--invocation-count-for-turbofan=30000"];

export function flagsFor(program) {
  const isServer = !program[0]?.endsWith("sallyport.js") || program[1] === "serve";
  const flags = isServer ? serverFlags : program[1] === "scan" ? scanFlags : [];
  return [...flags, ...(bundleIsCurrent() ? ["--conditions=bundled"] : [])];
}

/** The pinned Node of this platform, or the running one if that is new enough, or undefined. */
export function pinnedNode() {
  const platform = process.platform === "win32" ? "win" : process.platform;
  const binary = process.platform === "win32" ? "node.exe" : "node";
  const packaged = `${root}node_modules/node-${platform}-${process.arch}/bin/${binary}`;
  if (existsSync(packaged)) return packaged;
  return Number(process.versions.node.split(".")[0]) >= 24 ? process.execPath : undefined;
}
