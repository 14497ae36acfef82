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

export function flagsFor(program) {
  const isServer = !program[0]?.endsWith("sallyport.js") || program[1] === "serve";
  if (!isServer) return [];
  return [...serverFlags, ...(bundleIsCurrent() ? ["--conditions=bundled"] : [])];
}

/** The pinned Node of this platform, or the running one if that is new enough, or undefined. */
export function pinnedNode() {
  const platform = process.platform === "win32" ? "win" : process.platform;
  const binary = process.platform === "win32" ? "node.exe" : "node";
  const packaged = `${root}node_modules/node-${platform}-${process.arch}/bin/${binary}`;
  if (existsSync(packaged)) return packaged;
  return Number(process.versions.node.split(".")[0]) >= 24 ? process.execPath : undefined;
}
