/** A folder of remotes behind smart HTTP, a cache of mirrors, and everything that was logged: what most tests of this room need. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { pino } from "pino";
import { type Mirrors, type MirrorsOptions, openMirrors } from "../open-mirrors.ts";
import { serveRepositories } from "./serve-repositories.ts";
import { git } from "./write-repository.ts";

export async function mirrorWorld(
  t: TestContext,
  options: { readonly authorization?: string; readonly mirrors?: Partial<MirrorsOptions> } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), "sallyport-git-"));
  const remotes = join(folder, "remotes");
  await mkdir(remotes);
  const addRemote = async (name: string) => {
    await git(remotes, ["init", "--quiet", "--bare", "--initial-branch=main", `${name}.git`]);
    return { remote: join(remotes, `${name}.git`), url: `${server.url}/${name}.git` };
  };
  const server = await serveRepositories(remotes, options.authorization);
  const logged: Record<string, unknown>[] = [];
  const log = pino({ level: "debug" }, { write: (line: string) => void logged.push(JSON.parse(line)) });
  const opened: Mirrors[] = [];
  const open = (more: Partial<MirrorsOptions> = {}) => {
    const mirrors = openMirrors({
      folder: join(folder, "mirrors"),
      budgetBytes: 1e9,
      log,
      now: () => new Date(),
      ...options.mirrors,
      ...more,
    });
    opened.push(mirrors);
    return mirrors;
  };
  const mirrors = open();
  t.after(async () => {
    for (const each of opened) each.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const commands = () => logged.filter((line) => line.msg === "git ended").map((line) => line.command);
  return { folder, remotes, addRemote, server, mirrors, open, log, logged, commands, ...(await addRemote("a")) };
}
