/** Rules of network security groups that let the whole internet in. What is not known makes the answer unknown, unless the rest decides it. */
import { child, itemsOf, type Node } from "../../formats/node.ts";
import { type Condition, check, each } from "../condition.ts";
import type { Policy } from "../policy.ts";
import { decidedBy, failAt, passAt, unknownAt } from "../verdict.ts";

/** Undefined: not known. */
type Known = boolean | undefined;

export interface Opening {
  /** Protocols as rules name them: `Tcp`, `*`. */
  readonly protocol: RegExp;
  /** Does a range of ports that a rule opens matter? Without it all do. */
  readonly ports?: (from: number, to: number) => boolean;
}

interface RuleNames {
  readonly access: string;
  readonly direction: string;
  readonly protocol: string;
  readonly ports: readonly string[];
  readonly sources: readonly string[];
}

const inTerraform: RuleNames = {
  access: "access",
  direction: "direction",
  protocol: "protocol",
  ports: ["destination_port_range", "destination_port_ranges"],
  sources: ["source_address_prefix", "source_address_prefixes"],
};
const inArm: RuleNames = {
  access: "access",
  direction: "direction",
  protocol: "protocol",
  ports: ["destinationPortRange", "destinationPortRanges"],
  sources: ["sourceAddressPrefix", "sourceAddressPrefixes"],
};

/** No rule lets everybody in this way: rules within groups, and those that are resources of their own. */
export function closedToInternet(opening: Opening): Policy["on"] {
  return {
    "tf:azurerm_network_security_group": each("security_rule", isClosed(inTerraform, opening)),
    "tf:azurerm_network_security_rule": isClosed(inTerraform, opening),
    "arm:Microsoft.Network/networkSecurityGroups": each(
      "properties.securityRules.properties",
      isClosed(inArm, opening),
    ),
    "arm:Microsoft.Network/networkSecurityGroups/securityRules": each("properties", isClosed(inArm, opening)),
  };
}

/** One port is among those of a range. */
export function includes(...wanted: readonly number[]): NonNullable<Opening["ports"]> {
  return (from, to) => wanted.some((port) => from <= port && port <= to);
}

function isClosed(names: RuleNames, { protocol, ports }: Opening): Condition {
  return check((_, rule) => {
    const portNodes = nodesOf(rule, names.ports);
    const parts: readonly Known[] = [
      matches(child(rule, names.access), /^allow$/i),
      matches(child(rule, names.direction), /^inbound$/i),
      matches(child(rule, names.protocol), protocol),
      ports === undefined || some(portNodes, (text) => opens(text, ports)),
      some(nodesOf(rule, names.sources), isEverybody),
    ];
    if (parts.includes(false)) return passAt(rule.at);
    if (parts.includes(undefined)) return unknownAt(rule.at, "what the rule allows is not known");
    const why = `the rule lets every address in on ${ports ? textsOf(portNodes) : "all its ports"}`;
    const sources = nodesOf(rule, names.sources).filter((node) => some([node], isEverybody));
    const others = [names.protocol, names.access, names.direction].map((name) => child(rule, name));
    return decidedBy(failAt((ports && portNodes[0]) ?? rule, why), [...sources, ...portNodes, ...others]);
  });
}

function nodesOf(rule: Node, names: readonly string[]): readonly Node[] {
  return names
    .flatMap((name) => itemsOf(child(rule, name)))
    .filter((node) => !(node.is === "scalar" && node.value === null));
}

function matches(node: Node | undefined, pattern: RegExp): Known {
  if (node === undefined) return false;
  return node.is === "scalar" ? pattern.test(String(node.value)) : undefined;
}

function some(nodes: readonly Node[], test: (text: string) => boolean): Known {
  const results = nodes.map((node) => (node.is === "scalar" ? test(String(node.value)) : undefined));
  return results.includes(true) || (results.includes(undefined) ? undefined : false);
}

function opens(text: string, ports: NonNullable<Opening["ports"]>): boolean {
  return text.split(",").some((part) => {
    if (part.trim() === "*") return ports(0, 65_535);
    const [from, to = from] = part.split("-").map(Number);
    return from !== undefined && to !== undefined && ports(from, to);
  });
}

function isEverybody(text: string): boolean {
  return /^(?:\*|any|internet|0\.0\.0\.0|.*\/0)$/i.test(text.trim());
}

function textsOf(nodes: readonly Node[]): string {
  return `port ${nodes.flatMap((node) => (node.is === "scalar" ? [String(node.value)] : [])).join(", ")}`;
}
