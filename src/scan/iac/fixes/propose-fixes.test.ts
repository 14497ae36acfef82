/** Edits are written as the file is: its indentation, its line ends, its way to put things on one line. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { sourceFileOf } from "../../source-file-of.ts";
import { catalogueOf } from "../catalogue.ts";
import { value } from "../condition.ts";
import { iacScannerOf } from "../iac-scanner.ts";
import type { Policy } from "../policy.ts";
import { indentStep, lineEndOf } from "./text-change.ts";

const rule = (id: Policy["id"], on: Policy["on"]): Policy => ({
  id,
  title: "Something is not set",
  severity: "low",
  why: "",
  fix: "",
  links: [],
  aliases: [],
  controls: "availability",
  on,
  examples: { bad: [], good: [] },
});
const scanner = iacScannerOf(
  catalogueOf([
    rule("iac/plain", {
      "tf:vault": value("locked").is(true),
      "arm:Test/vaults": value("properties.locked").is(true),
      "cfn:AWS::Test::Vault": value("Properties.Locked").is(true),
    }),
    rule("iac/nested", {
      "tf:safe": value("door.lock").is("on"),
      "arm:Test/safes": value("properties.door.lock").is("on"),
      "cfn:AWS::Test::Safe": value("Properties.Door.Lock").is("on"),
    }),
  ]),
  "1",
);

function fixedText(path: string, text: string): string {
  const file = sourceFileOf(path, "0", new TextEncoder().encode(text));
  const units = scanner.units([{ path, survey: scanner.survey(file) }]);
  const { findings } = scanner.scan(units[0] ?? assert.fail("no unit"), [file], {
    fingerprintKey: new Uint8Array(32),
    includePassed: false,
  });
  const offsetOf = (line: number, column: number): number =>
    text
      .split("\n")
      .slice(0, line - 1)
      .join("\n").length +
    (line > 1 ? 1 : 0) +
    column -
    1;
  const edits = findings.flatMap(({ fix }) => fix?.edits ?? []);
  assert.equal(edits.length, 1, JSON.stringify(findings));
  const [{ at, text: added } = assert.fail()] = edits;
  return `${text.slice(0, offsetOf(at.startLine, at.startColumn))}${added}${text.slice(offsetOf(at.endLine, at.endColumn))}`;
}

const schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";
const template = (resource: string): string => `{"$schema":"${schema}","resources":[${resource}]}`;
const indented = (properties: string): string =>
  `{\n\t"$schema": "${schema}",\n\t"resources": [\n\t\t{"type": "Test/safes", "name": "a", "properties": ${properties}}\n\t]\n}\n`;
const stack = (type: string, ...lines: readonly string[]): string =>
  ["Resources:", "  A:", `    Type: AWS::Test::${type}`, ...lines].join("\n");

const cases: readonly (readonly [title: string, path: string, before: string, after: string])[] = [
  [
    "tabs",
    "a.tf",
    'resource "vault" "a" {\n\tname = "a"\n}',
    'resource "vault" "a" {\n\tname = "a"\n\tlocked = true\n}',
  ],
  [
    "line ends of Windows",
    "a.tf",
    'resource "safe" "a" {\r\n    name = "a"\r\n}',
    'resource "safe" "a" {\r\n    name = "a"\r\n    door {\r\n        lock = "on"\r\n    }\r\n}',
  ],
  ["an empty block", "a.tf", 'resource "vault" "a" {}', 'resource "vault" "a" {\n  locked = true\n}'],
  [
    "a block on one line, which may hold one attribute only",
    "a.tf",
    'resource "vault" "a" { name = "a" }',
    'resource "vault" "a" {\n  name = "a"\n  locked = true\n}',
  ],
  [
    "a comment at the end",
    "a.tf",
    'resource "vault" "a" {\n  name = "a" # b\n  # c\n}',
    'resource "vault" "a" {\n  name = "a" # b\n  # c\n  locked = true\n}',
  ],
  [
    "Bicep",
    "a.bicep",
    "resource a 'Test/vaults@2020-01-01' = {\n    name: 'a'\n    properties: {}\n}",
    "resource a 'Test/vaults@2020-01-01' = {\n    name: 'a'\n    properties: {\n        locked: true\n    }\n}",
  ],
  [
    "Bicep beside a module that is not there",
    "a.bicep",
    "module b 'gone.bicep' = {\n  name: 'b'\n}\nresource a 'Test/vaults@2020-01-01' = {\n  properties: {\n  }\n}",
    "module b 'gone.bicep' = {\n  name: 'b'\n}\nresource a 'Test/vaults@2020-01-01' = {\n  properties: {\n    locked: true\n  }\n}",
  ],
  [
    "minified JSON",
    "a.json",
    template('{"type":"Test/safes","name":"a","properties":{"size":1}}'),
    template('{"type":"Test/safes","name":"a","properties":{"size":1,"door":{"lock":"on"}}}'),
  ],
  [
    "an empty object of minified JSON",
    "a.json",
    template('{"type":"Test/vaults","name":"a","properties":{}}'),
    template('{"type":"Test/vaults","name":"a","properties":{"locked":true}}'),
  ],
  [
    "an object on one line of JSON",
    "a.json",
    indented('{ "size": 1 }'),
    indented('{ "size": 1, "door": { "lock": "on" } }'),
  ],
  [
    "an object on several lines of JSON",
    "a.json",
    indented('{\n\t\t\t"size": 1\n\t\t}'),
    indented('{\n\t\t\t"size": 1,\n\t\t\t"door": {\n\t\t\t\t"lock": "on"\n\t\t\t}\n\t\t}'),
  ],
  [
    "YAML",
    "a.yaml",
    stack("Safe", "    Properties:", "      Size: 1 # b", "  # c", "  B: {Type: Other}"),
    stack(
      "Safe",
      "    Properties:",
      "      Size: 1 # b",
      "      Door:",
      '        Lock: "on"',
      "  # c",
      "  B: {Type: Other}",
    ),
  ],
  [
    "YAML in flow style",
    "a.yaml",
    stack("Safe", "    Properties: { Size: 1 }"),
    stack("Safe", '    Properties: { Size: 1, Door: {Lock: "on"} }'),
  ],
];

for (const [title, path, before, after] of cases) {
  test(`an edit in ${path}: ${title}`, () => {
    assert.equal(fixedText(path, before), after);
  });
}

test("thousands of edits cost no more for each than a few", () => {
  takesAtMost(10, () => {
    const text = "a {\n b\n}\n".repeat(600_000);
    for (let times = 0; times < 5_000; times++) assert.equal(indentStep(text) + lineEndOf(text), "  \n");
    const vaults = Array.from({ length: 6_000 }, (_, at) => [`V${at}`, { Type: "AWS::Test::Vault", Properties: {} }]);
    const template = { AWSTemplateFormatVersion: "2010-09-09", Resources: Object.fromEntries(vaults) };
    const file = sourceFileOf("t.json", "0", new TextEncoder().encode(JSON.stringify(template, undefined, 2)));
    const [unit] = scanner.units([{ path: file.path, survey: scanner.survey(file) }]);
    assert.ok(unit);
    const { findings } = scanner.scan(unit, [file], { fingerprintKey: new Uint8Array(32) });
    assert.deepEqual([findings.length, findings.filter(({ fix }) => fix).length], [6_000, 5_000]);
  });
});
