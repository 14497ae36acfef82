/** Where git looks for the hooks of a repository, and who else looks there. */
import { existsSync, realpathSync } from "node:fs";
import { devNull } from "node:os";
import { basename, dirname, join, relative, resolve } from "node:path";
import { RemoteError } from "#model/remote-error.ts";
import { placeOf } from "../scan/scan-place.ts";
import { UsageError } from "../usage-error.ts";

export interface HooksFolder {
  readonly path: string;
  /** Of one repository alone, in its working tree (whose files are committed), or of all whose core.hooksPath it is. */
  readonly reach: "repository" | "working-tree" | "shared";
  /** Where the project's own scripts are if husky runs the hooks: what is in `path` is husky's. */
  readonly scripts?: string;
}

type Ask = (...args: readonly string[]) => Promise<string | undefined>;

/** Of the repository, of all its working trees, or where core.hooksPath says. */
export async function hooksFolderOf(path: string): Promise<HooksFolder> {
  const cwd = placeOf(path).folder;
  const ask = await askIn(path, cwd);
  const hooks = await ask("--git-path", "hooks");
  if (hooks === undefined) throw new UsageError(await whyNone(path, cwd));
  const folder = resolve(cwd, hooks);
  if (folder === resolve(devNull)) throw new UsageError("core.hooksPath turns hooks off in this repository");
  const common = (await ask("--git-common-dir")) ?? "";
  const top = await ask("--show-toplevel");
  const isInside = (parent: string) => !relative(real(parent), real(folder)).startsWith("..");
  const inTree = top !== undefined && isInside(top);
  const scripts = huskyScripts(folder);
  return {
    path: folder,
    reach: isInside(resolve(cwd, common)) ? "repository" : inTree ? "working-tree" : "shared",
    ...(scripts !== undefined && { scripts }),
  };
}

/** Its runner is `h` beside the hooks that it generates; before its version 9, `husky.sh` in a folder below them. */
function huskyScripts(folder: string): string | undefined {
  if (basename(folder) === "_" && existsSync(join(folder, "h"))) return dirname(folder);
  return existsSync(join(folder, "_", "husky.sh")) ? folder : undefined;
}

function real(path: string): string {
  return existsSync(path)
    ? realpathSync(path)
    : dirname(path) === path
      ? path
      : join(real(dirname(path)), basename(path));
}

/** The person's own settings decide here, as they will when git looks for the hook; nothing of the repository is run. */
async function askIn(path: string, cwd: string): Promise<Ask> {
  const [{ runGit }, { createLog }, { environmentWith }] = await Promise.all([
    import("#git/run-git.ts"),
    import("../serve/create-log.ts"),
    import("../config.ts"),
  ]);
  // A folder that is named goes before the repository that the surrounding process is about.
  const isLeftOut = (name: string) => path !== "." && (name === "GIT_DIR" || name === "GIT_WORK_TREE");
  const surrounding = Object.entries(environmentWith({ GIT_PAGER: "cat", GIT_EDITOR: "false", LC_ALL: "C" }));
  const environment = Object.fromEntries(
    surrounding.flatMap(([name, value]) => (value === undefined || isLeftOut(name) ? [] : [[name, value]])),
  );
  const log = createLog({ logLevel: "silent" });
  return async (...args) => {
    const call = { args: ["rev-parse", ...args], environment, log, cwd, accept: [128], timeLimit: 10_000 };
    const { code, output } = await runGit(call).catch((error: unknown) => {
      throw error instanceof RemoteError ? new UsageError(error.message) : error;
    });
    return code === 0 ? output.toString("utf8").replace(/\n$/, "") : undefined;
  };
}

async function whyNone(path: string, cwd: string): Promise<string> {
  const { openRepository } = await import("../scan/open-repository.ts");
  const opened = await openRepository(cwd).catch(() => undefined);
  opened?.repository.release();
  return opened === undefined
    ? `${path} is in no git repository`
    : `git refuses the repository of ${path}, which may belong to another user (safe.directory); "git status" there says why`;
}
