/** A text that is wrong is told once, however many resources it makes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { SourceFile } from "#model/source-file.ts";
import { sourceFileOf } from "../source-file-of.ts";
import type { TreeResult } from "../tree-scanner.ts";
import { iacScanner } from "./iac-scanner.ts";

function scan(files: Readonly<Record<string, string>>): readonly TreeResult[] {
  const sources = Object.entries(files).map(
    ([path, text]): SourceFile => sourceFileOf(path, path, new TextEncoder().encode(text)),
  );
  return iacScanner.units(sources.map((file) => ({ path: file.path, survey: iacScanner.survey(file) }))).map((unit) =>
    iacScanner.scan(
      unit,
      sources.filter(({ path }) => unit.paths.includes(path)),
      { fingerprintKey: new Uint8Array(32), includePassed: false },
    ),
  );
}

function placesOf(results: readonly TreeResult[], rule: string): readonly string[] {
  const found = results.flatMap(({ findings }) => findings.filter((one) => one.rule === rule));
  const once = new Map(found.map((one) => [one.fingerprint, one.at]));
  return [...once.values()].map((at) => ("path" in at ? `${at.path}:${at.startLine}` : ""));
}

const account = (name: string, tls: string): string => `{
  name: ${name}
  kind: 'StorageV2'
  properties: {
    minimumTlsVersion: ${tls}
  }
}`;
const storage = "Microsoft.Storage/storageAccounts@2023-01-01";

test("Bicep: loops and calls of a module give one finding, different resources their own", () => {
  const results = scan({
    "main.bicep": [
      `resource a '${storage}' = [for i in range(0, 3): ${account("'a$" + "{i}'", "'TLS1_0'")}]`,
      `resource b '${storage}' = ${account("'b'", "'TLS1_0'")}`,
      "module one 'inner.bicep' = {\n  name: 'one'\n}",
      "module more 'inner.bicep' = [for i in range(0, 3): {\n  name: 'more'\n}]",
    ].join("\n"),
    "other.bicep": "module two 'inner.bicep' = {\n  name: 'two'\n}\n",
    "inner.bicep": `resource c '${storage}' = ${account("'c'", "'TLS1_1'")}\n`,
  });
  assert.deepEqual(placesOf(results, "iac/azure-storage-allows-old-tls").toSorted(), [
    "inner.bicep:5",
    "main.bicep:12",
    "main.bicep:5",
  ]);
});

test("what a call of a module passes in is a problem of that call, on the line where it is written", () => {
  const call = (name: string, source: string): string =>
    `module "${name}" {\n  source = "${source}"\n  tls = "TLS1_0"\n  count = 2\n}\n`;
  const results = scan({
    "a/main.tf": `${call("one", "../inner")}${call("two", "../inner")}`,
    "b/main.tf": 'module "between" {\n  source = "../between"\n}\n',
    "c/main.tf": 'module "between" {\n  source = "../between"\n}\n',
    "between/main.tf": call("one", "../inner"),
    "inner/main.tf": 'variable "tls" {}\nresource "azurerm_storage_account" "a" {\n  min_tls_version = var.tls\n}\n',
    "main.bicep":
      "module one 'inner.bicep' = {\n  params: {\n    tls: 'TLS1_0'\n  }\n}\nmodule two 'inner.bicep' = {\n  params: {\n    tls: 'TLS1_2'\n  }\n}\n",
    "inner.bicep": `param tls string\nresource c '${storage}' = ${account("'c'", "tls")}\n`,
  });
  assert.deepEqual(placesOf(results, "iac/azure-storage-allows-old-tls").toSorted(), [
    "a/main.tf:3",
    "a/main.tf:8",
    "between/main.tf:3",
    "main.bicep:3",
  ]);
});

const ingress = (ranges: string, port = "22"): string =>
  `resource "aws_security_group_rule" "a" {\n  type = "ingress"\n  from_port = ${port}\n  to_port = 22\n  protocol = "tcp"\n  cidr_blocks = ${ranges}\n}\n`;
const policy = (statement: string): string =>
  `resource "aws_iam_policy" "a" {\n  policy = jsonencode({ Version = "2012-10-17", Statement = ${statement} })\n}\n`;
const world = 'v = ["0.0.0.0/0"]';
const statement = '{ Effect = "Allow", Action = "*", Resource = "*" }';
const ssh = "iac/aws-ssh-open-to-internet";
const everything = "iac/aws-iam-policy-grants-everything";

/** What a module makes of the value that it is called with, which is wrong in both calls. */
const passedOn: readonly (readonly [argument: string, rule: string, module: string])[] = [
  ['v = "a,TLS1_0"', "iac/azure-storage-allows-old-tls", 'resource "azurerm_storage_account" "a" {\n  min_tls_version = split(",", var.v)[1]\n}\n'], // biome-ignore format: a row
  [world, ssh, ingress("var.v")],
  [world, ssh, ingress('concat(["10.0.0.0/8"], var.v)')],
  ['v = "0.0.0.0"', ssh, ingress('[for x in [var.v] : "$' + '{x}/0"]')],
  ["v = 22", ssh, ingress('["0.0.0.0/0"]', "var.v")],
  ['v = "*"', everything, policy('[{ Effect = "Allow", Action = "*", Resource = var.v }]')],
  [`v = [${statement}]`, everything, policy("concat([], var.v)")],
  [
    `v = jsonencode({ Statement = [${statement}] })`,
    everything,
    'resource "aws_iam_policy" "a" {\n  policy = var.v\n}\n',
  ],
  ['v = "*"', everything, 'resource "aws_iam_policy" "a" {\n  policy = <<E\n{"Statement":[{"Effect":"Allow","Action":"*","Resource":["a","$' + '{var.v}"]}]}\nE\n}\n'], // biome-ignore format: a row
  ['v = ["*"]', everything, 'data "aws_iam_policy_document" "a" {\n  statement {\n    actions = var.v\n    resources = ["*"]\n  }\n}\n'], // biome-ignore format: a row
  ['v = "0.0.0.0/0"', "iac/google-firewall-opens-ssh", 'resource "google_compute_firewall" "a" {\n  allow {\n    protocol = "tcp"\n    ports = ["22"]\n  }\n  source_ranges = [var.v]\n}\n'], // biome-ignore format: a row
];

