/** `sallyport hook install|uninstall|status`: a scan for secrets before a push or a commit. */
import { writeToStdout } from "../scan/scan-output.ts";
import { UsageError } from "../usage-error.ts";
import {
  commandFor,
  type HookName,
  hookFile,
  hookNames,
  hookState,
  installHook,
  isChained,
  uninstallHook,
} from "./hook-files.ts";
import { type HooksFolder, hooksFolderOf } from "./hooks-folder.ts";

export interface HookOptions {
  readonly preCommit?: boolean;
  readonly chain?: boolean;
}

export async function runHookInstall(path: string, { preCommit = false, chain = false }: HookOptions): Promise<number> {
  const hooks = await hooksFolderOf(path);
  const name: HookName = preCommit ? "pre-commit" : "pre-push";
  const file = hookFile(hooks, name);
  const state = onDisk(() => hookState(hooks, name));
  if (state === "calling") {
    await writeToStdout(`${file} runs \`sallyport hook run ${name}\` already; nothing was changed.\n`);
    return 0;
  }
  onDisk(() => installHook(hooks, name, { chain }));
  const verb = preCommit ? "commit" : "push";
  await writeToStdout(
    `Installed ${file}.\nEvery ${verb} from ${reachOf(hooks)} is searched for secrets first. ` +
      `\`git ${verb} --no-verify\` goes around it; \`sallyport hook uninstall\` takes it away.\n` +
      (hooks.reach === "working-tree" ? committedWords(name) : ""),
  );
  return 0;
}

function reachOf({ reach }: HooksFolder): string {
  return reach === "shared" ? "every repository whose core.hooksPath is that folder" : "this clone";
}

function committedWords(name: HookName): string {
  return `The file is in the working tree and names this machine's Sallyport: do not commit it. A hook for everybody is a script with the line
  ${commandFor(name)}
`;
}

export async function runHookUninstall(path: string): Promise<number> {
  const hooks = await hooksFolderOf(path);
  const removed = onDisk(() => hookNames.filter((name) => uninstallHook(hooks, name)));
  const words = removed.map((name) => {
    const back = hookState(hooks, name) === "none" ? "" : "; the hook that was there before is back in its place";
    return `Removed ${hookFile(hooks, name)}${back}.`;
  });
  await writeToStdout(words.length > 0 ? `${words.join("\n")}\n` : `No hook of Sallyport is in ${hooks.path}.\n`);
  return 0;
}

export async function runHookStatus(path: string): Promise<number> {
  const hooks = await hooksFolderOf(path);
  const said = {
    ours: "installed",
    none: "not installed",
    foreign: "a hook of somebody else",
    calling: "a hook of somebody else, which runs this one",
  } as const;
  const lines = hookNames.map((name) => {
    const state = onDisk(() => hookState(hooks, name));
    const more = state === "ours" && isChained(hooks, name) ? ", and the hook that was there before runs after it" : "";
    return `${name}: ${said[state]}${more}`;
  });
  const where = hooks.scripts === undefined ? hooks.path : `${hooks.scripts} (run by husky)`;
  await writeToStdout(`${where}\n${lines.join("\n")}\n`);
  return 0;
}

/** What the disk refuses is said in one line. */
function onDisk<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code, path = "the hooks" } = error as NodeJS.ErrnoException;
    throw new UsageError(`${path} cannot be used (${code ?? "unknown error"})`);
  }
}
