/** Reads the logic of a user's policy: and, or, not, and the leaves by `cond_type`. */
import { child, itemsOf, type Node, textOf } from "../../formats/node.ts";
import type { Place } from "../../formats/text-file.ts";
import { type Definition, keysOf, Mistake, type TypeSet } from "./definition.ts";
import { parseJsonPath } from "./json-path.ts";
import { mistakeIn } from "./match-pattern.ts";
import { type Known, type Operator, operators } from "./operators.ts";

const deepest = 40;
const leafKeys = ["cond_type", "resource_types", "attribute", "operator", "value", "connected_resource_types"];

export function readDefinition(node: Node, depth = 0): Definition {
  if (depth > deepest) throw new Mistake(node.at, "the definition is nested too deeply");
  if (node.is === "list") return { is: "and", parts: node.items.map((item) => readDefinition(item, depth + 1)) };
  if (node.is !== "block") throw new Mistake(node.at, "a condition must be a mapping (and, or, not, cond_type ...)");
  for (const joint of ["and", "or"] as const) {
    const parts = child(node, joint);
    if (!parts) continue;
    keysOf(node, [joint], `a condition with '${joint}'`);
    return { is: joint, parts: itemsOf(parts).map((part) => readDefinition(part, depth + 1)) };
  }
  const negated = child(node, "not");
  if (negated) {
    keysOf(node, ["not"], "a condition with 'not'");
    return { is: "not", part: readDefinition(negated, depth + 1) };
  }
  return readLeaf(node);
}

function readLeaf(node: Node): Definition {
  keysOf(node, leafKeys, "a condition");
  const kind = textOf(child(node, "cond_type")) ?? "attribute";
  switch (kind) {
    case "attribute":
      return readAttribute(node);
    case "connection":
      return {
        is: "connection",
        types: typesOf(node, "resource_types"),
        to: typesOf(node, "connected_resource_types"),
        wants: choice(node, "operator", { exists: "some", not_exists: "none", one_exists: "one" }),
      };
    case "filter": {
      choice(node, "operator", { within: "within" });
      return { is: "filter", types: listOf(node, "value") };
    }
    case "resource":
      return {
        is: "resource",
        types: typesOf(node, "resource_types"),
        allowed: choice(node, "operator", { exists: true, not_exists: false }),
      };
    default:
      throw new Mistake(
        placeOf(node, "cond_type"),
        `cond_type must be attribute, connection, filter or resource, not '${kind}'`,
      );
  }
}

function readAttribute(node: Node): Definition {
  const types = typesOf(node, "resource_types");
  const written = textOf(child(node, "operator")) ?? "any";
  const isQuery = written.startsWith("jsonpath_");
  const operatorName = isQuery ? written.slice("jsonpath_".length) : written;
  const operator = operators.get(operatorName);
  if (!operator) throw new Mistake(placeOf(node, "operator"), `operator '${written}' is not known`);
  const attribute = textOf(child(node, "attribute")) ?? "";
  if (attribute === "" && operatorName !== "any")
    throw new Mistake(placeOf(node, "attribute"), "attribute must be a text");
  if (isQuery && !parseJsonPath(attribute))
    throw new Mistake(placeOf(node, "attribute"), `attribute '${attribute}' is no JSONPath that is understood`);
  return {
    is: "attribute",
    types,
    isQuery,
    demand: { attribute, operatorName, operator, value: wantedOf(node, operator) },
  };
}

function wantedOf(node: Node, { wants }: Operator): Known {
  const written = child(node, "value");
  if (wants === "nothing" || !written) {
    if (wants === "nothing" || wants === "anything") return null;
    throw new Mistake(node.at, "value is missing");
  }
  const value = plain(written);
  if (wants === "list" && !Array.isArray(value)) return [value];
  if (wants === "number" && Number.isNaN(Number(value))) throw new Mistake(written.at, "value must be a number");
  if (wants === "pattern") demandPattern(textOf(written) ?? "", written.at);
  return value;
}

function demandPattern(pattern: string, at: Place): void {
  const mistake = mistakeIn(pattern);
  if (mistake !== undefined) throw new Mistake(at, `value is no regular expression (${mistake})`);
}

function plain(node: Node): Known {
  if (node.is === "scalar") return node.value;
  if (node.is === "list") return node.items.map(plain);
  if (node.is === "block")
    return Object.fromEntries(
      node.keys().flatMap((key) => (node.get(key) ? [[key, plain(node.get(key)?.value ?? node)]] : [])),
    );
  throw new Mistake(node.at, "value must be plain");
}

function typesOf(node: Node, key: string): TypeSet {
  const list = listOf(node, key);
  const [only] = list;
  if (list.length === 1 && (only === "all" || only === "taggable")) return only;
  return list;
}

function listOf(node: Node, key: string): readonly string[] {
  const written = child(node, key);
  const list = itemsOf(written).map(textOf);
  const texts = list.filter((text) => text !== undefined);
  if (texts.length === 0 || texts.length < list.length)
    throw new Mistake(written?.at ?? node.at, `${key} must be a text or a list of texts`);
  return texts;
}

function choice<T>(node: Node, key: string, choices: Readonly<Record<string, T>>): T {
  const found = textOf(child(node, key)) ?? "";
  if (!Object.hasOwn(choices, found))
    throw new Mistake(placeOf(node, key), `${key} must be one of ${Object.keys(choices).join(", ")}, not '${found}'`);
  return choices[found] as T;
}

function placeOf(node: Node, key: string): Place {
  return child(node, key)?.at ?? node.at;
}
