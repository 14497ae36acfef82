/** Load balancers: the versions of TLS that their listeners accept. */
import { all, anyOf, type Condition, connected, each, not, value } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { because } from "../../families/because.ts";
import { tfResource } from "../../families/examples.ts";
import { on, type Policy } from "../../policy.ts";

/** Policies of load balancers that know nothing older than TLS 1.2. */
const modernPolicies = [
  "ELBSecurityPolicy-TLS13-1-2",
  "ELBSecurityPolicy-TLS13-1-3",
  "ELBSecurityPolicy-TLS-1-2",
  "ELBSecurityPolicy-FS-1-2",
] as const;

interface Listener {
  readonly protocol: string;
  readonly policy: string;
  readonly redirectsTo: string;
}

/** TLS ends elsewhere, is of a modern version here, or visitors are sent to HTTPS. */
const withModernTls = ({ protocol, policy, redirectsTo }: Listener): Condition =>
  because(
    "it does not insist on TLS 1.2",
    anyOf(
      all(
        value(protocol, { edit: false }).oneOf("HTTPS", "TLS"),
        value(policy, { edit: "ELBSecurityPolicy-TLS13-1-2-2021-06" }).startsWith(...modernPolicies),
      ),
      value(protocol, { edit: false }).oneOf("TCP", "UDP", "TCP_UDP"),
      value(redirectsTo, { edit: false }).is("HTTPS"),
    ),
  );

/** Of classic load balancers. */
const oldPolicies = [
  "ELBSecurityPolicy-2011-08",
  "ELBSecurityPolicy-2014-01",
  "ELBSecurityPolicy-2014-10",
  "ELBSecurityPolicy-2015-02",
  "ELBSecurityPolicy-2015-03",
  "ELBSecurityPolicy-2015-05",
  "ELBSecurityPolicy-2016-08",
  "ELBSecurityPolicy-Default",
  "ELBSecurityPolicy-TLS-1-0-2015-04",
  "ELBSecurityPolicy-TLS-1-1-2017-01",
];
const oldProtocol = all(
  value("name", { edit: false }).oneOf("Protocol-SSLv2", "Protocol-SSLv3", "Protocol-TLSv1", "Protocol-TLSv1.1"),
  value("value", { edit: false }).is(true),
);

const listener = (protocol: string, policy: string) =>
  tfResource(
    "aws_lb_listener",
    "port = 443",
    `protocol = "${protocol}"`,
    `ssl_policy = "${policy}"`,
    `default_action {\n  type = "forward"\n}`,
  );
const cfnListener = (protocol: string, policy: string) =>
  cfnResource(
    "AWS::ElasticLoadBalancingV2::Listener",
    `Protocol: ${protocol}`,
    `SslPolicy: ${policy}`,
    "DefaultActions:\n  - Type: forward",
  );
const classic = (name: string, written: string) =>
  tfResource(
    "aws_load_balancer_policy",
    `load_balancer_name = "web"`,
    `policy_type_name = "SSLNegotiationPolicyType"`,
    `policy_attribute {\n  name  = "${name}"\n  value = "${written}"\n}`,
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-listener-without-modern-tls",
    aliases: ["CKV_AWS_103"],
    title: "Load balancer's listener does not insist on TLS 1.2",
    severity: "medium",
    controls: "tls-version",
    why: "Old versions have known weaknesses, and plain HTTP has no protection at all: what visitors send can be read and changed.",
    fix: "Use HTTPS or TLS with a policy such as ELBSecurityPolicy-TLS13-1-2-2021-06; redirect HTTP to HTTPS.",
    links: ["https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html"],
    on: {
      ...on(
        ["tf:aws_lb_listener", "tf:aws_alb_listener"],
        anyOf(
          withModernTls({
            protocol: "protocol",
            policy: "ssl_policy",
            redirectsTo: "default_action.redirect.protocol",
          }),
          connected(["aws_lb", "aws_alb"], value("load_balancer_type", { edit: false }).is("gateway")),
        ),
      ),
      "cfn:AWS::ElasticLoadBalancingV2::Listener": withModernTls({
        protocol: "Properties.Protocol",
        policy: "Properties.SslPolicy",
        redirectsTo: "Properties.DefaultActions.RedirectConfig.Protocol",
      }),
    },
    examples: {
      bad: [
        listener("HTTPS", "ELBSecurityPolicy-2016-08"),
        listener("HTTP", ""),
        cfnListener("HTTPS", "ELBSecurityPolicy-2016-08"),
      ],
      good: [
        listener("HTTPS", "ELBSecurityPolicy-TLS13-1-2-2021-06"),
        cfnListener("HTTPS", "ELBSecurityPolicy-TLS13-1-2-2021-06"),
      ],
    },
  },
  {
    id: "iac/aws-classic-load-balancer-old-tls",
    aliases: ["CKV_AWS_213"],
    title: "Classic load balancer accepts old versions of TLS",
    severity: "medium",
    controls: "tls-version",
    why: "SSL 3, TLS 1.0 and 1.1 have known weaknesses; somebody on the network path can read or change what clients send.",
    fix: "Use ELBSecurityPolicy-TLS-1-2-2017-01, or move to an application load balancer.",
    links: ["https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-security-policy-table.html"],
    on: {
      "tf:aws_load_balancer_policy": each(
        "policy_attribute",
        because(
          "it allows versions of TLS before 1.2",
          all(value("value", { edit: false }).not(...oldPolicies), not(oldProtocol)),
        ),
      ),
    },
    examples: {
      bad: [classic("Reference-Security-Policy", "ELBSecurityPolicy-2016-08"), classic("Protocol-TLSv1", "true")],
      good: [
        classic("Reference-Security-Policy", "ELBSecurityPolicy-TLS-1-2-2017-01"),
        classic("Protocol-TLSv1", "false"),
      ],
    },
  },
];
