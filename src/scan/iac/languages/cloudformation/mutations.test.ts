import assert from "node:assert/strict";
import { it } from "node:test";
import { randomFrom } from "#model/testing/random.ts";
import type { Node } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";
import { sourceFileOf } from "../../../source-file-of.ts";
import { mutateText } from "../../testing/mutate-text.ts";
import { cloudformation } from "./cloudformation.ts";

const yaml = `AWSTemplateFormatVersion: "2010-09-09" # c
Parameters: { P: { Type: String, Default: &d "x" }, Q: { Type: CommaDelimitedList, Default: a,b } }
Mappings: { M: { eu: { k: 1 }, us: { k: 1 } } }
Conditions:
  A: !Equals [!Ref P, x]
  B: !And [!Condition A, !Not [!Equals [a, b]]]
Resources:
  Fn::ForEach::L: [K, [One, Two], { "R\${K}": { Type: T::P::A, Properties: { N: !Ref K } } }]
  Bucket:
    Type: AWS::S3::Bucket
    Condition: B
    Properties:
      Name: !Sub ["\${a}-\${P}", { a: !GetAtt Two.N }]
      Text: |
        one
          two
      Tags: [!If [A, { Key: k }, !Ref AWS::NoValue], *d, !Select [0, !Ref Q], !FindInMap [M, !Ref AWS::Region, k]]
      <<: { Merged: >-
          folded
          text }
`;
const json = `{ "Resources": { "B": { "Type": "AWS::S3::Bucket", /* c */ "DependsOn": ["C"],
  "Properties": { "X": { "Fn::Join": ["", ["a", { "Ref": "C" }, true, 1.5e3, null]] }, } },
  "C": { "Type": "AWS::KMS::Key", "Properties": { "Y": { "Fn::If": ["N", [1, 2], "\\u00e9\\n"] } } } } }`;

const pieces = [
  "\n",
  "\n---\n",
  "{",
  "}",
  "[",
  "]",
  ": ",
  "- ",
  "!Ref ",
  "&a ",
  "*a",
  "<<: ",
  '"',
  "'",
  "|\n",
  "#",
  "\t",
  ",",
  "${",
  "\\",
];

function walk(node: Node, within: (place: Place) => void, depth = 0): void {
  within(node.at);
  if (node.from) within(node.from);
  assert.ok(depth < 400);
  if (node.is === "list") for (const item of node.items) walk(item, within, depth + 1);
  if (node.is !== "block") return;
  for (const key of node.keys()) {
    const member = node.get(key);
    assert.ok(member, `${key} is told and is not there`);
    within(member.whole);
    walk(member.value, within, depth + 1);
  }
}

it("reads whatever is left of a template", () => {
  const random = randomFrom(7);
  for (let round = 0; round < 600; round++) {
    let text = round % 2 === 0 ? yaml : json;
    for (let times = 1 + (round % 4); times > 0; times--) text = mutateText(text, random, pieces);
    const file = sourceFileOf(round % 2 === 0 ? "a.yaml" : "a.json", "0", new TextEncoder().encode(text));
    const { resources, problems } = cloudformation.read({ root: "", files: [file] });
    for (const resource of resources) {
      walk(resource.body, ({ start, end }) => assert.ok(0 <= start && start <= end && end <= text.length, text));
      resource.connected(["AWS::S3::Bucket"]);
    }
    for (const { message } of problems) assert.ok(message.length > 10);
  }
});
