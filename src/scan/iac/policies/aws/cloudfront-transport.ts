/** CloudFront: encryption between viewers, edge and origins, and who reaches the origins. */
import { all, anyOf, type Condition, check, each, nodeAt, value } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";
import { failAt, passAt } from "../../verdict.ts";

const distribution = "aws_cloudfront_distribution";
const cfnDistribution = "AWS::CloudFront::Distribution";
const config = (...lines: readonly string[]) =>
  cfnResource(cfnDistribution, `DistributionConfig:\n${lines.join("\n").replaceAll(/^/gm, "  ")}`);

const site = "custom_origin_config {\n    http_port              = 80\n    https_port             = 443";
const customOrigin = (protocol: string, versions: string, domain = "files.mediastore.eu-west-1.amazonaws.com") =>
  `origin {\n  origin_id   = "files"\n  domain_name = "${domain}"\n  ${site}\n    origin_protocol_policy = "${protocol}"\n    origin_ssl_protocols   = ["${versions}"]\n  }\n}`;
const bucketOrigin = (...lines: readonly string[]) =>
  `origin {\n  origin_id   = "files"\n  domain_name = "files.s3.eu-west-1.amazonaws.com"\n${lines.join("\n")}\n}`;

/** Endpoints of AWS that certainly speak HTTPS. */
const ownEndpoints = /\.(?:mediastore|mediapackage|elb)\./;

const reachedByHttps = (custom: string, policy: string, domain: string): Condition =>
  anyOf(
    value(`${custom}.${policy}`).is("https-only"),
    value(custom, { edit: false }).absent(),
    value(domain, { edit: false }).notMatches(ownEndpoints),
  );

