/**
 * Rules of AWS that open ports to the whole internet: in security groups, where every rule counts, and in network ACLs,
 * where the first one that fits decides. What is not known makes the answer unknown, unless the rest decides it anyway.
 */
import { child, itemsOf, type Node } from "../../formats/node.ts";
import { type Condition, check, each, nodeAt, not, value, when } from "../condition.ts";
import type { Policy } from "../policy.ts";
import { plainOf } from "../value-conditions.ts";
import { decidedBy, failAt, passAt, unknownAt, type Verdict, worstOf } from "../verdict.ts";

/** One port, or all of them by one rule. */
export type Port = number | "all";

/** Undefined: not known. */
type Known = boolean | undefined;

interface RuleNames {
  readonly from: string;
  readonly to: string;
  readonly protocol: string;
  readonly ranges: readonly string[];
  /** Sources that are no address ranges. */
  readonly others: readonly string[];
}

const inGroup: RuleNames = {
  from: "from_port",
  to: "to_port",
  protocol: "protocol",
  ranges: ["cidr_blocks", "ipv6_cidr_blocks"],
  others: ["security_groups", "source_security_group_id", "prefix_list_ids"],
};
const besideGroup: RuleNames = {
  ...inGroup,
  protocol: "ip_protocol",
  ranges: ["cidr_ipv4", "cidr_ipv6"],
  others: ["referenced_security_group_id", "prefix_list_id", "prefix_list_ids"],
};
const inTemplate: RuleNames = {
  from: "FromPort",
  to: "ToPort",
  protocol: "IpProtocol",
  ranges: ["CidrIp", "CidrIpv6"],
  others: [
    "SourceSecurityGroupId",
    "SourceSecurityGroupName",
    "SourcePrefixListId",
    "DestinationSecurityGroupId",
    "DestinationPrefixListId",
  ],
};

/** No rule lets everybody in on the port. */
export function closedToInternet(port: Port): Policy["on"] {
  return {
    "tf:aws_security_group": each("ingress", groupRule(inGroup, port)),
    "tf:aws_default_security_group": each("ingress", groupRule(inGroup, port)),
    "tf:aws_security_group_rule": when(value("type").is("ingress"), groupRule(inGroup, port), "none"),
    "tf:aws_vpc_security_group_ingress_rule": groupRule(besideGroup, port),
    "cfn:AWS::EC2::SecurityGroup": each("Properties.SecurityGroupIngress", groupRule(inTemplate, port)),
    "cfn:AWS::EC2::SecurityGroupIngress": each("Properties", groupRule(inTemplate, port)),
  };
}

/** No rule lets traffic out to everywhere on all ports. */
export const limitedToTheOutside: Policy["on"] = {
  "tf:aws_security_group": each("egress", groupRule(inGroup, "all")),
  "tf:aws_default_security_group": each("egress", groupRule(inGroup, "all")),
  "tf:aws_security_group_rule": when(value("type").is("egress"), groupRule(inGroup, "all"), "none"),
  "tf:aws_vpc_security_group_egress_rule": groupRule(besideGroup, "all"),
  "cfn:AWS::EC2::SecurityGroup": each("Properties.SecurityGroupEgress", groupRule(inTemplate, "all")),
  "cfn:AWS::EC2::SecurityGroupEgress": each("Properties", groupRule(inTemplate, "all")),
};

function groupRule(names: RuleNames, port: Port): Condition {
  return check((_, rule) => {
    if (rule.is !== "block") return unknownAt(rule.at, "no rule");
    const opens = opensPort(rule, names, port);
    if (opens === false) return passAt(rule.at);
    const source = worldIn(rule, names);
    return decidedBy(verdictOf(opens, source.is, source.at, port), [source.at, ...portNodes(rule, names)]);
  });
}

function portNodes(rule: Node, { from, to, protocol }: RuleNames): readonly (Node | undefined)[] {
  return [nodeAt(rule, from), nodeAt(rule, to), nodeAt(rule, protocol)];
}

