/** Amazon S3: who on the internet reaches a bucket. */
import { all, any, anyOf, type Condition, connected, not, value, when } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { because } from "../../families/because.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { isPublic, noStatement } from "../../families/iam-statements.ts";
import { type Policy, tf } from "../../policy.ts";

const everybody = "http://acs.amazonaws.com/groups/global/AllUsers";
const everyAccount = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
const aclLinks = ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html"];
const blockLinks = ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html"];

const grantee = (...uris: readonly string[]): Condition => value("grantee.uri", { missing: "fail" }).oneOf(...uris);

/** Neither the bucket's own ACL nor one that belongs to it is as described. */
const withoutAcl = (why: string, isOpen: Condition): Condition =>
  because(why, all(not(isOpen), not(connected("aws_s3_bucket_acl", isOpen))));

const publicForReading = anyOf(
  value("acl").oneOf("public-read", "public-read-write", "website", "authenticated-read"),
  any("access_control_policy.grant", grantee(everybody, everyAccount)),
);

const publicForWriting = anyOf(
  value("acl").is("public-read-write"),
  any(
    "access_control_policy.grant",
    all(grantee(everybody, everyAccount), value("permission").oneOf("WRITE", "WRITE_ACP", "FULL_CONTROL")),
  ),
);

const bucket = tfBlock("aws_s3_bucket", "data", `bucket = "shop-data"`);
const aclOf = (acl: string) => tf(bucket + tfBlock("aws_s3_bucket_acl", "data", "bucket = aws_s3_bucket.data.id", acl));
const granted = (uri: string, permission: string): string =>
  `access_control_policy {\n  grant {\n    grantee {\n      type = "Group"\n      uri  = "${uri}"\n    }\n    permission = "${permission}"\n  }\n}`;

const policyOf = (principal: string) =>
  tf(
    bucket +
      tfBlock(
        "aws_s3_bucket_policy",
        "data",
        "bucket = aws_s3_bucket.data.id",
        `policy = jsonencode({\n  Version = "2012-10-17"\n  Statement = [{\n    Effect = "Allow"\n    Principal = { AWS = "${principal}" }\n    Action = "s3:GetObject"\n    Resource = "\${aws_s3_bucket.data.arn}/*"\n  }]\n})`,
      ),
  );

const blockedBy = (line: string) =>
  tf(bucket + tfBlock("aws_s3_bucket_public_access_block", "data", "bucket = aws_s3_bucket.data.id", line));
const cfnBlocked = (line: string) => cfnResource("AWS::S3::Bucket", `PublicAccessBlockConfiguration:\n  ${line}`);

