/** Pasted texts of a script become variables of its shell, each with a name that nothing else there has. */
import { type Quotes, type QuotingShell, quotesOf, type Stretch } from "./shell-quotes.ts";

export interface Pasted extends Stretch {
  /** As it is written in the file, and as the environment is to hold it: `$(Build.SourceBranchName)`. */
  readonly written: string;
  /** What a name is made of: `Build.SourceBranchName`. */
  readonly name: string;
}

export interface Replaced {
  /** In the text of the script. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly quotes: Quotes;
}

export interface Environment {
  /** What is there already, by its name. */
  readonly given: ReadonlyMap<string, string>;
  /** What is added, by its name. */
  readonly added: Map<string, string>;
}

/** Names that shells, systems and agents use for something else. */
const taken =
  /^(?:path|home|user|username|shell|pwd|temp|tmp|tmpdir|term|lang|ifs|env|host|hostname|editor|pager|display|mail|logname|os|ps1|ps4|random|seconds|uid|bash\w*|ld_\w*|dyld_\w*|node_options|pythonpath|git_\w*|ssh_\w*|ci|tf_build|(?:agent|system|build|release|github|runner|vsts|azp)_\w*)$/i;

const mostPasted = 100;

/** Undefined if any of them stands where a variable would not do. */
export function asVariables(
  text: string,
  shell: QuotingShell,
  pasted: readonly Pasted[],
  environment: Environment,
): readonly Replaced[] | undefined {
  if (pasted.length > mostPasted) return undefined;
  const ordered = pasted.toSorted((a, b) => a.start - b.start);
  const quotes = quotesOf(text, shell, ordered);
  const replaced: Replaced[] = [];
  for (const [index, one] of ordered.entries()) {
    const quoted = quotes[index];
    const name = quoted && nameFor(one, text, environment);
    if (!quoted || name === undefined) return undefined;
    const [start, end] = quoted === "single" ? [one.start - 1, one.end + 1] : [one.start, one.end];
    replaced.push({ start, end, text: variable(name, shell, quoted, text[one.end] ?? ""), quotes: quoted });
  }
  return replaced;
}

function variable(name: string, shell: QuotingShell, quotes: Quotes, next: string): string {
  if (shell === "powershell") return quotes === "double" && /[\w:?]/.test(next) ? `\${env:${name}}` : `$env:${name}`;
  if (quotes !== "double") return `"$${name}"`;
  return /\w/.test(next) ? `\${${name}}` : `$${name}`;
}

function nameFor({ name, written }: Pasted, text: string, { given, added }: Environment): string | undefined {
  for (const known of [given, added]) {
    for (const [own, value] of known) if (value.toLowerCase() === written.toLowerCase()) return own;
  }
  const plain = snake(name);
  const wanted = [...(taken.test(plain) ? [] : [plain]), `${plain}_VALUE`, `${plain}_TEXT`];
  const free = wanted.find((one) => {
    return !isWritten(text, one) && ![...given.keys(), ...added.keys()].some((other) => other.toUpperCase() === one);
  });
  if (free !== undefined) added.set(free, written);
  return free;
}

/** The script may set it itself; what stands in a macro is another name. */
function isWritten(text: string, name: string): boolean {
  return new RegExp(String.raw`(?<!\w)${name}(?!\w)`).test(text.replaceAll(/\$\([\w.-]{1,200}\)/g, ""));
}

/** `Build.SourceBranchName` is SOURCE_BRANCH_NAME, `github.event.issue.title` is ISSUE_TITLE. */
function snake(name: string): string {
  const own = name.replace(/^(?:Build|System|Agent|github\.event|github|inputs|env|variables|parameters)\./i, "");
  const words = own
    .replaceAll(/([a-z\d])([A-Z])/g, "$1_$2")
    .replaceAll(/\W+/g, "_")
    .replaceAll(/^_+|_+$/g, "")
    .slice(0, 60);
  const made = words.toUpperCase();
  return /^[A-Z]/.test(made) ? made : `VALUE_${made}`;
}
