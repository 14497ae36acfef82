/** Database Migration Service and DataSync: keys, encryption and reach of what moves data. */
import { all, anyOf, type Condition, not, value, when } from "../../condition.ts";
import { namesOwnKey, withoutOwnKey } from "../../families/aws-own-keys.ts";
import { setting } from "../../families/aws-settings.ts";
import { tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

const endpoint = "aws_dms_endpoint";
const of = (type: "source" | "target", engine: string) => [`endpoint_type = "${type}"`, `engine_name = "${engine}"`];

/** Engines that are reached by calls to AWS or Azure, which are encrypted anyway. */
const withoutMode: Readonly<Record<"source" | "target", readonly string[]>> = {
  source: ["s3", "azuredb"],
  target: ["dynamodb", "kinesis", "neptune", "redshift", "s3", "elasticsearch", "opensearch", "kafka"],
};

const encrypted = (type: "source" | "target"): Condition =>
  when(
    value("endpoint_type").is(type),
    anyOf(
      value("ssl_mode", { missing: "fail", edit: "require" }).not("none"),
      value("engine_name", { edit: false }).oneOf(...withoutMode[type]),
    ),
  );

const isBucket = value("engine_name").is("s3");

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-dms-endpoint-without-tls",
    aliases: ["CKV2_AWS_49"],
    title: "Migration reaches the database without TLS",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Passwords and whole tables pass readable through the network.",
    fix: "Set `ssl_mode` to verify-full, verify-ca or require.",
    links: ["https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Security.SSL.html"],
    on: {
      "tf:aws_dms_endpoint": all(encrypted("source"), encrypted("target")),
    },
    examples: {
      bad: [tfResource(endpoint, ...of("source", "postgres"), `ssl_mode = "none"`)],
      good: [
        tfResource(endpoint, ...of("source", "postgres"), `ssl_mode = "verify-full"`),
        tfResource(endpoint, ...of("target", "s3")),
      ],
    },
  },
  {
    id: "iac/aws-dms-endpoint-without-own-key",
    aliases: ["CKV_AWS_296"],
    title: "Migration endpoint is encrypted with a key of AWS only",
    severity: "low",
    controls: "customer-managed-keys",
    why: "Passwords of databases lie under a key that nobody can limit, watch or withdraw.",
    fix: "Name a key of AWS KMS in `kms_key_arn`; for S3 in `server_side_encryption_kms_key_id` of `s3_settings`.",
    links: ["https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Security.html"],
    on: {
      "tf:aws_dms_endpoint": all(
        when(isBucket, namesOwnKey("s3_settings.server_side_encryption_kms_key_id"), "none"),
        when(not(isBucket), namesOwnKey("kms_key_arn"), "none"),
      ),
    },
    examples: {
      bad: [tfResource(endpoint, ...of("source", "postgres"))],
      good: [
        tfResource(endpoint, ...of("source", "postgres"), "kms_key_arn = aws_kms_key.data.arn"),
        tfResource(
          endpoint,
          ...of("target", "s3"),
          "s3_settings {\n  server_side_encryption_kms_key_id = aws_kms_key.data.arn\n}",
        ),
      ],
    },
  },
  withoutOwnKey({
    id: "iac/aws-dms-bucket-endpoint-without-own-key",
    aliases: ["CKV_AWS_298"],
    what: "Migration endpoint of a bucket",
    keys: { "tf:aws_dms_s3_endpoint": "kms_key_arn" },
    link: "https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Target.S3.html",
    lines: [`endpoint_type = "target"`],
  }),
  withoutOwnKey({
    id: "iac/aws-dms-instance-without-own-key",
    aliases: ["CKV_AWS_212"],
    what: "Replication instance",
    keys: {
      "tf:aws_dms_replication_instance": "kms_key_arn",
      "cfn:AWS::DMS::ReplicationInstance": "Properties.KmsKeyId",
    },
    link: "https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Security.html",
    lines: [`replication_instance_id = "orders"`],
  }),
  {
    id: "iac/aws-dms-instance-public",
    aliases: ["CKV_AWS_89"],
    title: "Replication instance has a public address",
    severity: "high",
    controls: "network-exposure",
    why: "Anybody on the internet can try to reach the machine that holds the passwords and data of your databases.",
    fix: "Set `publicly_accessible` (`PubliclyAccessible`) to false; in CloudFormation the default is true.",
    links: ["https://docs.aws.amazon.com/dms/latest/userguide/CHAP_ReplicationInstance.html"],
    on: {
      "tf:aws_dms_replication_instance": value("publicly_accessible").not(true),
      "cfn:AWS::DMS::ReplicationInstance": value("Properties.PubliclyAccessible").is(false),
    },
    examples: setting({
      at: {
        "tf:aws_dms_replication_instance": "publicly_accessible",
        "cfn:AWS::DMS::ReplicationInstance": "Properties.PubliclyAccessible",
      },
      demand: (path) => value(path).is(false),
      bad: "true",
      good: "false",
    }).examples,
  },
  {
    id: "iac/aws-dms-instance-without-minor-upgrades",
    aliases: ["CKV_AWS_222"],
    title: "Replication instance does not ask for minor upgrades",
    severity: "low",
    controls: "patching",
    why: "Fixes of the engine wait until somebody thinks of them, while the flaws are public.",
    fix: "Set `auto_minor_version_upgrade` to true; upgrades come in the maintenance window.",
    links: ["https://docs.aws.amazon.com/dms/latest/userguide/CHAP_ReplicationInstance.html"],
    ...setting({
      at: { "tf:aws_dms_replication_instance": "auto_minor_version_upgrade" },
      demand: (path) => value(path).is(true),
      good: "true",
      lines: [`replication_instance_id = "orders"`],
    }),
  },
  {
    id: "iac/aws-datasync-secret-in-clear",
    aliases: ["CKV_AWS_295"],
    title: "Secret key of the storage stands in the configuration",
    severity: "high",
    controls: "secret-handling",
    why: "Everybody who reads the repository, a plan or the state can read and change the storage.",
    fix: "Withdraw the key, and take the new one from a secret store by a variable that is marked sensitive.",
    links: ["https://docs.aws.amazon.com/datasync/latest/userguide/create-object-location.html"],
    on: { "tf:aws_datasync_location_object_storage": value("secret_key", { edit: false }).absent() },
    examples: {
      bad: [
        tfResource("aws_datasync_location_object_storage", `bucket_name = "files"`, `secret_key = "not-so-secret"`),
      ],
      good: [tfResource("aws_datasync_location_object_storage", `bucket_name = "files"`)],
    },
  },
];
