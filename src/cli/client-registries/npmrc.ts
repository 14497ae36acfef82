/** Reads a `.npmrc` as npm does: one setting a line, variables of the environment, the last one counts. Sections are left out. */
import type { Environment } from "../config.ts";

/** Longer lines are no settings of registries. */
const longestLine = 10_000;

export function readNpmrc(text: string, environment: Environment): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  for (const line of text.split(/[\r\n]+/)) {
    if (/^\s*\[/.test(line)) break;
    const at = line.indexOf("=");
    if (at < 1 || line.length > longestLine || /^\s*[;#]/.test(line)) continue;
    const key = withVariables(line.slice(0, at).trim(), environment);
    const value = withVariables(plain(line.slice(at + 1).trim()), environment);
    if (key !== undefined && value !== undefined && value !== "") settings.set(key, value);
  }
  return settings;
}

/** Without quotes, or up to a comment. */
function plain(written: string): string {
  const mark = written.charAt(0);
  if (written.length > 1 && (mark === '"' || mark === "'") && written.endsWith(mark)) return written.slice(1, -1);
  return (/^(?:[^\\;#]|\\.|\\$)*/.exec(written)?.[0] ?? "").replace(/\\([\\;#])/g, "$1").trim();
}

/** Undefined where a variable is not set: the rest of it is no setting. With `?` it is empty then. */
function withVariables(text: string, environment: Environment): string | undefined {
  let isWhole = true;
  const value = text.replace(/\$\{([^${}]{1,200}?)(\??)\}/g, (_, name: string, mark: string) => {
    const found = environment[name];
    if (found === undefined && mark === "") isWhole = false;
    return found ?? "";
  });
  return isWhole ? value : undefined;
}