function verdictOf(opens: Known, world: Known, at: Node, port: Port): Verdict {
  if (opens === false || world === false) return passAt(at.at);
  if (opens === undefined || world === undefined) return unknownAt(at.at, "ports or addresses are not known");
  return failAt(at, `the whole internet is let through on ${port === "all" ? "all ports" : `port ${port}`}`);
}

/** The whole internet is a source. A rule that names no source at all limits nobody either. */
function worldIn(rule: Node, names: RuleNames): { readonly is: Known; readonly at: Node } {
  const ranges = names.ranges.map((name) => child(rule, name)).filter((node) => node !== undefined);
  let unclear: Node | undefined;
  for (const range of ranges.flatMap((node) => (isGiven(node) ? [...itemsOf(node)] : []))) {
    const is = isWorld(range);
    if (is) return { is: true, at: range };
    if (is === undefined) unclear ??= range;
  }
  unclear ??= ranges.find((node) => node.is === "list" && node.open !== undefined);
  if (unclear) return { is: undefined, at: unclear };
  const itself = child(rule, "self");
  if (itself?.is === "unknown") return { is: undefined, at: itself };
  const isNamed = [...names.ranges, ...names.others].some((name) => isGiven(child(rule, name)));
  return { is: !isNamed && String(plainOf(itself)) !== "true", at: rule };
}

function isGiven(node: Node | undefined): boolean {
  if (node === undefined) return false;
  if (node.is === "scalar") return node.value !== null && node.value !== "";
  return node.is !== "list" || node.items.length > 0 || node.open !== undefined;
}

/** A range of no fixed bits. The range of a resource, such as a network, is never all addresses. */
function isWorld(range: Node): Known {
  if (range.is === "scalar") return String(range.value).trim().endsWith("/0");
  if (range.is !== "unknown") return undefined;
  if (range.text !== undefined && !range.text.endsWith("}")) return range.text.endsWith("/0");
  return range.refs.length > 0 ? false : undefined;
}

const anyProtocol = new Set(["-1", "all"]);
/** ICMP has types and no ports. */
const portless = new Set(["icmp", "icmpv6", "1", "58"]);
const overUdp = new Set(["udp", "17"]);

function opensPort(rule: Node, names: RuleNames, port: Port): Known {
  const protocolNode = nodeAt(rule, names.protocol);
  const protocol = protocolNode?.is === "unknown" ? undefined : String(plainOf(protocolNode) ?? "tcp").toLowerCase();
  if (protocol !== undefined && anyProtocol.has(protocol)) return true;
  if (protocol !== undefined && portless.has(protocol)) return false;
  // Of these services only that of remote desktops listens on UDP.
  if (protocol !== undefined && overUdp.has(protocol) && port !== 3389 && port !== "all") return false;
  const covers = coversPort(numberAt(rule, names.from), numberAt(rule, names.to), port);
  return covers === false && protocol === undefined ? undefined : covers;
}

function coversPort(from: number | "unknown" | undefined, to: number | "unknown" | undefined, port: Port): Known {
  if (from === -1 || from === undefined) return to === "unknown" ? undefined : true;
  const last = to ?? from;
  // Written where all ports are meant: nothing listens on port 0.
  if (from === 0 && last === 0) return true;
  const [first, end] = port === "all" ? [1, 65_535] : [port, port];
  if (from !== "unknown" && from > first) return false;
  if (last !== "unknown" && last < end) return last === 0 && from === "unknown" ? undefined : false;
  return from === "unknown" || last === "unknown" ? undefined : true;
}

function numberAt(rule: Node, path: string): number | "unknown" | undefined {
  const node = nodeAt(rule, path);
  if (node === undefined) return undefined;
  const plain = plainOf(node);
  if (plain === undefined || plain === null) return node.is === "unknown" ? "unknown" : undefined;
  if (plain === "" || Number.isNaN(Number(plain))) return undefined;
  return typeof plain === "boolean" ? undefined : Number(plain);
}

interface AclNames extends RuleNames {
  readonly number: string;
  readonly action: readonly string[];
}

