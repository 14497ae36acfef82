/** Networks of AWS (VPC): routes, default groups, flow logs, subnets, shared endpoints and firewalls. */
import { all, connected, each, not, value } from "../../condition.ts";
import { withoutOwnKey } from "../../families/aws-own-keys.ts";
import { setting } from "../../families/aws-settings.ts";
import { because } from "../../families/because.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { type Policy, tf } from "../../policy.ts";

const vpc = tfBlock("aws_vpc", "main", `cidr_block = "10.0.0.0/16"`);
const firewallLines = [`name = "edge"`];
const firewallEncryption =
  "https://docs.aws.amazon.com/network-firewall/latest/developerguide/kms-encryption-at-rest.html";

/** A route to everywhere goes through what is named at the path. */
const everythingThrough = (target: string, ...ranges: readonly string[]) =>
  all(
    value(target, { missing: "fail" }).exists(),
    not(all(...ranges.map((range) => value(range, { edit: false }).not("0.0.0.0/0", "::/0")))),
  );

const routes = (target: string, why: string) => ({
  "tf:aws_route_table": each("route", because(why, not(everythingThrough(target, "cidr_block", "ipv6_cidr_block")))),
  "tf:aws_route": because(why, not(everythingThrough(target, "destination_cidr_block", "destination_ipv6_cidr_block"))),
});

const route = (range: string, target: string) =>
  tfResource("aws_route", `route_table_id = "rtb-1"`, `destination_cidr_block = "${range}"`, target);
const routeTable = (range: string, target: string) =>
  tfResource("aws_route_table", `vpc_id = "vpc-1"`, `route {\n  cidr_block = "${range}"\n  ${target}\n}`);

