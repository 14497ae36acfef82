/** Network ACLs: ports that a whole subnet offers to the internet, and ACLs that no subnet uses. */
import { anyOf, connected, value } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { closedByAcl, singleAclRules } from "../../families/open-ports.ts";
import { type Policy, tf } from "../../policy.ts";

const links = ["https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html"];

const rule = (port: number, range: string) =>
  tfResource(
    "aws_network_acl_rule",
    `network_acl_id = "acl-1"`,
    "rule_number = 100",
    `protocol = "tcp"`,
    `rule_action = "allow"`,
    `cidr_block = "${range}"`,
    `from_port = ${port}`,
    `to_port = ${port}`,
  );
const acl = (port: number, action: string) =>
  tfResource(
    "aws_network_acl",
    `vpc_id = "vpc-1"`,
    `ingress {\n  rule_no    = 10\n  protocol   = "tcp"\n  action     = "${action}"\n  cidr_block = "0.0.0.0/0"\n  from_port  = ${port}\n  to_port    = ${port}\n}`,
    `ingress {\n  rule_no    = 20\n  protocol   = -1\n  action     = "allow"\n  cidr_block = "0.0.0.0/0"\n  from_port  = 0\n  to_port    = 0\n}`,
  );
const entry = (port: number, range: string) =>
  cfnResource(
    "AWS::EC2::NetworkAclEntry",
    "NetworkAclId: acl-1",
    "RuleNumber: 100",
    "Protocol: 6",
    "RuleAction: allow",
    `CidrBlock: ${range}`,
    `PortRange:\n  From: ${port}\n  To: ${port}`,
  );

const closed = (port: number): Pick<Policy, "on" | "examples" | "controls" | "fix" | "links"> => ({
  controls: "network-exposure",
  fix: "Allow the port only from address ranges that need it, or deny it under a lower rule number than the rule that allows all.",
  links,
  on: closedByAcl(port),
  examples: {
    bad: [rule(port, "0.0.0.0/0"), acl(port, "allow"), entry(port, "0.0.0.0/0")],
    good: [rule(port, "10.0.0.0/8"), acl(port, "deny"), entry(port, "10.0.0.0/8")],
  },
});

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-network-acl-ssh-open",
    aliases: ["CKV_AWS_232"],
    title: "Network ACL lets everybody in by SSH",
    severity: "medium",
    why: "The subnet's own barrier does not stop anyone from port 22: one wrong security group, and the machines can be attacked.",
    ...closed(22),
  },
  {
    id: "iac/aws-network-acl-rdp-open",
    aliases: ["CKV_AWS_231"],
    title: "Network ACL lets everybody in by remote desktop",
    severity: "medium",
    why: "The subnet's own barrier does not stop anyone from port 3389, a favourite of ransomware.",
    ...closed(3389),
  },
  {
    id: "iac/aws-network-acl-ftp-open",
    aliases: ["CKV_AWS_229"],
    title: "Network ACL lets everybody in by FTP",
    severity: "medium",
    why: "FTP sends names and passwords in clear; its port 21 is open to the internet.",
    ...closed(21),
  },
  {
    id: "iac/aws-network-acl-ftp-data-open",
    aliases: ["CKV_AWS_230"],
    title: "Network ACL opens the data port of FTP to everybody",
    severity: "medium",
    why: "FTP sends files in clear; its port 20 is open to the internet.",
    ...closed(20),
  },
  {
    id: "iac/aws-network-acl-all-ports-open",
    aliases: ["CKV_AWS_352"],
    title: "Network ACL rule opens all ports to everybody",
    severity: "medium",
    controls: "network-exposure",
    why: "The rule makes the ACL useless: only security groups are left between the internet and the subnet.",
    fix: "Name the protocol and the ports. With protocol `-1` the ports of the rule are ignored.",
    links,
    on: singleAclRules("all"),
    examples: {
      bad: [
        tfResource(
          "aws_network_acl_rule",
          `network_acl_id = "acl-1"`,
          "rule_number = 100",
          `protocol = "-1"`,
          `rule_action = "allow"`,
          `cidr_block = "0.0.0.0/0"`,
        ),
        cfnResource(
          "AWS::EC2::NetworkAclEntry",
          "RuleNumber: 100",
          "Protocol: -1",
          "RuleAction: allow",
          "CidrBlock: 0.0.0.0/0",
        ),
      ],
      good: [rule(443, "0.0.0.0/0"), entry(443, "0.0.0.0/0")],
    },
  },
  {
    id: "iac/aws-network-acl-unused",
    aliases: ["CKV2_AWS_1"],
    title: "Network ACL belongs to no subnet",
    severity: "low",
    controls: "network-segmentation",
    why: "The rules protect nothing: the subnets still use the default ACL, which lets everything through.",
    fix: "Name the subnets in `subnet_ids`, or add an `aws_network_acl_association`.",
    links,
    on: {
      "tf:aws_network_acl": anyOf(value("subnet_ids").exists(), connected("aws_network_acl_association")),
    },
    examples: {
      bad: [tfResource("aws_network_acl", `vpc_id = "vpc-1"`)],
      good: [
        tfResource("aws_network_acl", `vpc_id = "vpc-1"`, `subnet_ids = ["subnet-1"]`),
        tf(
          tfBlock("aws_network_acl", "web", `vpc_id = "vpc-1"`) +
            tfBlock(
              "aws_network_acl_association",
              "web",
              "network_acl_id = aws_network_acl.web.id",
              `subnet_id = "subnet-1"`,
            ),
        ),
      ],
    },
  },
];
