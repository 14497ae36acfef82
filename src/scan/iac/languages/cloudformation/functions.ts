/** The functions of CloudFormation templates. One that cannot be evaluated gives an unknown value with what it depends on. */
import { child, type Node } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";
import { decide, settle } from "./conditions.ts";
import { either } from "./either.ts";
import { attributeOf, refer } from "./references.ts";
import { plainText, refsOf, resolve, type Scope, scalar, splitText, unknown, usedAt } from "./scope.ts";
import { argumentsOf, type Call } from "./template.ts";
import { baseSixtyFour, concatenate, type Piece, substitute } from "./texts.ts";

type Function_ = (argument: Node, at: Place, scope: Scope) => Node | undefined;

export function callFunction({ name, argument, at }: Call, scope: Scope): Node | undefined {
  const function_ = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (function_) return function_(argument, at, scope);
  return unknown(at, `${name} is evaluated when it is deployed`, resolvedArguments(argument, scope));
}

function resolvedArguments(argument: Node, scope: Scope): readonly Node[] {
  return argumentsOf(argument).flatMap((one) => resolve(one, scope) ?? []);
}

const functions: Readonly<Record<string, Function_>> = {
  Ref: (argument, at, scope) => refer(plainText(resolve(argument, scope)) ?? "", at, scope),
  "Fn::GetAtt": getAttribute,
  "Fn::Sub": (argument, at, scope) => {
    const [template, values] = argumentsOf(argument);
    const text = plainText(template && resolve(template, scope));
    if (text === undefined) return unknown(at, "the text of Fn::Sub is not known");
    return substitute(text, at, (name) => {
      const given = values && child(values, name);
      if (given) return resolve(given, scope);
      const dot = name.indexOf(".");
      return dot < 0 ? refer(name, at, scope) : attributeOf(name.slice(0, dot), name.slice(dot + 1), at, scope);
    });
  },
  "Fn::Join": join,
  "Fn::Select": select,
  "Fn::Split": split,
  "Fn::FindInMap": findInMap,
  "Fn::If": choose,
  "Fn::Base64": (argument, at, scope) => {
    const value = resolve(argument, scope);
    return value && baseSixtyFour(value, at);
  },
  "Fn::Length": (argument, at, scope) => {
    const list = resolve(argument, scope);
    if (list?.is !== "list" || list.open !== undefined) return unknown(at, "the length of a list is not known");
    return scalar(at, list.items.length);
  },
  "Fn::ToJsonString": (argument, at, scope) => {
    const content = resolve(argument, scope);
    return { ...unknown(at, "a text made of a structure", content ? [content] : []), content };
  },
};

/** `Id.Attribute.Inner` or `[Id, Attribute]`. */
function getAttribute(argument: Node, at: Place, scope: Scope): Node {
  const parts = argumentsOf(argument).map((part) => plainText(resolve(part, scope)));
  const [id = "", ...rest] = parts.length === 1 ? (parts[0] ?? "").split(".") : parts;
  return attributeOf(id, rest.join("."), at, scope);
}

function join(argument: Node, at: Place, scope: Scope): Node {
  const [separator, list] = argumentsOf(argument);
  const between = plainText(separator) ?? "";
  const values = list && resolve(list, scope);
  if (values?.is !== "list") return unknown(at, "the list of Fn::Join is not known", values ? [values] : []);
  if (values.open !== undefined) return unknown(at, values.open, [values]);
  const pieces = values.items.flatMap((item, index): readonly Piece[] => (index === 0 ? [item] : [between, item]));
  return concatenate(pieces, at);
}

function select(argument: Node, at: Place, scope: Scope): Node {
  const [number, list] = argumentsOf(argument);
  const position = plainText(number && resolve(number, scope));
  const values = list && resolve(list, scope);
  const chosen = values?.is === "list" && values.open === undefined ? values.items[Number(position)] : undefined;
  return chosen ? usedAt(chosen, at) : unknown(at, "what Fn::Select chooses is not known", values ? [values] : []);
}

function split(argument: Node, at: Place, scope: Scope): Node {
  const [separator, source] = argumentsOf(argument);
  const between = plainText(separator);
  const value = source && resolve(source, scope);
  const text = plainText(value);
  if (!between || text === undefined) return unknown(at, "what Fn::Split splits is not known", value ? [value] : []);
  return splitText(text, between, at, value?.from);
}

const mostCandidates = 200;

/** Where a key is not known, all entries are looked at: often they agree. */
function findInMap(argument: Node, at: Place, scope: Scope): Node | undefined {
  const [map, top, second, options] = argumentsOf(argument).map((one) => resolve(one, scope));
  const fallback = options && child(options, "DefaultValue");
  const reason = "what Fn::FindInMap finds is not known";
  const refs = [map, top, second].filter((one) => one !== undefined);
  const name = plainText(map);
  const mapping = name === undefined ? undefined : child(scope.template.section("Mappings"), name);
  const found = entriesAt(mapping, top).flatMap((entry) => entriesAt(entry, second));
  const [first, ...others] = found;
  if (others.length > mostCandidates) return unknown(at, reason, refs);
  if (!first) return name === undefined ? unknown(at, reason, refs) : (fallback ?? unknown(at, reason, refs));
  const isCertain = plainText(top) !== undefined && plainText(second) !== undefined;
  if (!isCertain && fallback) others.push(fallback);
  const agreed = others.reduce<Node | undefined>((sum, one) => sum && either(sum, one, at, reason), first);
  if (!agreed || agreed.is === "unknown") return unknown(at, reason, refs);
  return usedAt(agreed, at);
}

function entriesAt(mapping: Node | undefined, key: Node | undefined): readonly Node[] {
  if (mapping?.is !== "block") return [];
  const name = plainText(key);
  const keys = name === undefined ? mapping.keys() : [name];
  return keys.flatMap((one) => child(mapping, one) ?? []);
}

function choose(argument: Node, at: Place, scope: Scope): Node | undefined {
  const [condition, first, second] = argumentsOf(argument);
  const name = plainText(condition && resolve(condition, scope));
  if (name === undefined || !first || !second) return unknown(at, "Fn::If needs a condition and two values");
  const holds = decide(name, scope);
  if (holds !== undefined) return resolve(holds ? first : second, scope);
  const ifHolds = resolve(first, settle(name, true, scope));
  const ifNot = resolve(second, settle(name, false, scope));
  const reason = `condition ${name} is decided when it is deployed`;
  const value = either(ifHolds, ifNot, at, reason);
  if (value?.is !== "unknown") return value;
  return { ...value, refs: refsOf([ifHolds, ifNot].filter((one) => one !== undefined)) };
}
