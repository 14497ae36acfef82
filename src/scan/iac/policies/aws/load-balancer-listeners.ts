/** Listeners and target groups of load balancers: encryption on both sides, and health. */
import { all, any, anyOf, type Condition, check, connected, not, value, when } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { on, type Policy, type ResourceKey, tf } from "../../policy.ts";
import { passAt, unknownAt, worstOf } from "../../verdict.ts";

const listenerTypes = ["aws_lb_listener", "aws_alb_listener"] as const;
const listeners: readonly ResourceKey[] = ["tf:aws_lb_listener", "tf:aws_alb_listener"];
const targetGroups: readonly ResourceKey[] = ["tf:aws_lb_target_group", "tf:aws_alb_target_group"];
const cfnListener = "AWS::ElasticLoadBalancingV2::Listener";

/** TLS, or traffic that passes through untouched. */
const protectedProtocols = ["HTTPS", "TLS", "TCP", "UDP", "TCP_UDP"];

/** The protocol alone is no solution. */
const needsCertificate = { edit: false } as const;

const isRedirect = (path: string) => value(path, { edit: false }).is("redirect");

const redirect = `default_action {
  type = "redirect"
  redirect {
    port        = "443"
    protocol    = "HTTPS"
    status_code = "HTTP_301"
  }
}`;
const forward = `default_action {
  type             = "forward"
  target_group_arn = aws_lb_target_group.web.arn
}`;
const named = "load_balancer_arn = aws_lb.web.arn";

const weakPolicies = [
  "ELBSecurityPolicy-2016-08",
  "ELBSecurityPolicy-2015-05",
  "ELBSecurityPolicy-2015-03",
  "ELBSecurityPolicy-2015-02",
  "ELBSecurityPolicy-2014-10",
  "ELBSecurityPolicy-2014-01",
  "ELBSecurityPolicy-TLS-1-0-2015-04",
  "ELBSecurityPolicy-TLS-1-1-2017-01",
  "ELBSecurityPolicy-FS-1-1-2019-08",
  "ELBSecurityPolicy-FS-2018-06",
  "ELBSecurityPolicy-TLS13-1-0-2021-06",
  "ELBSecurityPolicy-TLS13-1-1-2021-06",
  "ELBSecurityPolicy-Default",
];

/** Without a policy an old default applies. */
const withStrongPolicy = (protocol: string, policy: string): Condition =>
  when(
    value(protocol).oneOf("HTTPS", "TLS"),
    value(policy, { missing: "fail", edit: "ELBSecurityPolicy-TLS13-1-2-2021-06" }).not(...weakPolicies),
  );

const isPlain = all(value("port", { edit: false }).is(80), value("protocol", { edit: false }).is("HTTP"));

/** Listens on no plain port 80, or only to send clients to HTTPS. */
const sendsToHttps: Condition = all(
  when(
    isPlain,
    all(
      value("default_action.type", { edit: false }).is("redirect"),
      value("default_action.redirect.port", { missing: "pass", edit: false }).oneOf(443, "#{port}"),
      value("default_action.redirect.protocol", { edit: false }).is("HTTPS"),
    ),
    "none",
  ),
  when(
    not(isPlain),
    all(value("port", { edit: false }).not(80), value("protocol", { edit: false }).not("HTTP")),
    "none",
  ),
);

