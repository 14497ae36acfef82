/** What policies see of an instruction: its parts by name, variables expanded with what the file itself says. */

import { type DockerWord, splitWords } from "../../../formats/dockerfile/docker-words.ts";
import type { Instruction } from "../../../formats/dockerfile/read-dockerfile.ts";
import { type Block, blockOf, type List, type Member, type Node, type Scalar } from "../../../formats/node.ts";
import { commandNodes, execNode } from "../../../formats/shell-words/command-nodes.ts";
import { expandVariables, type Variable } from "../../../formats/shell-words/expand-variables.ts";
import type { Place } from "../../../formats/text-file.ts";

/** Values by name, as they are where the instruction stands; `outer` is the stage that this one goes on from. */
export interface Scope {
  readonly own: Map<string, Variable & { readonly ends: boolean }>;
  readonly outer?: Scope | undefined;
}

/** The value of a variable. Build arguments end with their stage, what ENV sets does not. */
export function lookIn(scope: Scope, name: string): Variable | undefined {
  for (let one: Scope | undefined = scope; one; one = one.outer) {
    const found = one.own.get(name);
    if (found && !(found.ends && one !== scope)) return found;
  }
  return undefined;
}

/** How an instruction is read: its file's escape character and the values that hold there. */
export interface Surroundings {
  readonly escape: string;
  readonly scope: Scope;
}

export type Parts = Record<string, Node | (() => Node)>;

/** `instruction`, `value`, `flags` and what the kind of instruction has beyond. */
export function partsOf(instruction: Instruction, surroundings: Surroundings): Parts {
  const { name, rest, flags, at } = instruction;
  const value = rest.placeOf(0, rest.text.length);
  return {
    instruction: scalar(at, name),
    value: scalar(value, rest.text),
    flags: blockOf(
      at,
      new Map(
        flags.map((flag) => [flag.name, member(expanded({ text: flag.value, place: flag.place }, surroundings))]),
      ),
    ),
    ...ownParts(instruction, surroundings),
  };
}

function ownParts(instruction: Instruction, surroundings: Surroundings): Parts {
  const { name, rest } = instruction;
  switch (name) {
    case "RUN":
      return { commands: () => runCommands(instruction) };
    case "CMD":
    case "ENTRYPOINT":
      return { commands: () => commandsOf(instruction) };
    case "HEALTHCHECK":
      return healthcheckParts(instruction);
    case "ENV":
    case "ARG":
    case "LABEL":
      return { variables: variablesOf(instruction, surroundings) };
    case "ADD":
    case "COPY":
      return copyParts(instruction, surroundings);
    case "EXPOSE":
    case "VOLUME":
    case "SHELL": {
      const words = instruction.exec ?? splitWords(rest, surroundings.escape);
      return {
        words: list(
          instruction.at,
          words.map((word) => expanded(word, surroundings)),
        ),
      };
    }
    case "USER":
    case "WORKDIR":
    case "STOPSIGNAL":
      return { words: list(instruction.at, [expanded(wholeOf(instruction), surroundings)]) };
    default:
      return {};
  }
}

function wholeOf({ rest }: Instruction): DockerWord {
  const text = rest.text.trimEnd();
  return { text, place: rest.placeOf(0, text.length) };
}

/** The text with the values of variables; unknown where one has none. */
export function expanded({ text, place }: DockerWord, { escape: mark, scope }: Surroundings): Node {
  const result = expandVariables(text, { lookup: (name) => lookIn(scope, name), escape: mark, quotes: true });
  const from = result.from && { from: result.from };
  const [unknown] = result.unknown;
  if (unknown === undefined) return { is: "scalar", at: place, value: result.text, ...from };
  const reason = `the value of ${unknown} is not written in this file`;
  return { is: "unknown", at: place, reason, refs: [], text: result.text, ...from };
}

/** Shells whose here-document is a script. `RUN python3 <<EOF` feeds a program of another language. */
const readsScript = /^(?:\S*\/)?(?:ba|da|a|z|k)?sh(?:\s+-\w+)*\s*$/;