test("a value keeps the line of its call through functions, documents and rules of several values", () => {
  for (const [argument, rule, module] of passedOn) {
    const call = (name: string) => `module "${name}" {\n  source = "./m"\n  ${argument}\n}\n`;
    const results = scan({ "main.tf": call("a") + call("b"), "m/main.tf": `variable "v" {}\n${module}` });
    assert.deepEqual(placesOf(results, rule).toSorted(), ["main.tf:3", "main.tf:7"], module);
  }
});

test("what a call passes in beside a wrong text of the module is no problem of the call", () => {
  const call = (name: string) => `module "${name}" {\n  source = "./m"\n  v = "arn:aws:s3:::a/*"\n}\n`;
  for (const resource of ["var.v", '["*", var.v]']) {
    const module = `variable "v" {}\n${policy(`[{ Effect = "Allow", Action = "*", Resource = ${resource} }]`)}`;
    const results = scan({ "main.tf": call("a") + call("b"), "m/main.tf": module });
    assert.deepEqual(placesOf(results, "iac/aws-iam-policy-allows-every-action"), ["m/main.tf:3"]);
  }
});

test("Bicep: a module that is a compiled template gets its parameters; what its own text decides is told once", () => {
  const resource = (name: string, tls: string): object => ({
    type: "Microsoft.Storage/storageAccounts",
    apiVersion: "2023-01-01",
    name: `[parameters('${name}')]`,
    properties: { minimumTlsVersion: tls },
  });
  const $schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";
  const parameters = { a: { type: "string" }, b: { type: "string" }, tls: { type: "string" } };
  const resources = [resource("a", "[parameters('tls')]"), resource("b", "TLS1_1")];
  const call = (name: string, tls: string): string =>
    `module ${name} 'made.json' = {\n  params: {\n    a: '${name}a'\n    b: '${name}b'\n    TLS: '${tls}'\n  }\n}\n`;
  const results = scan({
    "main.bicep": call("one", "TLS1_0") + call("two", "TLS1_2") + call("three", "TLS1_0"),
    "made.json": JSON.stringify({ $schema, contentVersion: "1.0.0.0", parameters, resources }, undefined, 1),
  });
  assert.deepEqual(placesOf(results, "iac/azure-storage-allows-old-tls").toSorted(), [
    "made.json:29",
    "main.bicep:19",
    "main.bicep:5",
  ]);
  const problems = results.flatMap(({ problems: all }) => all.map(({ code }) => code));
  assert.deepEqual(problems, []);
});

