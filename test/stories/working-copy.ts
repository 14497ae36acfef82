/** A developer's clone: real git over real HTTP, signed in with a token that stands in no file and on no command line. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface WorkingCopy {
  readonly folder: string;
  git(...args: readonly string[]): Promise<string>;
  /** Writes files (null deletes) and commits them; answers the commit. */
  commit(message: string, files: Readonly<Record<string, string | null>>): Promise<string>;
  remove(): Promise<void>;
}

export async function cloneRepository(url: string, token: string): Promise<WorkingCopy> {
  const folder = await mkdtemp(join(tmpdir(), "sallyport-clone-"));
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    LC_ALL: "C",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
    GIT_AUTHOR_NAME: "Dana Developer",
    GIT_AUTHOR_EMAIL: "dana@example.com",
    GIT_COMMITTER_NAME: "Dana Developer",
    GIT_COMMITTER_EMAIL: "dana@example.com",
    GIT_CONFIG_COUNT: "3",
    GIT_CONFIG_KEY_0: "http.extraHeader",
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${Buffer.from(`:${token}`).toString("base64")}`,
    GIT_CONFIG_KEY_1: "init.defaultBranch",
    GIT_CONFIG_VALUE_1: "main",
    // One process of ours for three of git's: it is copied for each that it starts.
    GIT_CONFIG_KEY_2: "alias.record",
    GIT_CONFIG_VALUE_2: '!git add -A && git commit --quiet --allow-empty -m "$1" && git rev-parse HEAD && :',
  };
  const git = async (...args: readonly string[]) => (await run("git", [...args], { cwd: folder, env })).stdout.trim();
  await git("clone", "--quiet", url, "work");
  const work = join(folder, "work");
  const inWork = async (...args: readonly string[]) => (await run("git", [...args], { cwd: work, env })).stdout.trim();
  let lastSecond = 0;
  return {
    folder: work,
    git: inWork,
    async commit(message, files) {
      for (const [path, content] of Object.entries(files)) {
        const file = join(work, path);
        if (content === null) await rm(file);
        else {
          await mkdir(dirname(file), { recursive: true });
          await writeFile(file, content);
        }
      }
      // Of two commits of one second nobody knows which came later.
      lastSecond = Math.max(lastSecond + 1, Math.floor(Date.now() / 1000));
      const dates = { GIT_AUTHOR_DATE: `@${lastSecond} +0000`, GIT_COMMITTER_DATE: `@${lastSecond} +0000` };
      return (await run("git", ["record", message], { cwd: work, env: { ...env, ...dates } })).stdout.trim();
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
