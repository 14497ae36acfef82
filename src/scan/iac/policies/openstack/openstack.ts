/** OpenStack: credentials, security groups, firewalls and machines. */
import type { Node } from "../../../formats/node.ts";
import { all, check, nodesAt, value } from "../../condition.ts";
import { tfResource } from "../../families/examples.ts";
import { type Policy, tf } from "../../policy.ts";
import { plainOf } from "../../value-conditions.ts";
import { failAt, passed } from "../../verdict.ts";

const links = ["https://docs.openstack.org/security-guide/"];

function isOpen(
  node: Node,
  port: number,
  names: Readonly<Record<"source" | "from" | "to" | "protocol", string>>,
): boolean {
  const read = (name: string) => plainOf(nodesAt(node, name)[0]);
  if (!["0.0.0.0/0", "::/0", "0000:0000:0000:0000:0000:0000:0000:0000/0"].includes(String(read(names.source))))
    return false;
  if (String(read(names.protocol)).toLowerCase() === "icmp") return false;
  const [from, to] = [read(names.from), read(names.to)];
  if (from === undefined && to === undefined) return true;
  const [low, high] = [Number(from ?? to), Number(to ?? from)];
  return (low <= port && port <= high) || (low === 0 && high === 0);
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
      "tf:openstack_compute_secgroup_v2": check(({ body }) => {
        const open = nodesAt(body, "rule").find((rule) =>
          isOpen(rule, port, { source: "cidr", from: "from_port", to: "to_port", protocol: "ip_protocol" }),
        );
        return open ? failAt(open.at, `port ${port} is open`) : passed;
      }),
      "tf:openstack_networking_secgroup_rule_v2": check(({ body }) => {
        if (plainOf(nodesAt(body, "direction")[0]) !== "ingress") return passed;
        const open = isOpen(body, port, {
          source: "remote_ip_prefix",
          from: "port_range_min",
          to: "port_range_max",
          protocol: "protocol",
        });
        return open ? failAt(body.at, `port ${port} is open`) : passed;
      }),
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
