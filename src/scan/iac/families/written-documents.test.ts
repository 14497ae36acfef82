import assert from "node:assert/strict";
import { test } from "node:test";
import { value } from "../condition.ts";
import { tf } from "../policy.ts";
import { tryExamples } from "../try-examples.ts";
import { inDocument } from "./written-documents.ts";

const document = (content: string) => tf(`resource "aws_ssm_document" "a" {\n  content = ${content}\n}\n`);

test("documents are judged by their structure, however they are written", () => {
  const failures = tryExamples({
    id: "iac/document-without-key",
    aliases: [],
    title: "Document without a key",
    severity: "low",
    controls: "governance",
    why: "",
    fix: "",
    links: [],
    on: { "tf:aws_ssm_document": inDocument("content", value("inputs.key").exists(), "fail") },
    examples: {
      bad: [
        document(`jsonencode({ inputs = { key = "" } })`),
        document(`<<-DOC\n  { "inputs": { "key": "" } }\n  DOC`),
        document(`<<-DOC\n  inputs:\n    other: 1\n  DOC`),
      ],
      good: [
        document(`jsonencode({ inputs = { key = aws_kms_key.a.arn } })`),
        document(`<<-DOC\n  { "inputs": { "key": "\${aws_kms_key.a.arn}" } }\n  DOC`),
        document(`<<-DOC\n  inputs:\n    key: a\n  DOC`),
      ],
    },
  });
  assert.deepEqual(failures, []);
});
