import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { child, type Node } from "../../../formats/node.ts";
import { type Place, spanOf } from "../../../formats/text-file.ts";
import { sourceFileOf } from "../../../source-file-of.ts";
import type { ReadUnit, Resource } from "../../resource.ts";
import { cloudformation } from "./cloudformation.ts";

const fileOf = (text: string, path = "stack.yaml") => sourceFileOf(path, "0", new TextEncoder().encode(text));
const read = (text: string, path?: string): ReadUnit => cloudformation.read({ root: "", files: [fileOf(text, path)] });
const textAt = ({ file, start, end }: Place) => file.text.slice(start, end);
const resource = (unit: ReadUnit, address: string): Resource => {
  const found = unit.resources.find((one) => one.address === address);
  assert.ok(found, address);
  return found;
};

/** Values as JSON; what is not known as `?`, with the known part of a text and what it depends on. */
function bare(node: Node | undefined): unknown {
  if (!node) return undefined;
  if (node.is === "scalar") return node.value;
  if (node.is === "unknown") return ["?", node.text, node.refs.join()].filter(Boolean).join(" ");
  if (node.is === "list") return [...node.items.map(bare), ...(node.open === undefined ? [] : ["..."])];
  const members = node.keys().map((key) => [key, bare(node.get(key)?.value)]);
  return {
    ...Object.fromEntries(members),
    ...(node.open !== undefined && { "...": true }),
    ...(node.maybe && { maybe: true }),
  };
}

const head = `AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Name: { Type: String, Default: logs }
  Bare: { Type: String }
  Subnets: { Type: List<String>, Default: "a, b" }
  Image: { Type: "AWS::SSM::Parameter::Value<String>", Default: /path }
  Fixed: { Type: String, AllowedValues: [on-call] }
Mappings:
  Regions:
    eu: { size: 3, kind: x }
    us: { size: 4, kind: x }
Conditions:
  Always: !Equals [a, a]
  Never: !Not [ { Condition: Always } ]
  IsProd: !Equals [!Ref Name, prod]
  IsBig: !And [ !Condition IsProd, !Equals [!Ref Bare, x] ]
  Circle: !Condition Circle
  ByFixed: !Equals [!Ref Fixed, on-call]
Resources:
  Other: { Type: "AWS::KMS::Key", Properties: { Size: 5 } }
  It:
    Type: AWS::S3::Bucket
    Properties:
      X: `;

const resolved = (expression: string): unknown =>
  bare(child(child(resource(read(`${head}${expression}\n`), "AWS::S3::Bucket.It").body, "Properties"), "X"));

const expressions: readonly (readonly [string, unknown])[] = [
  ["!Ref Name", "logs"],
  ["{ Ref: Name }", "logs"],
  ["!Ref Bare", "?"],
  ["!Ref Subnets", ["a", "b"]],
  ["!Ref Image", "?"],
  ["!Ref Other", "? Other"],
  ["!Ref AWS::Region", "?"],
  ["!Ref AWS::NoValue", undefined],
  ["!GetAtt Other.Arn", "? Other"],
  ["!GetAtt [Other, Size]", 5],
  ["!Sub '${Name}-${!Literal}'", "logs-${Literal}"],
  ["!Sub 'arn:${AWS::Partition}:iam::aws:policy/A'", "arn:aws:iam::aws:policy/A"],
  ["!Sub ['${A}/${Other.Arn}', { A: !Ref Name }]", "? logs/${Other.Arn} Other"],
  ["!Join ['-', [a, !Ref Name, 1]]", "a-logs-1"],
  ["!Join ['', [a, !Ref Other]]", "? a${Other} Other"],
  ["!Select [1, !Split [',', 'x,y']]", "y"],
  ["!Select [0, !GetAZs '']", "?"],
  ["!Select [0, !Ref Subnets]", "a"],
  ["!FindInMap [Regions, eu, size]", 3],
  ["!FindInMap [Regions, !Ref AWS::Region, size]", "?"],
  ["!FindInMap [Regions, !Ref AWS::Region, kind]", "x"],
  ["!FindInMap [Regions, asia, size, { DefaultValue: 9 }]", 9],
  ["!If [Always, 1, 2]", 1],
  ["!If [Never, 1, !Ref AWS::NoValue]", undefined],
  ["!If [ByFixed, 1, 2]", 1],
  ["!If [IsProd, 1, 2]", "?"],
  ["!If [IsProd, 1, 1]", 1],
  ["!If [IsProd, 1, !Ref AWS::NoValue]", "?"],
  ["!If [Circle, 1, 2]", "?"],
  ["!If [IsProd, { A: 1, B: 2 }, { A: 1, B: 3, C: { D: 4 } }]", { A: 1, B: "?", C: { D: 4, maybe: true } }],
  ["!If [IsProd, { A: 1 }, !Ref AWS::NoValue]", { A: 1, maybe: true }],
  ["[1, !If [IsProd, { A: 1 }, !Ref AWS::NoValue], !Ref AWS::NoValue]", [1, { A: 1, maybe: true }, "..."]],
  ["!If [IsProd, [a, b], [b, c]]", ["b", "?", "?", "..."]],
  ["!If [IsBig, !If [IsProd, 1, 2], 1]", 1],
  ["{ 'Fn::Base64': !Sub 'x${Name}' }", "eGxvZ3M="],
  ["!ImportValue { 'Fn::Sub': '${Other}-x' }", "? Other"],
  ["!Length [a, b]", 2],
  ["{ A: 1, 'Fn::Transform': { Name: AWS::Include } }", { A: 1, "...": true }],
  ["{ 'Fn::ForEach::L': [K, [a, b], { 'p${K}': !Sub '${K}-${Name}' }] }", { pa: "a-logs", pb: "b-logs" }],
  ["{ 'Fn::ForEach::L': [K, !Ref Bare, { 'p${K}': 1 }] }", { "p${K}": 1, "...": true }],
];

