import assert from "node:assert/strict";
import { test } from "node:test";
import { sourceFileOf } from "../../source-file-of.ts";
import { nodeAt } from "../condition.ts";
import { terraform } from "../languages/terraform/terraform.ts";
import {
  findEscalation,
  givesCredentials,
  isNeedlesslyBroad,
  managesPermissionsAnywhere,
  readsDataAnywhere,
  writesAnywhere,
} from "./iam-access.ts";
import { type Statement, statementsOf } from "./iam-statements.ts";

function statementsIn(text: string, type = "aws_iam_policy"): readonly Statement[] {
  const file = sourceFileOf("main.tf", "0", new TextEncoder().encode(text));
  const { resources } = terraform.read({ root: "", files: [file] });
  const policy = resources.find(({ types }) => types[0] === type);
  assert.ok(policy);
  const document = type === "aws_iam_policy" ? nodeAt(policy.body, "policy") : policy.body;
  return (document && statementsOf(document)) ?? [];
}

function allowing(actions: readonly string[], more = `Resource = "*"`): Statement {
  const list = JSON.stringify(actions);
  const [statement] = statementsIn(
    `resource "aws_iam_policy" "p" {\n policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ${list}, ${more} }] })\n}`,
  );
  assert.ok(statement);
  return statement;
}

test("actions are judged by what they can do", () => {
  const judges = { isNeedlesslyBroad, writesAnywhere, managesPermissionsAnywhere, givesCredentials, readsDataAnywhere };
  const cases: readonly (readonly [string, string])[] = [
    ["*", "isNeedlesslyBroad writesAnywhere managesPermissionsAnywhere givesCredentials readsDataAnywhere"],
    ["s3:*", "isNeedlesslyBroad writesAnywhere managesPermissionsAnywhere readsDataAnywhere"],
    ["s3:GetObject", "isNeedlesslyBroad readsDataAnywhere"],
    ["S3:getobject", "isNeedlesslyBroad readsDataAnywhere"],
    ["s3:PutBucket*", "isNeedlesslyBroad writesAnywhere managesPermissionsAnywhere"],
    ["s3:ListAllMyBuckets", ""],
    ["ec2:DescribeInstances", ""],
    ["dynamodb:PutItem", "isNeedlesslyBroad writesAnywhere"],
    ["sts:AssumeRole", "isNeedlesslyBroad writesAnywhere givesCredentials"],
    ["unheard:*", "isNeedlesslyBroad writesAnywhere"],
    ["unheard:Of", ""],
  ];
  for (const [action, expected] of cases) {
    const statement = allowing([action]);
    const found = Object.entries(judges).filter(([, judge]) => judge(statement));
    assert.equal(found.map(([name]) => name).join(" "), expected, action);
  }
});

test("a condition, certain resources or principals narrow a statement", () => {
  assert.ok(writesAnywhere(allowing(["sqs:SendMessage"])));
  for (const more of [
    `Resource = "arn:aws:sqs:*:*:orders"`,
    `Resource = "*", Condition = { StringEquals = { "aws:SourceAccount" = "123456789012" } }`,
    `Resource = "*", Principal = { AWS = "arn:aws:iam::123456789012:role/shop" }`,
  ]) {
    assert.ok(!writesAnywhere(allowing(["sqs:SendMessage"], more)), more);
  }
});

test("several statements together raise privileges", () => {
  const pass = allowing(["iam:PassRole"]);
  assert.equal(findEscalation([pass]), undefined);
  assert.equal(findEscalation([allowing(["ec2:RunInstances"]), pass]), pass);
  assert.ok(findEscalation([allowing(["iam:Put*"])]));
});

test("documents include others, and say what they cannot know", () => {
  const statements = statementsIn(
    `data "aws_iam_policy_document" "all" {
       source_policy_documents = [data.aws_iam_policy_document.read.json, var.more]
       dynamic "statement" {
         for_each = var.names
         content { actions = ["s3:PutObject"] }
       }
     }
     data "aws_iam_policy_document" "read" { statement { actions = ["s3:GetObject"] } }
     variable "more" {}
     variable "names" {}`,
    "data.aws_iam_policy_document",
  );
  const known = statements.flatMap(({ actions, isOpen }) => (isOpen ? ["?"] : actions));
  assert.deepEqual(known, ["s3:PutObject", "?", "s3:GetObject", "?"]);
});

test("documents that include each other come to an end", () => {
  const one = (name: string, other: string) =>
    `data "aws_iam_policy_document" "${name}" { source_policy_documents = [data.aws_iam_policy_document.${other}.json] }\n`;
  assert.ok(statementsIn(one("a", "b") + one("b", "a"), "data.aws_iam_policy_document").every(({ isOpen }) => isOpen));
});
