/** What `Ref` and `Fn::GetAtt` give: parameters by their defaults; of resources what is written in the template. */
import { child, itemsOf, type Node } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";
import { deeper, elsewhere, plainText, resolve, type Scope, scalar, splitText, unknown, usedAt } from "./scope.ts";

/** The same everywhere but in China and the clouds of governments, where policies mean the same. */
const wellKnown: Readonly<Record<string, string>> = {
  "AWS::Partition": "aws",
  "AWS::URLSuffix": "amazonaws.com",
};

export function refer(name: string, at: Place, scope: Scope): Node | undefined {
  const round = scope.loops.get(name);
  if (round) return usedAt(round, at);
  if (name === "AWS::NoValue") return undefined;
  if (name.startsWith("AWS::")) {
    const known = wellKnown[name];
    if (known !== undefined && !scope.withoutDefaults) return scalar(at, known);
    return unknown(at, `${name} is known when it is deployed`);
  }
  const parameter = child(scope.template.section("Parameters"), name);
  if (parameter) return parameterValue(name, parameter, at, scope);
  if (child(scope.template.section("Resources"), name)) {
    return { is: "unknown", at, reason: `${name} is known when it is deployed`, refs: [name] };
  }
  return { is: "unknown", at, reason: `nothing in the template is named ${name}`, refs: [name] };
}

function parameterValue(name: string, parameter: Node, at: Place, scope: Scope): Node {
  const allowed = itemsOf(child(parameter, "AllowedValues"));
  const [only, another] = allowed;
  if (only && !another && only.is === "scalar") return usedAt(only, at);
  const given = scope.given?.(name, scope.withoutDefaults);
  if (given?.is === "unknown") return unknown(at, given.reason);
  const value = given ?? child(parameter, "Default");
  if (!given && scope.withoutDefaults) return unknown(at, `parameter ${name} is given when it is deployed`);
  if (!value) return unknown(at, `parameter ${name} has no default`);
  const type = plainText(child(parameter, "Type")) ?? "String";
  // The default of such a parameter names a place in the parameter store; its value is there.
  if (type.startsWith("AWS::SSM::Parameter::Value")) return unknown(at, `parameter ${name} is read from a store`);
  if (value.is === "list") {
    return { ...value, at, from: value.from ?? value.at, items: value.items.map((item) => usedAt(item, at)) };
  }
  const text = plainText(value);
  if (text === undefined || !/^(?:CommaDelimitedList$|List<)/.test(type)) return usedAt(value, at);
  const from = value.from ?? value.at;
  if (text.trim() === "") return { is: "list", at, from, items: [] };
  return splitText(text.replaceAll(/(?<=,)[ \t]+|[ \t](?=,)/g, ""), ",", at, from);
}

/**
 * An attribute that is written as a property of the same name is known, and an output of a nested stack as far as its
 * template tells; all others are known when it is deployed.
 */
export function attributeOf(id: string, attribute: string, at: Place, scope: Scope): Node {
  const found: Node = { is: "unknown", at, reason: `${id}.${attribute} is known when it is deployed`, refs: [id] };
  const output = attribute.startsWith("Outputs.") ? outputOf(id, attribute.slice("Outputs.".length), scope) : undefined;
  if (output) return output.is === "scalar" ? usedAt(output, at) : found;
  const property = child(child(child(scope.template.section("Resources"), id), "Properties"), attribute);
  if (!property) return found;
  const value = writtenAt(`${id}.${attribute}`, property, elsewhere(scope));
  return value?.is === "scalar" ? usedAt(value, at) : found;
}

function outputOf(id: string, name: string, scope: Scope): Node | undefined {
  const nested = scope.nested(id);
  const value = nested && child(child(nested.template.section("Outputs"), name), "Value");
  if (!value) return undefined;
  const known = { ...nested, withoutDefaults: scope.withoutDefaults };
  return deeper(scope, () => writtenAt(`outputs ${name}`, value, known), undefined);
}

function writtenAt(name: string, property: Node, scope: Scope): Node | undefined {
  const { attributes } = scope;
  const key = `${scope.withoutDefaults} ${name}`;
  if (!attributes.has(key)) {
    attributes.set(key, undefined);
    attributes.set(key, resolve(property, scope));
  }
  return attributes.get(key);
}
