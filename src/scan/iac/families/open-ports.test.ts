import assert from "node:assert/strict";
import { test } from "node:test";
import { cfn, type Policy, tf } from "../policy.ts";
import { tryExamples } from "../try-examples.ts";
import { closedByAcl, closedToInternet } from "./open-ports.ts";

const group = (...lines: readonly string[]) =>
  tf(`resource "aws_security_group" "a" {\n  ingress {\n${lines.map((line) => `    ${line}\n`).join("")}  }\n}\n`);
const tcp = (from: number, to: number) => ['protocol = "tcp"', `from_port = ${from}`, `to_port = ${to}`];
const world = `cidr_blocks = ["0.0.0.0/0"]`;

const acl = (...rules: readonly (readonly [number, string, string])[]) =>
  tf(
    `resource "aws_network_acl" "a" {\n${rules
      .map(
        ([number, action, range]) =>
          `  ingress {\n    rule_no = ${number}\n    action = "${action}"\n    protocol = "-1"\n    from_port = 0\n    to_port = 0\n    ${range}\n  }\n`,
      )
      .join("")}}\n`,
  );
const all4 = `cidr_block = "0.0.0.0/0"`;
const all6 = `ipv6_cidr_block = "::/0"`;

function failuresOf(on: Policy["on"], examples: Policy["examples"]): readonly string[] {
  return tryExamples({
    id: "iac/port-open",
    aliases: [],
    title: "Port is open",
    severity: "high",
    controls: "network-exposure",
    why: "",
    fix: "",
    links: [],
    on,
    examples,
  });
}

test("rules of security groups are judged by ports, protocol and sources", () => {
  const bad = [
    group(...tcp(22, 22), world),
    group(...tcp(20, 25), `ipv6_cidr_blocks = ["fd00::/8", "0000:0000:0000:0000:0000:0000:0000:0000/0"]`),
    group(`protocol = "-1"`, "from_port = 0", "to_port = 0", world),
    // That the group itself may come in as well closes nothing.
    group(...tcp(22, 22), world, "self = true"),
    cfn(
      "Resources:\n  A:\n    Type: AWS::EC2::SecurityGroupIngress\n    Properties:\n      IpProtocol: tcp\n      FromPort: '22'\n      ToPort: '22'\n      CidrIp: 0.0.0.0/0\n",
    ),
  ];
  const good = [
    group(...tcp(23, 21), world),
    group(...tcp(443, 443), world),
    group(`protocol = "udp"`, "from_port = 22", "to_port = 22", world),
    group(`protocol = "icmp"`, "from_port = -1", "to_port = -1", world),
    group(...tcp(22, 22), "self = true"),
    group(...tcp(22, 22), "cidr_blocks = [aws_vpc.main.cidr_block]"),
  ];
  assert.deepEqual(failuresOf(closedToInternet(22), { bad, good }), []);
});

test("of a network ACL the first rule that fits decides, for each kind of addresses", () => {
  const bad = [acl([10, "allow", all4], [20, "deny", all4]), acl([20, "allow", all6], [10, "deny", all4])];
  const good = [acl([20, "allow", all4], [10, "deny", all4]), acl([10, "allow", `cidr_block = "10.0.0.0/8"`])];
  assert.deepEqual(failuresOf(closedByAcl(22), { bad, good }), []);
});

test("what is not known makes no finding", () => {
  const unknown = group(...tcp(22, 22), "cidr_blocks = var.ranges");
  const [told] = failuresOf(closedToInternet(22), { bad: [group(...tcp(22, 22), world)], good: [unknown] });
  assert.match(told ?? "", /does not pass: unknown/);
});
