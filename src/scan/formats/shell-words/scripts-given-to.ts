/** What a program gets on its standard input and runs: `bash <<END`, `psql <<< "..."`, `echo ... | ssh host`. */
import type { Program } from "./programs.ts";
import type { Heredoc, ShellCommand, ShellWord } from "./read-shell.ts";

export const shells = /^(?:ba|da|a|z|k)?sh$/;
/** They run what they get unless a file or a text is named. */
const interpreters = /^(?:python[\d.]*|ruby|perl|node|php|pwsh|powershell)$/;
/** Clients of databases, with the options by which they get a text or file in place of their input. */
const databases: Readonly<Record<string, RegExp>> = {
  psql: /^(?:-[a-zA-Z]*[cf]|--(?:command|file)(?:=.*)?)$/s,
  mysql: /^(?:-[a-zA-Z]*e|--execute(?:=.*)?)$/s,
};
/** Options of ssh that are followed by a value. */
const sshValues = /^-[BbcDEeFIiJLlmOopQRSWw]$/;

/** Nothing where the program takes its input for data: `python report.py`, `ssh host tee x`. */
export function scriptsGivenTo(program: Program): readonly ShellWord[] {
  return readsItsProgram(program) ? inputOf(program.command) : [];
}

export function isHeredoc(word: ShellWord): word is Heredoc {
  return "isExpanded" in word;
}

function readsItsProgram({ name, words }: Program): boolean {
  const texts = words.map(({ text }) => text);
  if (shells.test(name)) {
    if (texts.some((text) => /^-[a-z]*c$/.test(text))) return false;
    return texts.some((text) => /^-[a-z]*s$/.test(text)) || isWithoutFile(texts);
  }
  if (interpreters.test(name))
    return isWithoutFile(texts) && !texts.some((text) => /^-(?:[a-zA-Z]*[ce]|m)$/.test(text));
  const given = Object.hasOwn(databases, name) ? databases[name] : undefined;
  if (given) return !texts.some((text) => given.test(text));
  if (name === "su") return !texts.some((text) => /^(?:-[a-z]*c|--command(?:=.*)?)$/.test(text));
  return name === "ssh" && isShellOfHost(texts);
}

function isWithoutFile(texts: readonly string[]): boolean {
  const first = texts.find(
    (text, at) => text === "-" || (!/^[-+]/.test(text) && !/^[-+][a-z]*o$/.test(texts[at - 1] ?? "")),
  );
  return first === undefined || first === "-";
}

/** `ssh host` alone, or with a shell behind it. */
function isShellOfHost(texts: readonly string[]): boolean {
  const plain = texts.filter((text, at) => !text.startsWith("-") && !sshValues.test(texts[at - 1] ?? ""));
  const [, command] = plain;
  return command === undefined || shells.test(command.slice(command.lastIndexOf("/") + 1));
}

function inputOf({ redirects, pipedFrom }: ShellCommand): readonly ShellWord[] {
  const own = textsRead(redirects);
  if (own.length > 0 || pipedFrom === undefined) return own;
  const [name, ...words] = pipedFrom.words;
  if (name?.text === "cat") return textsRead(pipedFrom.redirects);
  return name?.text === "echo" || name?.text === "printf" ? words : [];
}

function textsRead(redirects: ShellCommand["redirects"]): readonly ShellWord[] {
  return redirects.flatMap(({ operator, target, heredoc }) => heredoc ?? (operator.endsWith("<<<") ? target : []));
}
