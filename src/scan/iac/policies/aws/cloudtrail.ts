/** CloudTrail: whether everything that happens in the account is recorded, and the records are kept safe. */
import { all, any, connected, value } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { withoutOwnKey } from "../../families/aws-own-keys.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { type Policy, tf } from "../../policy.ts";

const trail = "aws_cloudtrail";
const cfnTrail = "AWS::CloudTrail::Trail";
const named = `s3_bucket_name = "trail"`;
const cfnNamed = "S3BucketName: trail";

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-trail-switched-off",
    aliases: ["CKV_AWS_251"],
    title: "Trail records nothing",
    severity: "high",
    controls: "logging",
    why: "Changes and sign-ins in the account leave no lasting record, so an attack can be neither noticed nor traced.",
    fix: "Set `enable_logging` (`IsLogging`) to true.",
    links: ["https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-turning-off-logging.html"],
    on: {
      "tf:aws_cloudtrail": value("enable_logging", { missing: "pass" }).is(true),
      "cfn:AWS::CloudTrail::Trail": value("Properties.IsLogging", { missing: "pass" }).is(true),
    },
    examples: {
      bad: [tfResource(trail, named, "enable_logging = false"), cfnResource(cfnTrail, cfnNamed, "IsLogging: false")],
      good: [tfResource(trail, named), cfnResource(cfnTrail, cfnNamed, "IsLogging: true")],
    },
  },
  {
    id: "iac/aws-trail-of-one-region",
    aliases: ["CKV_AWS_67", "AVD-AWS-0014"],
    title: "Trail records one region only",
    severity: "medium",
    controls: "logging",
    why: "Attackers like to work in regions that nobody uses; there they stay unseen.",
    fix: "Set `is_multi_region_trail` (`IsMultiRegionTrail`) to true.",
    links: ["https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-multi-region-trails.html"],
    on: {
      "tf:aws_cloudtrail": value("is_multi_region_trail").is(true),
      "cfn:AWS::CloudTrail::Trail": value("Properties.IsMultiRegionTrail").is(true),
    },
    examples: {
      bad: [tfResource(trail, named), cfnResource(cfnTrail, cfnNamed)],
      good: [
        tfResource(trail, named, "is_multi_region_trail = true"),
        cfnResource(cfnTrail, cfnNamed, "IsMultiRegionTrail: true"),
      ],
    },
  },
  {
    id: "iac/aws-trail-without-validation",
    aliases: ["CKV_AWS_36", "AVD-AWS-0016"],
    title: "Files of the trail are not validated",
    severity: "medium",
    controls: "log-retention",
    why: "Somebody who reaches the bucket can change or delete records of what was done, and nobody can prove it.",
    fix: "Set `enable_log_file_validation` (`EnableLogFileValidation`) to true.",
    links: ["https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-intro.html"],
    on: {
      "tf:aws_cloudtrail": value("enable_log_file_validation").is(true),
      "cfn:AWS::CloudTrail::Trail": value("Properties.EnableLogFileValidation").is(true),
    },
    examples: {
      bad: [tfResource(trail, named), cfnResource(cfnTrail, cfnNamed)],
      good: [
        tfResource(trail, named, "enable_log_file_validation = true"),
        cfnResource(cfnTrail, cfnNamed, "EnableLogFileValidation: true"),
      ],
    },
  },
  withoutOwnKey({
    id: "iac/aws-trail-without-own-key",
    aliases: ["CKV_AWS_35", "AVD-AWS-0015"],
    what: "Trail",
    keys: { "tf:aws_cloudtrail": "kms_key_id", "cfn:AWS::CloudTrail::Trail": "Properties.KMSKeyId" },
    link: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html",
    lines: [named],
  }),
  withoutOwnKey({
    id: "iac/aws-trail-data-store-without-own-key",
    aliases: ["CKV_AWS_294"],
    what: "Event data store",
    keys: {
      "tf:aws_cloudtrail_event_data_store": "kms_key_id",
      "cfn:AWS::CloudTrail::EventDataStore": "Properties.KmsKeyId",
    },
    link: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html",
    lines: [`name = "events"`],
  }),
  {
    id: "iac/aws-trail-without-notification",
    aliases: ["CKV_AWS_252"],
    title: "Trail tells nobody about new files",
    severity: "low",
    controls: "monitoring",
    why: "Tools that look at the records learn late, or not at all, that there are new ones.",
    fix: "Name an SNS topic in `sns_topic_name` (`SnsTopicName`).",
    links: [
      "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/configure-sns-notifications-for-cloudtrail.html",
    ],
    on: {
      "tf:aws_cloudtrail": value("sns_topic_name").exists(),
      "cfn:AWS::CloudTrail::Trail": value("Properties.SnsTopicName").exists(),
    },
    examples: {
      bad: [tfResource(trail, named), cfnResource(cfnTrail, cfnNamed)],
      good: [
        tfResource(trail, named, `sns_topic_name = "trail"`),
        cfnResource(cfnTrail, cfnNamed, "SnsTopicName: trail"),
      ],
    },
  },
  {
    id: "iac/aws-trail-without-log-group",
    aliases: ["CKV2_AWS_10", "AVD-AWS-0162"],
    title: "Trail does not feed CloudWatch Logs",
    severity: "low",
    controls: "monitoring",
    why: "Records lie in a bucket where no alarm looks at them; attacks are noticed when it is too late.",
    fix: "Name a log group in `cloud_watch_logs_group_arn` (`CloudWatchLogsLogGroupArn`) and a role that may write to it.",
    links: [
      "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html",
    ],
    on: {
      "tf:aws_cloudtrail": value("cloud_watch_logs_group_arn").exists(),
      "cfn:AWS::CloudTrail::Trail": value("Properties.CloudWatchLogsLogGroupArn").exists(),
    },
    examples: {
      bad: [tfResource(trail, named), cfnResource(cfnTrail, cfnNamed)],
      good: [
        tfResource(trail, named, `cloud_watch_logs_group_arn = "\${aws_cloudwatch_log_group.trail.arn}:*"`),
        cfnResource(cfnTrail, cfnNamed, "CloudWatchLogsLogGroupArn: !GetAtt Log.Arn"),
      ],
    },
  },
  {
    id: "iac/aws-config-recorder-stopped",
    aliases: ["CKV2_AWS_45"],
    title: "Configuration recorder is stopped or leaves types out",
    severity: "medium",
    controls: "logging",
    why: "Changes of resources are not recorded, so rules judge nothing and nobody can tell what was changed.",
    fix: "Set `is_enabled` of the recorder status to true and leave `all_supported` of the recorder true.",
    links: ["https://docs.aws.amazon.com/config/latest/developerguide/stop-start-recorder.html"],
    on: {
      "tf:aws_config_configuration_recorder_status": all(
        value("is_enabled").is(true),
        connected(
          "aws_config_configuration_recorder",
          value("recording_group.all_supported", { edit: false }).not(false),
        ),
      ),
    },
    examples: {
      bad: [
        tf(
          tfBlock("aws_config_configuration_recorder", "all", `name = "all"`) +
            tfBlock(
              "aws_config_configuration_recorder_status",
              "all",
              "name       = aws_config_configuration_recorder.all.name",
              "is_enabled = false",
            ),
        ),
      ],
      good: [
        tf(
          tfBlock("aws_config_configuration_recorder", "all", `name = "all"`) +
            tfBlock(
              "aws_config_configuration_recorder_status",
              "all",
              "name       = aws_config_configuration_recorder.all.name",
              "is_enabled = true",
            ),
        ),
      ],
    },
  },
  {
    id: "iac/aws-config-recorder-without-global-resources",
    aliases: ["CKV2_AWS_48"],
    title: "Configuration recorder leaves global resources out",
    severity: "low",
    controls: "logging",
    why: "Changes of users, roles and policies, which matter most, are not recorded.",
    fix: "Set `include_global_resource_types` to true in `recording_group`, in one region.",
    links: ["https://docs.aws.amazon.com/config/latest/developerguide/select-resources.html"],
    on: {
      "tf:aws_config_configuration_recorder": value("recording_group.include_global_resource_types").is(true),
      "cfn:AWS::Config::ConfigurationRecorder": value("Properties.RecordingGroup.IncludeGlobalResourceTypes").is(true),
    },
    examples: {
      bad: [tfResource("aws_config_configuration_recorder", `name = "all"`)],
      good: [
        tfResource(
          "aws_config_configuration_recorder",
          `name = "all"`,
          "recording_group {\n  all_supported                 = true\n  include_global_resource_types = true\n}",
        ),
      ],
    },
  },
  {
    id: "iac/aws-config-aggregator-leaves-regions-out",
    aliases: ["CKV_AWS_121", "AVD-AWS-0019"],
    title: "Configuration aggregator leaves regions out",
    severity: "low",
    controls: "monitoring",
    why: "Resources in regions that nobody thought of, also those of attackers, do not show.",
    fix: "Set `all_regions` to true in the source of the aggregator.",
    links: ["https://docs.aws.amazon.com/config/latest/developerguide/aggregate-data.html"],
    on: {
      "tf:aws_config_configuration_aggregator": any(
        ["account_aggregation_source", "organization_aggregation_source"],
        value("all_regions", { edit: false }).is(true),
      ),
      "cfn:AWS::Config::ConfigurationAggregator": any(
        ["Properties.AccountAggregationSources", "Properties.OrganizationAggregationSource"],
        value("AllAwsRegions", { edit: false }).is(true),
      ),
    },
    examples: {
      bad: [
        tfResource(
          "aws_config_configuration_aggregator",
          `name = "all"`,
          `account_aggregation_source {\n  account_ids = ["111122223333"]\n  regions     = ["eu-west-1"]\n}`,
        ),
        cfnResource("AWS::Config::ConfigurationAggregator", "AccountAggregationSources:\n  - AwsRegions: [eu-west-1]"),
      ],
      good: [
        tfResource(
          "aws_config_configuration_aggregator",
          `name = "all"`,
          `account_aggregation_source {\n  account_ids = ["111122223333"]\n  all_regions = true\n}`,
        ),
        cfnResource("AWS::Config::ConfigurationAggregator", "OrganizationAggregationSource:\n  AllAwsRegions: true"),
      ],
    },
  },
];
