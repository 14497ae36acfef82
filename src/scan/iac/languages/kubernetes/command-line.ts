/**
 * The flags with which a container starts a component of the control plane (kube-apiserver, etcd, kubelet), and conditions
 * on them. Containers that start something else are not concerned.
 */
import { child, itemsOf, type Node } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";
import type { Condition } from "../../condition.ts";
import { failAt, notApplicable, passAt, unknownAt, type Verdict } from "../../verdict.ts";
import { eachContainer } from "./pod.ts";

export interface Flag {
  /** Undefined for a flag without a value. */
  readonly value: string | undefined;
  readonly at: Place;
}

export interface CommandLine {
  /** The command, where something is missing from it. */
  readonly at: Place;
  /** The last of several counts. */
  readonly flags: ReadonlyMap<string, Flag>;
  /** Why there may be other flags. */
  readonly open: string | undefined;
}

interface Word {
  readonly text: string;
  readonly at: Place;
}

const read = new WeakMap<Node, Map<string, CommandLine | undefined>>();

/** How a container starts a program; undefined if it does not. Kept, as fifty policies ask. */
export function commandLineOf(container: Node, program: string): CommandLine | undefined {
  const lines = read.get(container) ?? new Map<string, CommandLine | undefined>();
  read.set(container, lines);
  if (!lines.has(program)) lines.set(program, readCommandLine(container, program));
  return lines.get(program);
}

function readCommandLine(container: Node, program: string): CommandLine | undefined {
  const command = child(container, "command");
  const lists = [command, child(container, "args")].filter((list) => list !== undefined);
  const words = lists.flatMap(wordsIn);
  // Behind the first flag the name may be a folder or a host.
  const firstFlag = words.findIndex(({ text }) => text.startsWith("--"));
  const programs = firstFlag < 0 ? words : words.slice(0, firstFlag);
  const isNamed = programs.some(({ text }) => text === program || text.endsWith(`/${program}`));
  if (!isNamed && (!isEmpty(command) || imageName(container) !== program)) return undefined;
  const open = lists.map(openingOf).find((reason) => reason !== undefined);
  return { at: (command ?? container).at, flags: flagsIn(words), open };
}

/** Without a command the image starts its own program. */
function imageName(container: Node): string {
  const image = child(container, "image");
  const text = image?.is === "scalar" ? String(image.value) : "";
  const name = text.slice(text.lastIndexOf("/") + 1).replace(/[:@].*$/s, "");
  return name.replace(/-(?:amd64|arm64)$/, "");
}

function isEmpty(command: Node | undefined): boolean {
  return itemsOf(command).every((item) => item.is === "scalar" && item.value === null);
}

function wordsIn(list: Node): readonly Word[] {
  return itemsOf(list).flatMap((item): readonly Word[] => {
    if (item.is !== "scalar" || item.value === null) return [];
    // A shell gets its whole command in one argument.
    return String(item.value)
      .split(/\s+/)
      .filter((text) => text !== "")
      .map((text) => ({ text, at: item.at }));
  });
}

function openingOf(list: Node): string | undefined {
  if (list.is === "unknown") return list.reason;
  if (list.is !== "list") return undefined;
  const [unclear] = list.items.filter((item) => item.is === "unknown");
  return list.open ?? unclear?.reason;
}

function flagsIn(words: readonly Word[]): ReadonlyMap<string, Flag> {
  const flags = new Map<string, Flag>();
  for (const [index, { text, at }] of words.entries()) {
    const [, name, value] = /^--([^=]+)(?:=(.*))?$/s.exec(text) ?? [];
    if (name === undefined) continue;
    const next = words[index + 1]?.text;
    flags.set(name, { value: value ?? (next?.startsWith("-") === false ? next : undefined), at });
  }
  return flags;
}

/** Every container that starts the program has a command line of which this is true. */
export function eachStart(program: string, judge: (line: CommandLine) => Verdict): Condition {
  return eachContainer((container) => {
    const line = commandLineOf(container, program);
    return line ? judge(line) : notApplicable;
  });
}

/** All of these flags are given. */
export function flagsGiven(program: string, ...names: readonly string[]): Condition {
  return eachStart(program, (line) => {
    const missing = names.filter((name) => (line.flags.get(name)?.value ?? "") === "");
    if (missing.length === 0) return passAt(line.at);
    if (line.open !== undefined) return unknownAt(line.at, line.open);
    return failAt(line, `${program} is started without ${missing.map((name) => `--${name}`).join(" and ")}`);
  });
}

export function flagAbsent(program: string, name: string): Condition {
  return eachStart(program, (line) => {
    const flag = line.flags.get(name);
    if (flag) return failAt(flag, `${program} is started with --${name}`);
    return line.open === undefined ? passAt(line.at) : unknownAt(line.at, line.open);
  });
}

/**
 * The value of a flag satisfies a test. `missing`: what holds without the flag, in the words of the program's own default;
 * where a file is given instead (`--config`, `--authorization-config`), that file decides and nobody knows.
 */
export function flagSatisfies(
  program: string,
  name: string,
  test: (value: string) => boolean,
  options: { readonly missing: "pass" | "fail"; readonly expected: string },
): Condition {
  return eachStart(program, (line) => {
    const flag = line.flags.get(name);
    if (flag) {
      // A switch without a value is on.
      const value = flag.value ?? "true";
      if (test(value)) return passAt(flag.at);
      return failAt(flag, `--${name} is ${value}, expected ${options.expected}`);
    }
    if (line.open !== undefined) return unknownAt(line.at, line.open);
    if (options.missing === "pass") return passAt(line.at);
    const file = ["config", "authorization-config"].find((one) => line.flags.has(one));
    if (file !== undefined) return unknownAt(line.at, `the file given with --${file} decides`);
    return failAt(line, `${program} is started without --${name}, expected ${options.expected}`);
  });
}

/** The flag has exactly this value. */
export function flagIs(program: string, name: string, expected: string, missing: "pass" | "fail"): Condition {
  return flagSatisfies(program, name, (value) => value === expected, { missing, expected });
}

/** A flag with a list of words has, or lacks, one of them. */
export function flagLists(program: string, name: string, word: string, missing: "pass" | "fail"): Condition {
  return flagSatisfies(program, name, (value) => value.split(",").includes(word), { missing, expected: word });
}

export function flagOmits(program: string, name: string, word: string, missing: "pass" | "fail"): Condition {
  const expected = `not to name ${word}`;
  return flagSatisfies(program, name, (value) => !value.split(",").includes(word), { missing, expected });
}

/** The flag is a number of at least so much. */
export function flagAtLeast(program: string, name: string, minimum: number): Condition {
  return flagSatisfies(program, name, (value) => Number(value) >= minimum, {
    missing: "fail",
    expected: `at least ${minimum}`,
  });
}

const strong = new Set(
  (
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 " +
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 " +
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305 TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256 " +
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305 TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 " +
    "TLS_RSA_WITH_AES_128_GCM_SHA256 TLS_RSA_WITH_AES_256_GCM_SHA384 " +
    "TLS_AES_128_GCM_SHA256 TLS_AES_256_GCM_SHA384 TLS_CHACHA20_POLY1305_SHA256"
  ).split(" "),
);

/** Only suites that the CIS benchmark lists, and those of TLS 1.3. Without the flag the program has its own good list. */
export function strongCiphers(program: string): Condition {
  const test = (value: string): boolean => value.split(",").every((suite) => strong.has(suite.trim()));
  return flagSatisfies(program, "tls-cipher-suites", test, { missing: "pass", expected: "strong suites only" });
}