describe("cloudformation", () => {
  for (const [expression, expected] of expressions) {
    it(`resolves ${expression}`, () => assert.deepEqual(resolved(expression), expected));
  }

  it("shows where a value is used and where it was decided", () => {
    const it_ = resource(read(`${head}!Ref Name\n`), "AWS::S3::Bucket.It");
    const found = child(child(it_.body, "Properties"), "X");
    assert.deepEqual(found?.from && [textAt(found.at), textAt(found.from)], ["!Ref Name", "logs"]);
  });

  it("keeps text before it is encoded", () => {
    const it_ = resource(read(`${head}!Base64 "export KEY=1"\n`), "AWS::S3::Bucket.It");
    const found = child(child(it_.body, "Properties"), "X");
    assert.equal(found?.is === "scalar" && bare(found.content), "export KEY=1");
  });

  it("knows what a resource's own condition settles", () => {
    const text = `${head}1\n  Big: { Type: "A::B::C", Condition: IsBig, Properties: { X: !If [IsProd, 1, 2] } }\n  Gone: { Type: "A::B::C", Condition: Never }\n`;
    const unit = read(text);
    assert.equal(bare(child(child(resource(unit, "A::B::C.Big").body, "Properties"), "X")), 1);
    assert.ok(!unit.resources.some(({ address }) => address === "A::B::C.Gone"));
  });

  it("tells resources, parameters and outputs with their places, in JSON too", () => {
    const json = `{
  "Resources": {
    // comment
    "B": { "Type": "AWS::S3::Bucket", "Metadata": { "checkov": { "skip": [{ "id": "CKV_AWS_18", "comment": "logs" }] } } }
  },
  "Outputs": { "O": { "Value": { "Fn::GetAtt": ["B", "Arn"] } } }
}`;
    const unit = read(json, "stack.template");
    const told = unit.resources.map(({ address, at, skips }) => [
      address,
      spanOf(at).startLine,
      skips.map(({ id, reason }) => `${id} ${reason}`),
    ]);
    assert.deepEqual(told, [
      ["AWS::S3::Bucket.B", 4, ["CKV_AWS_18 logs"]],
      ["output.O", 6, []],
    ]);
    assert.deepEqual(bare(resource(unit, "output.O").body), { name: "O", Value: "? B" });
  });

  it("connects by reference and by name, in both directions", () => {
    const unit = read(`Resources:
  Bucket: { Type: "AWS::S3::Bucket", Properties: { BucketName: the-logs } }
  ByRef: { Type: "T::P::A", Properties: { Bucket: !Sub "arn:\${Bucket.Arn}/*" } }
  ByName: { Type: "T::P::A", Properties: { Bucket: the-logs } }
  After: { Type: "T::P::A", DependsOn: [Bucket] }
  Alone: { Type: "T::P::A", Properties: { Bucket: other } }
`);
    const addresses = (from: string, type: string) =>
      resource(unit, from)
        .connected([type])
        .resources.map(({ address }) => address);
    assert.deepEqual(addresses("AWS::S3::Bucket.Bucket", "T::P::A"), [
      "T::P::A.ByRef",
      "T::P::A.ByName",
      "T::P::A.After",
    ]);
    assert.deepEqual(addresses("T::P::A.ByName", "AWS::S3::Bucket"), ["AWS::S3::Bucket.Bucket"]);
    assert.deepEqual(addresses("T::P::A.Alone", "AWS::S3::Bucket"), []);
  });

  it("repeats resources in loops and adds what Globals say", () => {
    const unit = read(`Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Globals: { Function: { Timeout: 3, Tracing: Active, Environment: { Variables: { A: 1 } }, Layers: [x] } }
Resources:
  Fn::ForEach::All:
    - Id
    - [One, Two]
    - F\${Id}:
        Type: AWS::Serverless::Function
        Properties: { Name: !Ref Id, Timeout: 9, Environment: { Variables: { B: 2 } }, Layers: [y], X: !GetAtt "T\${Id}.Arn" }
  TTwo: { Type: "AWS::SNS::Topic" }
`);
    const topic = resource(unit, "AWS::SNS::Topic.TTwo");
    assert.deepEqual(
      topic.connected(["AWS::Serverless::Function"]).resources.map(({ address }) => address),
      ["AWS::Serverless::Function.FTwo"],
    );
    assert.deepEqual(bare(child(resource(unit, "AWS::Serverless::Function.FTwo").body, "Properties")), {
      Timeout: 9,
      Tracing: "Active",
      Environment: { Variables: { A: 1, B: 2 } },
      Layers: ["x", "y"],
      Name: "Two",
      X: "? TTwo",
    });
    assert.equal(unit.resources.length, 3);
  });

  it("reports a type that is no plain text and keeps the others", () => {
    const unit = read(`Resources:\n  A: { Type: !Ref T }\n  B: { Type: "AWS::SNS::Topic" }\n`);
    assert.deepEqual(
      unit.resources.map(({ address }) => address),
      ["AWS::SNS::Topic.B"],
    );
    assert.deepEqual(
      unit.problems.map(({ code, line }) => [code, line]),
      [["unknown-type", 2]],
    );
  });

  it("comes to an end where references do not", () => {
    const chain = Array.from(
      { length: 5000 },
      (_, n) => `  R${n}: { Type: "A::B::C", Properties: { X: !GetAtt R${(n + 1) % 5000}.X } }`,
    );
    const conditions = Array.from(
      { length: 5000 },
      (_, n) => `  C${n}: !And [!Condition C${n + 1}, !Condition C${n + 1}]`,
    );
    const unit = read(
      `Conditions:\n${conditions.join("\n")}\nResources:\n${chain.join("\n")}\n  Z: { Type: "A::B::C", Condition: C0, Properties: { X: !If [C1, 1, 2] } }\n`,
    );
    assert.equal(bare(child(child(resource(unit, "A::B::C.R0").body, "Properties"), "X")), "? R1");
    assert.equal(bare(child(child(resource(unit, "A::B::C.Z").body, "Properties"), "X")), 1);
  });

  it("recognizes templates by what is in them", () => {
    const cases: readonly (readonly [string, string, boolean])[] = [
      ["a.yaml", "AWSTemplateFormatVersion: 2010-09-09\n", true],
      ["a.json", '{ "AWSTemplateFormatVersion": "2010-09-09" }', true],
      ["a.template", "Resources:\n  A:\n    Type: AWS::SNS::Topic\n", true],
      ["a.json", '{"Resources":{"A":{"Type":"Custom::X"}}}', true],
      ["a.yaml", "kind: ConfigMap\ndata:\n  x: |\n    AWSTemplateFormatVersion: 1\n", false],
      ["a.yaml", "resources:\n  Resources:\n    A: { Type: 'AWS::SNS::Topic' }\n", false],
    ];
    for (const [path, text, expected] of cases) {
      assert.equal(cloudformation.selects(path) && cloudformation.recognizes?.(fileOf(text, path)), expected, text);
    }
  });
});
