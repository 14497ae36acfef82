/** One attribute of a user's policy as a condition of ours. */
import { itemsOf, type Node } from "../../formats/node.ts";
import type { Condition } from "../condition.ts";
import { type Located, locate } from "../locate.ts";
import { secretName } from "../value-conditions.ts";
import { bestOf, failAt, passAt, unknownAt, type Verdict, worstOf } from "../verdict.ts";
import { parseJsonPath, queryNodes } from "./json-path.ts";
import type { Known, Operator } from "./operators.ts";

export interface AttributeDemand {
  readonly attribute: string;
  readonly operatorName: string;
  readonly operator: Operator;
  readonly value: Known;
}

/** Of several values on a path one is enough for a demand, and all must hold for a prohibition. */
export function attributeCondition(demand: AttributeDemand): Condition {
  const join = demand.operator.missing ? worstOf : bestOf;
  // `rule.0.port` names an item as `rule[0].port` does.
  const path = demand.attribute.replaceAll(/\.(\d+)(?=\.|$)/g, "[$1]");
  return (node) => join(locate(node, path).map((one) => judge(demand, one, node)));
}

/** Of several values that a query finds all must satisfy. Undefined if the query cannot be read. */
export function queryCondition(demand: AttributeDemand): Condition | undefined {
  const steps = parseJsonPath(demand.attribute);
  if (!steps) return undefined;
  return (node) => {
    const found = queryNodes(node, steps);
    if (found.length === 0) return verdictOf(demand, demand.operator.missing, node, "nothing");
    return worstOf(found.map((one) => judge(demand, { is: "found", node: one, maybe: false }, node)));
  };
}

function judge(demand: AttributeDemand, one: Located, within: Node): Verdict {
  const { operator, value } = demand;
  if (one.is === "unclear") return unknownAt(one.at, one.reason);
  if (one.is === "missing") return verdictOf(demand, operator.missing, within, "nothing");
  const known = knownOf(one.node);
  // That something is there can be said of a value that nobody knows.
  if (known === undefined && /^(?:not_)?exists$/.test(demand.operatorName))
    return verdictOf(demand, !operator.missing, one.node, "a value");
  if (known === undefined)
    return unknownAt(one.node.at, one.node.is === "unknown" ? one.node.reason : "part of it is not known");
  return verdictOf(demand, operator.judge(known, value), one.node, wordsFor(demand, known));
}

function verdictOf(
  { attribute, operatorName, value }: AttributeDemand,
  passes: boolean,
  { at }: Node,
  found: string,
): Verdict {
  if (passes) return passAt(at);
  const wanted = value === null ? "" : ` ${JSON.stringify(value).slice(0, 80)}`;
  return failAt(at, `${attribute} is ${found}, expected: ${operatorName}${wanted}`);
}

/** Values under telling names are not repeated: messages go into comments and reports. */
function wordsFor({ attribute }: AttributeDemand, known: Known): string {
  const isSecret = typeof known !== "boolean" && typeof known !== "number" && secretName.test(attribute);
  return isSecret ? "set" : JSON.stringify(known).slice(0, 80);
}

/** The plain value; undefined if any part of it is not known. */
function knownOf(node: Node): Known | undefined {
  if (node.is === "scalar") return node.value;
  if (node.is === "unknown") return undefined;
  if (node.open !== undefined) return undefined;
  if (node.is === "list") {
    const items = itemsOf(node).map(knownOf);
    return items.some((item) => item === undefined) ? undefined : (items as Known[]);
  }
  const members = node.keys().map((key): [string, Known | undefined] => {
    const member = node.get(key);
    return [key, member && knownOf(member.value)];
  });
  return members.some(([, member]) => member === undefined) ? undefined : (Object.fromEntries(members) as Known);
}
