/** EC2 instances and the templates they start from: metadata, addresses, disks, credentials. */
import { all, anyOf, type Condition, each, value } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { setting } from "../../families/aws-settings.ts";
import { tfResource } from "../../families/examples.ts";
import { lacksCredentials } from "../../families/written-credentials.ts";
import { on, type Policy } from "../../policy.ts";

const started = ["tf:aws_instance", "tf:aws_launch_configuration", "tf:aws_launch_template"] as const;

/** No old metadata service: sessions are demanded, or there is no service at all. */
function demandsSessions(options: string, tokens: string, endpoint: string): Condition {
  return anyOf(
    value(`${options}.${tokens}`).is("required"),
    value(`${options}.${endpoint}`, { edit: false }).is("disabled"),
  );
}

const encrypted = (disks: string, flag: string, snapshot: string, missing: "pass" | "fail"): Condition =>
  each(disks, anyOf(value(flag).is(true), value(snapshot, { edit: false }).exists()), { missing });

const disksOfTerraform = all(
  encrypted("root_block_device", "encrypted", "snapshot_id", "fail"),
  encrypted("ebs_block_device", "encrypted", "snapshot_id", "pass"),
);
const disksOfCloudFormation = each(
  "Properties.BlockDeviceMappings",
  encrypted("Ebs", "Encrypted", "SnapshotId", "pass"),
);

