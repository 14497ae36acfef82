/** EMR: who reaches clusters, and how their data is encrypted. The encryption is JSON in a configuration of its own. */
import { all, type Condition, connected, not, value } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { setting } from "../../families/aws-settings.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { inDocument } from "../../families/written-documents.ts";
import { type Example, type Policy, tf } from "../../policy.ts";

const guide = "https://docs.aws.amazon.com/emr/latest/ManagementGuide";
const configuration = "aws_emr_security_configuration";
const atRest = "EncryptionConfiguration.AtRestEncryptionConfiguration";

function onConfigurations(condition: Condition): Policy["on"] {
  return {
    "tf:aws_emr_security_configuration": inDocument("configuration", condition, "none"),
    "cfn:AWS::EMR::SecurityConfiguration": inDocument("Properties.SecurityConfiguration", condition, "none"),
  };
}

/** One setting of the encryption, in both languages. */
function encryption(json: object): readonly Example[] {
  const text = JSON.stringify({ EncryptionConfiguration: json });
  return [
    tfResource(configuration, `configuration = <<-EOT\n  ${text}\nEOT`),
    cfnResource("AWS::EMR::SecurityConfiguration", `SecurityConfiguration: ${text.replaceAll(":", ": ")}`),
  ];
}

const isEncryptedAtRest = value("EncryptionConfiguration.EnableAtRestEncryption").is(true);
const group = (range: string): string =>
  tfBlock(
    "aws_security_group",
    "emr",
    `ingress {\n  from_port = 0\n  to_port = 0\n  protocol = "-1"\n  cidr_blocks = ["${range}"]\n}`,
  ) +
  tfBlock(
    "aws_emr_cluster",
    "shop",
    `ec2_attributes {\n  emr_managed_master_security_group = aws_security_group.emr.id\n}`,
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-emr-open-to-internet",
    aliases: ["CKV2_AWS_7"],
    title: "Cluster has no security group that keeps the internet out",
    severity: "high",
    controls: "network-exposure",
    why: "Web pages and interfaces of Hadoop and Spark run what they are given; open to the internet they run anybody's code.",
    fix: "Name security groups in `ec2_attributes` that let in your own networks only.",
    links: [`${guide}/emr-security-groups.html`],
    on: {
      "tf:aws_emr_cluster": all(
        connected("aws_security_group"),
        not(connected("aws_security_group", value("ingress.cidr_blocks").contains("0.0.0.0/0"))),
      ),
    },
    examples: { bad: [tf(group("0.0.0.0/0"))], good: [tf(group("10.0.0.0/16"))] },
  },
  {
    id: "iac/aws-emr-allows-public-groups",
    aliases: ["CKV_AWS_390"],
    title: "Clusters with public security groups are not blocked",
    severity: "high",
    controls: "network-exposure",
    why: "One rule that lets in the whole internet is enough to open a cluster.",
    fix: "Set `block_public_security_group_rules = true`.",
    links: [`${guide}/emr-block-public-access.html`],
    ...setting({
      at: { "tf:aws_emr_block_public_access_configuration": "block_public_security_group_rules" },
      demand: (path) => value(path).is(true),
      bad: "false",
      good: "true",
    }),
  },
  {
    id: "iac/aws-emr-without-security-configuration",
    aliases: ["CKV2_AWS_55"],
    title: "Cluster has no security configuration",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Without one neither disks nor connections nor files in S3 are encrypted by the cluster.",
    fix: "Make an `aws_emr_security_configuration` and name it in `security_configuration`.",
    links: [`${guide}/emr-create-security-configuration.html`],
    ...setting({
      at: {
        "tf:aws_emr_cluster": "security_configuration",
        "cfn:AWS::EMR::Cluster": "Properties.SecurityConfiguration",
      },
      demand: (path) => value(path).exists(),
      good: `"encrypted"`,
    }),
  },
  {
    id: "iac/aws-emr-without-kerberos",
    aliases: ["CKV_AWS_114"],
    title: "Cluster does not check who its users and services are",
    severity: "medium",
    controls: "strong-authentication",
    why: "Whoever reaches a node can say to be any user of Hadoop, and read all data.",
    fix: "Set `kerberos_attributes` (`KerberosAttributes`) with a realm, and its passwords from a secret store.",
    links: [`${guide}/emr-kerberos.html`],
    ...setting({
      at: {
        "tf:aws_emr_cluster": "kerberos_attributes.realm",
        "cfn:AWS::EMR::Cluster": "Properties.KerberosAttributes.Realm",
      },
      demand: (path) => value(path).exists(),
      good: `"EC2.INTERNAL"`,
    }),
  },
  {
    id: "iac/aws-emr-files-without-kms",
    aliases: ["CKV_AWS_171"],
    title: "Clusters do not encrypt their files in S3 with a key of KMS",
    severity: "low",
    controls: "customer-managed-keys",
    why: "Nobody can limit who decrypts the data, see each use or withdraw the key.",
    fix: "Set `EncryptionMode` of `S3EncryptionConfiguration` to `SSE-KMS` and name a key.",
    links: [`${guide}/emr-create-security-configuration.html`],
    on: onConfigurations(value(`${atRest}.S3EncryptionConfiguration.EncryptionMode`).oneOf("SSE-KMS", "CSE-KMS")),
    examples: {
      bad: encryption({ AtRestEncryptionConfiguration: { S3EncryptionConfiguration: { EncryptionMode: "SSE-S3" } } }),
      good: encryption({ AtRestEncryptionConfiguration: { S3EncryptionConfiguration: { EncryptionMode: "SSE-KMS" } } }),
    },
  },
  {
    id: "iac/aws-emr-local-disks-not-encrypted",
    aliases: ["CKV_AWS_349", "AVD-AWS-0137", "AVD-AWS-0139"],
    title: "Clusters do not encrypt their local disks",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "What is spilled to disks while jobs run stays there in clear.",
    fix: "Set `EnableAtRestEncryption` to true and add a `LocalDiskEncryptionConfiguration` with a key.",
    links: [`${guide}/emr-create-security-configuration.html`],
    on: onConfigurations(all(isEncryptedAtRest, value(`${atRest}.LocalDiskEncryptionConfiguration`).exists())),
    examples: {
      bad: encryption({ EnableAtRestEncryption: true }),
      good: encryption({
        EnableAtRestEncryption: true,
        AtRestEncryptionConfiguration: { LocalDiskEncryptionConfiguration: { EncryptionKeyProviderType: "AwsKms" } },
      }),
    },
  },
  {
    id: "iac/aws-emr-ebs-not-encrypted",
    aliases: ["CKV_AWS_350"],
    title: "Clusters do not encrypt their EBS volumes",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Root and data volumes, and snapshots of them, can be read by whoever gets them.",
    fix: "Set `EnableEbsEncryption` to true in `LocalDiskEncryptionConfiguration`, with `EnableAtRestEncryption`.",
    links: [`${guide}/emr-create-security-configuration.html`],
    on: onConfigurations(
      all(isEncryptedAtRest, value(`${atRest}.LocalDiskEncryptionConfiguration.EnableEbsEncryption`).is(true)),
    ),
    examples: {
      bad: encryption({ EnableAtRestEncryption: true }),
      good: encryption({
        EnableAtRestEncryption: true,
        AtRestEncryptionConfiguration: { LocalDiskEncryptionConfiguration: { EnableEbsEncryption: true } },
      }),
    },
  },
  {
    id: "iac/aws-emr-traffic-in-clear",
    aliases: ["CKV_AWS_351", "AVD-AWS-0138"],
    title: "Nodes of clusters talk in clear",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Whoever is on the network reads the data that nodes exchange.",
    fix: "Set `EnableInTransitEncryption` to true and name certificates.",
    links: [`${guide}/emr-encryption-enable.html`],
    on: onConfigurations(value("EncryptionConfiguration.EnableInTransitEncryption").is(true)),
    examples: {
      bad: encryption({ EnableInTransitEncryption: false }),
      good: encryption({ EnableInTransitEncryption: true }),
    },
  },
];
