/** Scripts that fetch a program and run it at once: whoever answers the download decides what runs. */
import { type Program, programOf, programsOf } from "../../formats/shell-words/programs.ts";
import { readShell, type ShellCommand, type ShellWord } from "../../formats/shell-words/read-shell.ts";

export interface RemoteScript {
  readonly start: number;
  readonly end: number;
  /** What runs it: `bash`. */
  readonly by: string;
}

const fetchers = new Set(["curl", "wget", "fetch", "aria2c", "http", "https"]);
const interpreters = /^(?:(?:ba|da|a|z|k|fi)?sh|python[\d.]*|ruby|perl|node|php|pwsh|powershell|deno|bun|lua|tclsh)$/;
/** They run what an address names. */
const takesAddress = /^(?:deno|bun)$/;
const takesScript = new Set(["eval", "source", "."]);
const verifiers =
  /\b(?:sha(?:1|256|384|512)sum|shasum|b2sum|md5sum|gpgv?|cosign|slsa-verifier|minisign|signify|openssl\s+dgst|get-filehash|get-authenticodesignature|rhash|attestation\s+verify)\b/i;

/** PowerShell's ways, which no reader of POSIX shells understands. */
const powershell: readonly RegExp[] = [
  /\b(?:iwr|irm|curl|wget|invoke-webrequest|invoke-restmethod)\b[^\n|;]{0,400}\|\s*(?:iex|invoke-expression)\b/gi,
  /\b(?:iex|invoke-expression)\b[^\n]{0,80}?\b(?:iwr|irm|invoke-webrequest|invoke-restmethod|downloadstring)\b/gi,
  /\.downloadstring\([^\n]{0,400}\|\s*(?:iex|invoke-expression)\b/gi,
];

export function findRemoteScripts(text: string): readonly RemoteScript[] {
  if (!/curl|wget|fetch|aria2c|https?:|iwr|irm|invoke-|downloadstring/i.test(text)) return [];
  const found = new Map<number, RemoteScript>();
  const programs = programsOf(readShell(text));
  for (const program of programs) {
    const runs = runsFetched(program);
    const { start, end } = program.writtenIn ?? program.command;
    if (runs) found.set(start, { start, end, by: program.name });
  }
  for (const one of downloadedThenRun(programs, text)) if (!found.has(one.start)) found.set(one.start, one);
  for (const pattern of powershell) {
    for (const match of text.matchAll(pattern)) {
      const end = match.index + match[0].length;
      if (![...found.values()].some((one) => one.start <= end && one.end >= match.index))
        found.set(match.index, { start: match.index, end, by: "Invoke-Expression" });
    }
  }
  return [...found.values()].sort((a, b) => a.start - b.start);
}

/** `curl x | sh`, `sh <(curl x)`, `sh -c "$(curl x)"`, `eval "$(curl x)"`. */
function runsFetched({ name, words, command }: Program): boolean {
  const isInterpreter = interpreters.test(name);
  const input = command.redirects.filter(({ operator }) => /^0?<$/.test(operator)).map(({ target }) => target);
  const isFetched = isFetchedBefore(command) || input.some(({ inner }) => fetchesIn(inner, 0));
  if (isInterpreter && isFetched && readsStandardInput(words)) return true;
  if (takesAddress.test(name) && words.some(({ text }) => /^https?:/i.test(text))) return true;
  if (!isInterpreter && !takesScript.has(name)) return false;
  const given = isInterpreter
    ? words.filter((word, at) => at === 0 || isCodeOption(words[at - 1]) || isSubstitution(word))
    : words;
  return given.some((word) => fetchesIn(word.inner, 0));
}

/** False where a program file is named: what is piped in is then its data. */
function readsStandardInput(words: readonly ShellWord[]): boolean {
  const first = words.find(({ text }) => !text.startsWith("-"));
  const option = words.find(({ text }) => text === "-" || /^-[a-z]*s$/.test(text));
  return first === undefined || option !== undefined || first.text === "/dev/stdin";
}

function isCodeOption(word: ShellWord | undefined): boolean {
  return word !== undefined && /^-[a-z]*[ce]$/.test(word.text);
}

function isSubstitution({ text }: ShellWord): boolean {
  return text.startsWith("<(");
}

function isFetchedBefore(command: ShellCommand): boolean {
  let from = command.pipedFrom;
  for (let steps = 0; from && steps < 8; steps++, from = from.pipedFrom) {
    if (fetchers.has(programOf(from)?.name ?? "")) return true;
  }
  return false;
}

function fetchesIn(commands: readonly ShellCommand[], depth: number): boolean {
  if (depth > 4) return false;
  return commands.some(
    (command) =>
      fetchers.has(programOf(command)?.name ?? "") ||
      command.words.some((word) => fetchesIn(word.inner, depth + 1)) ||
      isFetchedBefore(command),
  );
}

/** `curl -o x.sh URL` and later `bash x.sh` or `./x.sh`, with nothing between that could tell a wrong file. */
function downloadedThenRun(programs: readonly Program[], text: string): readonly RemoteScript[] {
  if (verifiers.test(text)) return [];
  const files = new Set<string>();
  const found: RemoteScript[] = [];
  for (const program of programs) {
    const { name, words, command } = program;
    if (fetchers.has(name)) for (const file of targetsOf(program)) files.add(plainFile(file));
    if (files.size === 0) continue;
    const run =
      interpreters.test(name) || takesScript.has(name)
        ? words.find((word) => !word.text.startsWith("-"))?.text
        : pathOf(program);
    if (run !== undefined && files.has(plainFile(run))) {
      const { start, end } = program.writtenIn ?? command;
      found.push({ start, end, by: interpreters.test(name) ? name : "the shell" });
    }
  }
  return found;
}

function targetsOf({ name, words, command }: Program): readonly string[] {
  const targets = command.redirects.filter(({ operator }) => /^\d*>/.test(operator)).map(({ target }) => target.text);
  for (const [at, { text }] of words.entries()) {
    const next = words[at + 1]?.text;
    const isTarget = name === "wget" ? /^(?:-\w*O|--output-document)$/ : /^(?:-\w*o|--output|--out)$/;
    if (isTarget.test(text) && next !== undefined) targets.push(next);
    const joined = /^--(?:output|output-document)=(.+)$/.exec(text);
    if (joined?.[1]) targets.push(joined[1]);
  }
  const keepsName = words.some(({ text }) => /^-[a-zA-Z]*O[a-zA-Z]*$|^--remote-name$/.test(text));
  if (targets.length === 0 && (name === "wget" || keepsName)) {
    const address = words.find(({ text }) => /^https?:/i.test(text))?.text;
    const last = address?.split(/[?#]/)[0]?.split("/").at(-1);
    if (last) targets.push(last);
  }
  return targets.filter((target) => target !== "-" && !target.startsWith("/dev/"));
}

/** The path by which a program is started, if it is one. */
function pathOf({ name, command }: Program): string | undefined {
  const written = command.words.find(({ text }) => text.slice(text.lastIndexOf("/") + 1) === name)?.text;
  return written?.includes("/") ? written : undefined;
}

function plainFile(path: string): string {
  return path.replace(/^\.\//, "");
}
