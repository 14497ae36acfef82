/** Templates that others deploy are read with what they are given, once for each stack, and alone only where nobody does. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { positionOf } from "../../../formats/text-file.ts";
import { sourceFileOf } from "../../../source-file-of.ts";
import { nodeAt } from "../../condition.ts";
import { iacScanner } from "../../iac-scanner.ts";
import { cloudformation } from "./cloudformation.ts";

type Files = Readonly<Record<string, string>>;

const sourcesOf = (files: Files) =>
  Object.entries(files).map(([path, text]) => sourceFileOf(path, "0", new TextEncoder().encode(text)));

function unitsIn(files: Files) {
  const sources = sourcesOf(files).filter((file) => cloudformation.recognizes?.(file));
  return cloudformation
    .units(sources.map((file) => ({ path: file.path, links: cloudformation.links(file) })))
    .map(({ root, paths }) => ({ root, files: sources.filter(({ path }) => paths.includes(path)) }));
}

function read(files: Files) {
  const units = unitsIn(files).map(cloudformation.read);
  return {
    resources: units.flatMap(({ resources }) => resources),
    problems: units.flatMap(({ problems }) => problems.map(({ path, line, code }) => `${path}:${line} ${code}`)),
  };
}

/** The value of a property, or why it is not known. */
function valueIn(files: Files, address: string, property: string): unknown {
  const resource = read(files).resources.find((one) => one.address === address);
  assert.ok(resource, address);
  const node = nodeAt(resource.body, `Properties.${property}`);
  if (node?.is === "list") return node.items.map((item) => (item.is === "scalar" ? item.value : item.is));
  return node?.is === "scalar" ? node.value : node?.is === "unknown" ? `unknown: ${node.reason}` : node?.is;
}

/** Places by fingerprint. */
function findingsIn(files: Files, alias: string): ReadonlyMap<string, string> {
  const sources = sourcesOf(files);
  const surveyed = sources.map((file) => ({ path: file.path, survey: iacScanner.survey(file) }));
  const found = iacScanner.units(surveyed).flatMap((unit) => {
    const own = sources.filter(({ path }) => unit.paths.includes(path));
    return iacScanner.scan(unit, own, { includePassed: false, fingerprintKey: new Uint8Array(32) }).findings;
  });
  const wanted = found.filter(({ aliases }) => aliases?.includes(alias));
  return new Map(wanted.map(({ fingerprint, at }) => [fingerprint, "path" in at ? `${at.path}:${at.startLine}` : ""]));
}

const findingsOf = (files: Files, alias: string) => [...findingsIn(files, alias).values()].sort();

const parent = (parameters: string, url = "nested/child.yaml"): string => `AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Kind: { Type: String, Default: gp3 }
  Free: { Type: String }
Resources:
  One:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ${url}
      Parameters: ${parameters}
`;
const child = (value: string, more = ""): string => `AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Encrypted: { Type: String, Default: false }
  Names: { Type: CommaDelimitedList, Default: "x" }
Conditions:
  IsEncrypted: !Equals [!Ref Encrypted, "true"]
Resources:
  Disk:
    Type: AWS::EC2::Volume
    Properties:
      X: ${value}
${more}`;

describe("parameters of a nested stack", () => {
  const cases: readonly (readonly [parameters: string, value: string, expected: unknown])[] = [
    ["{ Encrypted: true }", "!Ref Encrypted", true],
    ["{}", "!Ref Encrypted", false],
    ["{ Other: 1 }", "!Ref Encrypted", false],
    ["{ Encrypted: !Ref AWS::NoValue }", "!Ref Encrypted", false],
    ["{ Encrypted: !Ref Kind }", "!Ref Encrypted", "gp3"],
    ["{ Encrypted: !Ref Free }", "!Ref Encrypted", "unknown: parameter Free has no default"],
    ["!Ref Free", "!Ref Encrypted", "unknown: parameter Free has no default"],
    ["{ Names: 'a, b' }", "!Ref Names", ["a", "b"]],
    ["{ Names: [a, !Ref Kind] }", "!Ref Names", ["a", "gp3"]],
    ["{ Encrypted: !Sub '${Kind}-x' }", "!Sub '${Encrypted}'", "gp3-x"],
    // Conditions: what a parent writes is certain, a default of its own is not.
    ["{ Encrypted: 'true' }", "!If [IsEncrypted, 1, 2]", 1],
    ["{ Encrypted: 'false' }", "!If [IsEncrypted, 1, 2]", 2],
    [
      "{ Encrypted: !Ref Kind }",
      "!If [IsEncrypted, 1, 2]",
      "unknown: condition IsEncrypted is decided when it is deployed",
    ],
  ];
  for (const [parameters, value, expected] of cases) {
    it(`${parameters} makes ${value} ${JSON.stringify(expected)}`, () => {
      const files = { "stack.yaml": parent(parameters), "nested/child.yaml": child(value) };
      assert.deepEqual(valueIn(files, "One.AWS::EC2::Volume.Disk", "X"), expected);
      assert.deepEqual(read(files).problems, []);
    });
  }
});