const defaultGroup = (...lines: readonly string[]) =>
  tf(vpc + tfBlock("aws_default_security_group", "main", "vpc_id = aws_vpc.main.id", ...lines));

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-route-everything-to-peer",
    aliases: ["CKV2_AWS_44"],
    title: "Everything is routed to a peered network",
    severity: "medium",
    controls: "network-segmentation",
    why: "The two networks become one: traffic that should not leave goes to the peer, and attacks spread over the connection.",
    fix: "Route the peer's address ranges to the connection, and nothing else.",
    links: ["https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html"],
    on: routes("vpc_peering_connection_id", "all addresses are sent to the peer"),
    examples: {
      bad: [
        route("0.0.0.0/0", `vpc_peering_connection_id = "pcx-1"`),
        routeTable("0.0.0.0/0", `vpc_peering_connection_id = "pcx-1"`),
      ],
      good: [
        route("10.1.0.0/16", `vpc_peering_connection_id = "pcx-1"`),
        routeTable("0.0.0.0/0", `gateway_id = "igw-1"`),
      ],
    },
  },
  {
    id: "iac/aws-route-everything-to-instance",
    aliases: ["CKV2_AWS_35"],
    title: "The way to the internet leads through one machine",
    severity: "low",
    controls: "availability",
    why: "A NAT instance has to be patched and watched by you; if it fails or is taken over, so is all traffic.",
    fix: "Use a NAT gateway.",
    links: ["https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html"],
    on: routes("instance_id", "all addresses are sent to one machine"),
    examples: {
      bad: [route("0.0.0.0/0", `instance_id = "i-1"`), routeTable("0.0.0.0/0", `instance_id = "i-1"`)],
      good: [route("0.0.0.0/0", `nat_gateway_id = "nat-1"`), routeTable("10.2.0.0/16", `instance_id = "i-1"`)],
    },
  },
  {
    id: "iac/aws-vpc-default-group-open",
    aliases: ["CKV2_AWS_12"],
    title: "Default security group of the network lets traffic through",
    severity: "medium",
    controls: "network-segmentation",
    why: "Whatever is started without a group gets the default one: its members reach each other and the whole internet.",
    fix: "Add an `aws_default_security_group` without any rules, and give every workload its own group.",
    links: ["https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html"],
    on: {
      "tf:aws_vpc": connected(
        "aws_default_security_group",
        all(
          value("ingress").absent(),
          value("egress").absent(),
          not(
            connected([
              "aws_security_group_rule",
              "aws_vpc_security_group_ingress_rule",
              "aws_vpc_security_group_egress_rule",
            ]),
          ),
        ),
      ),
    },
    examples: {
      bad: [
        tf(vpc),
        defaultGroup("ingress {\n  from_port = 0\n  to_port   = 0\n  protocol  = -1\n  self      = true\n}"),
      ],
      good: [defaultGroup()],
    },
  },
  {
    id: "iac/aws-vpc-without-flow-log",
    aliases: ["CKV2_AWS_11", "AVD-AWS-0178"],
    title: "Network keeps no flow log",
    severity: "low",
    controls: "logging",
    why: "Which machine talked to whom cannot be found out after an attack.",
    fix: "Add an `aws_flow_log` for the network.",
    links: ["https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html"],
    on: { "tf:aws_vpc": connected("aws_flow_log") },
    examples: {
      bad: [tf(vpc)],
      good: [tf(vpc + tfBlock("aws_flow_log", "main", `traffic_type = "ALL"`, "vpc_id = aws_vpc.main.id"))],
    },
  },
  {
    id: "iac/aws-subnet-gives-public-addresses",
    aliases: ["CKV_AWS_130", "AVD-AWS-0164"],
    title: "Machines in the subnet get public addresses by themselves",
    severity: "medium",
    controls: "network-exposure",
    why: "Everything that is started there is on the internet, also what nobody meant to be.",
    fix: "Remove `map_public_ip_on_launch`, and give public addresses to what needs them.",
    links: ["https://docs.aws.amazon.com/vpc/latest/userguide/subnet-public-ip.html"],
    ...setting({
      at: { "tf:aws_subnet": "map_public_ip_on_launch", "cfn:AWS::EC2::Subnet": "Properties.MapPublicIpOnLaunch" },
      demand: (path) => value(path).not(true),
      bad: "true",
      good: "false",
      lines: [`cidr_block = "10.0.1.0/24"`],
    }),
  },
  {
    id: "iac/aws-endpoint-service-without-acceptance",
    aliases: ["CKV_AWS_123"],
    title: "Anyone who is allowed connects to the endpoint service unasked",
    severity: "medium",
    controls: "network-segmentation",
    why: "Consumers get into your network without anybody looking at them first.",
    fix: "Set `acceptance_required` to true.",
    links: ["https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html"],
    ...setting({
      at: {
        "tf:aws_vpc_endpoint_service": "acceptance_required",
        "cfn:AWS::EC2::VPCEndpointService": "Properties.AcceptanceRequired",
      },
      demand: (path) => value(path).is(true),
      bad: "false",
      good: "true",
    }),
  },
  {
    id: "iac/aws-network-firewall-without-logs",
    aliases: ["CKV2_AWS_63"],
    title: "Network firewall writes no logs",
    severity: "medium",
    controls: "logging",
    why: "What it let through and what it stopped is not recorded, so attacks are not noticed.",
    fix: "Add an `aws_networkfirewall_logging_configuration` with alerts and flows.",
    links: ["https://docs.aws.amazon.com/network-firewall/latest/developerguide/firewall-logging.html"],
    on: { "tf:aws_networkfirewall_firewall": connected("aws_networkfirewall_logging_configuration") },
    examples: {
      bad: [tfResource("aws_networkfirewall_firewall", ...firewallLines)],
      good: [
        tf(
          tfBlock("aws_networkfirewall_firewall", "edge", ...firewallLines) +
            tfBlock(
              "aws_networkfirewall_logging_configuration",
              "edge",
              "firewall_arn = aws_networkfirewall_firewall.edge.arn",
            ),
        ),
      ],
    },
  },
  {
    id: "iac/aws-network-firewall-without-deletion-protection",
    aliases: ["CKV_AWS_344"],
    title: "Network firewall can be deleted by one call",
    severity: "medium",
    controls: "deletion-protection",
    why: "A wrong change or an attacker with rights removes the barrier of the whole network.",
    fix: "Set `delete_protection` to true.",
    links: ["https://docs.aws.amazon.com/network-firewall/latest/developerguide/firewall-settings.html"],
    ...setting({
      at: {
        "tf:aws_networkfirewall_firewall": "delete_protection",
        "cfn:AWS::NetworkFirewall::Firewall": "Properties.DeleteProtection",
      },
      demand: (path) => value(path).is(true),
      bad: "false",
      good: "true",
      lines: firewallLines,
    }),
  },
  withoutOwnKey({
    id: "iac/aws-network-firewall-without-own-key",
    aliases: ["CKV_AWS_345"],
    what: "Network firewall or group of its rules",
    keys: {
      "tf:aws_networkfirewall_firewall": "encryption_configuration.key_id",
      "tf:aws_networkfirewall_rule_group": "encryption_configuration.key_id",
    },
    link: firewallEncryption,
    lines: firewallLines,
  }),
  withoutOwnKey({
    id: "iac/aws-network-firewall-policy-without-own-key",
    aliases: ["CKV_AWS_346"],
    what: "Policy of a network firewall",
    keys: { "tf:aws_networkfirewall_firewall_policy": "encryption_configuration.key_id" },
    link: firewallEncryption,
    lines: firewallLines,
  }),
];
