/** What an account should not be left with: default networks, rules nobody explained, stacks and requests nobody watches. */
import { all, always, connected, each, not, value } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { setting } from "../../families/aws-settings.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { inDocument } from "../../families/written-documents.ts";
import { on, type Policy, tf } from "../../policy.ts";

const group = "aws_security_group";
const cfnGroup = "AWS::EC2::SecurityGroup";
const rule = (...lines: readonly string[]) =>
  `ingress {\n  from_port   = 443\n  to_port     = 443\n  protocol    = "tcp"\n  cidr_blocks = ["10.0.0.0/16"]\n${lines.map((line) => `  ${line}\n`).join("")}}`;
const job = (isPrivileged: boolean) =>
  `container_properties = jsonencode({\n  image      = "registry.example/report:1.4"\n  privileged = ${isPrivileged}\n})`;
const request = (type: string) =>
  tf(
    `${tfBlock("aws_ssm_parameter", "token", `name = "token"`, `type = "${type}"`, `value = var.token`)}data "http" "call" {\n  url = "https://hooks.example/?t=\${aws_ssm_parameter.token.value}"\n}\n`,
  );

const described = value("description").exists();
const cfnDescribed = value("Properties.Description").exists();

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-default-network",
    aliases: ["CKV_AWS_148", "AVD-AWS-0101"],
    title: "The default network of the region is used",
    severity: "medium",
    controls: "network-segmentation",
    why: "Its subnets give every machine a public address; what is started without thinking ends up on the internet.",
    fix: "Make an `aws_vpc` with subnets of its own, and delete the default one.",
    links: ["https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html"],
    on: {
      "tf:aws_default_vpc": always("fail", "this takes the default network into use"),
      "tf:aws_vpc": always("pass"),
    },
    examples: {
      bad: [tfResource("aws_default_vpc", "enable_dns_hostnames = true")],
      good: [tfResource("aws_vpc", `cidr_block = "10.0.0.0/16"`)],
    },
  },
  {
    id: "iac/aws-security-group-without-description",
    aliases: ["CKV_AWS_23", "AVD-AWS-0124"],
    title: "Security group or one of its rules says not what it is for",
    severity: "low",
    controls: "governance",
    why: "Nobody dares to remove a rule whose purpose is forgotten, so openings stay.",
    fix: "Give the group and every rule a `description` (`Description`): who comes in, and why.",
    links: ["https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html"],
    on: {
      "tf:aws_security_group": all(described, each("ingress", described), each("egress", described)),
      ...on(
        [
          "tf:aws_security_group_rule",
          "tf:aws_vpc_security_group_ingress_rule",
          "tf:aws_vpc_security_group_egress_rule",
          "tf:aws_db_security_group",
          "tf:aws_elasticache_security_group",
          "tf:aws_redshift_security_group",
        ],
        described,
      ),
      "cfn:AWS::EC2::SecurityGroup": all(
        each("Properties.SecurityGroupIngress", value("Description").exists()),
        each("Properties.SecurityGroupEgress", value("Description").exists()),
      ),
      ...on(["cfn:AWS::EC2::SecurityGroupIngress", "cfn:AWS::EC2::SecurityGroupEgress"], cfnDescribed),
    },
    examples: {
      bad: [
        tfResource(group, `description = "web"`, rule()),
        cfnResource(cfnGroup, "SecurityGroupIngress:\n  - IpProtocol: tcp\n    FromPort: 443\n    ToPort: 443"),
      ],
      good: [
        tfResource(group, `description = "web"`, rule(`description = "load balancer"`)),
        cfnResource(
          cfnGroup,
          "SecurityGroupIngress:\n  - IpProtocol: tcp\n    FromPort: 443\n    ToPort: 443\n    Description: load balancer",
        ),
      ],
    },
  },
  {
    id: "iac/aws-stack-without-notification",
    aliases: ["CKV_AWS_124"],
    title: "Stack tells nobody about its changes",
    severity: "low",
    controls: "monitoring",
    why: "Failed and unexpected changes of the stack stay unnoticed.",
    fix: "Name SNS topics in `notification_arns` (`NotificationARNs`).",
    links: ["https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-console-create-stack.html"],
    ...setting({
      at: {
        "tf:aws_cloudformation_stack": "notification_arns",
        "cfn:AWS::CloudFormation::Stack": "Properties.NotificationARNs",
      },
      demand: (path) => value(path).exists(),
      good: `["arn:aws:sns:eu-west-1:111122223333:changes"]`,
    }),
  },
  {
    id: "iac/aws-batch-job-privileged",
    aliases: ["CKV_AWS_210"],
    title: "Batch job runs in a privileged container",
    severity: "high",
    controls: "privileged-workload",
    why: "The job has all rights on its host; whoever takes it over takes the host and the jobs beside it.",
    fix: "Set `privileged` to false in the properties of the container.",
    links: ["https://docs.aws.amazon.com/batch/latest/userguide/job_definition_parameters.html"],
    on: {
      "tf:aws_batch_job_definition": inDocument("container_properties", value("privileged").not(true), "none"),
      "cfn:AWS::Batch::JobDefinition": value("Properties.ContainerProperties.Privileged").not(true),
    },
    examples: {
      bad: [
        tfResource("aws_batch_job_definition", `name = "report"`, job(true)),
        cfnResource("AWS::Batch::JobDefinition", "Type: container", "ContainerProperties:\n  Privileged: true"),
      ],
      good: [
        tfResource("aws_batch_job_definition", `name = "report"`, job(false)),
        cfnResource("AWS::Batch::JobDefinition", "Type: container", "ContainerProperties:\n  Privileged: false"),
      ],
    },
  },
  {
    id: "iac/terraform-request-sends-secret",
    aliases: ["CKV2_AWS_36"],
    title: "A secret parameter is sent in an HTTP request",
    severity: "high",
    controls: "secret-handling",
    why: "At every plan the secret goes to that address, and stays in its logs and in the state.",
    fix: "Take the parameter out of the request; let the other side read what it needs with its own rights.",
    links: ["https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html"],
    on: { "tf:data.http": not(connected("aws_ssm_parameter", value("type", { edit: false }).is("SecureString"))) },
    examples: { bad: [request("SecureString")], good: [request("String")] },
  },
];
