/** Web access lists (AWS WAF): lists without rules, rules that do nothing, known attacks and logs. */
import { all, any, anyOf, type Condition, connected, each, not, value } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { because } from "../../families/because.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { on, type Policy, type ResourceKey, tf } from "../../policy.ts";

const links = ["https://docs.aws.amazon.com/waf/latest/developerguide/web-acl.html"];
const knownBadInputs = "AWSManagedRulesKnownBadInputsRuleSet";

/** Rules stand in blocks of these names in the classic, the regional and the present service. */
const rulesOf = {
  "tf:aws_waf_web_acl": "rules",
  "tf:aws_waf_rule_group": "activated_rule",
  "tf:aws_wafregional_web_acl": "rule",
  "tf:aws_wafregional_rule_group": "activated_rule",
  "tf:aws_wafv2_web_acl": "rule",
  "tf:aws_wafv2_rule_group": "rule",
} as const satisfies Partial<Record<ResourceKey, string>>;

const doesSomething: Condition = because(
  "it has no action",
  anyOf(
    value("action[0].*").exists(),
    value("override_action[0].*").exists(),
    value("statement.managed_rule_group_statement").exists(),
  ),
);

const log4Shell = /^Log4JRCE/;

const tfStops: Condition = any(
  "rule",
  all(
    value("statement.managed_rule_group_statement.name", { edit: false }).is(knownBadInputs),
    value("override_action.count", { edit: false }).absent(),
    value("statement.managed_rule_group_statement.excluded_rule.name", { edit: false }).notMatches(log4Shell),
    each(
      "statement.managed_rule_group_statement.rule_action_override",
      not(all(value("name").matches(log4Shell), value("action_to_use.count").exists())),
    ),
  ),
);
const cfnStops: Condition = any(
  "Properties.Rules",
  all(
    value("Statement.ManagedRuleGroupStatement.Name", { edit: false }).is(knownBadInputs),
    value("OverrideAction.Count", { edit: false }).absent(),
    value("Statement.ManagedRuleGroupStatement.ExcludedRules.Name", { edit: false }).notMatches(log4Shell),
    each(
      "Statement.ManagedRuleGroupStatement.RuleActionOverrides",
      not(all(value("Name").matches(log4Shell), value("ActionToUse.Count").exists())),
    ),
  ),
);

const managed = (override: string, group = knownBadInputs) =>
  tfResource(
    "aws_wafv2_web_acl",
    `scope = "REGIONAL"`,
    `rule {\n  name = "managed"\n  override_action {\n    ${override} {}\n  }\n  statement {\n    managed_rule_group_statement {\n      name        = "${group}"\n      vendor_name = "AWS"\n    }\n  }\n}`,
  );
const cfnManaged = (override: string) =>
  cfnResource(
    "AWS::WAFv2::WebACL",
    `Rules:\n  - Name: managed\n    OverrideAction:\n      ${override}: {}\n    Statement:\n      ManagedRuleGroupStatement:\n        VendorName: AWS\n        Name: ${knownBadInputs}`,
  );
const classicRule = (...lines: readonly string[]) =>
  tfResource("aws_waf_web_acl", `name = "web"`, "rules {", "  priority = 1", ...lines, "}");
const current = tfBlock("aws_wafv2_web_acl", "web", `scope = "REGIONAL"`);

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-web-acl-without-rules",
    aliases: ["CKV_AWS_175"],
    title: "Web access list has no rules",
    severity: "medium",
    controls: "web-protection",
    why: "It looks like protection and lets everything through.",
    fix: "Add managed rule groups, first of all AWSManagedRulesCommonRuleSet.",
    links,
    on: on(
      ["tf:aws_waf_web_acl", "tf:aws_wafregional_web_acl", "tf:aws_wafv2_web_acl"],
      because("there is no rule in it", value(["rule[0].*", "rules[0].*", "rule_json"]).exists()),
    ),
    examples: { bad: [tf(current)], good: [managed("none"), classicRule(`  action {\n    type = "BLOCK"\n  }`)] },
  },
  {
    id: "iac/aws-web-acl-rule-without-action",
    aliases: ["CKV_AWS_342"],
    title: "Rule of a web access list does nothing",
    severity: "low",
    controls: "web-protection",
    why: "A rule without an action stops nothing, and the deployment may be refused.",
    fix: "Say what the rule does: an `action`, or an `override_action` for a group of rules.",
    links,
    on: Object.fromEntries(
      Object.entries(rulesOf).map(([key, path]) => [key, each(path, doesSomething, { missing: "none" })]),
    ),
    examples: { bad: [classicRule()], good: [classicRule(`  action {\n    type = "BLOCK"\n  }`)] },
  },
  {
    id: "iac/aws-web-acl-log4shell",
    aliases: ["CKV_AWS_192"],
    title: "Web access list does not stop Log4Shell",
    severity: "medium",
    controls: "web-protection",
    why: "One line in any header runs code on servers with an old Log4j (CVE-2021-44228), and is still sent to everybody.",
    fix: `Add the managed group ${knownBadInputs} without excluding Log4JRCE or only counting.`,
    links: ["https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html"],
    on: { "tf:aws_wafv2_web_acl": tfStops, "cfn:AWS::WAFv2::WebACL": cfnStops },
    examples: {
      bad: [managed("count"), managed("none", "AWSManagedRulesCommonRuleSet"), cfnManaged("Count")],
      good: [managed("none"), cfnManaged("None")],
    },
  },
  {
    id: "iac/aws-classic-web-acl-without-logs",
    aliases: ["CKV_AWS_176"],
    title: "Classic web access list writes no logs",
    severity: "low",
    controls: "logging",
    why: "Attacks that were stopped, and those that were not, cannot be looked at.",
    fix: "Add a `logging_configuration` with a `log_destination`; better, move to the present AWS WAF.",
    links: ["https://docs.aws.amazon.com/waf/latest/developerguide/classic-logging.html"],
    on: on(
      ["tf:aws_waf_web_acl", "tf:aws_wafregional_web_acl"],
      value("logging_configuration.log_destination").exists(),
    ),
    examples: {
      bad: [classicRule()],
      good: [tfResource("aws_waf_web_acl", `logging_configuration {\n  log_destination = "arn:aws:firehose:waf"\n}`)],
    },
  },
  {
    id: "iac/aws-web-acl-without-logs",
    aliases: ["CKV2_AWS_31"],
    title: "Web access list writes no logs",
    severity: "low",
    controls: "logging",
    why: "Attacks that were stopped, and those that were not, cannot be looked at.",
    fix: "Add an `aws_wafv2_web_acl_logging_configuration`.",
    links: ["https://docs.aws.amazon.com/waf/latest/developerguide/logging.html"],
    on: { "tf:aws_wafv2_web_acl": connected("aws_wafv2_web_acl_logging_configuration") },
    examples: {
      bad: [tf(current)],
      good: [
        tf(
          current +
            tfBlock(
              "aws_wafv2_web_acl_logging_configuration",
              "web",
              `log_destination_configs = ["arn:aws:logs:waf"]`,
              "resource_arn = aws_wafv2_web_acl.web.arn",
            ),
        ),
      ],
    },
  },
];
