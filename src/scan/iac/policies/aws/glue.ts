/** AWS Glue: what the catalogue, jobs and crawlers encrypt. */
import { all, type Condition, value } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { setting } from "../../families/aws-settings.ts";
import { tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

const guide = "https://docs.aws.amazon.com/glue/latest/dg";
const catalogue = "data_catalog_encryption_settings";
const security = "encryption_configuration";
const cfnCatalogue = "Properties.DataCatalogEncryptionSettings";
const cfnSecurity = "Properties.EncryptionConfiguration";

/** A mode that is there and not switched off. */
const isOn = (path: string): Condition => value(path, { missing: "fail", edit: false }).not("DISABLED");

const encrypted = (mode: string): string => `encryption_configuration {
  cloudwatch_encryption {
    cloudwatch_encryption_mode = "${mode}"
    kms_key_arn                = aws_kms_key.glue.arn
  }
  job_bookmarks_encryption {
    job_bookmarks_encryption_mode = "CSE-KMS"
    kms_key_arn                   = aws_kms_key.glue.arn
  }
  s3_encryption {
    s3_encryption_mode = "SSE-KMS"
    kms_key_arn        = aws_kms_key.glue.arn
  }
}`;
const cfnEncrypted = (mode: string) =>
  cfnResource(
    "AWS::Glue::SecurityConfiguration",
    "EncryptionConfiguration:",
    `  CloudWatchEncryption: { CloudWatchEncryptionMode: ${mode} }`,
    "  JobBookmarksEncryption: { JobBookmarksEncryptionMode: CSE-KMS }",
    "  S3Encryptions:",
    "    - S3EncryptionMode: SSE-KMS",
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-glue-catalogue-not-encrypted",
    aliases: ["CKV_AWS_94"],
    title: "Catalogue of Glue is not encrypted",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Descriptions of all tables and the passwords of connections can be read by whoever may look at the catalogue.",
    fix: 'Set `catalog_encryption_mode = "SSE-KMS"` and `return_connection_password_encrypted = true`, each with a key.',
    links: [`${guide}/encrypt-glue-data-catalog.html`],
    on: {
      "tf:aws_glue_data_catalog_encryption_settings": all(
        value(`${catalogue}.encryption_at_rest.catalog_encryption_mode`).oneOf("SSE-KMS", "SSE-KMS-WITH-SERVICE-ROLE"),
        value(`${catalogue}.encryption_at_rest.sse_aws_kms_key_id`).exists(),
        value(`${catalogue}.connection_password_encryption.return_connection_password_encrypted`).is(true),
        value(`${catalogue}.connection_password_encryption.aws_kms_key_id`).exists(),
      ),
      "cfn:AWS::Glue::DataCatalogEncryptionSettings": all(
        value(`${cfnCatalogue}.EncryptionAtRest.CatalogEncryptionMode`).oneOf("SSE-KMS", "SSE-KMS-WITH-SERVICE-ROLE"),
        value(`${cfnCatalogue}.ConnectionPasswordEncryption.ReturnConnectionPasswordEncrypted`).is(true),
      ),
    },
    examples: {
      bad: [
        tfResource(
          "aws_glue_data_catalog_encryption_settings",
          `${catalogue} {\n  encryption_at_rest {\n    catalog_encryption_mode = "DISABLED"\n  }\n}`,
        ),
        cfnResource("AWS::Glue::DataCatalogEncryptionSettings", "CatalogId: !Ref AWS::AccountId"),
      ],
      good: [
        tfResource(
          "aws_glue_data_catalog_encryption_settings",
          `${catalogue} {
  encryption_at_rest {
    catalog_encryption_mode = "SSE-KMS"
    sse_aws_kms_key_id      = aws_kms_key.glue.arn
  }
  connection_password_encryption {
    return_connection_password_encrypted = true
    aws_kms_key_id                       = aws_kms_key.glue.arn
  }
}`,
        ),
        cfnResource(
          "AWS::Glue::DataCatalogEncryptionSettings",
          "DataCatalogEncryptionSettings:",
          "  EncryptionAtRest: { CatalogEncryptionMode: SSE-KMS }",
          "  ConnectionPasswordEncryption: { ReturnConnectionPasswordEncrypted: true }",
        ),
      ],
    },
  },
  {
    id: "iac/aws-glue-security-configuration-incomplete",
    aliases: ["CKV_AWS_99"],
    title: "Security configuration of Glue leaves something unencrypted",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Logs, bookmarks and results of jobs hold parts of the data; each that is not encrypted can be read.",
    fix: "Encrypt all three: `cloudwatch_encryption` and `s3_encryption` by SSE-KMS, `job_bookmarks_encryption` by CSE-KMS.",
    links: [`${guide}/encryption-security-configuration.html`],
    on: {
      "tf:aws_glue_security_configuration": all(
        value(`${security}.cloudwatch_encryption.cloudwatch_encryption_mode`).is("SSE-KMS"),
        value(`${security}.cloudwatch_encryption.kms_key_arn`).exists(),
        value(`${security}.job_bookmarks_encryption.job_bookmarks_encryption_mode`).is("CSE-KMS"),
        value(`${security}.job_bookmarks_encryption.kms_key_arn`).exists(),
        isOn(`${security}.s3_encryption.s3_encryption_mode`),
      ),
      "cfn:AWS::Glue::SecurityConfiguration": all(
        isOn(`${cfnSecurity}.CloudWatchEncryption.CloudWatchEncryptionMode`),
        isOn(`${cfnSecurity}.JobBookmarksEncryption.JobBookmarksEncryptionMode`),
        isOn(`${cfnSecurity}.S3Encryptions.S3EncryptionMode`),
      ),
    },
    examples: {
      bad: [tfResource("aws_glue_security_configuration", encrypted("DISABLED")), cfnEncrypted("DISABLED")],
      good: [tfResource("aws_glue_security_configuration", encrypted("SSE-KMS")), cfnEncrypted("SSE-KMS")],
    },
  },
  {
    id: "iac/aws-glue-without-security-configuration",
    aliases: ["CKV_AWS_195"],
    title: "Job, crawler or endpoint of Glue has no security configuration",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "What it reads and writes along the way, logs included, is not encrypted.",
    fix: "Name an `aws_glue_security_configuration` in `security_configuration`.",
    links: [`${guide}/encryption-security-configuration.html`],
    ...setting({
      at: {
        "tf:aws_glue_job": "security_configuration",
        "tf:aws_glue_crawler": "security_configuration",
        "tf:aws_glue_dev_endpoint": "security_configuration",
        "cfn:AWS::Glue::Job": "Properties.SecurityConfiguration",
        "cfn:AWS::Glue::Crawler": "Properties.CrawlerSecurityConfiguration",
        "cfn:AWS::Glue::DevEndpoint": "Properties.SecurityConfiguration",
      },
      demand: (path) => value(path).exists(),
      good: `"encrypted"`,
    }),
  },
];
