/** What `Ref` and `Fn::GetAtt` give: parameters by their defaults; of resources what is written in the template. */
import { child, itemsOf, type Node } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";
import { elsewhere, plainText, resolve, type Scope, scalar, splitText, unknown, usedAt } from "./scope.ts";

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
  const value = child(parameter, "Default");
  if (scope.withoutDefaults) return unknown(at, `parameter ${name} is given when it is deployed`);
  if (!value) return unknown(at, `parameter ${name} has no default`);
  const type = plainText(child(parameter, "Type")) ?? "String";
  // The default of such a parameter names a place in the parameter store; its value is there.
  if (type.startsWith("AWS::SSM::Parameter::Value")) return unknown(at, `parameter ${name} is read from a store`);
  const text = plainText(value);
  if (text === undefined || !/^(?:CommaDelimitedList$|List<)/.test(type)) return usedAt(value, at);
  if (text.trim() === "") return { is: "list", at, from: value.at, items: [] };
  return splitText(text.replaceAll(/(?<=,)[ \t]+|[ \t](?=,)/g, ""), ",", at, value.at);
}

/** An attribute that is written as a property of the same name is known; all others are when it is deployed. */
export function attributeOf(id: string, attribute: string, at: Place, scope: Scope): Node {
  const found: Node = { is: "unknown", at, reason: `${id}.${attribute} is known when it is deployed`, refs: [id] };
  const property = child(child(child(scope.template.section("Resources"), id), "Properties"), attribute);
  if (!property) return found;
  const value = writtenAt(`${id}.${attribute}`, property, elsewhere(scope));
  return value?.is === "scalar" ? usedAt(value, at) : found;
}

function writtenAt(name: string, property: Node, scope: Scope): Node | undefined {
  const { attributes } = scope.journey;
  const key = `${scope.withoutDefaults} ${name}`;
  if (!attributes.has(key)) {
    attributes.set(key, undefined);
    attributes.set(key, resolve(property, scope));
  }
  return attributes.get(key);
}
