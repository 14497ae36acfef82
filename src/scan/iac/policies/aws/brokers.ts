/** Message brokers and streams that AWS runs: Amazon MQ and MSK (Kafka). */
import { all, any, type Condition, not, value, when } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { withoutOwnKey } from "../../families/aws-own-keys.ts";
import { setting } from "../../families/aws-settings.ts";
import { tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

const brokerLines = [`broker_name = "orders"`];
const logLinks = ["https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/security-logging-monitoring.html"];
const clusterLines = [`cluster_name = "events"`];

const ofEngine = (path: string, engine: RegExp): Condition => value(path).matches(engine);

const tlsOnly = (within: string, [client, inside]: readonly [string, string], outer: string): Condition =>
  all(
    value(outer, { edit: false }).exists(),
    value(`${within}.${client}`, { missing: "pass" }).is("TLS"),
    value(`${within}.${inside}`).not(false),
  );

const tfInTransit = (client: string) =>
  tfResource(
    "aws_msk_cluster",
    ...clusterLines,
    `encryption_info {\n  encryption_in_transit {\n    client_broker = "${client}"\n  }\n}`,
  );
const cfnInTransit = (client: string) =>
  cfnResource("AWS::MSK::Cluster", `EncryptionInfo:\n  EncryptionInTransit:\n    ClientBroker: ${client}`);
const tfBrokerLogs = (enabled: boolean) =>
  tfResource(
    "aws_msk_cluster",
    ...clusterLines,
    `logging_info {\n  broker_logs {\n    cloudwatch_logs {\n      enabled = ${enabled}\n    }\n  }\n}`,
  );
const cfnBrokerLogs = (enabled: boolean) =>
  cfnResource(
    "AWS::MSK::Cluster",
    `LoggingInfo:\n  BrokerLogs:\n    CloudWatchLogs:\n      Enabled: ${enabled}\n    S3:\n      Enabled: false`,
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-mq-public",
    aliases: ["CKV_AWS_69", "AVD-AWS-0072"],
    title: "Message broker can be reached from the internet",
    severity: "high",
    controls: "network-exposure",
    why: "Passwords and new flaws of the broker and its console can be tried by anyone.",
    fix: "Set `publicly_accessible` to false; the broker has to be made anew.",
    links: ["https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/using-amazon-mq-securely.html"],
    ...setting({
      at: { "tf:aws_mq_broker": "publicly_accessible", "cfn:AWS::AmazonMQ::Broker": "Properties.PubliclyAccessible" },
      demand: (path) => (path.startsWith("Properties.") ? value(path).is(false) : value(path).not(true)),
      bad: "true",
      good: "false",
      lines: brokerLines,
    }),
  },
  {
    id: "iac/aws-mq-without-logs",
    aliases: ["CKV_AWS_48", "AVD-AWS-0071"],
    title: "Message broker writes no logs",
    severity: "low",
    controls: "logging",
    why: "Failed logins and errors leave no trace.",
    fix: "Set `general` in the block `logs` to true.",
    links: logLinks,
    ...setting({
      at: { "tf:aws_mq_broker": "logs.general", "cfn:AWS::AmazonMQ::Broker": "Properties.Logs.General" },
      demand: (path) => value(path).is(true),
      bad: "false",
      good: "true",
      lines: brokerLines,
    }),
  },
  {
    id: "iac/aws-mq-without-audit-log",
    aliases: ["CKV_AWS_197", "AVD-AWS-0070"],
    title: "Message broker writes no audit log",
    severity: "low",
    controls: "logging",
    why: "Who changed the broker in its console cannot be found out.",
    fix: "Set `audit` in the block `logs` to true.",
    links: logLinks,
    on: {
      // RabbitMQ has no audit log.
      "tf:aws_mq_broker": when(not(ofEngine("engine_type", /^rabbitmq$/i)), value("logs.audit").is(true), "none"),
      "cfn:AWS::AmazonMQ::Broker": when(
        not(ofEngine("Properties.EngineType", /^rabbitmq$/i)),
        value("Properties.Logs.Audit").is(true),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource("aws_mq_broker", `engine_type = "ActiveMQ"`),
        cfnResource("AWS::AmazonMQ::Broker", "EngineType: ACTIVEMQ"),
      ],
      good: [
        tfResource("aws_mq_broker", `engine_type = "ActiveMQ"`, "logs {\n  audit = true\n}"),
        cfnResource("AWS::AmazonMQ::Broker", "EngineType: ACTIVEMQ", "Logs:\n  Audit: true"),
      ],
    },
  },
  {
    id: "iac/aws-mq-without-minor-upgrades",
    aliases: ["CKV_AWS_207"],
    title: "Message broker does not take minor versions",
    severity: "low",
    controls: "patching",
    why: "Corrections of the broker, security among them, are not installed.",
    fix: "Set `auto_minor_version_upgrade` to true.",
    links: ["https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/upgrading-brokers.html"],
    ...setting({
      at: {
        "tf:aws_mq_broker": "auto_minor_version_upgrade",
        "cfn:AWS::AmazonMQ::Broker": "Properties.AutoMinorVersionUpgrade",
      },
      demand: (path) => value(path).is(true),
      bad: "false",
      good: "true",
      lines: brokerLines,
    }),
  },
  {
    id: "iac/aws-mq-old-version",
    aliases: ["CKV_AWS_208"],
    title: "Message broker runs an old version",
    severity: "medium",
    controls: "patching",
    why: "Old versions of ActiveMQ and RabbitMQ have known flaws that let strangers run code on the broker.",
    fix: "Move to a version that AWS supports: at least ActiveMQ 5.16 or RabbitMQ 3.8, better the newest.",
    links: ["https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/activemq-version-management.html"],
    on: Object.fromEntries(
      ["tf:aws_mq_broker", "tf:aws_mq_configuration"].map((key) => [
        key,
        all(
          when(ofEngine("engine_type", /^activemq$/i), value("engine_version", { edit: false }).versionAtLeast("5.16")),
          when(ofEngine("engine_type", /^rabbitmq$/i), value("engine_version", { edit: false }).versionAtLeast("3.8")),
        ),
      ]),
    ),
    examples: {
      bad: [tfResource("aws_mq_broker", `engine_type = "ActiveMQ"`, `engine_version = "5.15.0"`)],
      good: [tfResource("aws_mq_broker", `engine_type = "RabbitMQ"`, `engine_version = "3.13"`)],
    },
  },
  withoutOwnKey({
    id: "iac/aws-mq-without-own-key",
    aliases: ["CKV_AWS_209"],
    what: "Message broker",
    keys: { "tf:aws_mq_broker": "encryption_options.kms_key_id" },
    link: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/data-protection.html",
    lines: brokerLines,
  }),
  {
    id: "iac/aws-msk-public",
    aliases: ["CKV_AWS_291"],
    title: "Kafka brokers have public addresses",
    severity: "high",
    controls: "network-exposure",
    why: "Anyone can try to log in to the brokers, which carry the events of many systems.",
    fix: "Set the type of public access to DISABLED.",
    links: ["https://docs.aws.amazon.com/msk/latest/developerguide/public-access.html"],
    ...setting({
      at: {
        "tf:aws_msk_cluster": "broker_node_group_info.connectivity_info.public_access.type",
        "cfn:AWS::MSK::Cluster": "Properties.BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type",
      },
      demand: (path) => value(path, { edit: "DISABLED" }).not("SERVICE_PROVIDED_EIPS"),
      bad: `"SERVICE_PROVIDED_EIPS"`,
      good: `"DISABLED"`,
      lines: clusterLines,
    }),
  },
  {
    id: "iac/aws-msk-without-tls",
    aliases: ["CKV_AWS_81", "AVD-AWS-0073"],
    title: "Kafka cluster does not insist on TLS",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Events can be read and forged on the network between clients and brokers.",
    fix: "Set `client_broker` to TLS and leave `in_cluster` on.",
    links: ["https://docs.aws.amazon.com/msk/latest/developerguide/msk-encryption.html"],
    on: {
      "tf:aws_msk_cluster": tlsOnly(
        "encryption_info.encryption_in_transit",
        ["client_broker", "in_cluster"],
        "encryption_info",
      ),
      "cfn:AWS::MSK::Cluster": tlsOnly(
        "Properties.EncryptionInfo.EncryptionInTransit",
        ["ClientBroker", "InCluster"],
        "Properties.EncryptionInfo",
      ),
    },
    examples: {
      bad: [tfInTransit("TLS_PLAINTEXT"), cfnInTransit("PLAINTEXT")],
      good: [tfInTransit("TLS"), cfnInTransit("TLS")],
    },
  },
  {
    id: "iac/aws-msk-without-logs",
    aliases: ["CKV_AWS_80", "AVD-AWS-0074"],
    title: "Kafka brokers write no logs",
    severity: "low",
    controls: "logging",
    why: "Refused logins and errors leave no trace.",
    fix: "Send broker logs to CloudWatch Logs, Firehose or S3.",
    links: ["https://docs.aws.amazon.com/msk/latest/developerguide/msk-logging.html"],
    on: {
      "tf:aws_msk_cluster": any("logging_info.broker_logs[0].*", value("enabled").is(true)),
      "cfn:AWS::MSK::Cluster": any("Properties.LoggingInfo.BrokerLogs.*", value("Enabled").is(true)),
    },
    examples: {
      bad: [tfBrokerLogs(false), cfnBrokerLogs(false)],
      good: [tfBrokerLogs(true), cfnBrokerLogs(true)],
    },
  },
];
