/** CloudWatch: log groups and alarms. */
import { value } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { withoutOwnKey } from "../../families/aws-own-keys.ts";
import { tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

const group = "aws_cloudwatch_log_group";
const cfnGroup = "AWS::Logs::LogGroup";
const alarm = "aws_cloudwatch_metric_alarm";
const named = `name = "orders"`;

/** 0 keeps everything. */
const keepsYear = (days: unknown) => Number(days) === 0 || Number(days) >= 365;

export const policies: readonly Policy[] = [
  withoutOwnKey({
    id: "iac/aws-log-group-without-own-key",
    aliases: ["CKV_AWS_158", "AVD-AWS-0017"],
    what: "Log group",
    keys: { "tf:aws_cloudwatch_log_group": "kms_key_id", "cfn:AWS::Logs::LogGroup": "Properties.KmsKeyId" },
    link: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
    lines: [named],
  }),
  {
    id: "iac/aws-log-group-without-retention",
    aliases: ["CKV_AWS_66"],
    title: "Log group does not say how long it keeps logs",
    severity: "low",
    controls: "log-retention",
    why: "Logs are kept for ever: costs grow, and personal data stays longer than rules allow.",
    fix: "Set `retention_in_days` (`RetentionInDays`) to what your rules ask for, 365 for instance.",
    links: ["https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html"],
    on: {
      "tf:aws_cloudwatch_log_group": value("retention_in_days").exists(),
      "cfn:AWS::Logs::LogGroup": value("Properties.RetentionInDays").exists(),
    },
    examples: {
      bad: [tfResource(group, named), cfnResource(cfnGroup, "LogGroupName: orders")],
      good: [tfResource(group, named, "retention_in_days = 365"), cfnResource(cfnGroup, "RetentionInDays: 365")],
    },
  },
  {
    id: "iac/aws-log-group-kept-too-briefly",
    aliases: ["CKV_AWS_338"],
    title: "Log group keeps logs for less than a year",
    severity: "low",
    controls: "log-retention",
    why: "Attacks are often found after months; by then the traces are gone.",
    fix: "Set `retention_in_days` (`RetentionInDays`) to 365 or more.",
    links: ["https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html"],
    on: {
      "tf:aws_cloudwatch_log_group": value("retention_in_days", { missing: "pass", edit: 365 }).satisfies(
        keepsYear,
        "365 days or more, or 0 for ever",
      ),
      "cfn:AWS::Logs::LogGroup": value("Properties.RetentionInDays", { missing: "pass", edit: 365 }).atLeast(365),
    },
    examples: {
      bad: [tfResource(group, named, "retention_in_days = 30"), cfnResource(cfnGroup, "RetentionInDays: 30")],
      good: [tfResource(group, named, "retention_in_days = 365"), cfnResource(cfnGroup, "RetentionInDays: 400")],
    },
  },
  {
    id: "iac/aws-alarm-switched-off",
    aliases: ["CKV_AWS_319"],
    title: "Alarm does nothing when it goes off",
    severity: "low",
    controls: "monitoring",
    why: "The alarm changes its colour, but nobody is told and nothing is done.",
    fix: "Leave `actions_enabled` (`ActionsEnabled`) true.",
    links: ["https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html"],
    on: {
      "tf:aws_cloudwatch_metric_alarm": value("actions_enabled").not(false),
      "cfn:AWS::CloudWatch::Alarm": value("Properties.ActionsEnabled").not(false),
    },
    examples: {
      bad: [
        tfResource(alarm, `alarm_name = "errors"`, "actions_enabled = false"),
        cfnResource("AWS::CloudWatch::Alarm", "ActionsEnabled: false"),
      ],
      good: [
        tfResource(alarm, `alarm_name = "errors"`, "actions_enabled = true"),
        cfnResource("AWS::CloudWatch::Alarm", "ActionsEnabled: true"),
      ],
    },
  },
];