const script = (line: string): string => `user_data = <<-EOT\n  #!/bin/sh\n  ${line}\nEOT`;

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-instance-allows-metadata-without-session",
    aliases: ["CKV_AWS_79", "AVD-AWS-0028", "AVD-AWS-0130"],
    title: "Instance answers requests for metadata without a session token",
    severity: "high",
    controls: "instance-metadata",
    why: "A web application that can be made to fetch an address hands out the credentials of the instance's role (version 1 of the service).",
    fix: 'Set `http_tokens = "required"` in `metadata_options` (`HttpTokens: required`).',
    links: ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html"],
    on: {
      ...on(started, demandsSessions("metadata_options", "http_tokens", "http_endpoint")),
      "cfn:AWS::EC2::LaunchTemplate": demandsSessions(
        "Properties.LaunchTemplateData.MetadataOptions",
        "HttpTokens",
        "HttpEndpoint",
      ),
      "cfn:AWS::AutoScaling::LaunchConfiguration": demandsSessions(
        "Properties.MetadataOptions",
        "HttpTokens",
        "HttpEndpoint",
      ),
    },
    examples: {
      bad: [
        tfResource("aws_instance", `instance_type = "t3.micro"`),
        cfnResource("AWS::EC2::LaunchTemplate", "LaunchTemplateData:", "  InstanceType: t3.micro"),
      ],
      good: [
        tfResource("aws_instance", `metadata_options {\n  http_tokens = "required"\n}`),
        cfnResource(
          "AWS::EC2::LaunchTemplate",
          "LaunchTemplateData:",
          "  MetadataOptions:",
          "    HttpTokens: required",
        ),
      ],
    },
  },
  {
    id: "iac/aws-instance-public-address",
    aliases: ["CKV_AWS_88", "AVD-AWS-0009"],
    title: "Instance gets a public address",
    severity: "medium",
    controls: "network-exposure",
    why: "The machine can be reached from the internet; one open port of a security group is enough to be attacked.",
    fix: "Set `associate_public_ip_address` to false and put a load balancer or a NAT gateway in front; reach the machine by Session Manager.",
    links: ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html"],
    on: {
      ...on(
        started,
        all(
          value("associate_public_ip_address").not(true),
          value("network_interfaces.associate_public_ip_address").not(true),
        ),
      ),
      "cfn:AWS::EC2::Instance": value("Properties.NetworkInterfaces.AssociatePublicIpAddress").not(true),
      "cfn:AWS::EC2::LaunchTemplate": value(
        "Properties.LaunchTemplateData.NetworkInterfaces.AssociatePublicIpAddress",
      ).not(true),
      "cfn:AWS::AutoScaling::LaunchConfiguration": value("Properties.AssociatePublicIpAddress").not(true),
    },
    examples: {
      bad: [
        tfResource("aws_instance", "associate_public_ip_address = true"),
        cfnResource("AWS::AutoScaling::LaunchConfiguration", "AssociatePublicIpAddress: true"),
      ],
      good: [
        tfResource("aws_instance", "associate_public_ip_address = false"),
        cfnResource("AWS::AutoScaling::LaunchConfiguration", "AssociatePublicIpAddress: false"),
      ],
    },
  },
  {
    id: "iac/aws-instance-credentials-in-user-data",
    aliases: ["CKV_AWS_46", "AVD-AWS-0029", "AVD-AWS-0122", "AVD-AWS-0129"],
    title: "Credentials stand in the start script of an instance",
    severity: "critical",
    controls: "secret-handling",
    why: "Every program on the machine, and everybody who may describe it, reads the script. The code that holds it spreads it further.",
    fix: "Give the instance a role, and let the script fetch secrets from Secrets Manager or Parameter Store. Change what was written here.",
    links: ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html"],
    on: {
      ...on(started, all(lacksCredentials("user_data"), lacksCredentials("user_data_base64"))),
      "cfn:AWS::EC2::Instance": lacksCredentials("Properties.UserData"),
      "cfn:AWS::EC2::LaunchTemplate": lacksCredentials("Properties.LaunchTemplateData.UserData"),
      "cfn:AWS::AutoScaling::LaunchConfiguration": lacksCredentials("Properties.UserData"),
    },
    examples: {
      bad: [
        tfResource("aws_instance", script('export DATABASE_PASSWORD="Winter-is-coming"')),
        cfnResource(
          "AWS::EC2::Instance",
          "UserData:",
          "  Fn::Base64: |",
          "    export DATABASE_PASSWORD=Winter-is-coming",
        ),
      ],
      good: [
        tfResource("aws_instance", script("export AWS_DEFAULT_REGION=eu-west-1")),
        cfnResource("AWS::EC2::Instance", "UserData:", "  Fn::Base64: |", "    export AWS_DEFAULT_REGION=eu-west-1"),
      ],
    },
  },
  {
    id: "iac/aws-instance-disks-not-encrypted",
    aliases: ["CKV_AWS_8", "AVD-AWS-0008", "AVD-AWS-0131"],
    title: "Disks of an instance are not encrypted",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Whoever gets a snapshot of the disk reads everything on it.",
    fix: "Set `encrypted = true` in `root_block_device` and every `ebs_block_device`, or switch encryption by default on for the account.",
    links: ["https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html"],
    on: {
      "tf:aws_instance": disksOfTerraform,
      "tf:aws_launch_configuration": disksOfTerraform,
      "cfn:AWS::AutoScaling::LaunchConfiguration": disksOfCloudFormation,
      "cfn:AWS::EC2::Instance": disksOfCloudFormation,
    },
    examples: {
      bad: [
        tfResource("aws_instance", "root_block_device {\n  volume_size = 20\n}"),
        cfnResource(
          "AWS::EC2::Instance",
          "BlockDeviceMappings:",
          "  - DeviceName: /dev/sdk",
          "    Ebs:",
          "      VolumeSize: 20",
        ),
      ],
      good: [
        tfResource("aws_instance", "root_block_device {\n  encrypted = true\n}"),
        cfnResource(
          "AWS::EC2::Instance",
          "BlockDeviceMappings:",
          "  - DeviceName: /dev/sdk",
          "    Ebs:",
          "      Encrypted: true",
        ),
      ],
    },
  },
  {
    id: "iac/aws-instance-without-detailed-monitoring",
    aliases: ["CKV_AWS_126"],
    title: "Instance is measured every five minutes only",
    severity: "low",
    controls: "monitoring",
    why: "A flood or a miner on the machine shows minutes later than it could, and short peaks never.",
    fix: "Set `monitoring = true` (`Monitoring: true`).",
    links: ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/manage-detailed-monitoring.html"],
    ...setting({
      at: { "tf:aws_instance": "monitoring", "cfn:AWS::EC2::Instance": "Properties.Monitoring" },
      demand: (path) => value(path).is(true),
      good: "true",
    }),
  },
  {
    id: "iac/aws-instance-not-ebs-optimized",
    aliases: ["CKV_AWS_135"],
    title: "Instance shares its network between disks and everything else",
    severity: "low",
    controls: "availability",
    why: "Under load, disks and clients take the line from each other, and the machine seems to stand still.",
    fix: "Set `ebs_optimized = true` (`EbsOptimized: true`); current types have it at no cost.",
    links: ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ebs-optimized.html"],
    ...setting({
      at: { "tf:aws_instance": "ebs_optimized", "cfn:AWS::EC2::Instance": "Properties.EbsOptimized" },
      demand: (path) => value(path).is(true),
      good: "true",
    }),
  },
  {
    id: "iac/aws-instance-without-role",
    aliases: ["CKV2_AWS_41"],
    title: "Instance has no role",
    severity: "low",
    controls: "workload-identity",
    why: "Programs on it that call AWS need keys then, which lie in files and never expire.",
    fix: "Make an instance profile with a role that has the few rights needed, and name it in `iam_instance_profile`.",
    links: ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html"],
    ...setting({
      at: { "tf:aws_instance": "iam_instance_profile", "cfn:AWS::EC2::Instance": "Properties.IamInstanceProfile" },
      demand: (path) => value(path).exists(),
      good: `"shop"`,
    }),
  },
  {
    id: "iac/aws-transit-gateway-accepts-everybody",
    aliases: ["CKV_AWS_331"],
    title: "Transit gateway takes every network that asks",
    severity: "medium",
    controls: "network-segmentation",
    why: "Whoever the gateway is shared with joins their network to yours without anybody looking at it.",
    fix: 'Set `auto_accept_shared_attachments = "disable"` and accept attachments one by one.',
    links: ["https://docs.aws.amazon.com/vpc/latest/tgw/tgw-transit-gateways.html"],
    ...setting({
      at: {
        "tf:aws_ec2_transit_gateway": "auto_accept_shared_attachments",
        "cfn:AWS::EC2::TransitGateway": "Properties.AutoAcceptSharedAttachments",
      },
      demand: (path) => value(path, { edit: "disable" }).not("enable"),
      bad: `"enable"`,
      good: `"disable"`,
    }),
  },
];
