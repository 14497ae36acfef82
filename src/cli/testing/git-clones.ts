/** Clones with a bare repository for the other side, where git and the program run as a person runs them: apart from the machine's settings. */
import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { environmentWith } from "../config.ts";
import { callSallyport } from "./call-sallyport.ts";
import type { Ended } from "./resident-program.ts";

export const main = fileURLToPath(new URL("../../../bin/sallyport.js", import.meta.url));
export const top = mkdtempSync(join(tmpdir(), "sallyport-hook-"));
// Of the process, not of the suite that loaded this first: files share both.
process.once("exit", () => rmSync(top, { recursive: true, force: true }));
export const env = {
  ...environmentWith({
    HOME: top,
    USERPROFILE: top,
    GIT_CONFIG_GLOBAL: join(top, "gitconfig"),
    GIT_CONFIG_NOSYSTEM: "1",
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
  }),
};
writeFileSync(
  join(top, "gitconfig"),
  "[user]\nname = a\nemail = a@contoso.net\n[init]\ndefaultBranch = main\n[commit]\ngpgsign = false\n",
);

export function run(program: string, args: readonly string[], cwd: string, input = ""): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(program, args, { cwd, env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
    // A program that reads nothing may have ended already.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input);
  });
}

export const sallyport = (cwd: string, ...args: readonly string[]) => callSallyport({ args, cwd, env });
export const git = (cwd: string, ...args: readonly string[]) => run("git", args, cwd);

/** Runs with some variables more. */
export async function withVariables<T>(
  variables: Readonly<Record<string, string>>,
  work: () => Promise<T>,
): Promise<T> {
  const before = { ...env };
  Object.assign(env, variables);
  try {
    return await work();
  } finally {
    for (const name of Object.keys(variables)) delete env[name];
    Object.assign(env, before);
  }
}

export function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

export async function cloneOf(name: string): Promise<{ readonly clone: string; readonly bare: string }> {
  const bare = join(top, `${name}.git`);
  const clone = join(top, name);
  execFileSync("git", ["init", "-q", "--bare", bare], { env });
  execFileSync("git", ["clone", "-q", bare, clone], { env, stdio: "ignore" });
  write(clone, "readme.md", "nothing\n");
  await commit(clone, "first");
  await git(clone, "push", "-q", "origin", "HEAD:main");
  return { clone, bare };
}

export async function commit(clone: string, message: string, ...args: readonly string[]): Promise<Ended> {
  await git(clone, "add", "-A");
  return git(clone, "commit", "-qm", message, ...args);
}

export const skip = process.platform === "win32" && "git's shell is not on the PATH everywhere";
