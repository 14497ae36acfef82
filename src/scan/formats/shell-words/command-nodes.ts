/** The programs of a script as nodes, so that policies see commands where a file has only text. Read when asked for. */
import { type Block, blockOf, type List, type Member, type Node, type Scalar } from "../node.ts";
import type { Place } from "../text-file.ts";
import { type Program, programOf, programsOf } from "./programs.ts";
import { readShell, type ShellCommand } from "./read-shell.ts";

export interface Script {
  readonly text: string;
  readonly placeOf: (start: number, end: number) => Place;
}

/** Programs before a pipe that are named; longer pipes are not worth more. */
const longestPipe = 6;

/**
 * A block for each program: `program`, `words`, `text`, `startedBy` (sudo, env), `variables`, `pipedFrom` (the programs
 * whose output it reads, nearest first).
 */
export function commandNodes(script: Script): List {
  const at = script.placeOf(0, script.text.length);
  return { is: "list", at, items: programsOf(readShell(script.text)).map((program) => commandNode(script, program)) };
}

/** The command of an exec form, which no shell reads. */
export function execNode(words: readonly { readonly text: string; readonly place: Place }[], at: Place): Block {
  const [name = { text: "", place: at }, ...rest] = words;
  return commandBlock(at, {
    program: scalar(name.place, name.text.slice(name.text.lastIndexOf("/") + 1)),
    words: list(
      at,
      rest.map(({ text, place }) => scalar(place, text)),
    ),
    text: scalar(at, words.map(({ text }) => text).join(" ")),
  });
}

function commandNode({ text, placeOf }: Script, program: Program): Block {
  const { command, writtenIn, name, words } = program;
  const place = (part: { readonly start: number; readonly end: number }): Place => {
    const { start, end } = writtenIn ?? part;
    return placeOf(start, end);
  };
  const at = place(command);
  const raw = writtenIn ? [name, ...words.map((word) => word.text)].join(" ") : text.slice(command.start, command.end);
  return commandBlock(at, {
    program: scalar(at, name),
    words: list(
      at,
      words.map((word) => scalar(place(word), word.text)),
    ),
    text: scalar(at, raw),
    startedBy: list(
      at,
      program.startedBy.map((one) => scalar(at, one)),
    ),
    variables: blockOf(at, new Map(program.variables.map((one) => [one.name, member(scalar(place(one), one.value))]))),
    pipedFrom: list(
      at,
      sourcesOf(command).map((one) => scalar(at, one)),
    ),
  });
}

function sourcesOf(command: ShellCommand): readonly string[] {
  const names: string[] = [];
  for (let from = command.pipedFrom; from && names.length < longestPipe; from = from.pipedFrom) {
    names.push(programOf(from)?.name ?? "");
  }
  return names;
}

function commandBlock(at: Place, members: Readonly<Record<string, Node>>): Block {
  return blockOf(at, new Map(Object.entries(members).map(([key, node]) => [key, member(node)])));
}

function scalar(at: Place, value: string): Scalar {
  return { is: "scalar", at, value };
}

function list(at: Place, items: readonly Node[]): List {
  return { is: "list", at, items };
}

function member(value: Node): Member {
  return { key: value.at, whole: value.at, value };
}