/** One of the four switches of the block of public access. */
const blockSwitch = (attribute: string, property: string): Pick<Policy, "on" | "examples"> => ({
  on: {
    "tf:aws_s3_bucket_public_access_block": value(attribute).is(true),
    "cfn:AWS::S3::Bucket": value(`Properties.PublicAccessBlockConfiguration.${property}`).is(true),
  },
  examples: {
    bad: [blockedBy(`${attribute} = false`), cfnBlocked(`${property}: false`)],
    good: [blockedBy(`${attribute} = true`), cfnBlocked(`${property}: true`)],
  },
});

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-s3-acl-public-read",
    aliases: ["CKV_AWS_20", "AVD-AWS-0092"],
    title: "Bucket's ACL lets everybody read",
    severity: "critical",
    controls: "public-data",
    why: "Anyone on the internet can list or download what is in the bucket; scanners look for such buckets all day.",
    fix: "Set the ACL to `private`, or better switch ACLs off with object ownership BucketOwnerEnforced. Publish files through CloudFront instead.",
    links: aclLinks,
    on: {
      "tf:aws_s3_bucket": withoutAcl("an ACL lets everybody read", publicForReading),
      "cfn:AWS::S3::Bucket": value("Properties.AccessControl", { edit: "Private" }).not(
        "PublicReadWrite",
        "PublicRead",
        "AuthenticatedRead",
      ),
    },
    examples: {
      bad: [aclOf(`acl = "public-read"`), cfnResource("AWS::S3::Bucket", "AccessControl: PublicRead")],
      good: [aclOf(`acl = "private"`), cfnResource("AWS::S3::Bucket", "AccessControl: Private")],
    },
  },
  {
    id: "iac/aws-s3-acl-public-write",
    aliases: ["CKV_AWS_57"],
    title: "Bucket's ACL lets everybody write",
    severity: "critical",
    controls: "public-data",
    why: "Anyone can put files into the bucket, replace yours with malware, or fill it at your expense.",
    fix: "Set the ACL to `private`; give writers a role and a bucket policy.",
    links: aclLinks,
    on: {
      "tf:aws_s3_bucket": withoutAcl("an ACL lets everybody write", publicForWriting),
      "cfn:AWS::S3::Bucket": value("Properties.AccessControl", { edit: "Private" }).not("PublicReadWrite"),
    },
    examples: {
      bad: [aclOf(granted(everybody, "WRITE")), cfnResource("AWS::S3::Bucket", "AccessControl: PublicReadWrite")],
      good: [aclOf(granted(everybody, "READ")), cfnResource("AWS::S3::Bucket", "AccessControl: Private")],
    },
  },
  {
    id: "iac/aws-s3-acl-readable-by-everybody",
    aliases: ["CKV_AWS_375"],
    title: "ACL gives everybody full control or shows its grants",
    severity: "high",
    controls: "public-data",
    why: "Whoever reads the ACL learns which accounts to attack; with full control anybody rewrites it and takes the bucket over.",
    fix: "Remove grants to the group AllUsers; name the accounts that need the bucket.",
    links: aclLinks,
    on: {
      "tf:aws_s3_bucket_acl": because(
        "a grant is for everybody",
        not(
          any(
            "access_control_policy.grant",
            all(grantee(everybody), value("permission").oneOf("FULL_CONTROL", "READ_ACP")),
          ),
        ),
      ),
    },
    examples: { bad: [aclOf(granted(everybody, "READ_ACP"))], good: [aclOf(granted(everybody, "READ"))] },
  },
  {
    id: "iac/aws-s3-acl-any-aws-account",
    aliases: ["CKV2_AWS_43"],
    title: "ACL lets every AWS account in",
    severity: "high",
    controls: "public-data",
    why: "Authenticated users are not yours: anyone who opens an AWS account for free belongs to that group.",
    fix: "Remove grants to the group AuthenticatedUsers and the ACL `authenticated-read`; name accounts in a bucket policy.",
    links: aclLinks,
    on: {
      "tf:aws_s3_bucket_acl": all(
        value("acl", { edit: "private" }).not("authenticated-read"),
        value("access_control_policy.grant.grantee.uri").not(everyAccount),
      ),
    },
    examples: {
      bad: [aclOf(granted(everyAccount, "READ"))],
      good: [aclOf(granted("http://acs.amazonaws.com/groups/s3/LogDelivery", "WRITE"))],
    },
  },
  {
    id: "iac/aws-s3-policy-any-principal",
    aliases: ["CKV_AWS_70"],
    title: "Bucket policy allows everybody",
    severity: "critical",
    controls: "public-data",
    why: "A statement for the principal `*` without a condition lets anyone on the internet do what it allows.",
    fix: "Name the roles, accounts or services; for a website let CloudFront read through origin access control.",
    links: [
      "https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-bucket-user-policy-specifying-principal-intro.html",
    ],
    on: {
      "tf:aws_s3_bucket": noStatement("policy", isPublic, { why: "a statement allows everybody" }),
      "tf:aws_s3_bucket_policy": noStatement("policy", isPublic, { why: "a statement allows everybody" }),
      "cfn:AWS::S3::BucketPolicy": noStatement("Properties.PolicyDocument", isPublic, {
        why: "a statement allows everybody",
      }),
    },
    examples: {
      bad: [
        policyOf("*"),
        cfnResource(
          "AWS::S3::BucketPolicy",
          'PolicyDocument:\n  Statement:\n    - Effect: Allow\n      Principal: "*"\n      Action: s3:GetObject\n      Resource: "*"',
        ),
      ],
      good: [
        policyOf("arn:aws:iam::123456789012:role/reader"),
        cfnResource(
          "AWS::S3::BucketPolicy",
          'PolicyDocument:\n  Statement:\n    - Effect: Allow\n      Principal: { AWS: arn:aws:iam::123456789012:role/reader }\n      Action: s3:GetObject\n      Resource: "*"',
        ),
      ],
    },
  },
  {
    id: "iac/aws-s3-public-acls-not-blocked",
    aliases: ["CKV_AWS_53", "AVD-AWS-0086"],
    title: "Public ACLs can be set on the bucket",
    severity: "high",
    controls: "public-data",
    why: "One upload or one changed ACL makes objects public, and nothing stops it.",
    fix: "Set `block_public_acls` (CloudFormation: `BlockPublicAcls`) to true.",
    links: blockLinks,
    ...blockSwitch("block_public_acls", "BlockPublicAcls"),
  },
  {
    id: "iac/aws-s3-public-policies-not-blocked",
    aliases: ["CKV_AWS_54", "AVD-AWS-0087"],
    title: "Public bucket policies can be set",
    severity: "high",
    controls: "public-data",
    why: "A bucket policy that opens the bucket to the internet is accepted, by mistake or by an attacker with rights on it.",
    fix: "Set `block_public_policy` (CloudFormation: `BlockPublicPolicy`) to true.",
    links: blockLinks,
    ...blockSwitch("block_public_policy", "BlockPublicPolicy"),
  },
  {
    id: "iac/aws-s3-public-acls-not-ignored",
    aliases: ["CKV_AWS_55", "AVD-AWS-0091"],
    title: "Public ACLs on the bucket take effect",
    severity: "high",
    controls: "public-data",
    why: "ACLs that are public already, on the bucket or on single objects, stay open.",
    fix: "Set `ignore_public_acls` (CloudFormation: `IgnorePublicAcls`) to true.",
    links: blockLinks,
    ...blockSwitch("ignore_public_acls", "IgnorePublicAcls"),
  },
  {
    id: "iac/aws-s3-public-policies-not-restricted",
    aliases: ["CKV_AWS_56", "AVD-AWS-0093"],
    title: "A public bucket policy opens the bucket to everybody",
    severity: "high",
    controls: "public-data",
    why: "With the restriction on, a public policy would still let only AWS services and your own account in; without it, everyone.",
    fix: "Set `restrict_public_buckets` (CloudFormation: `RestrictPublicBuckets`) to true.",
    links: blockLinks,
    ...blockSwitch("restrict_public_buckets", "RestrictPublicBuckets"),
  },
  {
    id: "iac/aws-s3-without-public-access-block",
    aliases: ["CKV2_AWS_6", "AVD-AWS-0094"],
    title: "Bucket has no block of public access",
    severity: "medium",
    controls: "public-data",
    why: "Nothing catches the one wrong ACL or policy that makes the bucket public.",
    fix: "Add an `aws_s3_bucket_public_access_block` (CloudFormation: `PublicAccessBlockConfiguration`) with all four switches on.",
    links: blockLinks,
    on: {
      "tf:aws_s3_bucket": connected(
        "aws_s3_bucket_public_access_block",
        all(value("block_public_acls").is(true), value("block_public_policy").is(true)),
      ),
      "cfn:AWS::S3::Bucket": value("Properties.PublicAccessBlockConfiguration").exists(),
    },
    examples: {
      bad: [tf(bucket), cfnResource("AWS::S3::Bucket", "BucketName: shop-data")],
      good: [blockedBy("block_public_acls = true\n  block_public_policy = true"), cfnBlocked("BlockPublicAcls: true")],
    },
  },
  {
    id: "iac/aws-s3-access-point-public",
    aliases: ["CKV_AWS_392"],
    title: "Access point does not block public access",
    severity: "high",
    controls: "public-data",
    why: "The access point's own block replaces the default, which is on: what is switched off here lets the internet in.",
    fix: "Remove the block, or set its four switches to true. It cannot be changed later: the access point is made anew.",
    links: ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html"],
    on: {
      "tf:aws_s3_access_point": all(
        ...["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"].map((name) =>
          value(`public_access_block_configuration.${name}`).not(false),
        ),
      ),
      "cfn:AWS::S3::AccessPoint": all(
        ...["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"].map((name) =>
          value(`Properties.PublicAccessBlockConfiguration.${name}`).not(false),
        ),
      ),
    },
    examples: {
      bad: [
        tfResource(
          "aws_s3_access_point",
          `bucket = "shop-data"`,
          `name = "reports"`,
          "public_access_block_configuration {\n  block_public_policy = false\n}",
        ),
      ],
      good: [tfResource("aws_s3_access_point", `bucket = "shop-data"`, `name = "reports"`)],
    },
  },
  {
    id: "iac/aws-s3-acls-in-use",
    aliases: ["CKV2_AWS_65"],
    title: "Bucket still uses ACLs",
    severity: "medium",
    controls: "least-privilege",
    why: "With ACLs on, whoever uploads an object may own it and decide who reads it; policies alone do not tell who has access.",
    fix: "Set `object_ownership` to BucketOwnerEnforced and express access in policies.",
    links: ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html"],
    on: {
      "tf:aws_s3_bucket_ownership_controls": value("rule.object_ownership").is("BucketOwnerEnforced"),
      "cfn:AWS::S3::Bucket": when(
        value("Properties.OwnershipControls").exists(),
        value("Properties.OwnershipControls.Rules.ObjectOwnership").is("BucketOwnerEnforced"),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource(
          "aws_s3_bucket_ownership_controls",
          `bucket = "shop-data"`,
          `rule {\n  object_ownership = "BucketOwnerPreferred"\n}`,
        ),
      ],
      good: [
        tfResource(
          "aws_s3_bucket_ownership_controls",
          `bucket = "shop-data"`,
          `rule {\n  object_ownership = "BucketOwnerEnforced"\n}`,
        ),
      ],
    },
  },
];
