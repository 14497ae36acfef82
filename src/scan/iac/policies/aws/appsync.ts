/** AppSync: logs, firewall and caches of GraphQL APIs. */
import { connected, value } from "../../condition.ts";
import { cfnBlock, cfnResource, cfnTemplate } from "../../families/aws-examples.ts";
import { attachedListStopsLog4Shell, log4ShellGroups, tfAttached, tfWebAcl } from "../../families/aws-web-acls.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { type Policy, tf } from "../../policy.ts";

const api = "aws_appsync_graphql_api";
const cfnApi = "AWS::AppSync::GraphQLApi";
const cache = "aws_appsync_api_cache";
const cfnCache = "AWS::AppSync::ApiCache";
const named = `name = "orders"`;
const signed = "AuthenticationType: AWS_IAM";
const withAcl = (...groups: readonly string[]) =>
  tf(tfBlock(api, "orders", named) + tfWebAcl(...groups) + tfAttached(`${api}.orders`));

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-appsync-without-web-acl",
    aliases: ["CKV2_AWS_33"],
    title: "GraphQL API has no web application firewall",
    severity: "low",
    controls: "web-protection",
    why: "Known attacks, scanners and floods reach the API unfiltered.",
    fix: "Attach an AWS WAF web ACL with `aws_wafv2_web_acl_association`.",
    links: ["https://docs.aws.amazon.com/appsync/latest/devguide/WAF-Integration.html"],
    on: {
      "tf:aws_appsync_graphql_api": connected("aws_wafv2_web_acl_association"),
      "cfn:AWS::AppSync::GraphQLApi": connected("AWS::WAFv2::WebACLAssociation"),
    },
    examples: {
      bad: [tfResource(api, named), cfnResource(cfnApi, signed)],
      good: [
        withAcl(...log4ShellGroups),
        cfnTemplate(
          cfnBlock(cfnApi, "Orders", signed),
          cfnBlock("AWS::WAFv2::WebACLAssociation", "Guard", "ResourceArn: !GetAtt Orders.Arn"),
        ),
      ],
    },
  },
  {
    id: "iac/aws-appsync-web-acl-lets-log4shell-through",
    aliases: ["CKV2_AWS_78"],
    title: "Firewall of the GraphQL API does not stop Log4Shell",
    severity: "medium",
    controls: "web-protection",
    why: "Requests that make Log4j load and run foreign code reach the API.",
    fix: "Add the managed groups AWSManagedRulesKnownBadInputsRuleSet and AWSManagedRulesAnonymousIpList to the web ACL.",
    links: ["https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html"],
    on: { "tf:aws_appsync_graphql_api": attachedListStopsLog4Shell },
    examples: { bad: [withAcl("AWSManagedRulesCommonRuleSet")], good: [withAcl(...log4ShellGroups)] },
  },
  {
    id: "iac/aws-appsync-without-log",
    aliases: ["CKV_AWS_193"],
    title: "GraphQL API writes no log",
    severity: "medium",
    controls: "logging",
    why: "Who asked for what, and what failed, is lost; misuse cannot be traced.",
    fix: "Add `log_config` (`LogConfig`) with a role that may write to CloudWatch Logs.",
    links: ["https://docs.aws.amazon.com/appsync/latest/devguide/monitoring.html"],
    on: {
      "tf:aws_appsync_graphql_api": value("log_config.cloudwatch_logs_role_arn").exists(),
      "cfn:AWS::AppSync::GraphQLApi": value("Properties.LogConfig.CloudWatchLogsRoleArn").exists(),
    },
    examples: {
      bad: [tfResource(api, named), cfnResource(cfnApi, signed)],
      good: [
        tfResource(
          api,
          named,
          `log_config {\n  cloudwatch_logs_role_arn = aws_iam_role.log.arn\n  field_log_level          = "ERROR"\n}`,
        ),
        cfnResource(cfnApi, signed, "LogConfig:\n  CloudWatchLogsRoleArn: !GetAtt Role.Arn"),
      ],
    },
  },
  {
    id: "iac/aws-appsync-without-field-log",
    aliases: ["CKV_AWS_194"],
    title: "GraphQL API does not log errors of fields",
    severity: "low",
    controls: "logging",
    why: "One query reaches many sources; without this nobody sees which of them refused or failed.",
    fix: "Set `field_log_level` (`FieldLogLevel`) to ERROR or ALL.",
    links: ["https://docs.aws.amazon.com/appsync/latest/devguide/monitoring.html"],
    on: {
      "tf:aws_appsync_graphql_api": value("log_config.field_log_level", { edit: false }).oneOf("ALL", "ERROR"),
      "cfn:AWS::AppSync::GraphQLApi": value("Properties.LogConfig.FieldLogLevel", { edit: false }).oneOf(
        "ALL",
        "ERROR",
      ),
    },
    examples: {
      bad: [tfResource(api, named), cfnResource(cfnApi, signed, "LogConfig:\n  FieldLogLevel: NONE")],
      good: [
        tfResource(
          api,
          named,
          `log_config {\n  cloudwatch_logs_role_arn = aws_iam_role.log.arn\n  field_log_level          = "ERROR"\n}`,
        ),
        cfnResource(cfnApi, signed, "LogConfig:\n  FieldLogLevel: ALL"),
      ],
    },
  },
  {
    id: "iac/aws-appsync-cache-unencrypted",
    aliases: ["CKV_AWS_214"],
    title: "Cache of the GraphQL API is unencrypted",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Answers with data of callers lie readable on the disks of the cache.",
    fix: "Set `at_rest_encryption_enabled` (`AtRestEncryptionEnabled`) to true when you create the cache.",
    links: ["https://docs.aws.amazon.com/appsync/latest/devguide/enabling-caching.html"],
    on: {
      "tf:aws_appsync_api_cache": value("at_rest_encryption_enabled").is(true),
      "cfn:AWS::AppSync::ApiCache": value("Properties.AtRestEncryptionEnabled").is(true),
    },
    examples: {
      bad: [tfResource(cache, "ttl = 900"), cfnResource(cfnCache, "Ttl: 900")],
      good: [
        tfResource(cache, "ttl = 900", "at_rest_encryption_enabled = true"),
        cfnResource(cfnCache, "AtRestEncryptionEnabled: true"),
      ],
    },
  },
  {
    id: "iac/aws-appsync-cache-without-tls",
    aliases: ["CKV_AWS_215"],
    title: "Cache of the GraphQL API is reached without TLS",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Answers with data of callers pass readable between API and cache.",
    fix: "Set `transit_encryption_enabled` (`TransitEncryptionEnabled`) to true when you create the cache.",
    links: ["https://docs.aws.amazon.com/appsync/latest/devguide/enabling-caching.html"],
    on: {
      "tf:aws_appsync_api_cache": value("transit_encryption_enabled").is(true),
      "cfn:AWS::AppSync::ApiCache": value("Properties.TransitEncryptionEnabled").is(true),
    },
    examples: {
      bad: [tfResource(cache, "ttl = 900"), cfnResource(cfnCache, "Ttl: 900")],
      good: [
        tfResource(cache, "ttl = 900", "transit_encryption_enabled = true"),
        cfnResource(cfnCache, "TransitEncryptionEnabled: true"),
      ],
    },
  },
];