const inAcl: AclNames = {
  ...inGroup,
  ranges: ["cidr_block", "ipv6_cidr_block"],
  others: [],
  number: "rule_no",
  action: ["action", "rule_action"],
};
const inAclEntry: AclNames = {
  from: "PortRange.From",
  to: "PortRange.To",
  protocol: "Protocol",
  ranges: ["CidrBlock", "Ipv6CidrBlock"],
  others: [],
  number: "RuleNumber",
  action: ["RuleAction"],
};

/** No network ACL lets everybody in on the port. */
export function closedByAcl(port: number): Policy["on"] {
  return {
    "tf:aws_network_acl": check((_, acl) => judgeAcl(acl, port)),
    "tf:aws_default_network_acl": check((_, acl) => judgeAcl(acl, port)),
    ...singleAclRules(port),
  };
}

/** No single rule of an ACL lets everybody in on the port. */
export function singleAclRules(port: Port): Policy["on"] {
  return {
    "tf:aws_network_acl_rule": when(
      not(value("egress").is(true)),
      check((_, rule) => judgeAclRule(rule, inAcl, port)),
      "none",
    ),
    "cfn:AWS::EC2::NetworkAclEntry": when(
      not(value("Properties.Egress").is(true)),
      each(
        "Properties",
        check((_, rule) => judgeAclRule(rule, inAclEntry, port)),
      ),
      "none",
    ),
  };
}

function judgeAclRule(rule: Node, names: AclNames, port: Port): Verdict {
  const allows = actionOf(rule, names);
  if (allows === "deny") return passAt(rule.at);
  const { is, at } = aclSource(rule, names.ranges);
  const verdict = verdictOf(allows === undefined ? undefined : opensPort(rule, names, port), is, at, port);
  return decidedBy(verdict, [at, ...portNodes(rule, names), nodeAt(rule, names.action)]);
}

function actionOf(rule: Node, { action }: AclNames): "allow" | "deny" | undefined {
  const text = String(plainOf(nodeAt(rule, action)) ?? "").toLowerCase();
  return text === "allow" || text === "deny" ? text : undefined;
}

function aclSource(rule: Node, ranges: readonly string[]): { readonly is: Known; readonly at: Node } {
  let unclear: Node | undefined;
  for (const node of ranges.flatMap((name) => itemsOf(child(rule, name)))) {
    const is = isGiven(node) ? isWorld(node) : false;
    if (is) return { is, at: node };
    if (is === undefined) unclear ??= node;
  }
  return unclear ? { is: undefined, at: unclear } : { is: false, at: rule };
}

interface NumberedRule {
  readonly rule: Node;
  readonly number: number | "unknown" | undefined;
}

/** For each kind of addresses, the rules in the order of their numbers until one decides for everybody. */
function judgeAcl(acl: Node, port: number): Verdict {
  const ingress = child(acl, "ingress");
  if (ingress === undefined) return passAt(acl.at);
  if (ingress.is === "unknown") return unknownAt(ingress.at, ingress.reason);
  const rules = itemsOf(ingress)
    .map((rule): NumberedRule => ({ rule, number: numberAt(rule, inAcl.number) }))
    .sort((a, b) => orderOf(a) - orderOf(b));
  return worstOf(inAcl.ranges.map((range) => decisionOf(ingress, rules, range, port)));
}

function orderOf({ number }: NumberedRule): number {
  return typeof number === "number" ? number : 0;
}

function decisionOf(ingress: Node, rules: readonly NumberedRule[], range: string, port: number): Verdict {
  const unclear = ingress.is === "list" && ingress.open !== undefined ? ingress : undefined;
  for (const { rule, number } of rules) {
    const opens = opensPort(rule, inAcl, port);
    const { is: world, at } = aclSource(rule, [range]);
    if (opens === false || world === false) continue;
    const action = actionOf(rule, inAcl);
    if (opens === undefined || world === undefined || action === undefined || number === "unknown")
      return unknownAt(rule.at, "a rule is not known that may decide");
    if (unclear) break;
    if (action === "deny") return passAt(rule.at);
    return decidedBy(verdictOf(true, true, at, port), [at, ...portNodes(rule, inAcl), nodeAt(rule, inAcl.action)]);
  }
  return unclear ? unknownAt(unclear.at, "there may be other rules") : passAt(ingress.at);
}