/** The domain is not that of a bucket in the same configuration. */
const isNoBucket: Condition = check((_, node) => {
  const domain = nodeAt(node, "domain_name");
  const isBucket = domain?.is === "unknown" && domain.refs.some((ref) => /(?:^|\.)aws_s3_bucket\./.test(ref));
  return isBucket ? failAt(domain, "the origin is a bucket") : passAt(domain?.at ?? node.at);
});

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-cloudfront-allows-http",
    aliases: ["CKV_AWS_34", "AVD-AWS-0012"],
    title: "Distribution answers unencrypted HTTP",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Pages, cookies and passwords pass readable; somebody on the network path can copy and change them.",
    fix: "Set `viewer_protocol_policy` (`ViewerProtocolPolicy`) of every cache behavior to redirect-to-https or https-only.",
    links: ["https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https.html"],
    on: {
      "tf:aws_cloudfront_distribution": all(
        value("default_cache_behavior.viewer_protocol_policy", { edit: "redirect-to-https" }).not("allow-all"),
        value("ordered_cache_behavior.viewer_protocol_policy", { edit: "redirect-to-https" }).not("allow-all"),
      ),
      "cfn:AWS::CloudFront::Distribution": all(
        value("Properties.DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy", {
          edit: "redirect-to-https",
        }).not("allow-all"),
        value("Properties.DistributionConfig.CacheBehaviors.ViewerProtocolPolicy", {
          edit: "redirect-to-https",
        }).not("allow-all"),
      ),
    },
    examples: {
      bad: [
        tfResource(distribution, `default_cache_behavior {\n  viewer_protocol_policy = "allow-all"\n}`),
        config("DefaultCacheBehavior:\n  ViewerProtocolPolicy: allow-all"),
      ],
      good: [
        tfResource(distribution, `default_cache_behavior {\n  viewer_protocol_policy = "redirect-to-https"\n}`),
        config("DefaultCacheBehavior:\n  ViewerProtocolPolicy: redirect-to-https"),
      ],
    },
  },
  {
    id: "iac/aws-cloudfront-allows-old-tls",
    aliases: ["CKV_AWS_174", "AVD-AWS-0013"],
    title: "Distribution accepts TLS versions older than 1.2",
    severity: "medium",
    controls: "tls-version",
    why: "TLS 1.0 and 1.1 have known weaknesses; with CloudFront's default certificate they are always accepted.",
    fix: "Use a certificate of your own and set `minimum_protocol_version` (`MinimumProtocolVersion`) to TLSv1.2_2021.",
    links: [
      "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html",
    ],
    on: {
      "tf:aws_cloudfront_distribution": all(
        value("viewer_certificate.cloudfront_default_certificate", { edit: false }).not(true),
        value("viewer_certificate.minimum_protocol_version", { edit: "TLSv1.2_2021" }).matches(/^TLSv1\.[23]/),
      ),
      "cfn:AWS::CloudFront::Distribution": all(
        value("Properties.DistributionConfig.ViewerCertificate.CloudFrontDefaultCertificate", { edit: false }).not(
          true,
        ),
        value("Properties.DistributionConfig.ViewerCertificate.MinimumProtocolVersion", {
          edit: "TLSv1.2_2021",
        }).matches(/^TLSv1\.[23]/),
      ),
    },
    examples: {
      bad: [
        tfResource(distribution, "viewer_certificate {\n  cloudfront_default_certificate = true\n}"),
        config("ViewerCertificate:\n  MinimumProtocolVersion: TLSv1"),
      ],
      good: [
        tfResource(
          distribution,
          `viewer_certificate {\n  acm_certificate_arn      = aws_acm_certificate.site.arn\n  minimum_protocol_version = "TLSv1.2_2021"\n}`,
        ),
        config("ViewerCertificate:\n  MinimumProtocolVersion: TLSv1.2_2021"),
      ],
    },
  },
  {
    id: "iac/aws-cloudfront-default-certificate",
    aliases: ["CKV2_AWS_42"],
    title: "Distribution has no certificate of its own",
    severity: "low",
    controls: "encryption-in-transit",
    why: "Visitors use an address of CloudFront instead of yours, which others can imitate, and old TLS versions stay accepted.",
    fix: "Name a certificate of your domain in `viewer_certificate`, as `acm_certificate_arn`.",
    links: ["https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html"],
    on: {
      "tf:aws_cloudfront_distribution": anyOf(
        value("viewer_certificate.acm_certificate_arn").exists(),
        value("viewer_certificate.iam_certificate_id").exists(),
      ),
    },
    examples: {
      bad: [tfResource(distribution, "viewer_certificate {\n  cloudfront_default_certificate = true\n}")],
      good: [tfResource(distribution, "viewer_certificate {\n  acm_certificate_arn = aws_acm_certificate.site.arn\n}")],
    },
  },
  {
    id: "iac/aws-cloudfront-origin-without-https",
    aliases: ["CKV2_AWS_72"],
    title: "Distribution may reach an AWS endpoint by plain HTTP",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Between edge and origin requests pass readable, although these endpoints speak HTTPS.",
    fix: "Set `origin_protocol_policy` (`OriginProtocolPolicy`) to https-only.",
    links: [
      "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html",
    ],
    on: {
      "tf:aws_cloudfront_distribution": anyOf(
        each("origin", reachedByHttps("custom_origin_config", "origin_protocol_policy", "domain_name")),
        value("enabled", { edit: false }).is(false),
      ),
      "cfn:AWS::CloudFront::Distribution": anyOf(
        each(
          "Properties.DistributionConfig.Origins",
          reachedByHttps("CustomOriginConfig", "OriginProtocolPolicy", "DomainName"),
        ),
        value("Properties.DistributionConfig.Enabled", { edit: false }).is(false),
      ),
    },
    examples: {
      bad: [tfResource(distribution, "enabled = true", customOrigin("match-viewer", "TLSv1.2"))],
      good: [
        tfResource(distribution, "enabled = true", customOrigin("https-only", "TLSv1.2")),
        config(
          "Enabled: true",
          "Origins:\n  - Id: files\n    DomainName: files.mediastore.eu-west-1.amazonaws.com\n    CustomOriginConfig:\n      OriginProtocolPolicy: https-only",
        ),
      ],
    },
  },
  {
    id: "iac/aws-cloudfront-origin-allows-sslv3",
    aliases: ["CKV2_AWS_54"],
    title: "Distribution may reach its origin by SSL 3",
    severity: "medium",
    controls: "tls-version",
    why: "SSL 3 is broken: somebody between edge and origin can read what passes.",
    fix: "List only TLSv1.2 in `origin_ssl_protocols` (`OriginSSLProtocols`).",
    links: [
      "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html",
    ],
    on: {
      "tf:aws_cloudfront_distribution": value("origin.custom_origin_config.origin_ssl_protocols").lacks("SSLv3"),
      "cfn:AWS::CloudFront::Distribution": value(
        "Properties.DistributionConfig.Origins.CustomOriginConfig.OriginSSLProtocols",
      ).lacks("SSLv3"),
    },
    examples: {
      bad: [
        tfResource(distribution, customOrigin("https-only", "SSLv3")),
        cfnResource(
          "AWS::CloudFront::Distribution",
          "DistributionConfig:\n  Origins:\n    - CustomOriginConfig:\n        OriginSSLProtocols: [SSLv3]",
        ),
      ],
      good: [
        tfResource(distribution, customOrigin("https-only", "TLSv1.2")),
        cfnResource(
          "AWS::CloudFront::Distribution",
          "DistributionConfig:\n  Origins:\n    - CustomOriginConfig:\n        OriginSSLProtocols: [TLSv1.2]",
        ),
      ],
    },
  },
  {
    id: "iac/aws-cloudfront-bucket-origin-open",
    aliases: ["CKV2_AWS_46"],
    title: "Distribution reads a bucket without an identity of its own",
    severity: "medium",
    controls: "public-data",
    why: "The bucket then has to be public, so everybody can go around the distribution, its firewall and its log.",
    fix: "Set `origin_access_control_id` to an `aws_cloudfront_origin_access_control` and let the bucket policy admit only the distribution.",
    links: [
      "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html",
    ],
    on: {
      "tf:aws_cloudfront_distribution": each(
        "origin",
        anyOf(
          value("origin_access_control_id").exists(),
          value("s3_origin_config", { edit: false }).exists(),
          value("custom_origin_config", { edit: false }).exists(),
          all(isNoBucket, value("domain_name", { edit: false }).notMatches(/\.s3[.-]/)),
        ),
      ),
    },
    examples: {
      bad: [tfResource(distribution, bucketOrigin())],
      good: [
        tfResource(
          distribution,
          bucketOrigin("  origin_access_control_id = aws_cloudfront_origin_access_control.files.id"),
        ),
      ],
    },
  },
];