test("ARM: copies give one finding", () => {
  const resource = (name: string): object => ({
    type: "Microsoft.Storage/storageAccounts",
    apiVersion: "2023-01-01",
    name,
    copy: { name: "all", count: 3 },
    properties: { minimumTlsVersion: "TLS1_0" },
  });
  const $schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";
  const resources = [resource("[concat('a', copyIndex())]"), resource("[concat('b', copyIndex())]")];
  const results = scan({ "azuredeploy.json": JSON.stringify({ $schema, resources }, undefined, 1) });
  assert.deepEqual(placesOf(results, "iac/azure-storage-allows-old-tls"), [
    "azuredeploy.json:13",
    "azuredeploy.json:25",
  ]);
});

test("what is skipped for one call of a module is still told for another", () => {
  const results = scan({
    "main.tf": [
      'module "a" {',
      "  # sallyport:skip=iac/azure-storage-allows-old-tls:old clients",
      '  source = "./inner"\n}',
      'module "b" {\n  source = "./inner"\n}',
    ].join("\n"),
    "inner/main.tf": 'resource "azurerm_storage_account" "a" {\n  min_tls_version = "TLS1_0"\n}\n',
  });
  assert.deepEqual(placesOf(results, "iac/azure-storage-allows-old-tls"), ["inner/main.tf:2"]);
  assert.deepEqual(
    results.flatMap(({ silenced }) => silenced),
    [],
  );
  assert.deepEqual(
    results.flatMap(({ problems }) => problems),
    [],
  );
});

test("skips that silence nothing or give no reason are told", () => {
  const results = scan({
    "main.tf": [
      'resource "azurerm_storage_account" "a" {',
      "  # checkov:skip=CKV_AZURE_44",
      "  # checkov:skip=CKV_AZURE_3:plain on purpose",
      "  # sallyport:skip=iac/azure-storage-old:a word that no policy has",
      '  min_tls_version = "TLS1_0"\n}\n',
    ].join("\n"),
  });
  assert.deepEqual(
    results.flatMap(({ problems }) => problems.map(({ line, code }) => `${line} ${code}`)),
    ["2 skip-without-reason", "3 unused-skip", "4 unknown-rule"],
  );
});

test("modules that are not there are told once", () => {
  const results = scan({
    "a/main.tf": 'module "gone" {\n  source = "./gone"\n  count = 3\n}\nmodule "b" {\n  source = "../b"\n}\n',
    "b/main.tf": 'module "far" {\n  source = "Azure/aks/azurerm"\n}\n',
    "main.bicep": "module gone 'gone.bicep' = [for i in range(0, 3): {\n  name: 'gone'\n}]\n",
  });
  assert.deepEqual(
    results.flatMap(({ problems }) =>
      problems.map(({ path, line, code, isNotice }) => `${path}:${line} ${code} ${isNotice}`),
    ),
    ["a/main.tf:1 missing-module true", "b/main.tf:1 missing-module true", "main.bicep:1 missing-module true"],
  );
});

test("Terraform: a policy in a file is told at its own lines, once for all that call the module", () => {
  const call = 'module "m" { source = "../modules/m" }\n';
  const results = scan({
    "a/main.tf": call,
    "b/main.tf": call,
    "modules/m/main.tf":
      'resource "aws_iam_policy" "p" {\n  policy = file("$' + '{path.module}/policies/all.json")\n}\n',
    "modules/m/policies/all.json": JSON.stringify(
      { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
      undefined,
      1,
    ),
  });
  assert.deepEqual(placesOf(results, "iac/aws-iam-policy-allows-every-action"), ["modules/m/policies/all.json:3"]);
});
