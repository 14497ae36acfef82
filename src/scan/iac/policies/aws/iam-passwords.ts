/** The password rules of an AWS account. */
import { type Condition, value } from "../../condition.ts";
import { type Policy, tf } from "../../policy.ts";

interface PasswordRule {
  readonly id: `iac/${string}`;
  readonly aliases: readonly string[];
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  readonly condition: Condition;
  readonly bad: string;
  readonly good: string;
}

const rules: readonly PasswordRule[] = [
  {
    id: "iac/aws-passwords-never-expire",
    aliases: ["CKV_AWS_9", "AVD-AWS-0062"],
    title: "Passwords of an AWS account are valid for more than 90 days",
    why: "A password that leaked somewhere stays useful until it is changed.",
    fix: "Set `max_password_age` to 90 or less.",
    condition: value("max_password_age", { edit: 90 }).satisfies(
      (days) => Number(days) > 0 && Number(days) <= 90,
      "1 to 90 days",
    ),
    bad: "max_password_age = 365",
    good: "max_password_age = 90",
  },
  {
    id: "iac/aws-passwords-too-short",
    aliases: ["CKV_AWS_10", "AVD-AWS-0063"],
    title: "Passwords of an AWS account may be shorter than 14 characters",
    why: "Short passwords are guessed, or found from a stolen hash, in little time.",
    fix: "Set `minimum_password_length` to 14 or more.",
    condition: value("minimum_password_length").atLeast(14),
    bad: "minimum_password_length = 8",
    good: "minimum_password_length = 14",
  },
  {
    id: "iac/aws-passwords-need-no-lowercase",
    aliases: ["CKV_AWS_11", "AVD-AWS-0058"],
    title: "Passwords of an AWS account need no lower case letter",
    why: "The fewer kinds of characters a password must have, the fewer guesses find it.",
    fix: "Set `require_lowercase_characters = true`.",
    condition: value("require_lowercase_characters").is(true),
    bad: "require_lowercase_characters = false",
    good: "require_lowercase_characters = true",
  },
  {
    id: "iac/aws-passwords-need-no-number",
    aliases: ["CKV_AWS_12", "AVD-AWS-0059"],
    title: "Passwords of an AWS account need no digit",
    why: "The fewer kinds of characters a password must have, the fewer guesses find it.",
    fix: "Set `require_numbers = true`.",
    condition: value("require_numbers").is(true),
    bad: "require_numbers = false",
    good: "require_numbers = true",
  },
  {
    id: "iac/aws-passwords-may-come-back",
    aliases: ["CKV_AWS_13"],
    title: "Old passwords of an AWS account may be used again",
    why: "People go back to a password that may have leaked long ago.",
    fix: "Set `password_reuse_prevention = 24`, the highest number there is.",
    condition: value("password_reuse_prevention").atLeast(24),
    bad: "password_reuse_prevention = 3",
    good: "password_reuse_prevention = 24",
  },
  {
    id: "iac/aws-passwords-need-no-symbol",
    aliases: ["CKV_AWS_14", "AVD-AWS-0060"],
    title: "Passwords of an AWS account need no symbol",
    why: "The fewer kinds of characters a password must have, the fewer guesses find it.",
    fix: "Set `require_symbols = true`.",
    condition: value("require_symbols").is(true),
    bad: "require_symbols = false",
    good: "require_symbols = true",
  },
  {
    id: "iac/aws-passwords-need-no-uppercase",
    aliases: ["CKV_AWS_15", "AVD-AWS-0061"],
    title: "Passwords of an AWS account need no upper case letter",
    why: "The fewer kinds of characters a password must have, the fewer guesses find it.",
    fix: "Set `require_uppercase_characters = true`.",
    condition: value("require_uppercase_characters").is(true),
    bad: "require_uppercase_characters = false",
    good: "require_uppercase_characters = true",
  },
];

const example = (line: string) => [tf(`resource "aws_iam_account_password_policy" "all" {\n  ${line}\n}\n`)];

export const policies: readonly Policy[] = rules.map(({ id, aliases, title, why, fix, condition, bad, good }) => ({
  id,
  aliases,
  title,
  severity: "low",
  controls: "password-policy",
  why,
  fix,
  links: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html"],
  on: { "tf:aws_iam_account_password_policy": condition },
  examples: { bad: example(bad), good: example(good) },
}));