function runCommands(instruction: Instruction): List {
  const { rest, heredocs, at } = instruction;
  const [first] = heredocs;
  if (!first) return commandsOf(instruction);
  const before = rest.text.slice(0, rest.text.indexOf("<<")).trim();
  const isScript =
    before === "" ? !/^\s*#!(?!\S*\/(?:env\s+)?\w*sh\b)/.test(first.body.text) : readsScript.test(before);
  const outside = before === "" ? [] : commandNodes(rest).items;
  const inside = isScript ? commandNodes(first.body).items : [];
  return list(at, [...outside, ...inside]);
}

function commandsOf({ exec, rest, at }: Instruction): List {
  if (!exec) return commandNodes(rest);
  const script = /^(?:\S*\/)?(?:ba|da|a|z|k)?sh$/.test(exec[0]?.text ?? "") && /^-\w*c$/.test(exec[1]?.text ?? "");
  const text = script ? exec[2] : undefined;
  const commands = text ? commandNodes({ text: text.text, placeOf: () => text.place }).items : [];
  return list(at, [execNode(exec, at), ...commands]);
}

function healthcheckParts(instruction: Instruction): Parts {
  const kind = /^\w*/.exec(instruction.rest.text)?.[0] ?? "";
  const after = instruction.rest.slice(kind.length);
  return {
    kind: scalar(instruction.rest.placeOf(0, kind.length), kind.toUpperCase()),
    commands: () => commandsOf({ ...instruction, exec: undefined, rest: after }),
  };
}

/** `ARG NAME value` declares two names. Where the second is none, the author meant a value, and is taken at that. */
function meansValue(name: string, second: string): boolean {
  return name !== "ARG" || !(second.includes("=") || /^[A-Z_][A-Z\d_]*$/.test(second));
}

/** `ENV a=1 b=2`, the older `ENV a 1`, `ARG a`. A name without a value is null. */
function variablesOf({ name, rest, at }: Instruction, surroundings: Surroundings): Block {
  const words = splitWords(rest, surroundings.escape);
  const members = new Map<string, Member>();
  const [first, second] = words;
  if (first && second && !first.text.includes("=") && meansValue(name, second.text)) {
    const start = rest.text.indexOf(second.text, first.text.length);
    const text = rest.text.slice(start).trimEnd();
    const value = expanded({ text, place: rest.placeOf(start, start + text.length) }, surroundings);
    members.set(first.text, { key: first.place, whole: rest.placeOf(0, rest.text.length), value });
    return blockOf(at, members);
  }
  for (const word of words) {
    const equals = word.text.indexOf("=");
    const key = expandVariables(equals < 0 ? word.text : word.text.slice(0, equals), {
      lookup: (one) => lookIn(surroundings.scope, one),
      escape: surroundings.escape,
      quotes: true,
    }).text;
    const value: Node =
      equals < 0
        ? { is: "scalar", at: word.place, value: null }
        : expanded({ text: word.text.slice(equals + 1), place: word.place }, surroundings);
    members.set(key, { key: word.place, whole: word.place, value });
  }
  return blockOf(at, members);
}

function copyParts(instruction: Instruction, surroundings: Surroundings): Parts {
  const words = instruction.exec ?? splitWords(instruction.rest, surroundings.escape);
  const sources = words.slice(0, -1).filter(({ text }) => !text.startsWith("<<"));
  const destination = words.at(-1);
  return {
    sources: list(
      instruction.at,
      sources.map((word) => expanded(word, surroundings)),
    ),
    ...(destination && { destination: expanded(destination, surroundings) }),
  };
}

/** A block whose parts are worked out when first asked for. */
export function bodyOf(at: Place, parts: Parts): Block {
  const known = new Map<string, Member>();
  return {
    is: "block",
    at,
    keys: () => Object.keys(parts),
    get: (key) => {
      const found = known.get(key);
      if (found || !Object.hasOwn(parts, key)) return found;
      const part = parts[key];
      if (part === undefined) return undefined;
      const made = member(typeof part === "function" ? part() : part);
      known.set(key, made);
      return made;
    },
  };
}

export function scalar(at: Place, value: Scalar["value"]): Scalar {
  return { is: "scalar", at, value };
}

export function list(at: Place, items: readonly Node[]): List {
  return { is: "list", at, items };
}

function member(value: Node): Member {
  return { key: value.at, whole: value.at, value };
}
