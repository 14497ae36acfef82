// biome-ignore-all lint/suspicious/noTemplateCurlyInString: holes in texts of Bicep look like that
import assert from "node:assert/strict";
import test from "node:test";
import type { SourceFile } from "#model/source-file.ts";
import type { Node } from "../../../formats/node.ts";
import type { ReadUnit, Resource } from "../../resource.ts";
import { bicep } from "./bicep.ts";

function fileOf(path: string, text: string): SourceFile {
  return { path, objectId: path, size: text.length, bytes: () => Buffer.from(text), text: () => text };
}

function read(files: Readonly<Record<string, string>>): ReadUnit {
  return bicep.read({ root: "main.bicep", files: Object.entries(files).map(([path, text]) => fileOf(path, text)) });
}

/** The values of a body; what is unknown is `?`. */
function plain(node: Node | undefined): unknown {
  if (node?.is === "scalar") return node.value;
  if (node?.is === "list") return node.items.map(plain);
  if (node?.is === "block") return Object.fromEntries(node.keys().map((key) => [key, plain(node.get(key)?.value)]));
  return node && "?";
}

/** Of all outputs of the root, by name. */
function outputs(files: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  const { resources, problems } = read(files);
  assert.deepEqual(problems, []);
  const own = resources.filter(({ types, calledFrom }) => types[0] === "output" && calledFrom.length === 0);
  return Object.fromEntries(
    own.map(({ address, body }) => [address.replace(/^output\./, ""), plain(body.get("value")?.value)]),
  );
}

function typesOf(files: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  const parameters = read(files).resources.filter(({ types }) => types[0] === "parameter");
  return Object.fromEntries(
    parameters.map(({ address, body }) => [address.replace(/^parameter\./, ""), plain(body.get("type")?.value)]),
  );
}

function deployed({ resources }: ReadUnit): readonly Resource[] {
  return resources.filter(({ types }) => !["parameter", "output", "template"].includes(types[0] ?? ""));
}

test("Lambdas, names and steps that may lead nowhere give what the compiler makes of them", () => {
  const text = `param given object?
var boxes = [{ kind: 'a', size: 1 }, { kind: 'b', size: 2 }, { kind: 'a', size: 3 }]
var plan = { west: 1, 'far-east': { z: 1 } }
func sizeOf(plan string) string => 'size-\${plan}'
func first(second string) string => second
func second(text string) string => first(text)
module off 'part.bicep' = if (!empty(given)) {
  name: 'off'
}
output grouped object = groupBy(boxes, box => box.kind, box => box.size)
output merged object = reduce(map(['p', 'q'], (id) => { '\${id}': {} }), {}, (all, one) => union(all, one))
output named array = [nameof(plan.west), nameof(plan['far-east']), nameof(plan['far-east']!.z), nameof(boxes)]
output planned string = sizeOf('x')
output through string = second('y')
output nowhere string = plan.?south.deeper ?? 'none'
output notDeployed string = off.?outputs.?thing ?? 'none'
output lines string = $'''
\${plan.west} $ {x}
'''`;
  assert.deepEqual(outputs({ "main.bicep": text, "part.bicep": "output thing string = 'T'" }), {
    grouped: { a: [1, 3], b: [2] },
    merged: { p: {}, q: {} },
    named: ["west", "far-east", "z", "boxes"],
    planned: "size-x",
    through: "y",
    nowhere: "none",
    notDeployed: "none",
    lines: "1 $ {x}\n",
  });
});

test("A parameter of a function, or a resource within another, may have the name of something else without a circle", () => {
  const text = `var title = titled('a')
func titled(title string) string => 'x-\${title}'
resource server 'Microsoft.Sql/servers@2021-11-01' = {
  name: 'server'
  resource config 'databases' = {
    name: base
  }
}
var config = { name: 'db' }
var base = config.name
output texts array = [title, base, server::config.name]`;
  assert.deepEqual(outputs({ "main.bicep": text }), { texts: ["x-a", "db", "db"] });
});

test("Parameter files reach the values of those that they extend by the word base", () => {
  const files = {
    "main.bicep": "param tags object\nparam list array\nparam name string\noutput all array = [tags, list, name]",
    "main.bicepparam": `using 'main.bicep' with {
  mode: 'stack'
}
extends 'shared.bicepparam'
param tags = {
  ...base.tags
  env: 'prod'
}
param list = [...base.list, 'c']
@inline()
param name`,
    "shared.bicepparam":
      "using none\nvar x = 'n'\nparam name = x\nparam tags = { team: 't', env: 'dev' }\nparam list = ['a']",
  };
  assert.deepEqual(outputs(files), { all: [{ team: "t", env: "prod" }, ["a", "c"], "n"] });
});

test("Types are followed to what the compiler writes: members, items, libraries, resources", () => {
  const text = `import * as lib from 'lib.bicep'
type login = {
  @secure()
  token: string
  list: int[]
}
type dictionary = { *: lib.hidden }
type round = round2
type round2 = round
param a login.token
param b login.list
param c login.list[*]
param d dictionary.*
param e ['x', 1][1]
param f lib.hidden?
param g lib.box.inner
param h resourceInput<'Microsoft.Storage/storageAccounts@2023-01-01'>.name
param i resourceInput<'Microsoft.Storage/storageAccounts@2023-01-01'>.tags?
param j round
param k -1 | 1
param l login`;
  const lib = "@export()\n@secure()\ntype hidden = string\n@export()\ntype box = { inner: hidden }";
  assert.deepEqual(typesOf({ "main.bicep": text, "lib.bicep": lib }), {
    ...{ a: "securestring", b: "array", c: "int", d: "securestring", e: "int", f: "securestring" },
    ...{ g: "securestring", h: "string", i: "object", j: "object", k: "int", l: "object" },
  });
});

