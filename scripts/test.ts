/**
 * Runs every test, or the files named: `npm test -- src/store`. Ends with node:test's own summary.
 * `--screenshots` lets the browser tests renew the pictures in docs/screenshots, `--every-setting` tries each setting of
 * the emulator's switches alone, too.
 */
import { spawn } from "node:child_process";
import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { serverVariable, startTestServer } from "#store/testing/fresh-database.ts";
import { joinTests } from "./join-tests.ts";
import { scratchFolder } from "./scratch-folder.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const flags = process.argv.slice(2).filter((word) => word.startsWith("--"));
const wanted = process.argv.slice(2).filter((word) => !word.startsWith("--"));

const files = globSync(["src/**/*.test.ts", "emulator/**/*.test.ts", "scripts/**/*.test.ts", "test/**/*.test.ts"], {
  cwd: root,
})
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => wanted.length === 0 || wanted.some((word) => file.startsWith(word.replace(/^\.\//, ""))))
  .sort();
if (files.length === 0) {
  console.error(`test: no test file begins with ${wanted.join(" or ")}`);
  process.exit(2);
}

/** Where Node, Git and PostgreSQL put what is temporary; read at each use. */
process.env.TMPDIR = scratchFolder();

/** Of one file its own process starts a server. Copying 60 MB for each of a hundred would take as long as many tests. */
const server = files.length > 1 ? { [serverVariable]: await startTestServer() } : {};

/** Processes run side by side: three for two cores, as most of their time is waiting for git and PostgreSQL. With four, stories of kills miss their limits. */
const child = spawn(
  process.execPath,
  [
    // MB for what lives shortly, in place of 64: a process is copied page by page for each git that it starts.
    "--max-semi-space-size=16",
    "--test",
    "--test-concurrency=3",
    "--test-timeout=480000",
    "--test-reporter=spec",
    ...joinTests(root, files),
  ],
  {
    cwd: root,
    stdio: "inherit",
    env: {
      ...process.env,
      ...server,
      // A process is copied page by page for each git that it starts, which takes longer than most of them run. Of glibc's
      // heap in pages of 2 MB there are few: a seventh less processor time where git is started often.
      GLIBC_TUNABLES: "glibc.malloc.hugetlb=1",
      // Hundreds of processes load the same sources: what one has compiled the next takes (a quarter less CPU).
      NODE_COMPILE_CACHE:
        process.env.NODE_COMPILE_CACHE ??
        fileURLToPath(new URL("../node_modules/.cache/sallyport/compiled", import.meta.url)),
      ...(flags.includes("--screenshots") ? { SALLYPORT_SCREENSHOTS: "1" } : {}),
      ...(flags.includes("--every-setting") ? { SALLYPORT_EVERY_SETTING: "1" } : {}),
    },
  },
);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
child.on("exit", (code) => process.exit(code ?? 1));
