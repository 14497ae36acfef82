/** Certificates of ACM, and machine images: how they are made, found and shared. */
import { all, always, any, anyOf, each, not, value } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { withoutOwnKey } from "../../families/aws-own-keys.ts";
import { deletedBeforeReplaced } from "../../families/aws-replacement.ts";
import { tfResource } from "../../families/examples.ts";
import { type Policy, tf } from "../../policy.ts";

const certificate = "aws_acm_certificate";
const cfnCertificate = "AWS::CertificateManager::Certificate";
const domain = `domain_name = "www.shop.example"`;
const copy = "aws_ami_copy";
const source = `source_ami_id = "ami-0abc"`;
const search = (owners: string, name: string) =>
  tf(
    `data "aws_ami" "base" {\n  most_recent = true\n${owners}  filter {\n    name   = "name"\n    values = ["${name}"]\n  }\n}\n`,
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-certificate-wildcard",
    aliases: ["CKV2_AWS_71"],
    title: "Certificate holds for every name of the domain",
    severity: "low",
    controls: "encryption-in-transit",
    why: "Whoever gets the key of one server can pose as every other name under the domain.",
    fix: "List the names that are served in `domain_name` and `subject_alternative_names`, without a star.",
    links: ["https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html"],
    on: {
      "tf:aws_acm_certificate": all(
        value("domain_name").notMatches(/\*/),
        value("subject_alternative_names").notMatches(/\*/),
      ),
      "cfn:AWS::CertificateManager::Certificate": all(
        value("Properties.DomainName").notMatches(/\*/),
        value("Properties.SubjectAlternativeNames").notMatches(/\*/),
      ),
    },
    examples: {
      bad: [
        tfResource(certificate, `domain_name = "*.shop.example"`),
        cfnResource(cfnCertificate, "DomainName: '*.shop.example'"),
      ],
      good: [tfResource(certificate, domain), cfnResource(cfnCertificate, "DomainName: www.shop.example")],
    },
  },
  deletedBeforeReplaced({
    id: "iac/aws-certificate-deleted-before-replaced",
    aliases: ["CKV_AWS_233"],
    what: "Certificate",
    type: certificate,
    meanwhile: "listeners and distributions have none, or the change fails because they still use the old one",
    lines: [domain],
  }),
  {
    id: "iac/aws-certificate-without-transparency",
    aliases: ["CKV_AWS_234"],
    title: "Certificate is kept out of the transparency logs",
    severity: "low",
    controls: "encryption-in-transit",
    why: "Browsers distrust such certificates, and certificates that others wrongly get for your names are harder to notice.",
    fix: "Leave `certificate_transparency_logging_preference` at ENABLED.",
    links: ["https://docs.aws.amazon.com/acm/latest/userguide/acm-concepts.html"],
    on: {
      "tf:aws_acm_certificate": value("options.certificate_transparency_logging_preference", {
        missing: "pass",
      }).is("ENABLED"),
      "cfn:AWS::CertificateManager::Certificate": value("Properties.CertificateTransparencyLoggingPreference", {
        missing: "pass",
      }).is("ENABLED"),
    },
    examples: {
      bad: [
        tfResource(certificate, domain, `options {\n  certificate_transparency_logging_preference = "DISABLED"\n}`),
        cfnResource(
          "AWS::CertificateManager::Certificate",
          "DomainName: shop.example",
          "CertificateTransparencyLoggingPreference: DISABLED",
        ),
      ],
      good: [
        tfResource(certificate, domain),
        cfnResource(
          "AWS::CertificateManager::Certificate",
          "DomainName: shop.example",
          "CertificateTransparencyLoggingPreference: ENABLED",
        ),
      ],
    },
  },
  {
    id: "iac/aws-image-unencrypted",
    aliases: ["CKV_AWS_204"],
    title: "Machine image has unencrypted volumes",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Every instance made from the image, and everybody it is shared with, gets disks that anybody can read.",
    fix: "Set `encrypted` to true in every `ebs_block_device`; with `snapshot_id` the snapshot has to be encrypted.",
    links: ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html"],
    on: {
      "tf:aws_ami": each("ebs_block_device", anyOf(value("encrypted").is(true), value("snapshot_id").exists())),
    },
    examples: {
      bad: [tfResource("aws_ami", `name = "base"`, `ebs_block_device {\n  device_name = "/dev/xvda"\n}`)],
      good: [
        tfResource(
          "aws_ami",
          `name = "base"`,
          `ebs_block_device {\n  device_name = "/dev/xvda"\n  encrypted   = true\n}`,
        ),
      ],
    },
  },
  {
    id: "iac/aws-image-copy-unencrypted",
    aliases: ["CKV_AWS_235"],
    title: "Copy of a machine image is unencrypted",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "The copy's snapshots, and the disks made from them, are readable for everybody who gets hold of them.",
    fix: "Set `encrypted` to true.",
    links: ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html"],
    on: { "tf:aws_ami_copy": value("encrypted").is(true) },
    examples: {
      bad: [tfResource(copy, `name = "base"`, source)],
      good: [tfResource(copy, `name = "base"`, source, "encrypted = true")],
    },
  },
  withoutOwnKey({
    id: "iac/aws-image-copy-without-own-key",
    aliases: ["CKV_AWS_236"],
    what: "Copy of a machine image",
    keys: { "tf:aws_ami_copy": "kms_key_id" },
    link: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html",
    lines: [`name = "base"`, source],
  }),
  {
    id: "iac/aws-image-shared",
    aliases: ["CKV_AWS_205"],
    title: "Machine image is shared with another account",
    severity: "medium",
    controls: "public-data",
    why: "The other account can start, copy and search the image, with every secret that was left on it.",
    fix: "Remove the launch permission, or skip this with the reason why that account needs the image.",
    links: ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html"],
    on: {
      "tf:aws_ami_launch_permission": always("fail", "the image is shared"),
      "tf:aws_ami": always("pass"),
    },
    examples: {
      bad: [tfResource("aws_ami_launch_permission", `image_id = "ami-0abc"`, `account_id = "111122223333"`)],
      good: [tfResource("aws_ami", `name = "base"`)],
    },
  },
  {
    id: "iac/aws-image-of-unknown-owner",
    aliases: ["CKV_AWS_386"],
    title: "Machine image is found by name, whoever owns it",
    severity: "high",
    controls: "supply-chain",
    why: "Anybody can publish an image with a matching name and a newer date, and their code then runs in your account.",
    fix: 'Set `owners` to the accounts you trust, such as "self" or "amazon".',
    links: ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/finding-an-ami.html"],
    on: {
      "tf:data.aws_ami": anyOf(
        value("owners").exists(),
        not(any("filter", all(value("name").is("name"), value("values").matches(/[*?]/)))),
      ),
    },
    examples: {
      bad: [search("", "ubuntu-*")],
      good: [search('  owners      = ["self"]\n', "ubuntu-*")],
    },
  },
];