test("A parameter whose type may be null is null, also where the type says so by another name", () => {
  const text = `type padlock = { kind: string? }?
type names = string[]?
type box = { a: padlock, b: string }
type tagged = resourceInput<'Microsoft.Storage/storageAccounts@2023-01-01'>.tags?
param lock padlock
param list names
param member box.a
param either (string | null)
param tags tagged
param sure padlock!
param text string
resource held 'Microsoft.Authorization/locks@2020-05-01' = if (!empty(lock ?? {}) && lock.?kind != 'None') {
  name: 'l'
}
resource each 'Microsoft.Authorization/locks@2020-05-01' = [for one in (list ?? []): {
  name: one
}]
output all array = [lock, list, member, either, tags, sure, text]`;
  assert.deepEqual(outputs({ "main.bicep": text }), { all: [null, null, null, null, null, "?", "?"] });
  assert.deepEqual(deployed(read({ "main.bicep": text })), []);
});

test("A deployment resource deploys the template that stands in it, or is loaded into it", () => {
  const schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";
  const unit = read({
    "main.bicep": `param place string = 'west'
resource inner 'Microsoft.Resources/deployments@2024-03-01' = {
  name: 'inner'
  properties: {
    expressionEvaluationOptions: { scope: 'inner' }
    parameters: { tls: { value: 'TLS1_0' } }
    template: {
      '$schema': '${schema}'
      parameters: { tls: { type: 'string' } }
      resources: [
        {
          type: 'Microsoft.Storage/storageAccounts'
          name: 'in\${place}'
          properties: { minimumTlsVersion: '[parameters(\\'tls\\')]' }
        }
      ]
    }
  }
}
resource loaded 'Microsoft.Resources/deployments@2024-03-01' = [for i in range(0, 2): {
  name: 'loaded\${i}'
  properties: {
    template: loadJsonContent('part.json')
    parameters: { name: { value: 'n\${i}' } }
  }
}]
resource off 'Microsoft.Resources/deployments@2024-03-01' = if (place == 'east') {
  name: 'off'
  properties: {
    template: loadJsonContent('part.json')
  }
}`,
    "part.json": JSON.stringify({
      $schema: schema,
      parameters: { name: { type: "string" } },
      resources: [{ type: "Microsoft.Storage/storageAccounts", name: "[parameters('name')]", properties: {} }],
    }),
  });
  const accounts = deployed(unit).filter(({ types }) => types[0] === "Microsoft.Storage/storageAccounts");
  assert.deepEqual(
    accounts.map(({ address, body, isReadElsewhere }) => [address, plain(body), isReadElsewhere ?? false]),
    [
      [
        "inner.Microsoft.Storage/storageAccounts.'in${place}'",
        { type: "Microsoft.Storage/storageAccounts", name: "inwest", properties: { minimumTlsVersion: "TLS1_0" } },
        false,
      ],
      ...[0, 1].map((i) => [
        `loaded[${i}].Microsoft.Storage/storageAccounts.parameters('name')`,
        { type: "Microsoft.Storage/storageAccounts", name: `n${i}`, properties: {} },
        true,
      ]),
    ],
  );
});

test("Ids begin where a scope says", () => {
  const text = `resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: 'v'
  scope: resourceGroup('sub', 'group')
}
resource group 'Microsoft.Management/managementGroups@2023-04-01' existing = {
  scope: tenant()
  name: 'g'
}
resource lock 'Microsoft.Authorization/locks@2020-05-01' = {
  name: 'l'
  scope: vault
}
output ids array = [vault.id, group.id, lock.id]`;
  const vault = "/subscriptions/sub/resourceGroups/group/providers/Microsoft.KeyVault/vaults/v";
  assert.deepEqual(outputs({ "main.bicep": text }), {
    ids: [
      vault,
      "/providers/Microsoft.Management/managementGroups/g",
      `${vault}/providers/Microsoft.Authorization/locks/l`,
    ],
  });
});

test("The extension az is that of all resources; problems name line and column", () => {
  const unit = read({
    "main.bicep": "resource a 'az:Microsoft.Sql/servers@2021-11-01' = {\n  name: 'a'\n}\nvar b = [\n  )\n]",
  });
  assert.deepEqual(
    deployed(unit).map(({ types }) => types[0]),
    ["Microsoft.Sql/servers"],
  );
  assert.deepEqual(
    unit.problems.map(({ line, message }) => [line, /\(column \d+\)/.exec(message)?.[0]]),
    [[5, "(column 3)"]],
  );
});

test("Names that lead on and on end without a crash", () => {
  const long = 20_000;
  const texts = [
    `resource r 'a.b/c@1' = {\n  name: 'r'\n}\noutput o string = r${"::c".repeat(long)}`,
    `var p = 1\noutput o string = nameof(p${"!".repeat(long)})`,
    `resource r 'a.b/c@1' = {\n  name: 'r'\n}\nresource q 'a.b/c/d@1' = {\n  parent: r${"!".repeat(long)}\n  name: 'q'\n}`,
    ...["parent", "scope"].map((word) =>
      Array.from({ length: 1500 }, (_, i) => `resource r${i} 'a.b/c@1' = {\n  ${word}: r${i + 1}\n  name: 'r'\n}`).join(
        "\n",
      ),
    ),
  ];
  for (const text of texts) {
    for (const { body, connected } of read({ "main.bicep": text }).resources) {
      plain(body.get("name")?.value);
      plain(body.get("value")?.value);
      connected(["a.b/c"]);
    }
  }
});
