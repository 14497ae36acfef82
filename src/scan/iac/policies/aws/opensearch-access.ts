/** OpenSearch and Elasticsearch domains: who reaches them, and how their traffic and data are encrypted. */
import { anyOf, type Condition, value, when } from "../../condition.ts";
import { withoutOwnKey } from "../../families/aws-own-keys.ts";
import { setting } from "../../families/aws-settings.ts";
import type { Policy, ResourceKey } from "../../policy.ts";

const guide = "https://docs.aws.amazon.com/opensearch-service/latest/developerguide";

/** A setting of both services in both languages. */
function ofDomains(terraform: string, cloudFormation: string): Readonly<Partial<Record<ResourceKey, string>>> {
  return {
    "tf:aws_elasticsearch_domain": terraform,
    "tf:aws_opensearch_domain": terraform,
    "cfn:AWS::Elasticsearch::Domain": `Properties.${cloudFormation}`,
    "cfn:AWS::OpenSearchService::Domain": `Properties.${cloudFormation}`,
  };
}

const hasSeveralNodes: Condition = value("cluster_config.instance_count", { missing: "fail" }).satisfies(
  (count) => Number(count) > 1,
  "several nodes",
);

const betweenNodes = setting({
  at: ofDomains("node_to_node_encryption.enabled", "NodeToNodeEncryptionOptions.Enabled"),
  demand: (path) =>
    path.startsWith("Properties.")
      ? value(path).is(true)
      : // A single node talks to nobody.
        when(hasSeveralNodes, value(path).is(true)),
  bad: "false",
  good: "true",
  lines: ["cluster_config {\n  instance_count = 3\n}"],
});

const onlyElasticsearchTls = ["Policy-Min-TLS-1-2-PFS-2023-10", "Policy-Min-TLS-1-2-2019-07"] as const;

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-opensearch-not-encrypted",
    aliases: ["CKV_AWS_5", "AVD-AWS-0048"],
    title: "Search domain is not encrypted at rest",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Whoever gets at the disks or a snapshot reads every document.",
    fix: "Set `encrypt_at_rest { enabled = true }` (`EncryptionAtRestOptions`).",
    links: [`${guide}/encryption-at-rest.html`],
    ...setting({
      at: ofDomains("encrypt_at_rest.enabled", "EncryptionAtRestOptions.Enabled"),
      demand: (path) => value(path).is(true),
      good: "true",
    }),
  },
  withoutOwnKey({
    id: "iac/aws-opensearch-without-own-key",
    aliases: ["CKV_AWS_247"],
    what: "Search domain",
    keys: ofDomains("encrypt_at_rest.kms_key_id", "EncryptionAtRestOptions.KmsKeyId"),
    link: `${guide}/encryption-at-rest.html`,
  }),
  {
    id: "iac/aws-opensearch-nodes-talk-in-clear",
    aliases: ["CKV_AWS_6"],
    title: "Nodes of a search domain talk in clear",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Documents travel between nodes; whoever is on that network reads them.",
    fix: "Set `node_to_node_encryption { enabled = true }` (`NodeToNodeEncryptionOptions`).",
    links: [`${guide}/ntn.html`],
    ...betweenNodes,
  },
  {
    id: "iac/aws-opensearch-allows-http",
    aliases: ["CKV_AWS_83", "AVD-AWS-0046"],
    title: "Search domain answers without HTTPS",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Passwords, queries and documents can be read and changed on their way.",
    fix: "Set `enforce_https` (`EnforceHTTPS`) of the endpoint's options to true.",
    links: [`${guide}/infrastructure-security.html`],
    ...setting({
      at: ofDomains("domain_endpoint_options.enforce_https", "DomainEndpointOptions.EnforceHTTPS"),
      // The provider of Terraform enforces it where nothing is said.
      demand: (path) => value(path, { missing: path.startsWith("Properties.") ? "fail" : "pass" }).is(true),
      bad: "false",
      good: "true",
    }),
  },
  {
    id: "iac/aws-opensearch-allows-old-tls",
    aliases: ["CKV_AWS_228", "AVD-AWS-0126"],
    title: "Search domain accepts TLS versions older than 1.2",
    severity: "medium",
    controls: "tls-version",
    why: "TLS 1.0 and 1.1 have known weaknesses; somebody on the network path can read or change what clients send.",
    fix: `Set \`tls_security_policy = "${onlyElasticsearchTls[0]}"\` (\`TLSSecurityPolicy\`).`,
    links: [`${guide}/infrastructure-security.html`],
    ...setting({
      at: ofDomains("domain_endpoint_options.tls_security_policy", "DomainEndpointOptions.TLSSecurityPolicy"),
      demand: (path) => value(path).oneOf(...onlyElasticsearchTls),
      bad: `"Policy-Min-TLS-1-0-2019-07"`,
      good: `"Policy-Min-TLS-1-2-2019-07"`,
    }),
  },
  {
    id: "iac/aws-opensearch-without-fine-grained-access",
    aliases: ["CKV2_AWS_52"],
    title: "Search domain has no users and roles of its own",
    severity: "medium",
    controls: "least-privilege",
    why: "Whoever is let in at all reads and deletes every index.",
    fix: "Switch `advanced_security_options` on, with a master user that is a role of IAM.",
    links: [`${guide}/fgac.html`],
    ...setting({
      at: ofDomains("advanced_security_options.enabled", "AdvancedSecurityOptions.Enabled"),
      demand: (path) =>
        anyOf(
          value(path).is(true),
          value(
            path.startsWith("Properties.")
              ? "Properties.AdvancedSecurityOptions.InternalUserDatabaseEnabled"
              : "advanced_security_options.internal_user_database_enabled",
            { edit: false },
          ).is(true),
        ),
      bad: "false",
      good: "true",
    }),
  },
  {
    id: "iac/aws-opensearch-outside-vpc",
    aliases: ["CKV_AWS_137"],
    title: "Search domain stands outside of any VPC",
    severity: "medium",
    controls: "network-segmentation",
    why: "Its endpoint is on the internet; a mistake in its access policy gives everybody the documents.",
    fix: "Add `vpc_options` with private subnets and a security group. AWS makes a new domain, so copy the data by a snapshot.",
    links: [`${guide}/vpc.html`],
    ...setting({
      at: ofDomains("vpc_options", "VPCOptions"),
      demand: (path) => value(path).exists(),
      // Both languages read this as a block.
      good: `{ "subnet_ids": ["subnet-12345678"] }`,
    }),
  },
  {
    id: "iac/aws-opensearch-default-security-group",
    aliases: ["CKV_AWS_248"],
    title: "Search domain uses the default security group",
    severity: "low",
    controls: "network-segmentation",
    why: "Every machine that nobody gave a group to reaches it.",
    fix: "Name a security group of its own in `vpc_options`, open to the applications that search.",
    links: [`${guide}/vpc.html`],
    ...setting({
      at: ofDomains("vpc_options.security_group_ids", "VPCOptions.SecurityGroupIds"),
      demand: (path) => value(path).exists(),
      good: `["sg-12345678"]`,
    }),
  },
];
