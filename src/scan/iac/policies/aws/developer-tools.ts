/** CodeBuild, CodePipeline, CodeCommit, CodeArtifact and CodeGuru: how code is built, kept and reviewed. */
import { all, any, anyOf, connected, value, when } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { namesOwnKey, withoutOwnKey } from "../../families/aws-own-keys.ts";
import { setting } from "../../families/aws-settings.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { inDocument } from "../../families/written-documents.ts";
import { type Policy, tf } from "../../policy.ts";

const project = "aws_codebuild_project";
const cfnProject = "AWS::CodeBuild::Project";
const named = `name = "orders"`;
const toBucket = `artifacts {\n  type     = "S3"\n  location = "builds"\n}`;
const rules = "aws_codecommit_approval_rule_template";
const approvals = (count: number) =>
  `content = jsonencode({\n  Version = "2018-11-08"\n  Statements = [{\n    Type = "Approvers"\n    NumberOfApprovalsNeeded = ${count}\n  }]\n})`;
const review = "aws_codegurureviewer_repository_association";
const keyDetails = (option: string) =>
  `kms_key_details {\n  encryption_option = "${option}"\n  kms_key_id        = aws_kms_key.review.arn\n}`;

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-codebuild-artifacts-unencrypted",
    aliases: ["CKV_AWS_78", "AVD-AWS-0018"],
    title: "Artifacts of the build are stored unencrypted",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Whoever reads the bucket reads the programs, and often settings and keys that were built in.",
    fix: "Remove `encryption_disabled` (`EncryptionDisabled`) from the artifacts.",
    links: ["https://docs.aws.amazon.com/codebuild/latest/userguide/security-encryption.html"],
    on: {
      "tf:aws_codebuild_project": when(
        value("artifacts.type", { missing: "pass", edit: false }).not("NO_ARTIFACTS"),
        all(
          value("artifacts.encryption_disabled").not(true),
          value("secondary_artifacts.encryption_disabled").not(true),
        ),
        "none",
      ),
      "cfn:AWS::CodeBuild::Project": when(
        value("Properties.Artifacts.Type", { missing: "pass", edit: false }).not("NO_ARTIFACTS"),
        all(
          value("Properties.Artifacts.EncryptionDisabled").not(true),
          value("Properties.SecondaryArtifacts.EncryptionDisabled").not(true),
        ),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource(project, named, `artifacts {\n  type                = "S3"\n  encryption_disabled = true\n}`),
        cfnResource(cfnProject, "Artifacts:\n  Type: S3\n  EncryptionDisabled: true"),
      ],
      good: [tfResource(project, named, toBucket), cfnResource(cfnProject, "Artifacts:\n  Type: S3")],
    },
  },
  {
    id: "iac/aws-codebuild-without-own-key",
    aliases: ["CKV_AWS_147"],
    title: "Build results are encrypted with a key of AWS only",
    severity: "low",
    controls: "customer-managed-keys",
    why: "Nobody can limit who decrypts the programs, see each use or withdraw the key.",
    fix: "Name a key of AWS KMS in `encryption_key` (`EncryptionKey`).",
    links: ["https://docs.aws.amazon.com/codebuild/latest/userguide/security-encryption.html"],
    on: {
      "tf:aws_codebuild_project": when(
        value("artifacts.type", { missing: "pass", edit: false }).not("NO_ARTIFACTS"),
        namesOwnKey("encryption_key"),
        "none",
      ),
    },
    examples: {
      bad: [tfResource(project, named, toBucket)],
      good: [tfResource(project, named, toBucket, "encryption_key = aws_kms_key.builds.arn")],
    },
  },
  {
    id: "iac/aws-codebuild-log-unencrypted",
    aliases: ["CKV_AWS_311"],
    title: "Log of the build is stored unencrypted",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Logs of builds often hold tokens and addresses; whoever reads the bucket reads them.",
    fix: "Remove `encryption_disabled` (`EncryptionDisabled`) from the S3 log.",
    links: ["https://docs.aws.amazon.com/codebuild/latest/userguide/change-project.html"],
    ...setting({
      at: {
        "tf:aws_codebuild_project": "logs_config.s3_logs.encryption_disabled",
        "cfn:AWS::CodeBuild::Project": "Properties.LogsConfig.S3Logs.EncryptionDisabled",
      },
      demand: (path) => value(path).not(true),
      bad: "true",
      good: "false",
      lines: [named],
    }),
  },
  {
    id: "iac/aws-codebuild-without-log",
    aliases: ["CKV_AWS_314"],
    title: "Build project does not say where its log goes",
    severity: "low",
    controls: "logging",
    why: "What a build ran and fetched cannot be looked up when something bad was delivered.",
    fix: "Add `logs_config` with `cloudwatch_logs` or `s3_logs`.",
    links: ["https://docs.aws.amazon.com/codebuild/latest/userguide/change-project.html"],
    on: {
      "tf:aws_codebuild_project": anyOf(
        any("logs_config.cloudwatch_logs", value("status", { edit: false }).not("DISABLED")),
        any("logs_config.s3_logs", value("status", { edit: false }).not("DISABLED")),
      ),
    },
    examples: {
      bad: [tfResource(project, named, toBucket)],
      good: [
        tfResource(project, named, toBucket, `logs_config {\n  cloudwatch_logs {\n    group_name = "builds"\n  }\n}`),
      ],
    },
  },
  {
    id: "iac/aws-codebuild-privileged",
    aliases: ["CKV_AWS_316"],
    title: "Build runs in a privileged container",
    severity: "medium",
    controls: "privileged-workload",
    why: "Whatever a build fetches and runs has all rights on the host, its Docker daemon and the credentials there.",
    fix: "Set `privileged_mode` (`PrivilegedMode`) to false; build images with a tool that needs no daemon.",
    links: ["https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-available.html"],
    ...setting({
      at: {
        "tf:aws_codebuild_project": "environment.privileged_mode",
        "cfn:AWS::CodeBuild::Project": "Properties.Environment.PrivilegedMode",
      },
      demand: (path) => value(path).not(true),
      bad: "true",
      good: "false",
      lines: [named],
    }),
  },
  withoutOwnKey({
    id: "iac/aws-codepipeline-without-own-key",
    aliases: ["CKV_AWS_219"],
    what: "Artifact store of the pipeline",
    keys: {
      "tf:aws_codepipeline": "artifact_store.encryption_key.id",
      "cfn:AWS::CodePipeline::Pipeline": "Properties.ArtifactStore.EncryptionKey.Id",
    },
    link: "https://docs.aws.amazon.com/codepipeline/latest/userguide/S3-artifact-encryption.html",
    lines: [named],
  }),
  withoutOwnKey({
    id: "iac/aws-codeartifact-without-own-key",
    aliases: ["CKV_AWS_221"],
    what: "Package domain",
    keys: {
      "tf:aws_codeartifact_domain": "encryption_key",
      "cfn:AWS::CodeArtifact::Domain": "Properties.EncryptionKey",
    },
    link: "https://docs.aws.amazon.com/codeartifact/latest/ug/domain-create.html",
    lines: [`domain = "orders"`],
  }),
  {
    id: "iac/aws-codeguru-without-own-key",
    aliases: ["CKV_AWS_381"],
    title: "Code reviewer keeps code under a key of AWS only",
    severity: "low",
    controls: "customer-managed-keys",
    why: "Nobody can limit who decrypts the copy of the code, see each use or withdraw the key.",
    fix: "Add `kms_key_details` with `encryption_option` CUSTOMER_MANAGED_CMK and your key.",
    links: ["https://docs.aws.amazon.com/codeguru/latest/reviewer-ug/encrypt-repository-association.html"],
    on: {
      "tf:aws_codegurureviewer_repository_association": value("kms_key_details.encryption_option", {
        edit: false,
      }).is("CUSTOMER_MANAGED_CMK"),
    },
    examples: {
      bad: [tfResource(review, keyDetails("AWS_OWNED_CMK"))],
      good: [tfResource(review, keyDetails("CUSTOMER_MANAGED_CMK"))],
    },
  },
  {
    id: "iac/aws-codecommit-without-approval-rules",
    aliases: ["CKV2_AWS_37"],
    title: "Repository has no approval rules",
    severity: "medium",
    controls: "pipeline-security",
    why: "One person, or one stolen account, can bring any code into what is delivered.",
    fix: "Attach a template with `aws_codecommit_approval_rule_template_association`.",
    links: ["https://docs.aws.amazon.com/codecommit/latest/userguide/approval-rule-templates.html"],
    on: { "tf:aws_codecommit_repository": connected("aws_codecommit_approval_rule_template_association") },
    examples: {
      bad: [tfResource("aws_codecommit_repository", `repository_name = "orders"`)],
      good: [
        tf(
          tfBlock("aws_codecommit_repository", "orders", `repository_name = "orders"`) +
            tfBlock(
              "aws_codecommit_approval_rule_template_association",
              "orders",
              `approval_rule_template_name = "two-people"`,
              "repository_name = aws_codecommit_repository.orders.repository_name",
            ),
        ),
      ],
    },
  },
  {
    id: "iac/aws-codecommit-few-approvals",
    aliases: ["CKV_AWS_257"],
    title: "Pull requests need fewer than two approvals",
    severity: "low",
    controls: "pipeline-security",
    why: "Two people, or one and a stolen account, are enough to bring any code into what is delivered.",
    fix: "Set `NumberOfApprovalsNeeded` to 2 or more.",
    links: ["https://docs.aws.amazon.com/codecommit/latest/userguide/approval-rule-templates.html"],
    on: {
      "tf:aws_codecommit_approval_rule_template": inDocument(
        "content",
        value("Statements.NumberOfApprovalsNeeded", { edit: 2 }).atLeast(2),
        "fail",
      ),
    },
    examples: {
      bad: [tfResource(rules, `name = "review"`, approvals(1))],
      good: [tfResource(rules, `name = "review"`, approvals(2))],
    },
  },
];
