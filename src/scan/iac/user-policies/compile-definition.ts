/**
 * Turns the logic of a user's policy into a condition on the resources that it speaks about. Attributes of other types are
 * demands on the resources at the far end of a connection: "a VPC with a flow log that ...".
 */
import { child, itemsOf } from "../../formats/node.ts";
import type { Condition } from "../condition.ts";
import type { Resource } from "../resource.ts";
import { bestOf, failAt, notApplicable, passed, unknownAt, type Verdict, worstOf } from "../verdict.ts";
import { attributeCondition, queryCondition } from "./attribute-condition.ts";
import { type Definition, includesType, type TypeSet } from "./definition.ts";

/** The types that the policy gives results for: those of its filter, else all it names. */
export function subjectsOf(definition: Definition): TypeSet {
  const filtered = filtersIn(definition);
  if (filtered.length > 0) return filtered;
  const named = namedIn(definition);
  const any = named.find((set) => typeof set === "string");
  return any ?? [...new Set(named.flatMap((set) => (typeof set === "string" ? [] : set)))];
}

function filtersIn(definition: Definition): readonly string[] {
  if (definition.is === "filter") return definition.types;
  return partsOf(definition).flatMap(filtersIn);
}

function namedIn(definition: Definition): readonly TypeSet[] {
  if (definition.is === "filter") return [definition.types];
  // A list of what is allowed speaks of everything else.
  const own =
    definition.is === "resource" && definition.allowed
      ? ["all" as const]
      : "types" in definition
        ? [definition.types]
        : [];
  return [...own, ...partsOf(definition).flatMap(namedIn)];
}

function partsOf(definition: Definition): readonly Definition[] {
  if (definition.is === "and" || definition.is === "or") return definition.parts;
  return definition.is === "not" ? [definition.part] : [];
}

export function compileDefinition(definition: Definition): Condition {
  switch (definition.is) {
    case "and":
      return compileAnd(definition.parts);
    case "or": {
      const parts = definition.parts.map(compileDefinition);
      return (node, resource) => bestOf(parts.map((part) => part(node, resource)));
    }
    case "not":
      return opposite(compileDefinition(definition.part));
    case "filter":
      return (_, resource) => (includesType(definition.types, resource.types) ? passed : notApplicable);
    case "resource":
      return (node, resource) =>
        includesType(definition.types, resource.types) === definition.allowed
          ? passed
          : failAt(node, "resources of this type are not allowed");
    case "connection":
      return connectionCondition(definition, []);
    case "attribute":
      return attributeOf(definition);
  }
}

function attributeOf(definition: Extract<Definition, { is: "attribute" }>): Condition {
  const condition = definition.isQuery ? queryCondition(definition.demand) : attributeCondition(definition.demand);
  return (node, resource) => {
    if (!includesType(definition.types, resource.types)) return notApplicable;
    if (definition.types === "taggable" && !isTaggable(resource)) return notApplicable;
    return condition?.(node, resource) ?? notApplicable;
  };
}

/** What nobody tags in the configuration says nothing of whether it could be. */
function isTaggable({ body }: Resource): boolean {
  return ["tags", "Tags", "Properties", "labels"].some((key) => itemsOf(child(body, key)).length > 0);
}

function compileAnd(parts: readonly Definition[]): Condition {
  const connections = parts.filter((part) => part.is === "connection");
  const others = parts.filter((part) => part.is !== "connection");
  // Demands on the far end belong to the connection, and on this end to this resource.
  const own = others.map((part) => ({ part, condition: compileDefinition(part) }));
  return (node, resource) => {
    const mine = own.filter(({ part }) => speaksOf(part, resource));
    const far = others.filter((part) => !speaksOf(part, resource));
    const filters = mine.map(({ condition }) => condition(node, resource));
    if (mine.some(({ part }, at) => part.is === "filter" && filters[at]?.is === "none")) return notApplicable;
    const linked = connections.map((connection) => connectionCondition(connection, far)(node, resource));
    return worstOf([...filters, ...linked]);
  };
}

function speaksOf(part: Definition, resource: Resource): boolean {
  if (part.is === "filter") return true;
  return namedIn(part).some((set) => includesType(set, resource.types));
}

function connectionCondition(
  { types, to, wants }: Extract<Definition, { is: "connection" }>,
  far: readonly Definition[],
): Condition {
  return (node, resource) => {
    const targets = includesType(types, resource.types) ? to : includesType(to, resource.types) ? types : undefined;
    if (targets === undefined) return notApplicable;
    const { resources, open } = resource.connected(typeof targets === "string" ? [] : targets);
    const verdicts = resources.map((other) => farVerdict(other, far, targets));
    const good = verdicts.filter(({ is }) => is === "pass").length;
    if (wants === "none") return good === 0 ? passed : failAt(node, `connected with ${wordsFor(targets)}`);
    if (wants === "one" ? good === 1 : good > 0) return passed;
    if (open !== undefined || verdicts.some(({ is }) => is === "unknown"))
      return unknownAt(node.at, open ?? "what is connected is not known");
    return failAt(node, `not connected with ${wordsFor(targets)} as demanded`);
  };
}

function farVerdict(other: Resource, far: readonly Definition[], targets: TypeSet): Verdict {
  const demands = far.filter((part) => speaksOf(part, other) && includesType(targets, other.types));
  return demands.length === 0 ? passed : worstOf(demands.map((part) => compileDefinition(part)(other.body, other)));
}

function wordsFor(types: TypeSet): string {
  return typeof types === "string" ? "any resource" : types.join(" or ");
}

function opposite(condition: Condition): Condition {
  return (node, resource) => {
    const verdict = condition(node, resource);
    if (verdict.is === "pass") return failAt(verdict.at ?? node.at, "what must not be is so");
    return verdict.is === "fail" ? passed : verdict;
  };
}
