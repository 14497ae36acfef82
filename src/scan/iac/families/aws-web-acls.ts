/** Web access lists (AWS WAF): whether something on the internet is behind one, and whether its rules stop known attacks. */
import { all, any, type Condition, connected, value } from "../condition.ts";

const association = "aws_wafv2_web_acl_association";

/** Terraform: a web access list of either generation is attached. */
export const behindWebAcl: Condition = connected([association, "aws_wafregional_web_acl_association"]);

const hasGroup = (name: string) =>
  any("rule", value("statement.managed_rule_group_statement.name", { edit: false }).contains(name));

/** A web access list of Terraform has the managed rules that stop Log4Shell and requests from anonymous addresses. */
export const stopsLog4Shell: Condition = all(
  hasGroup("AWSManagedRulesKnownBadInputsRuleSet"),
  hasGroup("AWSManagedRulesAnonymousIpList"),
);

/** The list that is attached stops Log4Shell; where none is attached, that is another matter. */
export const attachedListStopsLog4Shell: Condition = connected(
  association,
  connected("aws_wafv2_web_acl", stopsLog4Shell, { missing: "pass" }),
  { missing: "pass" },
);

/** For examples: a list with these managed groups. */
export function tfWebAcl(...groups: readonly string[]): string {
  const rules = groups.map(
    (group, at) => `  rule {
    name     = "rule-${at}"
    priority = ${at}
    statement {
      managed_rule_group_statement {
        name        = "${group}"
        vendor_name = "AWS"
      }
    }
  }
`,
  );
  return `resource "aws_wafv2_web_acl" "web" {\n  scope = "REGIONAL"\n${rules.join("")}}\n`;
}

/** For examples: the list is attached to this resource. */
export function tfAttached(address: string): string {
  return `resource "aws_wafv2_web_acl_association" "web" {
  resource_arn = ${address}.arn
  web_acl_arn  = aws_wafv2_web_acl.web.arn
}
`;
}

export const log4ShellGroups = ["AWSManagedRulesKnownBadInputsRuleSet", "AWSManagedRulesAnonymousIpList"] as const;
