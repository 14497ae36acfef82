/** Which program a command runs in the end: behind `sudo`, `env` or `xargs`, and within `sh -c "..."`. */
import { readShell, type ShellCommand, type ShellWord } from "./read-shell.ts";
import { isHeredoc, scriptsGivenTo, shells } from "./scripts-given-to.ts";

export interface Program {
  /** The file name of the program, without its folder: `apt-get`. */
  readonly name: string;
  readonly words: readonly ShellWord[];
  /** Programs that only start this one, the outermost first: `sudo`, `env`. */
  readonly startedBy: readonly string[];
  /** Variables it sees: written before it, or given to `env` and `export`. */
  readonly variables: readonly Variable[];
  readonly command: ShellCommand;
  /** Set for what stands in the text of `sh -c "..."` or `sh <<END`: the word it was written in, as places within it are unsure. */
  readonly writtenIn?: ShellWord | undefined;
}

export interface Variable {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** Options of starters that are followed by a value of their own. */
const starters: Readonly<Record<string, readonly string[]>> = {
  sudo: ["-u", "-g", "-h", "-p", "-C", "-r", "-t", "-U", "--user", "--group"],
  doas: ["-u", "-C"],
  env: ["-u", "-C", "-S", "--unset", "--chdir"],
  exec: ["-a"],
  nice: ["-n"],
  ionice: ["-c", "-n"],
  xargs: ["-a", "-d", "-E", "-I", "-L", "-n", "-P", "-s"],
  timeout: ["-s", "-k", "--signal", "--kill-after"],
  command: [],
  builtin: [],
  time: [],
  nohup: [],
  setsid: [],
  stdbuf: ["-i", "-o", "-e"],
};
/** Starters whose first plain word belongs to them: `timeout 10 curl`. */
const takesWord = new Set(["timeout"]);
const setting = /^([A-Za-z_]\w*)=([\s\S]*)$/;

/** Scripts in scripts, and starters of starters, that are followed. */
const deepest = 6;
const mostStarters = 8;

/** Every program of a script, also those in substitutions and in the text given to a shell. */
export function programsOf(commands: readonly ShellCommand[]): readonly Program[] {
  const out: Program[] = [];
  collect(commands, out, 0, undefined);
  return out;
}

function collect(commands: readonly ShellCommand[], out: Program[], depth: number, writtenIn?: ShellWord): void {
  for (const command of commands) {
    const program = programOf(command, writtenIn);
    if (program) out.push(program);
    const script = program && depth < deepest ? scriptOf(program) : undefined;
    for (const part of [...command.assignments, ...command.words, ...command.redirects.map(({ target }) => target)]) {
      if (part !== script) collect(part.inner, out, depth, writtenIn);
    }
    if (script) collect(readShell(script.text), out, depth + 1, writtenIn ?? script);
    else if (program && shells.test(program.name) && depth < deepest) {
      for (const given of scriptsGivenTo(program)) {
        if (isHeredoc(given)) collect(readShell(given.text), out, depth + 1, writtenIn ?? given);
      }
    }
  }
}

/** The program of a command; one with no name where there are only assignments. */
export function programOf(command: ShellCommand, writtenIn?: ShellWord): Program | undefined {
  const startedBy: string[] = [];
  const variables: Variable[] = [...command.assignments];
  let words = command.words;
  while (startedBy.length < mostStarters) {
    const name = fileName(words[0]?.text ?? "");
    const options = Object.hasOwn(starters, name) ? starters[name] : undefined;
    if (!options || words.length < 2) break;
    const rest = behindStarter(name, words.slice(1), options, variables);
    if (rest.length === 0) break;
    startedBy.push(name);
    words = rest;
  }
  const name = fileName(words[0]?.text ?? "");
  if (name === "" && variables.length === 0) return undefined;
  const rest = words.slice(1);
  if (name === "export" || name === "declare" || name === "setenv") variables.push(...rest.flatMap(variableOf));
  return { name, words: rest, startedBy, variables, command, ...(writtenIn && { writtenIn }) };
}

function behindStarter(
  name: string,
  words: readonly ShellWord[],
  options: readonly string[],
  variables: Variable[],
): readonly ShellWord[] {
  let own = takesWord.has(name) ? 1 : 0;
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (!word) break;
    if (word.text.startsWith("-")) {
      if (options.includes(word.text)) at++;
      continue;
    }
    const variable = name === "env" || name === "sudo" ? variableOf(word) : [];
    variables.push(...variable);
    if (variable.length > 0) continue;
    if (own-- > 0) continue;
    return words.slice(at);
  }
  return [];
}

function variableOf({ text, start, end }: ShellWord): readonly Variable[] {
  const found = setting.exec(text);
  return found ? [{ name: found[1] ?? "", value: found[2] ?? "", start, end }] : [];
}

/** The text that a shell is given to run: `bash -ec "..."`, `eval "..."`. */
function scriptOf({ name, words }: Program): ShellWord | undefined {
  if (name === "eval") return words.length === 1 ? words[0] : undefined;
  if (!shells.test(name)) return undefined;
  const option = words.findIndex(({ text }) => /^-[a-z]*c$/.test(text));
  return option < 0 ? undefined : words[option + 1];
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
