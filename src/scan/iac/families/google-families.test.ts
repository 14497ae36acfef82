import assert from "node:assert/strict";
import { test } from "node:test";
import { sourceFileOf } from "../../source-file-of.ts";
import type { Condition } from "../condition.ts";
import { terraform } from "../languages/terraform/terraform.ts";
import { closedPort } from "./google-firewall.ts";
import { documentIsNotPublic, membersAreNotPublic, membersAreOwnAccounts } from "./google-members.ts";

/** What a condition says about the first resource of a text. */
function verdictOn(text: string, condition: Condition): string {
  const file = sourceFileOf("main.tf", "0", new TextEncoder().encode(text));
  const [resource] = terraform.read({ root: "", files: [file] }).resources;
  assert.ok(resource);
  return condition(resource.body, resource).is;
}

const resource = (type: string, ...lines: readonly string[]) =>
  `resource "${type}" "x" {\n${lines.join("\n")}\n}\nvariable "unknown" {}\n`;

test("a firewall rule opens a port only if it is in force, allows it and is for everybody", () => {
  const ssh = `allow {\n protocol = "tcp"\n ports = ["20-25"]\n}`;
  const everywhere = `source_ranges = ["10.0.0.0/8", "0.0.0.0/0"]`;
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["fail", [ssh, everywhere]],
    ["fail", [ssh, `source_ranges = ["::/0"]`]],
    ["fail", [`allow {\n protocol = "6"\n}`, everywhere]],
    ["fail", [`allow {\n protocol = "udp"\n}`, `allow {\n protocol = "all"\n}`, everywhere]],
    ["pass", [ssh, `source_ranges = ["10.0.0.0/8"]`]],
    ["pass", [ssh, `source_tags = ["web"]`]],
    ["pass", [ssh, everywhere, "disabled = true"]],
    ["pass", [ssh, everywhere, `direction = "EGRESS"`]],
    ["pass", [`deny {\n protocol = "all"\n}`, everywhere]],
    ["pass", [`allow {\n protocol = "icmp"\n}`, everywhere]],
    ["pass", [`allow {\n protocol = "tcp"\n ports = ["443", 2222]\n}`, everywhere]],
    ["unknown", [`allow {\n protocol = "tcp"\n ports = var.unknown\n}`, everywhere]],
    ["unknown", [ssh, "source_ranges = var.unknown"]],
  ];
  for (const [expected, lines] of cases)
    assert.equal(verdictOn(resource("google_compute_firewall", ...lines), closedPort(22)), expected, lines.join(" "));
});

test("members are judged in bindings, single grants and documents, also where a part is unknown", () => {
  const cases: readonly (readonly [string, Condition, string])[] = [
    ["fail", membersAreNotPublic, `members = ["user:a@example.com", "allUsers"]`],
    ["fail", membersAreNotPublic, `member = "allAuthenticatedUsers"`],
    ["pass", membersAreNotPublic, `member = "user:\${var.unknown}"`],
    ["unknown", membersAreNotPublic, "member = var.unknown"],
    ["unknown", membersAreNotPublic, "members = var.unknown"],
    ["fail", membersAreNotPublic, `members = [var.unknown, "allUsers"]`],
    ["fail", membersAreOwnAccounts, `member = "serviceAccount:\${var.unknown}-compute@developer.gserviceaccount.com"`],
    [
      "fail",
      membersAreOwnAccounts,
      `member = "serviceAccount:\${data.google_compute_default_service_account.main.email}"`,
    ],
    ["pass", membersAreOwnAccounts, `member = "user:a@example.com"`],
    ["fail", documentIsNotPublic("policy_data"), `policy_data = "{\\"bindings\\":[{\\"members\\":[\\"allUsers\\"]}]}"`],
    ["pass", documentIsNotPublic("policy_data"), "policy_data = jsonencode({ bindings = [{ members = [] }] })"],
    ["unknown", documentIsNotPublic("policy_data"), "policy_data = data.google_iam_policy.main.policy_data"],
  ];
  for (const [expected, condition, line] of cases)
    assert.equal(verdictOn(resource("google_project_iam_member", line), condition), expected, line);
});