describe("nested stacks", () => {
  it("are one unit with what deploys them, and serverless applications too", () => {
    const files = {
      "a/app.yaml":
        "Resources:\n  A: { Type: AWS::Serverless::Application, Properties: { Location: ../b/in.template } }\n",
      "b/in.template":
        '{ "Resources": { "B": { "Type": "AWS::CloudFormation::Stack", "Properties": { "TemplateURL": "deep.json" } } } }',
      "b/deep.json": '{ "Resources": { "C": { "Type": "AWS::SNS::Topic" } } }',
      "alone.yaml": "Resources:\n  D: { Type: AWS::SNS::Topic }\n",
    };
    assert.deepEqual(
      unitsIn(files).map(({ root, files: own }) => [root, ...own.map(({ path }) => path)]),
      [
        ["a/app.yaml", "a/app.yaml", "b/in.template", "b/deep.json"],
        ["alone.yaml", "alone.yaml"],
      ],
    );
    const { resources } = read(files);
    assert.deepEqual(
      resources.map(({ address, calledFrom }) => [address, calledFrom.length]),
      [
        ["AWS::Serverless::Application.A", 0],
        ["A.AWS::CloudFormation::Stack.B", 1],
        ["A.B.AWS::SNS::Topic.C", 2],
        ["AWS::SNS::Topic.D", 0],
      ],
    );
  });

  it("hand their outputs to the parent", () => {
    const files = {
      "stack.yaml": `${parent("{ Encrypted: yes-please }")}  Two:
    Type: AWS::EC2::Volume
    Properties:
      X: !GetAtt One.Outputs.It
      Y: !GetAtt One.Outputs.Id
      Z: !Sub "\${One.Outputs.It}!"
`,
      "nested/child.yaml": child("1", "Outputs:\n  It: { Value: !Ref Encrypted }\n  Id: { Value: !Ref Disk }\n"),
    };
    const two = "AWS::EC2::Volume.Two";
    assert.equal(valueIn(files, two, "X"), "yes-please");
    assert.equal(valueIn(files, two, "Y"), "unknown: One.Outputs.Id is known when it is deployed");
    assert.equal(valueIn(files, two, "Z"), "yes-please!");
  });

  it("are told once, where the text stands that decides", () => {
    const stack = (name: string, encrypted: boolean): string =>
      `  ${name}:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: ./child.yaml\n      Parameters:\n        Encrypted: ${encrypted}\n`;
    const volume = (name: string, encrypted: string): string =>
      `  ${name}:\n    Type: AWS::EC2::Volume\n    Properties:\n      Encrypted: ${encrypted}\n`;
    const nested = `Parameters:\n  Encrypted: { Type: String }\nResources:\n${volume("A", "!Ref Encrypted")}${volume("B", "false")}`;
    const files = {
      "one.yaml": `Resources:\n${stack("X", false)}${stack("Y", true)}${stack("Z", false)}`,
      "two.yaml": `Resources:\n${stack("X", true)}`,
      "child.yaml": nested,
    };
    assert.deepEqual(findingsOf(files, "CKV_AWS_3"), ["child.yaml:11", "one.yaml:19", "one.yaml:7"]);
    // Who deploys it by itself has the same issue.
    const { "child.yaml": alone } = files;
    const prints = (some: Files) => [...findingsIn(some, "CKV_AWS_3")].filter(([, at]) => at === "child.yaml:11");
    assert.deepEqual(prints(files), prints({ "child.yaml": alone }));
    assert.equal(prints(files).length, 1);
  });

  it("that are not there, or deploy themselves, are told; the rest is read", () => {
    const at = (url: string) => read({ "stack.yaml": parent("{}", url), "other.yaml": child("1") }).problems;
    for (const url of [
      "nested/none.yaml",
      "https://templates.example/a.yaml",
      "!Ref Free",
      "../../out.yaml",
      "/abs.yaml",
    ]) {
      assert.deepEqual(at(url), ["stack.yaml:9 missing-template"], url);
    }
    const circle = {
      "a.yaml": parent("{}", "b.yaml"),
      "b.yaml": parent("{}", "a.yaml"),
    };
    const { resources, problems } = read(circle);
    assert.deepEqual(problems, ["b.yaml:9 circle"]);
    assert.deepEqual(
      resources.filter(({ types }) => types[0] === "AWS::CloudFormation::Stack").map(({ address }) => address),
      ["AWS::CloudFormation::Stack.One", "One.AWS::CloudFormation::Stack.One"],
    );
    // A condition that is decided leaves the stack out: then its template stands alone.
    const off = `${parent("{}").replace("  One:\n", "  One:\n    Condition: Never\n")}Conditions: { Never: !Equals [a, b] }\n`;
    assert.deepEqual(
      read({ "stack.yaml": off, "nested/child.yaml": child("1") }).resources.flatMap(({ types, address }) =>
        types[0] === "AWS::EC2::Volume" ? [address] : [],
      ),
      ["AWS::EC2::Volume.Disk"],
    );
  });

  it("that multiply come to an end", () => {
    const doubling = Object.fromEntries(
      Array.from({ length: 16 }, (_, number) => {
        const stack = (name: string) =>
          `  ${name}: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: t${number + 1}.yaml } }\n`;
        return [`t${number}.yaml`, `Resources:\n${stack("A")}${stack("B")}`];
      }),
    );
    const { resources, problems } = read(doubling);
    assert.ok(resources.length > 500 && resources.length < 2000);
    assert.ok(problems.some((one) => one.endsWith("too-large")));
  });

  it("are silenced by a skip of the resource that deploys them", () => {
    const files = {
      "stack.yaml": parent("{ Encrypted: false }").replace("  One:\n", "  One:\n    # checkov:skip=CKV_AWS_3:a test\n"),
      "nested/child.yaml": child("1"),
    };
    assert.deepEqual(findingsOf(files, "CKV_AWS_3"), []);
    const { resources } = read(files);
    const disk = resources.find(({ address }) => address === "One.AWS::EC2::Volume.Disk");
    assert.equal(disk && positionOf(disk.at.file, disk.at.start).line, 8);
  });
});
