/** Elastic Beanstalk, Global Accelerator, GuardDuty, Glacier, Keyspaces, Kendra and Image Builder: one or two settings each. */
import { all, any, anyOf, type Condition, connected, each, value } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { withoutOwnKey } from "../../families/aws-own-keys.ts";
import { setting } from "../../families/aws-settings.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { allows, noStatement } from "../../families/iam-statements.ts";
import { type Example, type Policy, tf } from "../../policy.ts";

/** An option of Elastic Beanstalk is true; it stands in a list by namespace and name. */
function option(namespace: string, name: string): Pick<Policy, "on" | "examples"> {
  const written = (flag: string): readonly Example[] => [
    tfResource(
      "aws_elastic_beanstalk_environment",
      `setting {\n  namespace = "${namespace}"\n  name      = "${name}"\n  value     = "${flag}"\n}`,
    ),
    cfnResource(
      "AWS::ElasticBeanstalk::Environment",
      "OptionSettings:",
      `  - Namespace: "${namespace}"`,
      `    OptionName: ${name}`,
      `    Value: "${flag}"`,
    ),
  ];
  const named = (first: string, second: string, third: string): Condition =>
    all(
      value(first, { edit: false }).is(namespace),
      value(second, { edit: false }).is(name),
      value(third, { edit: "true" }).is(true),
    );
  return {
    on: {
      "tf:aws_elastic_beanstalk_environment": any("setting", named("namespace", "name", "value")),
      "cfn:AWS::ElasticBeanstalk::Environment": any(
        "Properties.OptionSettings",
        named("Namespace", "OptionName", "Value"),
      ),
    },
    examples: { bad: written("false"), good: written("true") },
  };
}

const vault = (principal: string): Example =>
  tfResource(
    "aws_glacier_vault",
    `name = "archive"`,
    `access_policy = jsonencode({\n  Version   = "2012-10-17"\n  Statement = [{ Effect = "Allow", Action = "glacier:GetJobOutput", Resource = "*", Principal = { AWS = "${principal}" } }]\n})`,
  );

const detector = (member: string): Example =>
  tf(
    tfBlock("aws_guardduty_detector", "all", "enable = true") +
      tfBlock(
        "aws_guardduty_organization_configuration",
        "all",
        "detector_id = aws_guardduty_detector.all.id",
        `auto_enable_organization_members = "${member}"`,
      ),
  );