/** Every listener of the balancer, not just the best of them. */
const allListeners: Condition = check((resource, node) => {
  const { resources, open } = resource.connected(listenerTypes);
  const verdicts = resources.map((listener) => sendsToHttps(listener.body, listener));
  if (verdicts.length > 0) return worstOf(verdicts);
  return open === undefined ? passAt(node.at) : unknownAt(node.at, open);
});

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-load-balancer-listener-without-tls",
    aliases: ["CKV_AWS_2", "AVD-AWS-0054"],
    title: "Load balancer listener speaks plain HTTP",
    severity: "high",
    controls: "encryption-in-transit",
    why: "Passwords, cookies and pages pass readable; somebody on the network path can copy and change them.",
    fix: "Set `protocol` to HTTPS with a certificate, and let a listener on port 80 only redirect to HTTPS.",
    links: ["https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html"],
    on: {
      ...on(
        listeners,
        // A redirect that names no protocol keeps that of the request; whether that is plain, nobody knows here.
        when(
          not(
            all(
              value("protocol").not(...protectedProtocols),
              any("default_action", all(isRedirect("type"), value("redirect.protocol").absent())),
            ),
          ),
          anyOf(
            value("protocol", needsCertificate).oneOf(...protectedProtocols),
            any("default_action", all(isRedirect("type"), value("redirect.protocol").is("HTTPS"))),
          ),
          "none",
        ),
      ),
      [`cfn:${cfnListener}`]: anyOf(
        value("Properties.Protocol", needsCertificate).oneOf(...protectedProtocols),
        any("Properties.DefaultActions", all(isRedirect("Type"), value("RedirectConfig.Protocol").is("HTTPS"))),
      ),
    },
    examples: {
      bad: [
        tfResource("aws_lb_listener", named, "port = 80", `protocol = "HTTP"`, forward),
        cfnResource(cfnListener, "Port: 80", "Protocol: HTTP", "DefaultActions:\n  - Type: forward"),
      ],
      good: [
        tfResource("aws_lb_listener", named, "port = 443", `protocol = "HTTPS"`, forward),
        tfResource("aws_lb_listener", named, "port = 80", `protocol = "HTTP"`, redirect),
        cfnResource(cfnListener, "Port: 443", "Protocol: HTTPS", "DefaultActions:\n  - Type: forward"),
      ],
    },
  },
  {
    id: "iac/aws-load-balancer-without-redirect-to-https",
    aliases: ["CKV2_AWS_20"],
    title: "Load balancer answers on port 80 instead of redirecting to HTTPS",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "People who type the plain address stay on plain HTTP, where others on the network read and change what they see.",
    fix: "Let the listener on port 80 have one default action: redirect to port 443, protocol HTTPS.",
    links: ["https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html"],
    on: on(["tf:aws_lb", "tf:aws_alb"], allListeners),
    examples: {
      bad: [
        tf(
          tfBlock("aws_lb", "web", "internal = false") +
            tfBlock("aws_lb_listener", "web", named, "port = 80", `protocol = "HTTP"`, forward),
        ),
      ],
      good: [
        tf(
          tfBlock("aws_lb", "web", "internal = false") +
            tfBlock("aws_lb_listener", "web", named, "port = 80", `protocol = "HTTP"`, redirect),
        ),
      ],
    },
  },
  {
    id: "iac/aws-load-balancer-listener-weak-ciphers",
    aliases: ["CKV2_AWS_74", "AVD-AWS-0047"],
    title: "Load balancer listener accepts old TLS versions or weak ciphers",
    severity: "medium",
    controls: "tls-version",
    why: "Old versions and ciphers have known weaknesses; somebody on the network path can read or change what clients send.",
    fix: "Set `ssl_policy` to ELBSecurityPolicy-TLS13-1-2-2021-06 or a stricter one; without it an old default applies.",
    links: ["https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html"],
    on: {
      ...on(listeners, withStrongPolicy("protocol", "ssl_policy")),
      [`cfn:${cfnListener}`]: withStrongPolicy("Properties.Protocol", "Properties.SslPolicy"),
    },
    examples: {
      bad: [
        tfResource(
          "aws_lb_listener",
          named,
          "port = 443",
          `protocol = "HTTPS"`,
          `ssl_policy = "ELBSecurityPolicy-2016-08"`,
        ),
        cfnResource("AWS::ElasticLoadBalancingV2::Listener", "Protocol: HTTPS", "SslPolicy: ELBSecurityPolicy-2016-08"),
      ],
      good: [
        tfResource(
          "aws_lb_listener",
          named,
          "port = 443",
          `protocol = "HTTPS"`,
          `ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"`,
        ),
        cfnResource(
          "AWS::ElasticLoadBalancingV2::Listener",
          "Protocol: HTTPS",
          "SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06",
        ),
      ],
    },
  },
  {
    id: "iac/aws-target-group-without-tls",
    aliases: ["CKV_AWS_378"],
    title: "Load balancer speaks plain HTTP to its targets",
    severity: "low",
    controls: "encryption-in-transit",
    why: "Within the network requests and answers pass readable, passwords and cookies among them.",
    fix: "Set `protocol` of the target group to HTTPS and give the targets a certificate.",
    links: ["https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html"],
    on: on(
      targetGroups,
      anyOf(
        value("protocol", needsCertificate).not("HTTP"),
        connected(listenerTypes, value("protocol", { edit: false }).not("HTTP")),
      ),
    ),
    examples: {
      bad: [tfResource("aws_lb_target_group", "port = 80", `protocol = "HTTP"`)],
      good: [tfResource("aws_lb_target_group", "port = 443", `protocol = "HTTPS"`)],
    },
  },
  {
    id: "iac/aws-target-group-without-health-check",
    aliases: ["CKV_AWS_261"],
    title: "Target group checks no path of the application",
    severity: "low",
    controls: "availability",
    why: "The balancer keeps sending people to servers whose application is down, as long as something answers.",
    fix: "Add a `health_check` with a `path` that answers only when the application works.",
    links: ["https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html"],
    on: on(
      targetGroups,
      when(
        value("protocol").oneOf("HTTP", "HTTPS"),
        all(value("health_check.path").exists(), value("health_check.enabled").not(false)),
        "none",
      ),
    ),
    examples: {
      bad: [tfResource("aws_lb_target_group", "port = 443", `protocol = "HTTPS"`)],
      good: [
        tfResource("aws_lb_target_group", "port = 443", `protocol = "HTTPS"`, `health_check {\n  path = "/health"\n}`),
      ],
    },
  },
];
