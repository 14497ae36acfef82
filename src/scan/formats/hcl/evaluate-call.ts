/**
 * Calls functions. Those that must not evaluate all arguments (`try`, `can`) and those that open files are answered here;
 * files are those of the unit and no others.
 */
import type { Block, Node } from "../node.ts";
import type { Place, TextFile } from "../text-file.ts";
import { asFailure, failure, following, isFailure } from "./failure.ts";
import { scalar, unknown } from "./functions/answer.ts";
import { callFunction } from "./functions/call-function.ts";
import { relocated } from "./lazy-node.ts";
import { parseHclTemplate } from "./parse-hcl.ts";
import type { EvaluationRun, Scope } from "./scope.ts";
import type { Call, Expression } from "./syntax.ts";

type Evaluate = (expression: Expression, scope: Scope) => Node;

export function callExpression(call: Call, scope: Scope, evaluate: Evaluate): Node {
  const name = call.name.replace(/^core::/, "");
  if (name === "try") return tryEach(call, scope, evaluate);
  if (name === "can") return can(call, scope, evaluate);
  const args = call.args.map((arg) => evaluate(arg, scope));
  if (call.expand) {
    const last = args.pop();
    if (last?.is === "unknown") return following(last, call, args);
    if (last?.is !== "list") return failure("only a list can be expanded with `...`", call, args);
    if (last.open !== undefined) return unknown(last.open, [...args, ...last.items], call);
    args.push(...last.items.slice(0, 10_000));
  }
  const wrong = args.some(isFailure);
  const special = specials[name]?.(args, call, scope, evaluate);
  const result = special ?? callFunction(name, args, call);
  if (result.is !== "unknown") return result;
  if (wrong) return asFailure(result);
  const impure = args.length === 0 || unrepeatable.has(name) || name.includes("::") || name in specials;
  // Known arguments and no answer: Terraform would stop with an error here.
  return impure || !args.every(isPlain) ? result : failure(result.reason, call);
}

/** Functions that answer differently every time, or by keys that nobody has. */
const unrepeatable = new Set(["bcrypt", "rsadecrypt", "timeadd", "issensitive", "type"]);

function isPlain(node: Node): boolean {
  return (
    node.is === "scalar" ||
    (node.is === "list" && node.open === undefined && node.items.every(({ is }) => is === "scalar"))
  );
}

/** The first argument that is no error. One that is not known might be one, so what follows it does not count. */
function tryEach(call: Call, scope: Scope, evaluate: Evaluate): Node {
  let last: Node | undefined;
  for (const arg of call.args) {
    last = evaluate(arg, scope);
    if (!isFailure(last)) return relocated(last, call);
  }
  return last ? relocated(last, call) : failure("try: at least 1 argument expected", call);
}

function can(call: Call, scope: Scope, evaluate: Evaluate): Node {
  const [arg] = call.args;
  if (!arg) return failure("can: 1 argument expected", call);
  const value = evaluate(arg, scope);
  if (isFailure(value)) return scalar(false, call);
  return value.is === "unknown" ? following(value, call) : scalar(true, call);
}

type Special = (args: readonly Node[], at: Place, scope: Scope, evaluate: Evaluate) => Node | undefined;

/** The text of a file in a form that a function of texts gives. */
function ofFile(name: string): Special {
  return (args, at, { run }) => {
    const text = fileText(args[0], at, run);
    return text.is === "unknown" ? text : callFunction(name, [text], at);
  };
}

const specials: Readonly<Record<string, Special>> = {
  file: (args, at, { run }) => fileText(args[0], at, run),
  filebase64: ofFile("base64encode"),
  filebase64sha256: ofFile("base64sha256"),
  filebase64sha512: ofFile("base64sha512"),
  filemd5: ofFile("md5"),
  filesha1: ofFile("sha1"),
  filesha256: ofFile("sha256"),
  filesha512: ofFile("sha512"),
  fileexists: ([path], at, { run }) => {
    if (path?.is === "scalar" && run.open(String(path.value))) return scalar(true, at);
    return unknown("whether a file is there is not known", path ? [path] : [], at);
  },
  fileset: (args, at) => unknown("the files of a folder are not listed", args, at),
  templatefile: ([path, values], at, scope, evaluate) => {
    const file = fileAt(path, scope.run);
    if (!file) return noFile(path, at);
    return template(file, values, at, scope, evaluate);
  },
  templatestring: ([text, values], at, scope, evaluate) => {
    if (text?.is !== "scalar" || typeof text.value !== "string") return undefined;
    const from = text.from ?? text.at;
    return { ...template({ path: from.file.path, text: text.value }, values, at, scope, evaluate), from };
  },
};

function fileAt(path: Node | undefined, run: EvaluationRun): TextFile | undefined {
  return path?.is === "scalar" ? run.open(String(path.value)) : undefined;
}

function noFile(path: Node | undefined, at: Place): Node {
  if (path?.is === "unknown") return following(path, at);
  const name = path?.is === "scalar" ? ` ${String(path.value)}` : "";
  return unknown(`the file${name} is not read`, [], at);
}

function fileText(path: Node | undefined, at: Place, run: EvaluationRun): Node {
  const file = fileAt(path, run);
  if (!file) return noFile(path, at);
  return { is: "scalar", at, from: { file, start: 0, end: file.text.length }, value: file.text };
}

/** A template sees its values, functions, and nothing else. */
function template(file: TextFile, values: Node | undefined, at: Place, scope: Scope, evaluate: Evaluate): Node {
  const parsed = parseHclTemplate(file);
  if (!("is" in parsed)) return failure(`the template ${file.path} cannot be read: ${parsed.message}`, at);
  const find = (name: string) => findValue(values, name, at);
  return relocated(evaluate(parsed, { find, run: scope.run }), at);
}

function findValue(values: Node | undefined, name: string, at: Place): Node | undefined {
  if (values?.is === "block") return memberOrOpen(values, name, at);
  return values?.is === "unknown" ? following(values, at) : undefined;
}

function memberOrOpen(values: Block, name: string, at: Place): Node | undefined {
  const found = values.get(name)?.value;
  return found ?? (values.open === undefined ? undefined : unknown(values.open, [], at));
}
