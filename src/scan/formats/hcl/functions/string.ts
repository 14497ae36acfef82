/** Functions of texts. Where only parts of a text are known, they work on those. */
import type { Node } from "../../node.ts";
import { compileRegex } from "../../patterns/compile-regex.ts";
import type { Place } from "../../text-file.ts";
import { gap, kindOf, limits, nodeOf, refuse, scalar, unknown } from "./answer.ts";
import { toText } from "./convert-scalar.ts";
import { graphemes } from "./graphemes.ts";
import { matchAll, matchFirst, replaceAll } from "./regex/match-regex.ts";
import { type FunctionTable, plain, read, structural } from "./terraform-function.ts";

const text = { keepsText: true };

export const stringFunctions: FunctionTable = {
  abspath: plain(["string"], (path) => (path.startsWith("/") ? path : refuse("the folder of the run is not known"))),
  chomp: plain(["string"], (value) => value.replace(/[\r\n]+$/, ""), text),
  endswith: known((value, end) => value.endsWith(end), "end"),
  indent: plain(["whole", "string"], (width, value) => {
    if (width < 0 || width > 1000) return refuse("the number of spaces must be from 0 to 1000");
    if (value.split("\n").length * width > limits.text) return refuse("the text would be too long");
    return value.replaceAll("\n", `\n${" ".repeat(width)}`);
  }),
  join: structural(1, Number.POSITIVE_INFINITY, join),
  lower: plain(["string"], (value) => value.toLowerCase(), text),
  regex: plain(["string", "string"], (pattern, value) => {
    const program = compileRegex(pattern);
    return "refused" in program ? program : matchFirst(program, value);
  }),
  regexall: plain(["string", "string"], (pattern, value) => {
    const program = compileRegex(pattern);
    return "refused" in program ? program : matchAll(program, value);
  }),
  replace: plain(["string", "string", "string"], replace, text),
  split: plain(["string", "string"], (separator, value) => value.split(separator)),
  startswith: known((value, start) => value.startsWith(start), "start"),
  strcontains: known((value, part) => value.includes(part)),
  strrev: plain(["string"], (value) => graphemes(value).reverse().join("")),
  substr: plain(["string", "whole", "whole"], substring),
  title: plain(
    ["string"],
    (value) => value.replace(/(?<![\p{L}\p{N}_])\p{L}/gu, (letter) => letter.toUpperCase()),
    text,
  ),
  trim: plain(["string", "string"], trim, text),
  trimprefix: plain(
    ["string", "string"],
    (value, start) => (value.startsWith(start) ? value.slice(start.length) : value),
    text,
  ),
  trimspace: plain(["string"], (value) => value.trim(), text),
  trimsuffix: plain(
    ["string", "string"],
    (value, end) => (end !== "" && value.endsWith(end) ? value.slice(0, -end.length) : value),
    text,
  ),
  upper: plain(["string"], (value) => value.toUpperCase(), text),
  pathexpand: plain(["string"], (path) => (path.startsWith("~") ? refuse("the home folder is not known") : path)),
  basename: plain(["string"], (value) => (value === "" ? "." : (/([^/]*)\/*$/.exec(value)?.[1] ?? "") || "/")),
  dirname: plain(["string"], directory),
};

function directory(path: string): string {
  const parts: string[] = [];
  for (const part of path.slice(0, path.lastIndexOf("/") + 1).split("/")) {
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return path.startsWith("/") ? `/${parts.join("/")}` : parts.join("/") || ".";
}

function substring(value: string, offset: number, length: number) {
  const letters = graphemes(value);
  const start = offset < 0 ? Math.max(0, letters.length + offset) : offset;
  return letters.slice(start, length < 0 ? undefined : start + length).join("");
}

function trim(value: string, letters: string): string {
  const set = new Set(letters);
  const all = Array.from(value);
  let start = 0;
  let end = all.length;
  while (start < end && set.has(all[start] ?? "")) start++;
  while (end > start && set.has(all[end - 1] ?? "")) end--;
  return all.slice(start, end).join("");
}

/** A text between slashes is a pattern. */
function replace(value: string, part: string, by: string) {
  if (part.length > 1 && part.startsWith("/") && part.endsWith("/")) {
    const program = compileRegex(part.slice(1, -1));
    return "refused" in program ? program : replaceAll(program, value, by);
  }
  // An empty text stands between all letters and at both ends.
  const pieces = part === "" ? ["", ...Array.from(value), ""] : value.split(part);
  return pieces.length * by.length > limits.text ? refuse("the text would be too long") : pieces.join(by);
}

/** A question that the known parts of a text may answer: how it starts, how it ends, what stands in it. */
function known(ask: (value: string, part: string) => boolean, side?: "start" | "end") {
  const whole = plain(["string", "string"], ask);
  return structural(2, 2, (args, at) => {
    const [value, part] = args;
    if (value?.is !== "unknown" || value.text === undefined || part === undefined) return whole.call(args, at);
    const asked = read("string", part);
    const pieces = value.text.split(gap);
    const sure = side === "end" ? pieces.at(-1) : pieces[0];
    if (asked.is !== "value" || sure === undefined) return whole.call(args, at);
    if (side === undefined ? pieces.some((piece) => ask(piece, asked.value)) : ask(sure, asked.value)) {
      return scalar(true, at);
    }
    const decided = side !== undefined && (sure.length >= asked.value.length || !ask(asked.value, sure));
    return decided ? scalar(false, at) : whole.call(args, at);
  });
}

/** Unknown items leave gaps in the text; what may follow in an open list is one, too. */
function join(args: readonly Node[], at: Place): Node {
  const [separator, ...lists] = args;
  if (separator === undefined) return unknown("no separator was given", args, at);
  const between = read("string", separator);
  if (between.is === "wrong") return unknown(`argument 1: ${between.reason}`, args, at);
  const parts: string[] = [];
  let missing = between.is === "unknown" ? between.reason : undefined;
  for (const [position, node] of lists.entries()) {
    if (node.is === "unknown") {
      missing ??= node.reason;
      parts.push(gap);
      continue;
    }
    if (node.is !== "list")
      return unknown(`argument ${position + 2}: a list was expected, ${kindOf(node)} was given`, args, at);
    for (const item of node.items) {
      if (item.is === "unknown") missing ??= item.reason;
      const part = item.is === "unknown" ? (item.text ?? gap) : item.is === "scalar" ? toText(item.value) : undefined;
      if (part === undefined)
        return unknown(`argument ${position + 2}: strings were expected, ${kindOf(item)} is among them`, args, at);
      parts.push(part);
    }
    if (node.open !== undefined) {
      missing ??= node.open;
      parts.push(gap);
    }
  }
  const glue = between.is === "value" ? between.value : gap;
  const size = parts.reduce((sum, part) => sum + part.length + glue.length, 0);
  if (size > limits.text) return unknown("the text would be too long", args, at);
  const joined = parts.join(glue);
  return missing === undefined ? nodeOf(joined, at) : unknown(missing, args, at, joined);
}
