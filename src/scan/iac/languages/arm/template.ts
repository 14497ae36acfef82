/** One template opened for reading: its parameters, variables and functions, each computed when it is first asked for. */
import { argument, type Call, values } from "../../../formats/azure-template/call.ts";
import type { ExpressionScope } from "../../../formats/azure-template/evaluate-expression.ts";
import { isLoops, loopsIn, resolveNode } from "../../../formats/azure-template/resolve-node.ts";
import { within } from "../../../formats/azure-template/template-functions.ts";
import {
  isNumber,
  isText,
  once,
  scalarOf,
  truthOf,
  unknownCall,
  unknownOf,
  usedAt,
} from "../../../formats/azure-template/values.ts";
import { type Block, child, type Node, textOf } from "../../../formats/node.ts";

export interface Template {
  readonly root: Block;
  /** In which its expressions are computed. */
  readonly scope: ExpressionScope;
}

/** What a template is given from outside. */
export interface Given extends Pick<ExpressionScope, "budget" | "target" | "reference"> {
  /** Values of parameters, already computed. */
  readonly value: (parameter: string) => Node | undefined;
}

type Own = (call: Call, scope: ExpressionScope) => Node | undefined;

export function openTemplate(root: Block, given: Given): Template {
  const functions = ownFunctions(root);
  const own: Own = (call, within) => {
    switch (call.name.toLowerCase()) {
      case "parameters":
        return member(call, parameter);
      case "variables":
        return member(call, variable);
      case "copyindex":
        return copyIndex(call, within);
      default:
        return functions(call, within);
    }
  };
  const scope: ExpressionScope = { ...given, own, lambdas: new Map(), loops: new Map() };
  const parameter = remembered((name) => parameterOf(root, name, given, scope), scope);
  const variable = remembered(variablesOf(root, scope), scope);
  return { root, scope };
}

/** Computes each name once; one that leads back to itself is unknown. */
function remembered(
  compute: (name: string) => Node | undefined,
  scope: ExpressionScope,
): (name: string, at: Node["at"]) => Node {
  const known = new Map<string, Node>();
  const open = new Set<string>();
  return (name, at) => {
    const key = name.toLowerCase();
    const before = known.get(key);
    if (before) return before;
    if (open.has(key)) return unknownOf(at, `${name} depends on itself`);
    open.add(key);
    try {
      const value = within(scope, at, () => compute(key) ?? unknownOf(at, `${name} is not declared`));
      known.set(key, value);
      return value;
    } finally {
      open.delete(key);
    }
  };
}

/** `parameters('x')`, `variables('x')`. */
function member(call: Call, read: (name: string, at: Node["at"]) => Node): Node {
  const name = argument(call, 0);
  return isText(name) ? usedAt(read(name.value, call.at), call.at) : unknownCall(call.name, values(call), call.at);
}

function parameterOf(root: Block, name: string, given: Given, scope: ExpressionScope): Node | undefined {
  const declared = child(child(root, "parameters"), name);
  const value = given.value(name);
  if (value) return value;
  if (declared?.is !== "block") return undefined;
  const preset = declared.get("defaultValue")?.value;
  if (preset) return resolveNode(preset, scope);
  if (truthOf(declared.get("nullable")?.value) === true) return scalarOf(declared.at, null);
  const written = child(root, "parameters");
  const spelled = (written?.is === "block" && written.keys().find((key) => key.toLowerCase() === name)) || name;
  return unknownOf(declared.at, `parameter ${spelled} has no default`, { text: `\${parameters('${spelled}')}` });
}

function variablesOf(root: Block, scope: ExpressionScope): (name: string) => Node | undefined {
  const variables = child(root, "variables");
  const loops = once(() => {
    const copy = child(variables, "copy");
    return new Map(copy && isLoops(copy) ? loopsIn(copy, scope).map((loop) => [loop.name.toLowerCase(), loop]) : []);
  });
  return (name) => {
    const written = child(variables, name);
    return written ? resolveNode(written, scope) : loops().get(name)?.value();
  };
}

/** `copyIndex()`, `copyIndex(offset)`, `copyIndex('loop')`, `copyIndex('loop', offset)`. */
function copyIndex(call: Call, { loops }: ExpressionScope): Node {
  const [first, second] = values(call);
  const named = isText(first) ? loops.get(first.value.toLowerCase()) : [...loops.values()].at(-1);
  if (!named) return unknownOf(call.at, "there is no loop around it");
  const offset = isText(first) ? second : first;
  if (named.is === "unknown" || offset === undefined) return usedAt(named, call.at);
  if (!isNumber(named) || !isNumber(offset)) return unknownCall(call.name, [named, offset], call.at);
  return scalarOf(call.at, named.value + offset.value);
}

/** The functions that a template declares, by namespace: they see their own parameters and each other. */
function ownFunctions(root: Block): Own {
  const declared = child(root, "functions");
  const find = (name: string): Node | undefined => {
    const [namespace = "", member = ""] = name.toLowerCase().split(".", 2);
    if (declared?.is !== "list" || member === "") return undefined;
    const room = declared.items.find((item) => textOf(child(item, "namespace"))?.toLowerCase() === namespace);
    return child(child(room, "members"), member);
  };
  const own: Own = (call, scope) => {
    const made = find(call.name);
    const value = child(child(made, "output"), "value");
    if (!value) return undefined;
    const parameters = child(made, "parameters");
    const names =
      parameters?.is === "list" ? parameters.items.map((item) => textOf(child(item, "name"))?.toLowerCase()) : [];
    const inside: Own = (inner, innerScope) => {
      if (inner.name.toLowerCase() !== "parameters") return own(inner, innerScope);
      return member(inner, (name, at) => {
        const position = names.indexOf(name.toLowerCase());
        return (position >= 0 ? argument(call, position) : undefined) ?? unknownOf(at, `${name} is not declared`);
      });
    };
    return usedAt(resolveNode(value, { ...scope, own: inside, lambdas: new Map(), loops: new Map() }), call.at);
  };
  return own;
}
