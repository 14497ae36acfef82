/**
 * The scripts that git runs before a push or a commit. A hook of somebody else is never written over: it is refused with
 * words, or, when asked, kept beside ours and run after it.
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ownFolder } from "../own-folder.ts";
import { UsageError } from "../usage-error.ts";

export const hookNames = ["pre-push", "pre-commit"] as const;
export type HookName = (typeof hookNames)[number];

export type HookState = "ours" | "none" | "foreign";

const mark = "# sallyport hook";
const keptBeside = ".before-sallyport";

export function hookState(folder: string, name: HookName): HookState {
  const file = join(folder, name);
  if (!existsSync(file)) return "none";
  return isOurs(file) ? "ours" : "foreign";
}

/** Whether a hook that was there before runs after ours. */
export function isChained(folder: string, name: HookName): boolean {
  return existsSync(join(folder, name + keptBeside));
}

export function installHook(folder: string, name: HookName, { chain }: { readonly chain: boolean }): void {
  const file = join(folder, name);
  const state = hookState(folder, name);
  if (state === "foreign" && !chain) {
    throw new UsageError(
      `there is a ${name} hook of somebody else in ${folder}; --chain runs it after this one, ` +
        `or let it run \`${commandFor(name)}\` itself`,
    );
  }
  if (state === "foreign") {
    if (isChained(folder, name))
      throw new UsageError(`${file}${keptBeside} is there already; put one of both aside first`);
    renameSync(file, file + keptBeside);
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, scriptOf(name), { mode: 0o755 });
  chmodSync(file, 0o755);
}

/** False if there was nothing of ours. A hook that ours had been put before gets its place back. */
export function uninstallHook(folder: string, name: HookName): boolean {
  const file = join(folder, name);
  if (hookState(folder, name) !== "ours") return false;
  rmSync(file);
  if (isChained(folder, name)) renameSync(file + keptBeside, file);
  return true;
}

function isOurs(file: string): boolean {
  return readFileSync(file, "latin1").slice(0, 400).includes(mark);
}

function commandFor(name: HookName): string {
  return `sallyport hook run ${name}${name === "pre-push" ? ' "$@"' : ""}`;
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
${mark}: looks for secrets before a ${takesLines ? "push" : "commit"}. \`sallyport hook uninstall\` takes it away.
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
before="$0${keptBeside}"
if [ -x "$before" ]; then
  ${given}"$before" "$@"
fi
`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
