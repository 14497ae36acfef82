/** Secrets Manager and Systems Manager: secrets that stay the same, that can be read, and sessions that leave no trace. */
import { all, anyOf, type Condition, check, connected, nodeAt, value, when } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { setting } from "../../families/aws-settings.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { isWrittenSecret } from "../../families/secret-names.ts";
import { inDocument } from "../../families/written-documents.ts";
import { type Policy, tf } from "../../policy.ts";
import { failAt, passAt } from "../../verdict.ts";

const rotationLinks = ["https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html"];
const sessionLinks = ["https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-logging.html"];
const parameterLinks = [
  "https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html",
];

/** A key is named, and not by an alias of those that AWS manages. */
const ownKey = (path: string): Condition =>
  all(
    value(path).exists(),
    check((_, node) => {
      const key = nodeAt(node, path);
      const name = key?.is === "unknown" ? key.text : key?.is === "scalar" ? String(key.value) : undefined;
      return key && name !== undefined && /(?:^|\/)aws\//.test(name)
        ? failAt(key, "this is the key that AWS manages")
        : passAt(node.at);
    }),
  );

const longestRate: Readonly<Record<string, number>> = { day: 90, hour: 90 * 24, minute: 90 * 24 * 60 };

/** `rate(30 days)`; how often `cron(...)` comes round is not worked out. */
function isWithinQuarter(schedule: string): boolean {
  if (schedule.startsWith("cron(")) return true;
  const [, count = "", unit = ""] = /^rate\((\d+) (day|hour|minute)s?\)$/.exec(schedule.trim()) ?? [];
  return count !== "" && Number(count) <= (longestRate[unit] ?? 0);
}

const rotatesWithinQuarter = (days: string, schedule: string): Condition =>
  anyOf(
    value(days, { edit: 90 }).satisfies((found) => Number(found) > 0 && Number(found) <= 90, "at most 90"),
    value(schedule).satisfies((found) => isWithinQuarter(String(found)), "a rotation within 90 days"),
  );

const secretWord = /secret|passw|passphrase|token|api[_-]?key|access[_-]?key|private[_-]?key|credential/i;
const aboutSecret = /(?:arn|name|id|url|uri|path|endpoint|version|ttl|days|length)$/i;
const madeUp = /test|example|sample|dummy|change_?me|placeholder/i;

