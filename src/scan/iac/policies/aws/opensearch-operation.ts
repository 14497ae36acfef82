/** OpenSearch and Elasticsearch domains: what they record, and whether they survive the loss of a node. */
import { all, any, type Condition, value } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

const guide = "https://docs.aws.amazon.com/opensearch-service/latest/developerguide";

function onDomains(terraform: Condition, cloudFormation: Condition): Policy["on"] {
  return {
    "tf:aws_elasticsearch_domain": terraform,
    "tf:aws_opensearch_domain": terraform,
    "cfn:AWS::Elasticsearch::Domain": cloudFormation,
    "cfn:AWS::OpenSearchService::Domain": cloudFormation,
  };
}

const domain = (...lines: readonly string[]) => tfResource("aws_opensearch_domain", `domain_name = "shop"`, ...lines);
const cfnDomain = (...lines: readonly string[]) =>
  cfnResource("AWS::OpenSearchService::Domain", "DomainName: shop", ...lines);
const log = (type: string): string =>
  `log_publishing_options {\n  log_type                 = "${type}"\n  cloudwatch_log_group_arn = aws_cloudwatch_log_group.shop.arn\n}`;
const cfnLog = (type: string) => ["LogPublishingOptions:", `  ${type}:`, "    Enabled: true"];

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-opensearch-without-logs",
    aliases: ["CKV_AWS_84"],
    title: "Search domain publishes no logs",
    severity: "low",
    controls: "logging",
    why: "Errors and slow queries, of attacks as well, cannot be seen.",
    fix: "Add `log_publishing_options` (`LogPublishingOptions`) with a log group.",
    links: [`${guide}/createdomain-configure-slow-logs.html`],
    on: onDomains(
      any("log_publishing_options", all(value("cloudwatch_log_group_arn").exists(), value("enabled").not(false))),
      any("Properties.LogPublishingOptions.*", value("Enabled").is(true)),
    ),
    examples: {
      bad: [domain(), cfnDomain()],
      good: [domain(log("INDEX_SLOW_LOGS")), cfnDomain(...cfnLog("INDEX_SLOW_LOGS"))],
    },
  },
  {
    id: "iac/aws-opensearch-without-audit-logs",
    aliases: ["CKV_AWS_317", "AVD-AWS-0042"],
    title: "Search domain does not record who read what",
    severity: "medium",
    controls: "logging",
    why: "After an attack nobody can tell which documents were read, and by whom.",
    fix: "Publish logs of the type `AUDIT_LOGS`; they need fine-grained access control.",
    links: [`${guide}/audit-logs.html`],
    on: onDomains(
      any("log_publishing_options", all(value("log_type").is("AUDIT_LOGS"), value("enabled").not(false))),
      value("Properties.LogPublishingOptions.AUDIT_LOGS.Enabled").is(true),
    ),
    examples: {
      bad: [domain(log("INDEX_SLOW_LOGS")), cfnDomain(...cfnLog("INDEX_SLOW_LOGS"))],
      good: [domain(log("AUDIT_LOGS")), cfnDomain(...cfnLog("AUDIT_LOGS"))],
    },
  },
  {
    id: "iac/aws-opensearch-not-highly-available",
    aliases: ["CKV_AWS_318"],
    title: "Search domain does not survive the loss of a zone",
    severity: "low",
    controls: "availability",
    why: "When a data centre fails, search and what is built on it stand still.",
    fix: "Set `dedicated_master_count` to 3 or more and `zone_awareness_enabled` to true.",
    links: [`${guide}/managedomains-multiaz.html`],
    on: onDomains(
      all(
        value("cluster_config.dedicated_master_count").atLeast(3),
        value("cluster_config.zone_awareness_enabled").is(true),
      ),
      all(
        value([
          "Properties.ClusterConfig.DedicatedMasterCount",
          "Properties.ElasticsearchClusterConfig.DedicatedMasterCount",
        ]).atLeast(3),
        value([
          "Properties.ClusterConfig.ZoneAwarenessEnabled",
          "Properties.ElasticsearchClusterConfig.ZoneAwarenessEnabled",
        ]).is(true),
      ),
    ),
    examples: {
      bad: [domain("cluster_config {\n  instance_count = 1\n}"), cfnDomain()],
      good: [
        domain("cluster_config {\n  dedicated_master_count = 3\n  zone_awareness_enabled = true\n}"),
        cfnDomain("ClusterConfig:", "  DedicatedMasterCount: 3", "  ZoneAwarenessEnabled: true"),
      ],
    },
  },
  {
    id: "iac/aws-opensearch-without-dedicated-masters",
    aliases: ["CKV2_AWS_59"],
    title: "Search domain has no nodes of its own for management",
    severity: "low",
    controls: "availability",
    why: "Under load the nodes that hold the data lose sight of each other, and the domain stops.",
    fix: "Set `dedicated_master_enabled = true` with three small nodes.",
    links: [`${guide}/managedomains-dedicatedmasternodes.html`],
    on: onDomains(
      value("cluster_config.dedicated_master_enabled").is(true),
      value([
        "Properties.ClusterConfig.DedicatedMasterEnabled",
        "Properties.ElasticsearchClusterConfig.DedicatedMasterEnabled",
      ]).is(true),
    ),
    examples: {
      bad: [domain("cluster_config {\n  instance_count = 3\n}"), cfnDomain()],
      good: [
        domain("cluster_config {\n  dedicated_master_enabled = true\n}"),
        cfnDomain("ClusterConfig:", "  DedicatedMasterEnabled: true"),
      ],
    },
  },
];
