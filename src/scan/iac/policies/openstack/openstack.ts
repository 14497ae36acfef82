/** OpenStack: credentials, security groups, firewalls and machines. */
import { child, type Node } from "../../../formats/node.ts";
import { all, type Condition, check, each, value, when } from "../../condition.ts";
import { tfResource } from "../../families/examples.ts";
import { type Policy, tf } from "../../policy.ts";
import { plainOf } from "../../value-conditions.ts";
import { failAt, passAt, unknownAt } from "../../verdict.ts";

const links = ["https://docs.openstack.org/security-guide/"];

interface RuleNames {
  readonly source: string;
  readonly protocol: string;
  readonly from: string;
  readonly to: string;
}

const world = new Set(["0.0.0.0/0", "::/0", "0000:0000:0000:0000:0000:0000:0000:0000/0"]);

/** Undefined: not known. One part that closes the rule is enough. */
function isOpen(rule: Node, port: number, names: RuleNames): boolean | undefined {
  const parts = [names.source, names.protocol, names.from, names.to].map((name) => child(rule, name));
  const [source, protocol, from, to] = parts;
  if (source?.is !== "unknown" && !world.has(String(plainOf(source)))) return false;
  if (String(plainOf(protocol)).toLowerCase() === "icmp") return false;
  if (parts.some((part) => part?.is === "unknown")) return undefined;
  return covers(plainOf(from) ?? plainOf(to), plainOf(to) ?? plainOf(from), port);
}

/** Without a range all ports are open, as they are from 0 to 0. */
function covers(from: ReturnType<typeof plainOf>, to: ReturnType<typeof plainOf>, port: number): boolean {
  if (from === undefined || from === null) return true;
  const [low, high] = [Number(from), Number(to)];
  return (low <= port && port <= high) || (low === 0 && high === 0);
}

/** The condition sees the rule. */
function isClosed(port: number, names: RuleNames): Condition {
  return check((_, rule) => {
    const open = isOpen(rule, port, names);
    if (open === undefined) return unknownAt(rule.at, "a part of the rule is not known");
    return open ? failAt(rule, `port ${port} is open`) : passAt(rule.at);
  });
}

function opens(port: number, name: string, alias: string): Policy {
  const lines = (source: string) => [
    'direction = "ingress"',
    'protocol = "tcp"',
    `port_range_min = ${port}`,
    `port_range_max = ${port}`,
    `remote_ip_prefix = "${source}"`,
  ];
  return {
    id: `iac/openstack-security-group-opens-port-${port}`,
    aliases: [alias],
    title: `Security group opens ${name} (port ${port}) to the internet`,
    severity: "high",
    controls: "network-exposure",
    why: "Anybody can try passwords and known weaknesses of the service day and night.",
    fix: "Limit the source to the addresses of administrators, or use a bastion.",
    links,
    on: {
      "tf:openstack_compute_secgroup_v2": each(
        "rule",
        isClosed(port, { source: "cidr", protocol: "ip_protocol", from: "from_port", to: "to_port" }),
      ),
      "tf:openstack_networking_secgroup_rule_v2": when(
        value("direction").is("ingress"),
        isClosed(port, {
          source: "remote_ip_prefix",
          protocol: "protocol",
          from: "port_range_min",
          to: "port_range_max",
        }),
      ),
    },
    examples: {
      bad: [tfResource("openstack_networking_secgroup_rule_v2", ...lines("0.0.0.0/0"))],
      good: [tfResource("openstack_networking_secgroup_rule_v2", ...lines("10.0.0.0/8"))],
    },
  };
}

export const policies: readonly Policy[] = [
  {
    id: "iac/openstack-provider-with-secret",
    aliases: ["CKV_OPENSTACK_1"],
    title: "Password or token is written in the provider",
    severity: "critical",
    controls: "secret-handling",
    why: "Everybody who reads the repository can act in the project.",
    fix: "Take the credentials from the environment or a clouds.yaml outside the repository.",
    links,
    on: {
      "tf:provider.openstack": all(
        ...["password", "token", "application_credential_secret"].map((name) => value(name, { edit: false }).absent()),
      ),
    },
    examples: {
      bad: [tf('provider "openstack" {\n  password = "not a real one"\n}\n')],
      good: [tf('provider "openstack" {\n  cloud = "main"\n}\n')],
    },
  },
  opens(22, "SSH", "CKV_OPENSTACK_2"),
  opens(3389, "remote desktop", "CKV_OPENSTACK_3"),
  {
    id: "iac/openstack-machine-with-password",
    aliases: ["CKV_OPENSTACK_4"],
    title: "Administrator's password of a machine is written in the configuration",
    severity: "high",
    controls: "secret-handling",
    why: "Everybody who reads the repository or its state can sign in.",
    fix: "Use a `key_pair` instead of `admin_pass`.",
    links,
    on: { "tf:openstack_compute_instance_v2": value("admin_pass", { edit: false }).absent() },
    examples: {
      bad: [tfResource("openstack_compute_instance_v2", 'admin_pass = "not a real one"')],
      good: [tfResource("openstack_compute_instance_v2", 'key_pair = "operators"')],
    },
  },
  {
    id: "iac/openstack-firewall-rule-to-anywhere",
    aliases: ["CKV_OPENSTACK_5"],
    title: "Firewall rule names no destination",
    severity: "medium",
    controls: "network-segmentation",
    why: "The rule opens the way to every machine behind the firewall.",
    fix: "Name the network in `destination_ip_address`.",
    links,
    on: { "tf:openstack_fw_rule_v1": value("destination_ip_address", { missing: "fail" }).not("0.0.0.0/0", "0.0.0.0") },
    examples: {
      bad: [tfResource("openstack_fw_rule_v1", 'destination_ip_address = "0.0.0.0/0"')],
      good: [tfResource("openstack_fw_rule_v1", 'destination_ip_address = "10.0.0.0/24"')],
    },
  },
];
