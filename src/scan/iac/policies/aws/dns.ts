/** Amazon Route 53: zones that can be forged or are not watched, records that point to nothing of ours, domains. */
import { anyOf, connected, value, when } from "../../condition.ts";
import { setting } from "../../families/aws-settings.ts";
import { because } from "../../families/because.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { type Policy, tf } from "../../policy.ts";

const zone = tfBlock("aws_route53_zone", "main", `name = "shop.example"`);
const privateZone = tfResource("aws_route53_zone", `name = "shop.internal"`, `vpc {\n  vpc_id = "vpc-1"\n}`);

/** What an address record may point to. */
const targets = [
  "aws_alb",
  "aws_api_gateway_domain_name",
  "aws_apigatewayv2_domain_name",
  "aws_cloudfront_distribution",
  "aws_db_instance",
  "aws_eip",
  "aws_elastic_beanstalk_environment",
  "aws_elb",
  "aws_globalaccelerator_accelerator",
  "aws_instance",
  "aws_lb",
  "aws_lightsail_instance",
  "aws_lightsail_static_ip",
  "aws_route53_record",
  "aws_s3_bucket",
  "aws_vpc_endpoint",
];

const record = (...lines: readonly string[]): string =>
  tfBlock("aws_route53_record", "www", `zone_id = "Z1"`, `name = "www"`, `type = "A"`, "ttl = 300", ...lines);

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-dns-zone-unsigned",
    aliases: ["CKV2_AWS_38"],
    title: "Public zone is not signed (DNSSEC)",
    severity: "low",
    controls: "data-protection",
    why: "Answers for your names can be forged, which leads visitors and mail elsewhere.",
    fix: "Add an `aws_route53_key_signing_key` and an `aws_route53_hosted_zone_dnssec`, and the DS record at the parent.",
    links: ["https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec.html"],
    on: {
      "tf:aws_route53_zone": anyOf(
        value("vpc").exists(),
        connected(["aws_route53_hosted_zone_dnssec", "aws_route53_key_signing_key", "aws_route53_zone_association"]),
      ),
    },
    examples: {
      bad: [tf(zone)],
      good: [
        privateZone,
        tf(zone + tfBlock("aws_route53_hosted_zone_dnssec", "main", "hosted_zone_id = aws_route53_zone.main.zone_id")),
      ],
    },
  },
  {
    id: "iac/aws-dns-zone-without-query-log",
    aliases: ["CKV2_AWS_39"],
    title: "Queries of the public zone are not logged",
    severity: "low",
    controls: "logging",
    why: "Probing of your names, and names that malware asks for, leave no trace.",
    fix: "Add an `aws_route53_query_log` for the zone.",
    links: ["https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/query-logs.html"],
    on: { "tf:aws_route53_zone": anyOf(value("vpc").exists(), connected("aws_route53_query_log")) },
    examples: {
      bad: [tf(zone)],
      good: [
        privateZone,
        tf(zone + tfBlock("aws_route53_query_log", "main", "zone_id = aws_route53_zone.main.zone_id")),
      ],
    },
  },
  {
    id: "iac/aws-dns-record-to-foreign-address",
    aliases: ["CKV2_AWS_23"],
    title: "Address record points to nothing that is defined here",
    severity: "medium",
    controls: "network-exposure",
    why: "When the address is given back and somebody else gets it, your name leads to him: visitors trust it, and so do certificates.",
    fix: "Refer to the resource (an elastic address, a load balancer) instead of writing its address.",
    links: [
      "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html",
    ],
    on: {
      "tf:aws_route53_record": when(
        value("type", { missing: "none" }).is("A"),
        because(
          "it names an address and no resource of this project",
          anyOf(
            connected(targets),
            value(["alias.name", "records"]).satisfies(() => false, "a reference to a resource"),
          ),
        ),
        "none",
      ),
    },
    examples: {
      bad: [tf(record(`records = ["198.51.100.7"]`))],
      good: [tf(tfBlock("aws_eip", "web") + record("records = [aws_eip.web.public_ip]"))],
    },
  },
  {
    id: "iac/aws-domain-without-transfer-lock",
    aliases: ["CKV_AWS_377"],
    title: "Domain can be transferred away",
    severity: "medium",
    controls: "deletion-protection",
    why: "An attacker who gets the code or the account moves the domain to another registrar, and with it mail and websites.",
    fix: "Remove `transfer_lock` or set it to true.",
    links: ["https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/domain-lock.html"],
    ...setting({
      at: { "tf:aws_route53domains_registered_domain": "transfer_lock" },
      demand: (path) => value(path).not(false),
      bad: "false",
      good: "true",
      lines: [`domain_name = "shop.example"`],
    }),
  },
];
