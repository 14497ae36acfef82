/** ECR: who pulls and pushes images, and whether they are scanned, fixed and encrypted. */
import { value } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { setting } from "../../families/aws-settings.ts";
import { tfResource } from "../../families/examples.ts";
import { allows, isAnyone, noStatement } from "../../families/iam-statements.ts";
import type { Example, Policy } from "../../policy.ts";

const guide = "https://docs.aws.amazon.com/AmazonECR/latest/userguide";

const closed = (path: string) =>
  noStatement(path, (statement) => allows(statement) && isAnyone(statement) && !statement.hasCondition, {
    missing: "pass",
    why: "it lets everybody at the images",
  });

const policyFor = (principal: string): readonly Example[] => [
  tfResource(
    "aws_ecr_repository_policy",
    `repository = "shop"`,
    `policy = jsonencode({\n  Version   = "2012-10-17"\n  Statement = [{ Effect = "Allow", Action = "ecr:BatchGetImage", Principal = "${principal}" }]\n})`,
  ),
  cfnResource(
    "AWS::ECR::Repository",
    "RepositoryPolicyText:",
    "  Statement:",
    "    - Effect: Allow",
    "      Action: ecr:BatchGetImage",
    `      Principal: { AWS: "${principal}" }`,
  ),
];

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-ecr-open-to-anyone",
    aliases: ["CKV_AWS_32", "AVD-AWS-0032"],
    title: "Images of a repository are open to anyone",
    severity: "high",
    controls: "public-data",
    why: "Every AWS customer pulls your images, or pushes others in their place, depending on the actions.",
    fix: "Name accounts or roles as principals, or add a condition such as `aws:PrincipalOrgID`.",
    links: [`${guide}/repository-policies.html`],
    on: {
      "tf:aws_ecr_repository_policy": closed("policy"),
      "cfn:AWS::ECR::Repository": closed("Properties.RepositoryPolicyText"),
    },
    examples: { bad: policyFor("*"), good: policyFor("arn:aws:iam::123456789012:role/deploy") },
  },
  {
    id: "iac/aws-ecr-not-scanned",
    aliases: ["CKV_AWS_163", "AVD-AWS-0030"],
    title: "Images are not scanned when they are pushed",
    severity: "low",
    controls: "vulnerability-assessment",
    why: "Known flaws in an image are found by whoever attacks it first.",
    fix: "Set `scan_on_push = true` in `image_scanning_configuration` (`ScanOnPush`), or enhanced scanning for the whole registry.",
    links: [`${guide}/image-scanning.html`],
    ...setting({
      at: {
        "tf:aws_ecr_repository": "image_scanning_configuration.scan_on_push",
        "cfn:AWS::ECR::Repository": "Properties.ImageScanningConfiguration.ScanOnPush",
      },
      demand: (path) => value(path).is(true),
      good: "true",
    }),
  },
  {
    id: "iac/aws-ecr-tags-change",
    aliases: ["CKV_AWS_51", "AVD-AWS-0031"],
    title: "Tags of images can be moved to other images",
    severity: "low",
    controls: "supply-chain",
    why: "Whoever may push replaces what runs under a tag that was tested and released.",
    fix: 'Set `image_tag_mutability = "IMMUTABLE"` (`ImageTagMutability`).',
    links: [`${guide}/image-tag-mutability.html`],
    ...setting({
      at: {
        "tf:aws_ecr_repository": "image_tag_mutability",
        "cfn:AWS::ECR::Repository": "Properties.ImageTagMutability",
      },
      demand: (path) => value(path).is("IMMUTABLE"),
      bad: `"MUTABLE"`,
      good: `"IMMUTABLE"`,
    }),
  },
  {
    id: "iac/aws-ecr-without-kms",
    aliases: ["CKV_AWS_136"],
    title: "Images are not encrypted with a key of KMS",
    severity: "low",
    controls: "customer-managed-keys",
    why: "Nobody can limit who decrypts the images, see each use or withdraw the key.",
    fix: 'Set `encryption_type = "KMS"` in `encryption_configuration` when the repository is made.',
    links: [`${guide}/encryption-at-rest.html`],
    ...setting({
      at: {
        "tf:aws_ecr_repository": "encryption_configuration.encryption_type",
        "cfn:AWS::ECR::Repository": "Properties.EncryptionConfiguration.EncryptionType",
      },
      demand: (path) => value(path).oneOf("KMS", "KMS_DSSE"),
      bad: `"AES256"`,
      good: `"KMS"`,
    }),
  },
];
