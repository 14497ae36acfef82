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
  const functions = ownFunctions(root, (call, around) => member(call, around, variable));
  const own: Own = (call, around) => {
    switch (call.name.toLowerCase()) {
      case "parameters":
        return member(call, around, parameter);
      case "variables":
        return member(call, around, variable);
      case "copyindex":
        return copyIndex(call, around);
      default:
        return functions(call, around);
    }
  };
  const scope: ExpressionScope = { ...given, own, lambdas: new Map(), loops: new Map() };
  const parameter = remembered("parameter", (name, inside) => parameterOf(root, name, given, inside), scope);
  const variable = remembered("variable", variablesOf(root, scope), scope);
  return { root, scope };
}

type Read = (name: string, at: Node["at"], scope: ExpressionScope) => Node;

/** Declarations in each other; more than anybody writes. */
const longestPath = 250;

/**
 * Computes each name once. A value that leads back to its own name is unknown there, also deep within: members are
 * computed later, but still as part of the declarations on the way to them.
 */
function remembered(
  kind: string,
  compute: (name: string, scope: ExpressionScope) => Node | undefined,
  outside: ExpressionScope,
): Read {
  const known = new Map<string, Node>();
  return (name, at, { path }) => {
    const key = name.toLowerCase();
    const declaration = `${kind} ${key}`;
    for (let step = path; step; step = step.outer) {
      if (step.name === declaration) return unknownOf(at, `${kind} ${name} depends on itself`);
    }
    const before = known.get(key);
    if (before) return before;
    const length = (path?.length ?? 0) + 1;
    if (length > longestPath) return unknownOf(at, "nested too deeply");
    const inside = { ...outside, path: { name: declaration, outer: path, length } };
    const value = within(outside, at, () => compute(key, inside) ?? unknownOf(at, `${kind} ${name} is not declared`));
    known.set(key, value);
    return value;
  };
}

/** `parameters('x')`, `variables('x')`. */
function member(call: Call, scope: ExpressionScope, read: Read): Node {
  const name = argument(call, 0);
  return isText(name)
    ? usedAt(read(name.value, call.at, scope), call.at)
    : unknownCall(call.name, values(call), call.at);
}

function parameterOf(root: Block, name: string, given: Given, scope: ExpressionScope): Node | undefined {
  const declared = child(child(root, "parameters"), name);
  const value = given.value(name);
  if (value) return value;
  if (declared?.is !== "block") return undefined;
  const preset = declared.get("defaultValue")?.value;
  if (preset) return resolveNode(preset, scope);
  if (declarationsOf(root, declared).some((one) => truthOf(one.get("nullable")?.value) === true))
    return scalarOf(declared.at, null);
  const written = child(root, "parameters");
  const spelled = (written?.is === "block" && written.keys().find((key) => key.toLowerCase() === name)) || name;
  return unknownOf(declared.at, `parameter ${spelled} has no default`, { text: `\${parameters('${spelled}')}` });
}

/** Definitions that refer to others; those that lead in a circle end here. */
const mostDefinitions = 10;

/** What is declared, and the definitions that it is made of: `{ "$ref": "#/definitions/name" }`. */
export function declarationsOf(root: Block, declared: Block): readonly Block[] {
  const declarations = [declared];
  for (let at: Block | undefined = declared; at && declarations.length <= mostDefinitions; ) {
    const name: string | undefined = /^#\/definitions\/(.+)$/.exec(textOf(at.get("$ref")?.value) ?? "")?.[1];
    const next: Node | undefined = name === undefined ? undefined : child(child(root, "definitions"), name);
    at = next?.is === "block" ? next : undefined;
    if (at) declarations.push(at);
  }
  return declarations;
}

function variablesOf(
  root: Block,
  outside: ExpressionScope,
): (name: string, scope: ExpressionScope) => Node | undefined {
  const variables = child(root, "variables");
  const loops = once(() => {
    const copy = child(variables, "copy");
    const made = copy && isLoops(copy) ? loopsIn(copy, outside) : [];
    return new Map(made.map((loop) => [loop.name.toLowerCase(), loop]));
  });
  return (name, scope) => {
    const written = child(variables, name);
    return written ? resolveNode(written, scope) : loops().get(name)?.value(scope);
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

/** The functions that a template declares, by namespace: they see their own parameters, the variables and each other. */
function ownFunctions(root: Block, variables: Own): Own {
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
      const name = inner.name.toLowerCase();
      if (name === "variables") return variables(inner, innerScope);
      if (name !== "parameters") return own(inner, innerScope);
      return member(inner, innerScope, (name, at) => {
        const position = names.indexOf(name.toLowerCase());
        return (position >= 0 ? argument(call, position) : undefined) ?? unknownOf(at, `${name} is not declared`);
      });
    };
    return usedAt(resolveNode(value, { ...scope, own: inside, lambdas: new Map(), loops: new Map() }), call.at);
  };
  return own;
}