/** One word of some length with digits, that is no address of something. */
function looksSecret(written: string): boolean {
  return (
    /^\S{8,}$/.test(written) &&
    /\d/.test(written) &&
    !/^(?:arn:|https?:|\/)|\$\{/.test(written) &&
    isWrittenSecret(written) &&
    !madeUp.test(written)
  );
}

const ofSessions = (demand: Condition, otherwise: "pass" | "none") => ({
  "tf:aws_ssm_document": when(
    value("document_type", { missing: "fail" }).is("Session"),
    inDocument("content", demand, "fail"),
    otherwise,
  ),
  "cfn:AWS::SSM::Document": when(
    value("Properties.DocumentType", { missing: "fail" }).is("Session"),
    inDocument("Properties.Content", demand, "fail"),
    otherwise,
  ),
});

const encryptedIfUsed = (target: string, isEncrypted: string): Condition =>
  when(value(target).exists(), value(isEncrypted).is(true));

const session = (inputs: string) =>
  tfResource(
    "aws_ssm_document",
    `name = "SSM-SessionManagerRunShell"`,
    `document_type = "Session"`,
    `content = jsonencode({\n  schemaVersion = "1.0"\n  sessionType = "Standard_Stream"\n  inputs = { ${inputs} }\n})`,
  );
const secret = tfBlock("aws_secretsmanager_secret", "database", `name = "database"`);
const parameter = (...lines: readonly string[]) => tfResource("aws_ssm_parameter", `name = "/shop/database"`, ...lines);

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-secret-without-own-key",
    aliases: ["CKV_AWS_149", "AVD-AWS-0098"],
    title: "Secret is encrypted with a key of AWS only",
    severity: "low",
    controls: "customer-managed-keys",
    why: "Everyone in the account who may read secrets may decrypt this one; a key of your own adds a second permission.",
    fix: "Create a key in AWS KMS with a policy of its own, and name it in `kms_key_id`.",
    links: ["https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html"],
    ...setting({
      at: { "tf:aws_secretsmanager_secret": "kms_key_id", "cfn:AWS::SecretsManager::Secret": "Properties.KmsKeyId" },
      demand: ownKey,
      bad: `"alias/aws/secretsmanager"`,
      good: `"alias/database"`,
    }),
  },
  {
    id: "iac/aws-secret-rotation-too-slow",
    aliases: ["CKV_AWS_304"],
    title: "Secret is rotated less than every 90 days",
    severity: "low",
    controls: "key-lifecycle",
    why: "A secret that leaked stays useful to the thief until it is changed.",
    fix: "Set `automatically_after_days` to 90 or less, or a schedule that comes as often.",
    links: rotationLinks,
    on: {
      "tf:aws_secretsmanager_secret_rotation": rotatesWithinQuarter(
        "rotation_rules.automatically_after_days",
        "rotation_rules.schedule_expression",
      ),
      "cfn:AWS::SecretsManager::RotationSchedule": rotatesWithinQuarter(
        "Properties.RotationRules.AutomaticallyAfterDays",
        "Properties.RotationRules.ScheduleExpression",
      ),
    },
    examples: {
      bad: [
        tfResource("aws_secretsmanager_secret_rotation", "rotation_rules {\n  automatically_after_days = 180\n}"),
        cfnResource("AWS::SecretsManager::RotationSchedule", "RotationRules:\n  ScheduleExpression: rate(120 days)"),
      ],
      good: [
        tfResource(
          "aws_secretsmanager_secret_rotation",
          `rotation_rules {\n  schedule_expression = "rate(30 days)"\n}`,
        ),
        cfnResource("AWS::SecretsManager::RotationSchedule", "RotationRules:\n  AutomaticallyAfterDays: 30"),
      ],
    },
  },
  {
    id: "iac/aws-secret-never-rotated",
    aliases: ["CKV2_AWS_57"],
    title: "Secret is never rotated by itself",
    severity: "low",
    controls: "key-lifecycle",
    why: "Secrets that people must change by hand stay the same for years, and so does what a thief has.",
    fix: "Add an `aws_secretsmanager_secret_rotation`.",
    links: rotationLinks,
    on: { "tf:aws_secretsmanager_secret": connected("aws_secretsmanager_secret_rotation") },
    examples: {
      bad: [tf(secret)],
      good: [
        tf(
          secret +
            tfBlock(
              "aws_secretsmanager_secret_rotation",
              "database",
              "secret_id = aws_secretsmanager_secret.database.id",
              "rotation_rules {\n  automatically_after_days = 30\n}",
            ),
        ),
      ],
    },
  },
  {
    id: "iac/aws-parameter-unencrypted",
    aliases: ["CKV2_AWS_34"],
    title: "Parameter is stored in clear",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Everyone who may read parameters sees the value; parameters have a way of becoming secrets.",
    fix: "Set the type to SecureString.",
    links: parameterLinks,
    ...setting({
      at: { "tf:aws_ssm_parameter": "type" },
      demand: (path) => value(path).is("SecureString"),
      bad: `"String"`,
      good: `"SecureString"`,
      lines: [`name = "/shop/database"`],
    }),
  },
  {
    id: "iac/aws-parameter-without-own-key",
    aliases: ["CKV_AWS_337"],
    title: "Encrypted parameter uses the key of AWS",
    severity: "low",
    controls: "customer-managed-keys",
    why: "Everyone in the account who may read parameters may decrypt this one; a key of your own adds a second permission.",
    fix: "Name a key of yours in `key_id`.",
    links: parameterLinks,
    on: {
      "tf:aws_ssm_parameter": when(value("type", { missing: "fail" }).is("SecureString"), value("key_id").exists()),
    },
    examples: {
      bad: [parameter(`type = "SecureString"`)],
      good: [parameter(`type = "SecureString"`, "key_id = aws_kms_key.shop.arn"), parameter(`type = "String"`)],
    },
  },
  {
    id: "iac/aws-parameter-with-written-secret",
    aliases: ["CKV_AWS_384"],
    title: "Secret is written into the parameter's template",
    severity: "high",
    controls: "secret-handling",
    why: "The template is in the repository and in CloudFormation, and the parameter itself is kept in clear.",
    fix: "Change the secret, keep it in Secrets Manager and refer to it with `{{resolve:secretsmanager:...}}`.",
    links: ["https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html"],
    on: {
      "cfn:AWS::SSM::Parameter": when(
        value("Properties.Name", { missing: "fail" }).satisfies(
          (name) => secretWord.test(String(name)) && !aboutSecret.test(String(name)) && !madeUp.test(String(name)),
          "the name of a secret",
        ),
        check((_, node) => {
          const written = nodeAt(node, "Properties.Value");
          return written?.is === "scalar" && looksSecret(String(written.value))
            ? failAt(written, "a secret is written here")
            : passAt(node.at);
        }),
      ),
    },
    examples: {
      bad: [
        cfnResource("AWS::SSM::Parameter", "Name: /shop/password", "Type: String", `Value: ${"horse8battery"}4staple`),
      ],
      good: [
        cfnResource("AWS::SSM::Parameter", "Name: /shop/stage", "Type: String", "Value: production1"),
        cfnResource("AWS::SSM::Parameter", "Name: /shop/password", "Type: String", "Value: !Ref Password"),
      ],
    },
  },
  {
    id: "iac/aws-session-unlogged",
    aliases: ["CKV_AWS_113"],
    title: "Sessions on machines are not logged, or the log is in clear",
    severity: "medium",
    controls: "logging",
    why: "What somebody typed on a machine cannot be looked up, or anyone who gets at the log reads the secrets in it.",
    fix: "Name a bucket or a log group in the session's document, with `s3EncryptionEnabled` or `cloudWatchEncryptionEnabled` true.",
    links: sessionLinks,
    on: ofSessions(
      all(
        anyOf(value("inputs.s3BucketName").exists(), value("inputs.cloudWatchLogGroupName").exists()),
        encryptedIfUsed("inputs.s3BucketName", "inputs.s3EncryptionEnabled"),
        encryptedIfUsed("inputs.cloudWatchLogGroupName", "inputs.cloudWatchEncryptionEnabled"),
      ),
      "none",
    ),
    examples: {
      bad: [
        session(`s3BucketName = ""`),
        session(`s3BucketName = "logs", s3EncryptionEnabled = false`),
        cfnResource(
          "AWS::SSM::Document",
          "DocumentType: Session",
          "Content:\n  inputs:\n    s3BucketName: logs\n    s3EncryptionEnabled: false",
        ),
      ],
      good: [
        session(`s3BucketName = "logs", s3EncryptionEnabled = true`),
        cfnResource(
          "AWS::SSM::Document",
          "DocumentType: Session",
          "Content:\n  inputs:\n    s3BucketName: logs\n    s3EncryptionEnabled: true",
        ),
      ],
    },
  },
  {
    id: "iac/aws-session-without-own-key",
    aliases: ["CKV_AWS_112"],
    title: "Sessions on machines are not encrypted with your key",
    severity: "low",
    controls: "encryption-in-transit",
    why: "Beyond TLS nothing protects what is typed; a key also decides who may open sessions.",
    fix: "Set `kmsKeyId` in the session's document.",
    links: ["https://docs.aws.amazon.com/systems-manager/latest/userguide/session-preferences-enable-encryption.html"],
    on: ofSessions(value("inputs.kmsKeyId").exists(), "pass"),
    examples: {
      bad: [
        session(`kmsKeyId = ""`),
        cfnResource("AWS::SSM::Document", "DocumentType: Session", 'Content:\n  inputs:\n    kmsKeyId: ""'),
      ],
      good: [
        session("kmsKeyId = aws_kms_key.sessions.arn"),
        cfnResource("AWS::SSM::Document", "DocumentType: Session", "Content:\n  inputs:\n    kmsKeyId: !Ref Key"),
      ],
    },
  },
  {
    id: "iac/aws-session-document-public",
    aliases: ["CKV_AWS_303"],
    title: "Document of Systems Manager is shared with everybody",
    severity: "high",
    controls: "public-data",
    why: "Every AWS account can read the document: commands, names and now and then passwords.",
    fix: "Share the document with the accounts that need it, by their numbers.",
    links: ["https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-ssm-sharing.html"],
    on: { "tf:aws_ssm_document": value("permissions.account_ids").lacks("All") },
    examples: {
      bad: [tfResource("aws_ssm_document", `permissions = {\n  type = "Share"\n  account_ids = "All"\n}`)],
      good: [tfResource("aws_ssm_document", `permissions = {\n  type = "Share"\n  account_ids = "111122223333"\n}`)],
    },
  },
];
