/**
 * The scripts that git runs before a push or a commit. A hook of somebody else is never written over: it is refused with
 * words, or, when asked, kept beside ours and run after it.
 */
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ownFolder } from "../own-folder.ts";
import { UsageError } from "../usage-error.ts";
import type { HooksFolder } from "./hooks-folder.ts";

export const hookNames = ["pre-push", "pre-commit"] as const;
export type HookName = (typeof hookNames)[number];

/** `calling`: somebody else's, with the command that ours runs. */
export type HookState = "ours" | "none" | "foreign" | "calling";

/** The second line of ours begins so; a script of somebody else may well say "sallyport hook" itself. */
const mark = "# sallyport hook: looks for secrets before a ";
/** A hook that was there before lies in it under its own name, which is how scripts for several hooks know which they are. */
const keptFolder = ".before-sallyport";

export function hookState(hooks: HooksFolder, name: HookName): HookState {
  const file = hookFile(hooks, name);
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return "none";
  const lines = textOf(file).split("\n");
  if (lines[1]?.startsWith(mark)) return "ours";
  const isCalling = lines.some((line) => !/^\s*#/.test(line) && line.includes(`sallyport hook run ${name}`));
  return isCalling ? "calling" : "foreign";
}

/** The script that is the project's: husky's own is written anew with every installation of packages. */
export function hookFile({ path, scripts = path }: HooksFolder, name: HookName): string {
  return join(scripts, name);
}

/** Whether a hook that was there before runs after ours. */
export function isChained({ path }: HooksFolder, name: HookName): boolean {
  return existsSync(join(path, keptFolder, name));
}

export function installHook(hooks: HooksFolder, name: HookName, { chain }: { readonly chain: boolean }): void {
  const file = hookFile(hooks, name);
  const state = hookState(hooks, name);
  if (hooks.scripts !== undefined) {
    throw new UsageError(`husky runs the hooks here: make this the first line of ${file}: ${commandFor(name)}`);
  }
  if (lstatSync(file, { throwIfNoEntry: false })?.isDirectory()) throw new UsageError(`${file} is a folder`);
  if (state === "foreign" && !chain) {
    throw new UsageError(
      `there is a ${name} hook of somebody else in ${hooks.path}; --chain runs it after this one, ` +
        `or let it begin with \`${commandFor(name)}\` itself`,
    );
  }
  if (state === "foreign") keep(hooks, name);
  mkdirSync(hooks.path, { recursive: true });
  writeFileSync(file, scriptOf(name), { mode: 0o755 });
  chmodSync(file, 0o755);
}

/** False if there was nothing of ours. A hook that ours had been put before gets its place back. */
export function uninstallHook(hooks: HooksFolder, name: HookName): boolean {
  if (hookState(hooks, name) !== "ours") return false;
  const file = hookFile(hooks, name);
  const kept = join(hooks.path, keptFolder);
  rmSync(file);
  if (isChained(hooks, name)) move(join(kept, name), file);
  if (!hookNames.some((one) => isChained(hooks, one))) rmSync(kept, { recursive: true, force: true });
  return true;
}

function keep(hooks: HooksFolder, name: HookName): void {
  const kept = join(hooks.path, keptFolder);
  if (isChained(hooks, name)) throw new UsageError(`${join(kept, name)} is there already; put one of both aside first`);
  mkdirSync(kept, { recursive: true });
  move(join(hooks.path, name), join(kept, name));
  // Windows lets few people make links.
  if (process.platform === "win32") return;
  // What the hook has beside itself, it still has there.
  for (const other of readdirSync(hooks.path)) {
    const link = join(kept, other);
    const isNeighbour = other !== keptFolder && !other.endsWith(".sample") && !hookNames.some((one) => one === other);
    if (isNeighbour && lstatSync(link, { throwIfNoEntry: false }) === undefined) symlinkSync(join("..", other), link);
  }
}

/** A relative link would lead elsewhere from another folder. */
function move(from: string, to: string): void {
  const link = lstatSync(from).isSymbolicLink() ? readlinkSync(from) : undefined;
  if (link === undefined || isAbsolute(link)) renameSync(from, to);
  else {
    symlinkSync(relative(dirname(to), resolve(dirname(from), link)), to);
    rmSync(from);
  }
}

/** Empty if there is nothing to read, as behind a link that leads nowhere. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return "";
  }
}

export function commandFor(name: HookName): string {
  return `sallyport hook run ${name}${name === "pre-push" ? ' "$@"' : ""} || exit 1`;
}

/** What git tells on the standard input is read twice, by our program and by a hook after it. */
const linesOfGit = `text=$(cat)
lines() {
  if [ -n "$text" ]; then printf '%s\\n' "$text"; fi
}
`;

/** For the shell that git brings along on every system. */
function scriptOf(name: HookName): string {
  const program = fileURLToPath(new URL("bin/sallyport.js", ownFolder)).replaceAll("\\", "/");
  const takesLines = name === "pre-push";
  const given = takesLines ? "lines | " : "";
  return `#!/bin/sh
${mark}${takesLines ? "push" : "commit"}. \`sallyport hook uninstall\` takes it away.
program=${quoted(program)}
${takesLines ? linesOfGit : ""}run() {
  if [ -f "$program" ] && command -v node >/dev/null 2>&1; then node "$program" "$@"
  elif command -v sallyport >/dev/null 2>&1; then sallyport "$@"
  else
    echo "sallyport: this ${takesLines ? "push" : "commit"} was not looked at for secrets: neither $program nor a sallyport on the PATH can be started." >&2
    echo "sallyport: install it, run \\\`git config --unset core.hooksPath\\\` or remove this hook, or pass --no-verify this once." >&2
    return 2
  fi
}
${given}run hook run ${name}${takesLines ? ' "$@"' : ""} || exit 1
before="\${0%/*}/${keptFolder}/${name}"
if [ -x "$before" ]; then
  ${given}"$before" "$@"
fi
`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
