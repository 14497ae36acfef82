/**
 * Firewall rules of Google Cloud that let everybody in on a port. A rule without ports opens all of its protocol; one that
 * is switched off, denies, or is for traffic to the outside opens nothing.
 */
import { itemsOf, type Node } from "../../formats/node.ts";
import { all, any, type Condition, check, nodeAt, nodesAt, not, value, when } from "../condition.ts";
import { plainOf } from "../value-conditions.ts";
import { decidedBy, failAt, passAt, unknownAt } from "../verdict.ts";

/** Undefined: not known. */
type Known = boolean | undefined;

/** The rule is in force and for traffic from the outside. */
const letsIn = all(
  value("disabled", { missing: "pass" }).is(false),
  value("direction", { missing: "pass" }).is("INGRESS"),
);

/** The whole internet, in all the ways in which it is written. */
const world = /\/0$|^(?:0\.0\.0\.0|::|::0)$/;

const fromEverywhere: Condition = any(
  "source_ranges",
  value("", { missing: "fail" }).satisfies((range) => world.test(String(range).trim()), "the whole internet"),
);

/** No rule that is in force lets the whole internet in on this TCP port. */
export function closedPort(port: number): Condition {
  return ofItsRanges(when(all(letsIn, fromEverywhere), not(any("allow", opens(port)))));
}

/** No rule that is in force lets the whole internet in with every protocol. */
export const closedToAllProtocols: Condition = ofItsRanges(
  when(all(letsIn, fromEverywhere), not(any("allow", value("protocol").oneOf("all", "-1")))),
);

/** Ranges that were passed in bring a failure about, whatever the rule says of ports. */
function ofItsRanges(condition: Condition): Condition {
  return (node, resource) => {
    const ranges = nodesAt(node, "source_ranges").filter((range) => world.test(String(plainOf(range)).trim()));
    return decidedBy(condition(node, resource), ranges);
  };
}

/** Protocols by name and number that carry TCP ports. */
const withTcp = new Set(["all", "-1", "tcp", "6"]);

function opens(port: number): Condition {
  return check((_, rule) => {
    const protocol = nodeAt(rule, "protocol");
    const name = plainOf(protocol);
    if (typeof name === "string" && !withTcp.has(name.toLowerCase())) return failAt(rule);
    const covered = coversPort(rule, port);
    if (covered === false) return failAt(rule);
    if (covered === undefined) return unknownAt(rule.at, "its ports are not known");
    return protocol?.is === "unknown" ? unknownAt(protocol.at, protocol.reason) : passAt(rule.at);
  });
}

function coversPort(rule: Node, port: number): Known {
  const list = nodeAt(rule, "ports");
  if (list === undefined) return true;
  if (list.is === "unknown") return undefined;
  const items = nodesAt(rule, "ports");
  if (items.length === 0) return list.is === "list" && list.open !== undefined ? undefined : true;
  const covers = items.flatMap(itemsOf).map((item) => inRange(item, port));
  if (covers.includes(true)) return true;
  return covers.includes(undefined) || (list.is === "list" && list.open !== undefined) ? undefined : false;
}

/** `22`, `"22"`, `"20-25"`. */
function inRange(item: Node, port: number): Known {
  const plain = plainOf(item);
  if (plain === undefined) return undefined;
  const [first, last] = String(plain).split("-", 2).map(Number);
  return first !== undefined && first <= port && port <= (last ?? first);
}
