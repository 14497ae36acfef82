/** CloudFront: what protects a distribution, what it records, and how it fails. */
import { all, any, anyOf, connected, value } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { log4ShellGroups, stopsLog4Shell, tfWebAcl } from "../../families/aws-web-acls.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { type Policy, tf } from "../../policy.ts";

const distribution = "aws_cloudfront_distribution";
const cfnDistribution = "AWS::CloudFront::Distribution";
const headers = "aws_cloudfront_response_headers_policy";
const enabled = "enabled = true";
const config = (...lines: readonly string[]) =>
  cfnResource(cfnDistribution, `DistributionConfig:\n${lines.join("\n").replaceAll(/^/gm, "  ")}`);

const transportSecurity = (seconds: number) =>
  `security_headers_config {\n  strict_transport_security {\n    access_control_max_age_sec = ${seconds}\n    include_subdomains         = true\n    override                   = true\n    preload                    = true\n  }\n}`;
const restrictedTo = (type: string) => `restrictions {\n  geo_restriction {\n    restriction_type = "${type}"\n  }\n}`;

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-cloudfront-without-web-acl",
    aliases: ["CKV_AWS_68", "AVD-AWS-0011"],
    title: "Distribution has no web application firewall",
    severity: "low",
    controls: "web-protection",
    why: "Known attacks, scanners and floods reach the origin unfiltered.",
    fix: "Name an AWS WAF web ACL of scope CLOUDFRONT in `web_acl_id` (`WebACLId`).",
    links: ["https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-web-awswaf.html"],
    on: {
      "tf:aws_cloudfront_distribution": value("web_acl_id").exists(),
      "cfn:AWS::CloudFront::Distribution": value("Properties.DistributionConfig.WebACLId").exists(),
    },
    examples: {
      bad: [tfResource(distribution, enabled), config("Enabled: true")],
      good: [
        tfResource(distribution, enabled, "web_acl_id = aws_wafv2_web_acl.web.arn"),
        config("Enabled: true", "WebACLId: !GetAtt Acl.Arn"),
      ],
    },
  },
  {
    id: "iac/aws-cloudfront-lets-log4shell-through",
    aliases: ["CKV2_AWS_47"],
    title: "No firewall of the distribution stops Log4Shell",
    severity: "medium",
    controls: "web-protection",
    why: "Requests that make Log4j load and run foreign code reach the origin.",
    fix: "Attach a web ACL with the managed groups AWSManagedRulesKnownBadInputsRuleSet and AWSManagedRulesAnonymousIpList.",
    links: ["https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html"],
    on: { "tf:aws_cloudfront_distribution": connected("aws_wafv2_web_acl", stopsLog4Shell) },
    examples: {
      bad: [tfResource(distribution, enabled)],
      good: [
        tf(
          tfBlock(distribution, "site", enabled, "web_acl_id = aws_wafv2_web_acl.web.arn") +
            tfWebAcl(...log4ShellGroups),
        ),
      ],
    },
  },
  {
    id: "iac/aws-cloudfront-without-access-log",
    aliases: ["CKV_AWS_86", "AVD-AWS-0010"],
    title: "Distribution keeps no access log",
    severity: "medium",
    controls: "logging",
    why: "Who asked for what, and from where, is lost; attacks and leaks cannot be traced.",
    fix: "Add `logging_config` (`Logging`) with a bucket.",
    links: ["https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/AccessLogs.html"],
    on: {
      "tf:aws_cloudfront_distribution": value("logging_config.bucket").exists(),
      "cfn:AWS::CloudFront::Distribution": value("Properties.DistributionConfig.Logging.Bucket").exists(),
    },
    examples: {
      bad: [tfResource(distribution, enabled), config("Enabled: true")],
      good: [
        tfResource(distribution, enabled, `logging_config {\n  bucket = "logs.s3.amazonaws.com"\n}`),
        config("Logging:\n  Bucket: logs.s3.amazonaws.com"),
      ],
    },
  },
  {
    id: "iac/aws-cloudfront-without-security-headers",
    aliases: ["CKV2_AWS_32"],
    title: "Distribution sets no security headers",
    severity: "low",
    controls: "web-protection",
    why: "Browsers are not told to insist on HTTPS, to refuse framing or to limit scripts, which makes attacks on visitors easier.",
    fix: "Name a response headers policy in `response_headers_policy_id` of the cache behaviors.",
    links: ["https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/adding-response-headers.html"],
    on: {
      "tf:aws_cloudfront_distribution": anyOf(
        value("default_cache_behavior.response_headers_policy_id").exists(),
        connected([headers, `data.${headers}`]),
      ),
    },
    examples: {
      bad: [tfResource(distribution, enabled)],
      good: [
        tfResource(
          distribution,
          enabled,
          `default_cache_behavior {\n  response_headers_policy_id = ${headers}.strict.id\n}`,
        ),
      ],
    },
  },
  {
    id: "iac/aws-cloudfront-headers-without-hsts",
    aliases: ["CKV_AWS_259"],
    title: "Response headers do not make browsers insist on HTTPS",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "A first request by plain HTTP lets somebody on the network path keep the visitor there and read along.",
    fix: "Add `strict_transport_security` with `access_control_max_age_sec` of 31536000 or more, and `include_subdomains`, `preload` and `override` true.",
    links: [
      "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html",
    ],
    on: {
      "tf:aws_cloudfront_response_headers_policy": all(
        value("security_headers_config.strict_transport_security.access_control_max_age_sec").atLeast(31_536_000),
        value("security_headers_config.strict_transport_security.include_subdomains").is(true),
        value("security_headers_config.strict_transport_security.override").is(true),
        value("security_headers_config.strict_transport_security.preload").is(true),
      ),
    },
    examples: {
      bad: [tfResource(headers, `name = "strict"`, transportSecurity(60))],
      good: [tfResource(headers, `name = "strict"`, transportSecurity(31_536_000))],
    },
  },
  {
    id: "iac/aws-cloudfront-without-origin-failover",
    aliases: ["CKV_AWS_310"],
    title: "Distribution has no second origin to fall back on",
    severity: "low",
    controls: "availability",
    why: "If the origin fails, visitors get errors until it is back.",
    fix: "Add an `origin_group` with `failover_criteria` and two members.",
    links: [
      "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html",
    ],
    on: {
      "tf:aws_cloudfront_distribution": any(
        "origin_group",
        all(value("failover_criteria").exists(), value("member").countAtLeast(2)),
      ),
    },
    examples: {
      bad: [tfResource(distribution, enabled)],
      good: [
        tfResource(
          distribution,
          `origin_group {\n  origin_id = "both"\n  failover_criteria {\n    status_codes = [500, 502]\n  }\n  member {\n    origin_id = "first"\n  }\n  member {\n    origin_id = "second"\n  }\n}`,
        ),
      ],
    },
  },
  {
    id: "iac/aws-cloudfront-without-default-object",
    aliases: ["CKV_AWS_305"],
    title: "Distribution has no default root object",
    severity: "low",
    controls: "public-data",
    why: "A request for the bare address goes to the origin as it is; a bucket may answer with the list of its contents.",
    fix: "Set `default_root_object`, usually to index.html.",
    links: ["https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DefaultRootObject.html"],
    on: {
      "tf:aws_cloudfront_distribution": value("default_root_object").exists(),
      "cfn:AWS::CloudFront::Distribution": value("Properties.DistributionConfig.DefaultRootObject").exists(),
    },
    examples: {
      bad: [
        tfResource(distribution, enabled),
        cfnResource("AWS::CloudFront::Distribution", "DistributionConfig:\n  Enabled: true"),
      ],
      good: [
        tfResource(distribution, enabled, `default_root_object = "index.html"`),
        cfnResource("AWS::CloudFront::Distribution", "DistributionConfig:\n  DefaultRootObject: index.html"),
      ],
    },
  },
  {
    id: "iac/aws-cloudfront-disabled",
    aliases: ["CKV_AWS_216"],
    title: "Distribution is switched off",
    severity: "low",
    controls: "governance",
    why: "What serves nobody is still configured, keeps names and rights, and is easily forgotten.",
    fix: "Set `enabled` to true, or remove the distribution.",
    links: ["https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HowToDeleteDistribution.html"],
    on: { "tf:aws_cloudfront_distribution": value("enabled", { edit: false }).is(true) },
    examples: {
      bad: [tfResource(distribution, "enabled = false")],
      good: [tfResource(distribution, enabled)],
    },
  },
  {
    id: "iac/aws-cloudfront-without-geographic-restriction",
    aliases: ["CKV_AWS_374"],
    title: "Distribution serves every country",
    severity: "low",
    controls: "web-protection",
    why: "Requests come from everywhere, also from where nobody uses the site and attacks start.",
    fix: "If your users are in certain countries, list them in `geo_restriction` with `restriction_type` whitelist.",
    links: ["https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/georestrictions.html"],
    on: {
      "tf:aws_cloudfront_distribution": value("restrictions.geo_restriction.restriction_type", { edit: false }).not(
        "none",
      ),
    },
    examples: {
      bad: [tfResource(distribution, restrictedTo("none"))],
      good: [tfResource(distribution, restrictedTo("whitelist"))],
    },
  },
];
