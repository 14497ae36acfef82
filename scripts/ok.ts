/**
 * The whole gate: format, lint, types, dead code, side by side; then the tests. Each step is one line; a failed step shows its
 * output. What reads types does so in one thread: with more, each works out anew what the files share, a third more in all.
 * `--without-tests` leaves the tests out (they ran already).
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const bin = (name: string, ...args: string[]): readonly string[] => [`node_modules/.bin/${name}`, ...args];
const types = (...project: string[]) => bin("tsc", "--noEmit", "--singleThreaded", ...project);

const steps: readonly { name: string; command: readonly string[] }[] = [
  { name: "format and lint", command: bin("biome", "ci", "--colors=off", "--error-on-warnings", ".") },
  { name: "lint with types", command: bin("oxlint", "--type-aware", "--deny-warnings") },
  { name: "types of the server", command: types() },
  { name: "types of the console", command: types("-p", "console") },
  { name: "types of the emulator", command: types("-p", "emulator") },
  { name: "dead code", command: bin("knip") },
];

const failed = (await Promise.all(steps.map(async (step) => ((await passes(step)) ? [] : [step.name])))).flat();
if (failed.length > 0) {
  console.error(`ok: ${failed.join(", ")} failed`);
  process.exit(1);
}
if (!process.argv.includes("--without-tests")) {
  const { status } = spawnSync(process.execPath, ["scripts/test.ts"], { cwd: root, stdio: "inherit" });
  process.exit(status ?? 1);
}

async function passes({ name, command: [program, ...args] }: (typeof steps)[number]): Promise<boolean> {
  const started = performance.now();
  if (!program || !existsSync(`${root}${program}`))
    throw new Error(`${name}: ${program} is not installed; run npm run setup`);
  const child = spawn(`${root}${program}`, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PATH: pathWithPinnedNode(), GOMAXPROCS: "1" },
  });
  const [output, errors, status] = await Promise.all([text(child.stdout), text(child.stderr), ended(child)]);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? "ok  " : "FAIL"} ${name} (${seconds} s)`);
  if (status !== 0) console.log(`${output}${errors}`);
  return status === 0;
}

async function ended(child: ChildProcess): Promise<number | null> {
  const [status] = await once(child, "close");
  return status;
}

/** The tools are scripts with a `node` line: they must find the pinned one, not the machine's. */
function pathWithPinnedNode(): string {
  return `${process.execPath.replace(/[/\\][^/\\]+$/, "")}:${process.env.PATH ?? ""}`;
}
