// Makes a fresh clone ready, and an old one current: packages, generated lists, the console, the test browser. Then runs
// the program after `--` with the pinned Node, as one process that signals reach.
// Plain JavaScript for Node 20. It does only what is missing and prints only what it does.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleIsCurrent } from "./bundle-state.js";
import { endWithNpm } from "./end-with-npm.js";
import { flagsFor, pinnedNode } from "./pinned-node.js";

const root = fileURLToPath(new URL("../", import.meta.url));
const words = process.argv.slice(2);
const end = words.indexOf("--");
const flags = new Set(end < 0 ? words : words.slice(0, end));
const program = end < 0 ? [] : words.slice(end + 1);

installPackages();
generate();
if (!flags.has("--quick")) buildConsole();
if (flags.has("--browser")) unpackBrowser();
if (program.length > 0) runProgram(program);

function runProgram(args) {
  const child = spawn(requiredNode(), [...flagsFor(args), ...args], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  endWithNpm(() => child.kill("SIGTERM"));
  child.on("exit", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

function installPackages() {
  if (packagesAreCurrent()) return;
  say("installing packages");
  run("npm", ["ci", "--no-fund", "--no-audit", "--loglevel=error"], { shell: process.platform === "win32" });
}

/** Every package of the lockfile is there in its version; optional ones may be missing (other platforms). */
function packagesAreCurrent() {
  const installed = installedPackages();
  if (installed === undefined) return false;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  return Object.entries(wanted).every(([path, { version, optional, link }]) => {
    if (path === "" || link) return true;
    const found = installed[path];
    return found ? found.version === version : optional === true;
  });
}

/** What npm wrote last of all; where it was cut off there, by a full disk or a kill, it begins anew. */
function installedPackages() {
  try {
    return JSON.parse(readFileSync(join(root, "node_modules/.package-lock.json"), "utf8")).packages;
  } catch {
    return undefined;
  }
}

function generate() {
  runNode(["scripts/generate.ts"]);
  if (bundleIsCurrent()) return;
  say("joining the scanners");
  runNode(["scripts/bundle.js"]);
}

function buildConsole() {
  const stamp = join(root, "console/dist/.built-from");
  const now = hashOf([
    "console/src",
    "console/public",
    "console/index.html",
    "console/vite.config.ts",
    "package-lock.json",
  ]);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === now) return;
  say("building the console");
  rmSync(join(root, "console/dist"), { recursive: true, force: true });
  runNode(["node_modules/vite/bin/vite.js", "build", "console", "--logLevel", "warn"]);
  mkdirSync(join(root, "console/dist"), { recursive: true });
  writeFileSync(stamp, now);
}

function unpackBrowser() {
  runNode(["scripts/unpack-browser.ts"]);
}

function hashOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths)
    for (const file of filesUnder(join(root, path)))
      hash.update(relative(root, file)).update("\0").update(readFileSync(file));
  return hash.digest("hex");
}

function filesUnder(path) {
  if (!existsSync(path)) return [];
  try {
    return readdirSync(path, { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => (entry.isDirectory() ? filesUnder(join(path, entry.name)) : [join(path, entry.name)]));
  } catch {
    return [path];
  }
}

function runNode(args) {
  run(requiredNode(), args);
}

function requiredNode() {
  return (
    pinnedNode() ??
    fail(
      "no Node 24 for this platform: its package node-<platform>-<arch> is not installed and the running Node is older",
    )
  );
}

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", process.stderr, process.stderr],
    ...options,
  });
  if (error) fail(`could not run ${command}: ${error.message}`);
  if (status !== 0) fail(`${command} ${args.join(" ")} ended with ${status}`);
}

function say(text) {
  console.error(`setup: ${text}`);
}

function fail(text) {
  console.error(`setup: ${text}`);
  process.exit(2);
}
