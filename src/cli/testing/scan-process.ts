/** Runs `sallyport scan` with a home folder of its own, over folders that tests write. */
import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { environmentWith } from "../config.ts";
import { callSallyport } from "./call-sallyport.ts";
import type { Ended } from "./resident-program.ts";

export const main = fileURLToPath(new URL("../../../bin/sallyport.js", import.meta.url));
export const top = mkdtempSync(join(tmpdir(), "sallyport-scan-"));
export const home = join(top, "home");
// Of the process, not of the suite that loaded this first: files share both.
process.once("exit", () => rmSync(top, { recursive: true, force: true }));

interface More {
  readonly variables?: Readonly<Record<string, string>>;
}

export function sallyport(args: readonly string[], cwd: string = top, { variables = {} }: More = {}): Promise<Ended> {
  return callSallyport({ args, cwd, env: environmentWith({ HOME: home, USERPROFILE: home, ...variables }) });
}

/** The same in a process of its own, as it is installed. */
export function startedSallyport(
  args: readonly string[],
  cwd: string = top,
  { variables = {}, ...as }: More & { readonly uid?: number } = {},
): Promise<Ended> {
  const env = environmentWith({ HOME: home, USERPROFILE: home, ...variables });
  return new Promise((resolve) => {
    const options = { cwd, env: { ...env }, maxBuffer: 64 * 1024 * 1024, ...as };
    execFile(process.execPath, [main, ...args], options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

export interface Json {
  readonly tool: { readonly name: string; readonly version: string };
  readonly findings: readonly {
    readonly rule: string;
    readonly fingerprint: string;
    readonly message: string;
    readonly severity: string;
    readonly at: { readonly path: string };
    readonly live?: { readonly verdict: string; readonly reason: string };
  }[];
  readonly problems: readonly {
    readonly code: string;
    readonly message: string;
    readonly path?: string;
    readonly isNotice?: boolean;
  }[];
  readonly silenced: readonly unknown[];
  readonly stats: { readonly files: number; readonly notScanned?: object; readonly cache: { readonly hits: number } };
}

export async function scanJson(
  args: readonly string[],
  cwd?: string,
  run: typeof sallyport = sallyport,
): Promise<Json & { readonly code: number }> {
  const { code, stdout, stderr } = await run(["scan", "--format", "json", ...args], cwd);
  assert.equal(stderr, "");
  return { ...(JSON.parse(stdout) as Json), code };
}

export function folderOf(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(top, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

export function git(folder: string, ...args: readonly string[]): string {
  const identity = ["-c", "user.name=a", "-c", "user.email=a@contoso.net", "-c", "commit.gpgsign=false"];
  return execFileSync("git", [...identity, ...args], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
}
