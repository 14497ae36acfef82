/** Alibaba Cloud: password rules, sign-in, audit trails and keys of an account. */
import { type Condition, value } from "../../condition.ts";
import { tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

const passwordPolicy = "alicloud_ram_account_password_policy";
const ramLinks = ["https://www.alibabacloud.com/help/en/ram/"];

function passwordRule(
  alias: string,
  name: string,
  title: string,
  condition: Condition,
  fix: string,
  [bad, good]: readonly [string, string],
): Policy {
  return {
    id: `iac/alibaba-password-${name}`,
    aliases: [alias],
    title,
    severity: "low",
    controls: "password-policy",
    why: "Weak and old passwords of console users are guessed, or reused after a leak elsewhere.",
    fix,
    links: ramLinks,
    on: { [`tf:${passwordPolicy}`]: condition },
    examples: { bad: [tfResource(passwordPolicy, bad)], good: [tfResource(passwordPolicy, good)] },
  };
}

function requires(alias: string, attribute: string, what: string): Policy {
  return passwordRule(
    alias,
    `without-${what.replace(" ", "-")}`,
    `Password policy does not ask for ${what}`,
    value(attribute).is(true),
    `Set \`${attribute} = true\`.`,
    [`${attribute} = false`, `${attribute} = true`],
  );
}

export const policies: readonly Policy[] = [
  passwordRule(
    "CKV_ALI_13",
    "short",
    "Password policy allows fewer than 14 characters",
    value("minimum_password_length").atLeast(14),
    "Set `minimum_password_length` to 14 or more.",
    ["minimum_password_length = 8", "minimum_password_length = 14"],
  ),
  requires("CKV_ALI_14", "require_numbers", "digits"),
  requires("CKV_ALI_15", "require_symbols", "symbols"),
  passwordRule(
    "CKV_ALI_16",
    "never-expires",
    "Passwords live longer than 90 days",
    value("max_password_age").satisfies((days) => Number(days) > 0 && Number(days) <= 90, "between 1 and 90"),
    "Set `max_password_age` to 90 days or fewer.",
    ["max_password_age = 365", "max_password_age = 90"],
  ),
  requires("CKV_ALI_17", "require_lowercase_characters", "lower case"),
  passwordRule(
    "CKV_ALI_18",
    "reuse",
    "Old passwords can be used again",
    value("password_reuse_prevention").atLeast(24),
    "Set `password_reuse_prevention` to 24.",
    ["password_reuse_prevention = 5", "password_reuse_prevention = 24"],
  ),
  requires("CKV_ALI_19", "require_uppercase_characters", "upper case"),
  passwordRule(
    "CKV_ALI_23",
    "many-attempts",
    "More than five wrong passwords are allowed",
    value("max_login_attempts", { missing: "pass" }).atMost(5),
    "Set `max_login_attempts` to 5 or fewer.",
    ["max_login_attempts = 10", "max_login_attempts = 3"],
  ),
  {
    id: "iac/alibaba-sign-in-without-second-factor",
    aliases: ["CKV_ALI_24"],
    title: "Console users sign in without a second factor",
    severity: "high",
    controls: "strong-authentication",
    why: "A password that leaks is enough to act in the account.",
    fix: "Set `enforce_mfa_for_login = true`.",
    links: ramLinks,
    on: { "tf:alicloud_ram_security_preference": value("enforce_mfa_for_login").is(true) },
    examples: {
      bad: [tfResource("alicloud_ram_security_preference", "enable_save_mfa_ticket = false")],
      good: [tfResource("alicloud_ram_security_preference", "enforce_mfa_for_login = true")],
    },
  },
  {
    id: "iac/alibaba-trail-of-one-region",
    aliases: ["CKV_ALI_4"],
    title: "ActionTrail does not record every region",
    severity: "low",
    controls: "logging",
    why: "What is done in a region that nobody uses goes unseen, and that is where intruders work.",
    fix: 'Set `trail_region = "All"`.',
    links: ["https://www.alibabacloud.com/help/en/actiontrail/"],
    on: { "tf:alicloud_actiontrail_trail": value("trail_region", { missing: "pass" }).is("All") },
    examples: {
      bad: [tfResource("alicloud_actiontrail_trail", 'trail_region = "cn-hangzhou"')],
      good: [tfResource("alicloud_actiontrail_trail", 'trail_region = "All"')],
    },
  },
  {
    id: "iac/alibaba-trail-of-some-events",
    aliases: ["CKV_ALI_5"],
    title: "ActionTrail does not record every event",
    severity: "low",
    controls: "logging",
    why: "Reads or writes are missing from the record when an incident is examined.",
    fix: 'Set `event_rw = "All"`.',
    links: ["https://www.alibabacloud.com/help/en/actiontrail/"],
    on: { "tf:alicloud_actiontrail_trail": value("event_rw").is("All") },
    examples: {
      bad: [tfResource("alicloud_actiontrail_trail", 'event_rw = "Write"')],
      good: [tfResource("alicloud_actiontrail_trail", 'event_rw = "All"')],
    },
  },
  {
    id: "iac/alibaba-key-without-rotation",
    aliases: ["CKV_ALI_27"],
    title: "KMS key is not rotated",
    severity: "low",
    controls: "key-lifecycle",
    why: "The longer one key is in use, the more data is lost with it.",
    fix: 'Set `automatic_rotation = "Enabled"`.',
    links: ["https://www.alibabacloud.com/help/en/kms/"],
    on: { "tf:alicloud_kms_key": value("automatic_rotation").is("Enabled") },
    examples: {
      bad: [tfResource("alicloud_kms_key", 'description = "data"')],
      good: [tfResource("alicloud_kms_key", 'automatic_rotation = "Enabled"')],
    },
  },
  {
    id: "iac/alibaba-key-disabled",
    aliases: ["CKV_ALI_28"],
    title: "KMS key is disabled",
    severity: "low",
    controls: "key-lifecycle",
    why: "What was encrypted with the key cannot be read.",
    fix: 'Set `status = "Enabled"`, or remove the key.',
    links: ["https://www.alibabacloud.com/help/en/kms/"],
    on: { "tf:alicloud_kms_key": value("status", { missing: "pass" }).is("Enabled") },
    examples: {
      bad: [tfResource("alicloud_kms_key", 'status = "Disabled"')],
      good: [tfResource("alicloud_kms_key", 'status = "Enabled"')],
    },
  },
  {
    id: "iac/alibaba-log-audit-without-rds",
    aliases: ["CKV_ALI_38"],
    title: "Log audit does not collect from databases",
    severity: "low",
    controls: "logging",
    why: "After an incident nobody can tell who read what in the databases.",
    fix: 'Set `rds_enabled = "true"` in `variable_map`.',
    links: ["https://www.alibabacloud.com/help/en/sls/"],
    on: { "tf:alicloud_log_audit": value("variable_map.rds_enabled").is(true) },
    examples: {
      bad: [tfResource("alicloud_log_audit", "variable_map = {", '  "actiontrail_enabled" = "true"', "}")],
      good: [tfResource("alicloud_log_audit", "variable_map = {", '  "rds_enabled" = "true"', "}")],
    },
  },
];