const image = (line: string): Example =>
  tfResource(
    "aws_imagebuilder_image_recipe",
    `block_device_mapping {\n  device_name = "/dev/xvda"\n  ebs {\n    ${line}\n    kms_key_id = aws_kms_key.images.arn\n  }\n}`,
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-beanstalk-without-enhanced-health",
    aliases: ["CKV_AWS_312"],
    title: "Environment of Elastic Beanstalk does not stream its health",
    severity: "low",
    controls: "monitoring",
    why: "Errors and overload of the application are seen late, or not at all.",
    fix: "Set the option `HealthStreamingEnabled` of `aws:elasticbeanstalk:healthreporting:system` to true.",
    links: ["https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/health-enhanced.html"],
    ...option("aws:elasticbeanstalk:healthreporting:system", "HealthStreamingEnabled"),
  },
  {
    id: "iac/aws-beanstalk-without-managed-updates",
    aliases: ["CKV_AWS_340"],
    title: "Environment of Elastic Beanstalk takes no updates by itself",
    severity: "medium",
    controls: "patching",
    why: "Repairs of the operating system and the runtime wait until somebody thinks of them.",
    fix: "Set the option `ManagedActionsEnabled` of `aws:elasticbeanstalk:managedactions` to true, with a time and a level.",
    links: ["https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/environment-platform-update-managed.html"],
    ...option("aws:elasticbeanstalk:managedactions", "ManagedActionsEnabled"),
  },
  {
    id: "iac/aws-global-accelerator-without-flow-logs",
    aliases: ["CKV_AWS_75"],
    title: "Global Accelerator records no connections",
    severity: "low",
    controls: "logging",
    why: "After an attack nobody can tell where it came from.",
    fix: "Set `flow_logs_enabled = true` in `attributes`, with a bucket.",
    links: ["https://docs.aws.amazon.com/global-accelerator/latest/dg/monitoring-global-accelerator.flow-logs.html"],
    ...setting({
      at: { "tf:aws_globalaccelerator_accelerator": "attributes.flow_logs_enabled" },
      demand: (path) => value(path).is(true),
      good: "true",
    }),
  },
  {
    id: "iac/aws-guardduty-switched-off",
    aliases: ["CKV_AWS_238"],
    title: "GuardDuty is switched off",
    severity: "medium",
    controls: "threat-detection",
    why: "Stolen keys, miners and connections to known attackers are seen by nobody.",
    fix: "Remove `enable = false` (`Enable: true`).",
    links: ["https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_settingup.html"],
    ...setting({
      at: { "tf:aws_guardduty_detector": "enable", "cfn:AWS::GuardDuty::Detector": "Properties.Enable" },
      demand: (path) => value(path).not(false),
      bad: "false",
      good: "true",
    }),
  },
  {
    id: "iac/aws-guardduty-not-for-all-accounts",
    aliases: ["CKV2_AWS_3"],
    title: "GuardDuty does not watch all accounts of the organization",
    severity: "medium",
    controls: "threat-detection",
    why: "An attack in an account that nobody thought of, usually a new one, is not seen.",
    fix: 'Add an `aws_guardduty_organization_configuration` with `auto_enable_organization_members = "ALL"`.',
    links: ["https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_organizations.html"],
    on: {
      "tf:aws_guardduty_detector": all(
        value("enable").not(false),
        connected(
          "aws_guardduty_organization_configuration",
          anyOf(
            value("auto_enable", { edit: false }).is(true),
            value("auto_enable_organization_members").oneOf("ALL", "NEW"),
          ),
        ),
      ),
    },
    examples: { bad: [detector("NONE")], good: [detector("ALL")] },
  },
  {
    id: "iac/aws-glacier-open-to-anyone",
    aliases: ["CKV_AWS_167"],
    title: "Archive of Glacier is open to anyone",
    severity: "critical",
    controls: "public-data",
    why: "Every AWS customer reads the archive, or deletes it, depending on the actions.",
    fix: "Name accounts or roles as principals, without a star.",
    links: ["https://docs.aws.amazon.com/amazonglacier/latest/dev/vault-access-policy.html"],
    on: {
      "tf:aws_glacier_vault": noStatement(
        "access_policy",
        (statement) =>
          allows(statement) && !statement.hasCondition && statement.principals.some((one) => one.includes("*")),
        { missing: "pass", why: "it lets everybody at the archive" },
      ),
    },
    examples: { bad: [vault("*")], good: [vault("arn:aws:iam::123456789012:role/archive")] },
  },
  {
    id: "iac/aws-keyspaces-without-own-key",
    aliases: ["CKV_AWS_265"],
    title: "Table of Keyspaces is encrypted with a key of AWS only",
    severity: "low",
    controls: "customer-managed-keys",
    why: "Nobody can limit who decrypts, see each use or withdraw the key.",
    fix: 'Set `type = "CUSTOMER_MANAGED_KMS_KEY"` in `encryption_specification` and name a key in `kms_key_identifier`.',
    links: ["https://docs.aws.amazon.com/keyspaces/latest/devguide/EncryptionAtRest.html"],
    on: {
      "tf:aws_keyspaces_table": all(
        value("encryption_specification.type").is("CUSTOMER_MANAGED_KMS_KEY"),
        value("encryption_specification.kms_key_identifier").exists(),
      ),
      "cfn:AWS::Cassandra::Table": all(
        value("Properties.EncryptionSpecification.EncryptionType").is("CUSTOMER_MANAGED_KMS_KEY"),
        value("Properties.EncryptionSpecification.KmsKeyIdentifier").exists(),
      ),
    },
    examples: {
      bad: [
        tfResource("aws_keyspaces_table", `table_name = "orders"`),
        cfnResource("AWS::Cassandra::Table", "KeyspaceName: shop"),
      ],
      good: [
        tfResource(
          "aws_keyspaces_table",
          `encryption_specification {\n  type               = "CUSTOMER_MANAGED_KMS_KEY"\n  kms_key_identifier = aws_kms_key.shop.arn\n}`,
        ),
        cfnResource(
          "AWS::Cassandra::Table",
          "EncryptionSpecification:",
          "  EncryptionType: CUSTOMER_MANAGED_KMS_KEY",
          '  KmsKeyIdentifier: "arn:aws:kms:eu-west-1:123456789012:key/shop"',
        ),
      ],
    },
  },
  withoutOwnKey({
    id: "iac/aws-kendra-without-own-key",
    aliases: ["CKV_AWS_262"],
    what: "Index of Kendra",
    keys: {
      "tf:aws_kendra_index": "server_side_encryption_configuration.kms_key_id",
      "cfn:AWS::Kendra::Index": "Properties.ServerSideEncryptionConfiguration.KmsKeyId",
    },
    link: "https://docs.aws.amazon.com/kendra/latest/dg/encryption-at-rest.html",
  }),
  withoutOwnKey({
    id: "iac/aws-imagebuilder-component-without-own-key",
    aliases: ["CKV_AWS_180"],
    what: "Component of Image Builder",
    keys: { "tf:aws_imagebuilder_component": "kms_key_id", "cfn:AWS::ImageBuilder::Component": "Properties.KmsKeyId" },
    link: "https://docs.aws.amazon.com/imagebuilder/latest/userguide/data-protection.html",
  }),
  withoutOwnKey({
    id: "iac/aws-imagebuilder-copies-without-own-key",
    aliases: ["CKV_AWS_199"],
    what: "Image that Image Builder distributes",
    keys: {
      "tf:aws_imagebuilder_distribution_configuration": "distribution.ami_distribution_configuration.kms_key_id",
      "cfn:AWS::ImageBuilder::DistributionConfiguration":
        "Properties.Distributions.AmiDistributionConfiguration.KmsKeyId",
    },
    link: "https://docs.aws.amazon.com/imagebuilder/latest/userguide/manage-distribution-settings.html",
  }),
  {
    id: "iac/aws-imagebuilder-disks-not-encrypted",
    aliases: ["CKV_AWS_200"],
    title: "Disks of an image are not encrypted with a key of one's own",
    severity: "low",
    controls: "encryption-at-rest",
    why: "Whoever gets the image or its snapshot reads what was put into it.",
    fix: "Set `encrypted = true` and `kms_key_id` in every `ebs` of the recipe.",
    links: ["https://docs.aws.amazon.com/imagebuilder/latest/userguide/data-protection.html"],
    on: {
      "tf:aws_imagebuilder_image_recipe": each(
        "block_device_mapping.ebs",
        all(value("encrypted").is(true), value("kms_key_id").exists()),
      ),
      "cfn:AWS::ImageBuilder::ImageRecipe": each(
        "Properties.BlockDeviceMappings.Ebs",
        all(value("Encrypted").is(true), value("KmsKeyId").exists()),
      ),
    },
    examples: {
      bad: [
        image("encrypted = false"),
        cfnResource("AWS::ImageBuilder::ImageRecipe", "BlockDeviceMappings:\n  - Ebs:\n      Encrypted: true"),
      ],
      good: [
        image("encrypted = true"),
        cfnResource(
          "AWS::ImageBuilder::ImageRecipe",
          "BlockDeviceMappings:\n  - Ebs:\n      Encrypted: true\n      KmsKeyId: !Ref Key",
        ),
      ],
    },
  },
];
