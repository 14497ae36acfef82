/** Alibaba Cloud: password rules, sign-in, audit trails and keys of an account. */
import { type Condition, value } from "../../condition.ts";
import { tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

const passwordPolicy = "alicloud_ram_account_password_policy";
const ramLinks = ["https://www.alibabacloud.com/help/en/ram/"];

interface PasswordRule extends Pick<Policy, "title" | "why" | "fix"> {
  /** Completes `iac/alibaba-password-`. */
  readonly name: string;
  readonly alias: string;
  readonly condition: Condition;
  /** Lines for the examples. */
  readonly bad: string;
  readonly good: string;
}

function passwordRule({ name, alias, title, why, fix, condition, bad, good }: PasswordRule): Policy {
  return {
    id: `iac/alibaba-password-${name}`,
    aliases: [alias],
    title,
    severity: "low",
    controls: "password-policy",
    why,
    fix,
    links: ramLinks,
    on: { [`tf:${passwordPolicy}`]: condition },
    examples: { bad: [tfResource(passwordPolicy, bad)], good: [tfResource(passwordPolicy, good)] },
  };
}

function requires(alias: string, attribute: string, what: string): Policy {
  return passwordRule({
    name: `without-${what.replace(" ", "-")}`,
    alias,
    title: `Password policy does not ask for ${what}`,
    why: "The fewer kinds of characters a password must have, the fewer guesses find it.",
    fix: `Set \`${attribute} = true\`.`,
    condition: value(attribute).is(true),
    bad: `${attribute} = false`,
    good: `${attribute} = true`,
  });
}

export const policies: readonly Policy[] = [
  passwordRule({
    name: "short",
    alias: "CKV_ALI_13",
    title: "Password policy allows fewer than 14 characters",
    why: "Short passwords are found by trying, above all once their hashes have leaked.",
    fix: "Set `minimum_password_length` to 14 or more.",
    condition: value("minimum_password_length").atLeast(14),
    bad: "minimum_password_length = 8",
    good: "minimum_password_length = 14",
  }),
  requires("CKV_ALI_14", "require_numbers", "digits"),
  requires("CKV_ALI_15", "require_symbols", "symbols"),
  passwordRule({
    name: "never-expires",
    alias: "CKV_ALI_16",
    title: "Passwords live longer than 90 days",
    why: "A password that leaked without anybody noticing opens the account for as long as it holds.",
    fix: "Set `max_password_age` to 90 days or fewer.",
    condition: value("max_password_age").satisfies(
      (days) => Number(days) > 0 && Number(days) <= 90,
      "between 1 and 90",
    ),
    bad: "max_password_age = 365",
    good: "max_password_age = 90",
  }),
  requires("CKV_ALI_17", "require_lowercase_characters", "lower case"),
  passwordRule({
    name: "reuse",
    alias: "CKV_ALI_18",
    title: "Old passwords can be used again",
    why: "Who has to change a password goes back to an old one, which may have leaked since.",
    fix: "Set `password_reuse_prevention` to 24.",
    condition: value("password_reuse_prevention").atLeast(24),
    bad: "password_reuse_prevention = 5",
    good: "password_reuse_prevention = 24",
  }),
  requires("CKV_ALI_19", "require_uppercase_characters", "upper case"),
  passwordRule({
    name: "many-attempts",
    alias: "CKV_ALI_23",
    title: "More than five wrong passwords are allowed",
    why: "A program that tries passwords gets many guesses at the same account before it is locked.",
    fix: "Set `max_login_attempts` to 5 or fewer.",
    condition: value("max_login_attempts", { missing: "pass" }).atMost(5),
    bad: "max_login_attempts = 10",
    good: "max_login_attempts = 3",
  }),
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
