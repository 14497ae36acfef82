/** `sallyport hook install|uninstall|status`: a scan for secrets before a push or a commit. */
import { devNull } from "node:os";
import { resolve } from "node:path";
import { writeToStdout } from "../scan/scan-output.ts";
import { placeOf } from "../scan/scan-place.ts";
import { UsageError } from "../usage-error.ts";
import { type HookName, hookNames, hookState, installHook, isChained, uninstallHook } from "./hook-files.ts";

export interface HookOptions {
  readonly preCommit?: boolean;
  readonly chain?: boolean;
}

export async function runHookInstall(path: string, { preCommit = false, chain = false }: HookOptions): Promise<number> {
  const folder = await hooksFolder(path);
  const name: HookName = preCommit ? "pre-commit" : "pre-push";
  installHook(folder, name, { chain });
  const what = preCommit ? "Every commit" : "Every push";
  await writeToStdout(
    `Installed ${resolve(folder, name)}.\n${what} from this clone is searched for secrets first. ` +
      `\`git ${preCommit ? "commit" : "push"} --no-verify\` goes around it; \`sallyport hook uninstall\` takes it away.\n`,
  );
  return 0;
}

export async function runHookUninstall(path: string): Promise<number> {
  const folder = await hooksFolder(path);
  const removed = hookNames.filter((name) => uninstallHook(folder, name));
  const words = removed.map((name) => {
    const back = hookState(folder, name) === "foreign" ? "; the hook that was there before is back in its place" : "";
    return `Removed ${resolve(folder, name)}${back}.`;
  });
  await writeToStdout(words.length > 0 ? `${words.join("\n")}\n` : `No hook of Sallyport is in ${folder}.\n`);
  return 0;
}

export async function runHookStatus(path: string): Promise<number> {
  const folder = await hooksFolder(path);
  const said = { ours: "installed", none: "not installed", foreign: "a hook of somebody else" } as const;
  const lines = hookNames.map((name) => {
    const state = hookState(folder, name);
    const more =
      state === "ours" && isChained(folder, name) ? ", and the hook that was there before runs after it" : "";
    return `${name}: ${said[state]}${more}`;
  });
  await writeToStdout(`${folder}\n${lines.join("\n")}\n`);
  return 0;
}

/** Where git looks for hooks: of the repository, of all its working trees, or where core.hooksPath says. */
async function hooksFolder(path: string): Promise<string> {
  const [{ runGit }, { createLog }, { environmentWith }] = await Promise.all([
    import("#git/run-git.ts"),
    import("../serve/create-log.ts"),
    import("../config.ts"),
  ]);
  const cwd = placeOf(path).folder;
  // The person's own settings decide here, as they will when git looks for the hook; nothing of the repository is run.
  const surrounding = Object.entries(environmentWith({ GIT_PAGER: "cat", GIT_EDITOR: "false", LC_ALL: "C" }));
  const environment = Object.fromEntries(
    surrounding.flatMap(([name, value]) => (value === undefined || name === "GIT_DIR" ? [] : [[name, value]])),
  );
  const { code, output } = await runGit({
    args: ["rev-parse", "--git-path", "hooks"],
    environment,
    log: createLog({ logLevel: "silent" }),
    cwd,
    accept: [128],
    timeLimit: 10_000,
  });
  if (code !== 0) throw new UsageError(`${path} is in no git repository`);
  const folder = resolve(cwd, output.toString("utf8").replace(/\n$/, ""));
  if (folder === resolve(devNull)) throw new UsageError("core.hooksPath turns hooks off in this repository");
  return folder;
}
