/** Classic load balancers, and addresses that are fixed. */
import { all, anyOf, connected, each, value } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { type Example, type Policy, tf } from "../../policy.ts";

const guide = "https://docs.aws.amazon.com/elasticloadbalancing/latest/classic";
const balancer = "aws_elb";
const listener = (protocol: string, ...lines: readonly string[]): Example =>
  tfResource(
    balancer,
    `listener {\n  lb_port           = 443\n  lb_protocol       = "https"\n  instance_port     = 8443\n  instance_protocol = "${protocol}"\n${lines.map((line) => `  ${line}\n`).join("")}}`,
  );
const certificate = `ssl_certificate_id = "arn:aws:acm:eu-west-1:123456789012:certificate/shop"`;
const address = (...lines: readonly string[]): string => tfBlock("aws_eip", "shop", `domain = "vpc"`, ...lines);

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-elb-listener-without-certificate",
    aliases: ["CKV_AWS_127"],
    title: "Listener of a classic load balancer has no certificate",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Passwords and pages travel in clear between users and the load balancer.",
    fix: "Name a certificate of ACM in `ssl_certificate_id` and listen by HTTPS or SSL; better, change to an application load balancer.",
    links: [`${guide}/elb-listener-config.html`],
    on: {
      "tf:aws_elb": each("listener", value("ssl_certificate_id").exists()),
      "cfn:AWS::ElasticLoadBalancing::LoadBalancer": each("Properties.Listeners", value("SSLCertificateId").exists()),
    },
    examples: {
      bad: [
        listener("https"),
        cfnResource(
          "AWS::ElasticLoadBalancing::LoadBalancer",
          "Listeners:\n  - Protocol: HTTPS\n    LoadBalancerPort: 443",
        ),
      ],
      good: [
        listener("https", certificate),
        cfnResource(
          "AWS::ElasticLoadBalancing::LoadBalancer",
          "Listeners:\n  - Protocol: HTTPS\n    SSLCertificateId: !Ref Certificate",
        ),
      ],
    },
  },
  {
    id: "iac/aws-elb-instances-in-clear",
    aliases: ["CKV_AWS_376"],
    title: "Classic load balancer talks to its instances in clear",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Whoever is on the network behind it reads and changes what users send.",
    fix: "Set `instance_protocol` of each listener to `https` or `ssl`, with a certificate.",
    links: [`${guide}/elb-create-https-ssl-load-balancer.html`],
    on: {
      "tf:aws_elb": each(
        "listener",
        all(
          value("instance_protocol", { edit: false }).matches(/^(?:https|ssl)$/i),
          value("ssl_certificate_id").exists(),
        ),
      ),
    },
    examples: { bad: [listener("http", certificate)], good: [listener("https", certificate)] },
  },
  {
    id: "iac/aws-elb-stays-in-zone",
    aliases: ["CKV_AWS_138"],
    title: "Classic load balancer does not use the instances of all zones",
    severity: "low",
    controls: "availability",
    why: "A zone with few instances is overrun while those of the others idle.",
    fix: "Remove `cross_zone_load_balancing = false`.",
    links: [`${guide}/enable-disable-crosszone-lb.html`],
    on: { "tf:aws_elb": value("cross_zone_load_balancing").not(false) },
    examples: {
      bad: [tfResource(balancer, "cross_zone_load_balancing = false")],
      good: [tfResource(balancer, "cross_zone_load_balancing = true")],
    },
  },
  {
    id: "iac/aws-elb-without-access-logs",
    aliases: ["CKV_AWS_92"],
    title: "Classic load balancer keeps no access logs",
    severity: "low",
    controls: "logging",
    why: "After an attack nobody can tell who asked for what.",
    fix: "Add `access_logs` with a bucket (`AccessLoggingPolicy`).",
    links: [`${guide}/enable-access-logs.html`],
    on: {
      "tf:aws_elb": all(value("access_logs").exists(), value("access_logs.enabled").not(false)),
      "cfn:AWS::ElasticLoadBalancing::LoadBalancer": value("Properties.AccessLoggingPolicy.Enabled").is(true),
    },
    examples: {
      bad: [
        tfResource(balancer, `name = "shop"`),
        cfnResource("AWS::ElasticLoadBalancing::LoadBalancer", "Scheme: internal"),
      ],
      good: [
        tfResource(balancer, `access_logs {\n  bucket = "logs"\n}`),
        cfnResource(
          "AWS::ElasticLoadBalancing::LoadBalancer",
          "AccessLoggingPolicy:",
          "  Enabled: true",
          "  S3BucketName: logs",
        ),
      ],
    },
  },
  {
    id: "iac/aws-address-not-attached",
    aliases: ["CKV2_AWS_19"],
    title: "Fixed address belongs to no instance",
    severity: "low",
    controls: "governance",
    why: "An address that nobody uses costs money, and a DNS name that still points to it is free for others once it is released.",
    fix: "Attach it to an instance, a NAT gateway or a Transfer server, or remove it together with its DNS names.",
    links: ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html"],
    on: {
      "tf:aws_eip": all(
        anyOf(value("domain", { edit: false }).is("vpc"), value("vpc", { edit: false }).is(true)),
        anyOf(
          value("instance").exists(),
          connected(["aws_instance", "aws_nat_gateway", "aws_transfer_server"]),
          connected("aws_eip_association", value("instance_id").exists()),
        ),
      ),
    },
    examples: {
      bad: [tf(address())],
      good: [tf(address("instance = aws_instance.shop.id"))],
    },
  },
];
