/** Application, network and gateway load balancers: what they are protected by, what they record, how they survive. */
import { all, any, anyOf, type Condition, value, when } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import {
  attachedListStopsLog4Shell,
  behindWebAcl,
  log4ShellGroups,
  tfAttached,
  tfWebAcl,
} from "../../families/aws-web-acls.ts";
import { because } from "../../families/because.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { on, type Policy, type ResourceKey, tf } from "../../policy.ts";

const balancers: readonly ResourceKey[] = ["tf:aws_lb", "tf:aws_alb"];
const cfnBalancer = "AWS::ElasticLoadBalancingV2::LoadBalancer";

const isApplication = value("load_balancer_type", { missing: "pass" }).is("application");

/** In CloudFormation settings are a list of keys and values. */
const attribute = (key: string, expected: string | boolean): Condition =>
  because(
    `attribute ${key} is not set to ${expected}`,
    any("Properties.LoadBalancerAttributes", all(value("Key", { edit: false }).is(key), value("Value").is(expected))),
  );

const written = (key: string, text: string) => `LoadBalancerAttributes:\n  - Key: ${key}\n    Value: "${text}"`;

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-load-balancer-passes-smuggled-requests",
    aliases: ["CKV_AWS_328"],
    title: "Load balancer passes ambiguous requests on",
    severity: "medium",
    controls: "web-protection",
    why: "With requests that the balancer and the server split differently, an attacker smuggles some past the balancer and into sessions of others.",
    fix: "Set `desync_mitigation_mode` to defensive, the default, or strictest.",
    links: ["https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html"],
    on: on([...balancers, "tf:aws_elb"], value("desync_mitigation_mode", { edit: "defensive" }).not("monitor")),
    examples: {
      bad: [tfResource("aws_lb", `desync_mitigation_mode = "monitor"`)],
      good: [tfResource("aws_lb", `desync_mitigation_mode = "strictest"`)],
    },
  },
  {
    id: "iac/aws-load-balancer-keeps-invalid-headers",
    aliases: ["CKV_AWS_131", "AVD-AWS-0052"],
    title: "Load balancer passes invalid HTTP headers on",
    severity: "medium",
    controls: "web-protection",
    why: "Servers read malformed headers in different ways; attackers use that to smuggle requests or to get around checks.",
    fix: "Set `drop_invalid_header_fields` (`routing.http.drop_invalid_header_fields.enabled`) to true.",
    links: ["https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html"],
    on: {
      ...on(balancers, when(isApplication, value("drop_invalid_header_fields").is(true), "none")),
      [`cfn:${cfnBalancer}`]: when(
        value("Properties.Type", { missing: "pass" }).is("application"),
        attribute("routing.http.drop_invalid_header_fields.enabled", true),
        "none",
      ),
    },
    examples: {
      bad: [tfResource("aws_lb", `load_balancer_type = "application"`), cfnResource(cfnBalancer, "Scheme: internal")],
      good: [
        tfResource("aws_lb", "drop_invalid_header_fields = true"),
        cfnResource(cfnBalancer, written("routing.http.drop_invalid_header_fields.enabled", "true")),
      ],
    },
  },
  {
    id: "iac/aws-load-balancer-without-access-log",
    aliases: ["CKV_AWS_91"],
    title: "Load balancer keeps no access log",
    severity: "medium",
    controls: "logging",
    why: "Who asked for what, from where, and what came back is lost; attacks cannot be traced.",
    fix: "Add `access_logs` with a bucket and `enabled = true` (`access_logs.s3.enabled`).",
    links: ["https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html"],
    on: {
      ...on(
        balancers,
        when(
          value("load_balancer_type").not("gateway"),
          value("access_logs.enabled", { edit: false }).is(true),
          "none",
        ),
      ),
      [`cfn:${cfnBalancer}`]: when(
        value("Properties.Type").not("gateway"),
        attribute("access_logs.s3.enabled", true),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource("aws_lb", `access_logs {\n  bucket  = "logs"\n  enabled = false\n}`),
        cfnResource(cfnBalancer, written("access_logs.s3.enabled", "false")),
      ],
      good: [
        tfResource("aws_lb", `access_logs {\n  bucket  = "logs"\n  enabled = true\n}`),
        cfnResource(cfnBalancer, written("access_logs.s3.enabled", "true")),
      ],
    },
  },
  {
    id: "iac/aws-load-balancer-without-web-acl",
    aliases: ["CKV2_AWS_28"],
    title: "Public load balancer has no web application firewall",
    severity: "low",
    controls: "web-protection",
    why: "Known attacks, scanners and floods reach the application unfiltered.",
    fix: "Attach an AWS WAF web ACL with `aws_wafv2_web_acl_association`, or make the balancer internal.",
    links: ["https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html"],
    on: on(
      balancers,
      anyOf(
        behindWebAcl,
        value("internal", { edit: false }).is(true),
        value("load_balancer_type", { edit: false }).oneOf("network", "gateway"),
      ),
    ),
    examples: {
      bad: [tfResource("aws_lb", "internal = false")],
      good: [
        tf(tfBlock("aws_lb", "web", "internal = false") + tfWebAcl(...log4ShellGroups) + tfAttached("aws_lb.web")),
        tfResource("aws_lb", "internal = true"),
      ],
    },
  },
  {
    id: "iac/aws-load-balancer-web-acl-lets-log4shell-through",
    aliases: ["CKV2_AWS_76"],
    title: "Firewall of the load balancer does not stop Log4Shell",
    severity: "medium",
    controls: "web-protection",
    why: "Requests that make Log4j load and run foreign code reach the application.",
    fix: "Add the managed groups AWSManagedRulesKnownBadInputsRuleSet and AWSManagedRulesAnonymousIpList to the web ACL.",
    links: ["https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html"],
    on: on(balancers, anyOf(attachedListStopsLog4Shell, value("internal", { edit: false }).is(true))),
    examples: {
      bad: [
        tf(
          tfBlock("aws_lb", "web", "internal = false") +
            tfWebAcl("AWSManagedRulesCommonRuleSet") +
            tfAttached("aws_lb.web"),
        ),
      ],
      good: [
        tf(tfBlock("aws_lb", "web", "internal = false") + tfWebAcl(...log4ShellGroups) + tfAttached("aws_lb.web")),
      ],
    },
  },
  {
    id: "iac/aws-load-balancer-without-deletion-protection",
    aliases: ["CKV_AWS_150"],
    title: "Load balancer can be deleted at once",
    severity: "low",
    controls: "deletion-protection",
    why: "One wrong plan takes the application off the internet, and its address is lost.",
    fix: "Set `enable_deletion_protection` (`deletion_protection.enabled`) to true.",
    links: ["https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html"],
    on: {
      ...on(balancers, value("enable_deletion_protection").is(true)),
      [`cfn:${cfnBalancer}`]: attribute("deletion_protection.enabled", true),
    },
    examples: {
      bad: [tfResource("aws_lb", "internal = false"), cfnResource(cfnBalancer, "Scheme: internal")],
      good: [
        tfResource("aws_lb", "enable_deletion_protection = true"),
        cfnResource(cfnBalancer, written("deletion_protection.enabled", "true")),
      ],
    },
  },
  {
    id: "iac/aws-load-balancer-keeps-to-its-zone",
    aliases: ["CKV_AWS_152"],
    title: "Load balancer sends requests to targets of its own zone only",
    severity: "low",
    controls: "availability",
    why: "If the targets of one zone fail or are few, its clients suffer while others are idle.",
    fix: "Set `enable_cross_zone_load_balancing` to true; application load balancers always do it.",
    links: ["https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html"],
    on: on(
      balancers,
      when(
        value("load_balancer_type", { missing: "fail" }).oneOf("network", "gateway"),
        value("enable_cross_zone_load_balancing").is(true),
        "none",
      ),
    ),
    examples: {
      bad: [tfResource("aws_lb", `load_balancer_type = "network"`)],
      good: [tfResource("aws_lb", `load_balancer_type = "network"`, "enable_cross_zone_load_balancing = true")],
    },
  },
];
