/** Commands and variables of an instruction or a script, for conditions that look at what is run. */
import { child, itemsOf, type Node, textOf } from "../../formats/node.ts";
import type { Place } from "../../formats/text-file.ts";
import type { Condition } from "../condition.ts";
import type { Policy } from "../policy.ts";
import { failAt, passAt, unknownAt, worstOf } from "../verdict.ts";

export interface Word {
  readonly text: string;
  readonly at: Place;
}

export interface Command {
  /** Without its folder: `apt-get`. */
  readonly program: string;
  readonly words: readonly Word[];
  /** Words that are no options: subcommands, packages, addresses. */
  readonly plain: readonly string[];
  readonly startedBy: readonly string[];
  readonly variables: ReadonlyMap<string, Word>;
  /** Programs whose output it reads, nearest first. */
  readonly pipedFrom: readonly string[];
  readonly text: string;
  readonly at: Place;
}

/** Many policies ask for the same commands. */
const known = new WeakMap<Node, readonly Command[]>();

export function commandsIn(node: Node): readonly Command[] {
  const commands = child(node, "commands");
  if (!commands) return [];
  const before = known.get(commands);
  if (before) return before;
  const found = itemsOf(commands).map(commandOf);
  known.set(commands, found);
  return found;
}

export function commandOf(node: Node): Command {
  const words = itemsOf(child(node, "words")).map(wordOf);
  const variables = child(node, "variables");
  const names = variables?.is === "block" ? variables.keys() : [];
  return {
    program: textOf(child(node, "program")) ?? "",
    words,
    plain: words.map(({ text }) => text).filter((text) => !text.startsWith("-")),
    startedBy: itemsOf(child(node, "startedBy")).map((one) => textOf(one) ?? ""),
    variables: new Map(names.flatMap((name) => pairOf(name, child(variables, name)))),
    pipedFrom: itemsOf(child(node, "pipedFrom")).map((one) => textOf(one) ?? ""),
    text: textOf(child(node, "text")) ?? "",
    at: node.at,
  };
}

function wordOf(node: Node): Word {
  return { text: textOf(node) ?? "", at: node.at };
}

function pairOf(name: string, node: Node | undefined): readonly (readonly [string, Word])[] {
  return node ? [[name, wordOf(node)]] : [];
}

/** True, or the word that is to blame, where a command does what it should not. */
type Judge = (command: Command, all: readonly Command[]) => boolean | Word | undefined;

/** No command does what `judge` looks for. */
export function noCommand(judge: Judge, why: string): Condition {
  return (node) => {
    const commands = commandsIn(node);
    for (const command of commands) {
      const found = judge(command, commands);
      if (found) return failAt(found === true ? command.at : found.at, why);
    }
    return passAt(node.at);
  };
}

/** The instructions under one condition, and the file as a whole, which passes where none of them fails. */
export function onEach(names: readonly string[], condition: Condition): Policy["on"] {
  const wanted = new Set(names);
  const whole: Condition = (node, resource) => {
    const bodies = itemsOf(child(node, "stages")).flatMap((stage) => itemsOf(child(stage, "instructions")));
    const some = bodies.filter((body) => wanted.has(textOf(child(body, "instruction")) ?? ""));
    const worst = worstOf(some.map((body) => condition(body, resource)));
    return worst.is === "fail" ? { is: "none" } : passAt(node.at);
  };
  return { ...Object.fromEntries(names.map((name) => [`docker:${name}`, condition])), "docker:file": whole };
}

/** A variable is never set to a value that `isBad` says is bad: not by ENV, not by ARG, not for or within a RUN. */
export function neverSets(names: readonly string[], isBad: (value: string) => boolean, why: string): Policy["on"] {
  const declared: Condition = (node) => {
    const variables = child(node, "variables");
    for (const name of names) {
      const value = child(variables, name);
      if (value === undefined || (value.is === "scalar" && value.value === null)) continue;
      const text = value.is === "unknown" ? value.text : textOf(value);
      if (text !== undefined && isBad(text)) return failAt(value, why);
      if (value.is === "unknown") return unknownAt(value.at, value.reason);
    }
    return passAt(node.at);
  };
  const run = noCommand(({ variables }) => {
    for (const name of names) {
      const word = variables.get(name);
      if (word && isBad(word.text)) return word;
    }
    return undefined;
  }, why);
  return { "docker:ENV": declared, "docker:ARG": declared, "docker:RUN": run };
}

/** The option as `--name`, `--name=value` or, with a letter, in a cluster such as `-yqq`. */
export function option(command: Command, name: string): Word | undefined {
  return command.words.find(({ text }) => text === name || text.startsWith(`${name}=`));
}

/** True for commands that name their subcommand as a plain word: `apt-get -y install`. */
export function does(command: Command, ...subcommands: readonly string[]): boolean {
  return command.plain.some((word) => subcommands.includes(word));
}

/** Also `pip3.11` and `python3 -m pip`. */
export function isPip({ program, words }: Command): boolean {
  if (/^pip[\d.]*$/.test(program)) return true;
  return /^python[\d.]*$/.test(program) && words[0]?.text === "-m" && words[1]?.text === "pip";
}
