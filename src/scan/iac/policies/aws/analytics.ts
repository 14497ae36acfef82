/** Athena, CloudSearch, Comprehend and AppFlow: encryption of what they store, find and move. */
import { value } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { withoutOwnKey } from "../../families/aws-own-keys.ts";
import { setting } from "../../families/aws-settings.ts";
import { tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

const workgroup = "aws_athena_workgroup";
const cfnWorkgroup = "AWS::Athena::WorkGroup";
const database = "aws_athena_database";
const search = `name = "products"`;
const encryptedResults = `configuration {\n  result_configuration {\n    encryption_configuration {\n      encryption_option = "SSE_KMS"\n    }\n  }\n}`;

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-athena-results-unencrypted",
    aliases: ["CKV_AWS_77", "CKV_AWS_159", "AVD-AWS-0006"],
    title: "Athena writes results of queries unencrypted",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Results hold copies of the data that was asked for, readable for everybody who reads the bucket.",
    fix: "Add `encryption_configuration` with `encryption_option` SSE_KMS and a key.",
    links: ["https://docs.aws.amazon.com/athena/latest/ug/encrypting-query-results-stored-in-s3.html"],
    on: {
      "tf:aws_athena_database": value("encryption_configuration.encryption_option").exists(),
      "tf:aws_athena_workgroup": value(
        "configuration.result_configuration.encryption_configuration.encryption_option",
        { edit: "SSE_S3" },
      ).exists(),
      "cfn:AWS::Athena::WorkGroup": value(
        "Properties.WorkGroupConfiguration.ResultConfiguration.EncryptionConfiguration.EncryptionOption",
        { edit: "SSE_S3" },
      ).exists(),
    },
    examples: {
      bad: [
        tfResource(database, `name = "orders"`),
        tfResource(workgroup, `name = "reports"`),
        cfnResource(cfnWorkgroup, "Name: reports"),
      ],
      good: [
        tfResource(database, `name = "orders"`, `encryption_configuration {\n  encryption_option = "SSE_KMS"\n}`),
        tfResource(workgroup, `name = "reports"`, encryptedResults),
      ],
    },
  },
  {
    id: "iac/aws-athena-settings-not-enforced",
    aliases: ["CKV_AWS_82", "AVD-AWS-0007"],
    title: "Clients of Athena may overrule the settings of the workgroup",
    severity: "medium",
    controls: "data-protection",
    why: "Somebody who asks can send results to another bucket, unencrypted.",
    fix: "Set `enforce_workgroup_configuration` (`EnforceWorkGroupConfiguration`) to true.",
    links: ["https://docs.aws.amazon.com/athena/latest/ug/workgroups-settings-override.html"],
    on: {
      "tf:aws_athena_workgroup": value("configuration.enforce_workgroup_configuration", { missing: "pass" }).is(true),
      "cfn:AWS::Athena::WorkGroup": value("Properties.WorkGroupConfiguration.EnforceWorkGroupConfiguration").is(true),
    },
    examples: setting({
      at: {
        "tf:aws_athena_workgroup": "configuration.enforce_workgroup_configuration",
        "cfn:AWS::Athena::WorkGroup": "Properties.WorkGroupConfiguration.EnforceWorkGroupConfiguration",
      },
      demand: (path) => value(path).is(true),
      bad: "false",
      good: "true",
    }).examples,
  },
  {
    id: "iac/aws-cloudsearch-allows-http",
    aliases: ["CKV_AWS_220"],
    title: "Search domain answers unencrypted HTTP",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Searches and documents pass readable through the network.",
    fix: "Set `enforce_https` (`EnforceHTTPS`) to true in the options of the endpoint.",
    links: ["https://docs.aws.amazon.com/cloudsearch/latest/developerguide/configuring-domain-endpoint-options.html"],
    ...setting({
      at: { "tf:aws_cloudsearch_domain": "endpoint_options.enforce_https" },
      demand: (path) => value(path).is(true),
      good: "true",
      lines: [search],
    }),
  },
  {
    id: "iac/aws-cloudsearch-allows-old-tls",
    aliases: ["CKV_AWS_218"],
    title: "Search domain accepts TLS versions older than 1.2",
    severity: "medium",
    controls: "tls-version",
    why: "TLS 1.0 and 1.1 have known weaknesses; somebody on the network path can read or change what clients send.",
    fix: "Set `tls_security_policy` to Policy-Min-TLS-1-2-2019-07.",
    links: ["https://docs.aws.amazon.com/cloudsearch/latest/developerguide/configuring-domain-endpoint-options.html"],
    ...setting({
      at: { "tf:aws_cloudsearch_domain": "endpoint_options.tls_security_policy" },
      demand: (path) => value(path).is("Policy-Min-TLS-1-2-2019-07"),
      bad: `"Policy-Min-TLS-1-0-2019-07"`,
      good: `"Policy-Min-TLS-1-2-2019-07"`,
      lines: [search],
    }),
  },
  withoutOwnKey({
    id: "iac/aws-comprehend-model-without-own-key",
    aliases: ["CKV_AWS_267"],
    what: "Model of the entity recognizer",
    keys: { "tf:aws_comprehend_entity_recognizer": "model_kms_key_id" },
    link: "https://docs.aws.amazon.com/comprehend/latest/dg/kms-in-comprehend.html",
    lines: [search],
  }),
  withoutOwnKey({
    id: "iac/aws-comprehend-volume-without-own-key",
    aliases: ["CKV_AWS_268"],
    what: "Training volume of the entity recognizer",
    keys: { "tf:aws_comprehend_entity_recognizer": "volume_kms_key_id" },
    link: "https://docs.aws.amazon.com/comprehend/latest/dg/kms-in-comprehend.html",
    lines: [search],
  }),
  withoutOwnKey({
    id: "iac/aws-appflow-without-own-key",
    aliases: ["CKV_AWS_263"],
    what: "Data flow",
    keys: { "tf:aws_appflow_flow": "kms_arn", "cfn:AWS::AppFlow::Flow": "Properties.KMSArn" },
    link: "https://docs.aws.amazon.com/appflow/latest/userguide/data-protection.html",
    lines: [search],
  }),
  withoutOwnKey({
    id: "iac/aws-appflow-connector-without-own-key",
    aliases: ["CKV_AWS_264"],
    what: "Connector profile of data flows",
    keys: { "tf:aws_appflow_connector_profile": "kms_arn", "cfn:AWS::AppFlow::ConnectorProfile": "Properties.KMSArn" },
    link: "https://docs.aws.amazon.com/appflow/latest/userguide/data-protection.html",
    lines: [search],
  }),
];
