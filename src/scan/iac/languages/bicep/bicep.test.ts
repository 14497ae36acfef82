// biome-ignore-all lint/suspicious/noTemplateCurlyInString: holes in texts of Bicep look like that

import assert from "node:assert/strict";
import test from "node:test";
import type { SourceFile } from "#model/source-file.ts";
import { randomFrom } from "#model/testing/random.ts";
import type { Node } from "../../../formats/node.ts";
import { positionOf } from "../../../formats/text-file.ts";
import type { ReadUnit, Resource } from "../../resource.ts";
import { mutateText } from "../../testing/mutate-text.ts";
import { bicep } from "./bicep.ts";

function fileOf(path: string, text: string): SourceFile {
  return { path, objectId: path, size: text.length, bytes: () => Buffer.from(text), text: () => text };
}

function read(files: Readonly<Record<string, string>>, root = "main.bicep"): ReadUnit {
  return bicep.read({ root, files: Object.entries(files).map(([path, text]) => fileOf(path, text)) });
}

/** The values of a body; what is unknown is its reason in brackets. */
function plain(node: Node | undefined): unknown {
  if (node?.is === "scalar") return node.value;
  if (node?.is === "list") return node.items.map(plain);
  if (node?.is === "block") return Object.fromEntries(node.keys().map((key) => [key, plain(node.get(key)?.value)]));
  return node && `<${node.reason}>`;
}

function deployed({ resources }: ReadUnit): readonly Resource[] {
  return resources.filter(({ types }) => !["parameter", "output", "template"].includes(types[0] ?? ""));
}

function properties(unit: ReadUnit, position = 0): unknown {
  return plain(deployed(unit)[position]?.body.get("properties")?.value);
}

const storage = "resource sa 'Microsoft.Storage/storageAccounts@2023-01-01' =";

test("Values come from parameter files, defaults, variables, functions and loaded files, with the text that decided", () => {
  const unit = read({
    "main.bicep": `param tls string = 'TLS1_0'
param name string
param sku string = 'Standard_LRS'
param later string
var upper = toUpper(name)
func twice(x string) string => '\${x}\${x}'
${storage} {
  name: name
  sku: { name: sku }
  properties: {
    minimumTlsVersion: tls
    a: upper
    b: twice('x')
    c: loadJsonContent('data.json').list[1]
    d: loadJsonContent('data.json', '$.list[0]')
    e: loadTextContent('gone.txt')
    f: 'id-\${later}'
    g: nameof(upper)
  }
}`,
    "main.bicepparam":
      "using './main.bicep'\nvar stem = 'prod'\nparam name = '${stem}1'\nparam sku = readEnvironmentVariable('SKU')\n",
    "data.json": '{ "list": ["p", "q"] }',
  });
  assert.deepEqual(properties(unit), {
    minimumTlsVersion: "TLS1_0",
    a: "PROD1",
    b: "xx",
    c: "q",
    d: "p",
    e: "<the file gone.txt is not there>",
    f: "<parameter later has no default>",
    g: "upper",
  });
  const [resource] = deployed(unit);
  const block = resource?.body.get("properties")?.value;
  const tls = block?.is === "block" ? block.get("minimumTlsVersion")?.value : undefined;
  assert.ok(tls?.from && resource);
  assert.deepEqual(
    [positionOf(tls.at.file, tls.at.start).line, positionOf(tls.from.file, tls.from.start).line],
    [11, 1],
  );
  assert.equal(resource.body.get("NAME")?.value.from?.file.path, "main.bicepparam");
  assert.equal(plain(resource.body.get("sku")?.value)?.constructor, Object);
});

test("Loops, conditions, children and parents give the resources of the compiled template", () => {
  const unit = read({
    "main.bicep": `param names array
param on bool
var known = ['a', 'b']
${storage} [for (n, i) in known: if (n != 'c') {
  name: 's\${n}\${i}'
  resource blobs 'blobServices' = {
    name: 'default'
    resource box 'containers' = [for c in ['x']: { name: c }]
  }
}]
resource off 'Microsoft.X/off@1' = if (1 > 2) {
  name: 'n'
  resource child 'z' = { name: 'm' }
}
resource may 'Microsoft.X/may@1' = if (on) { name: 'n' }
resource all 'Microsoft.X/all@1' = [for n in names: { name: n.name, properties: { v: n.v } }]
resource server 'Microsoft.Sql/servers@1' existing = { name: 'sql' }
resource audit 'Microsoft.Sql/servers/auditingSettings@1' = { parent: server, name: 'default' }
resource none 'Microsoft.X/none@1' = [for n in []: { name: 'n' }]`,
  });
  assert.deepEqual(
    deployed(unit).map(({ types: [type], body, at }) => {
      const name = body.get("name")?.value;
      return [type, name?.is === "unknown" ? name.text : plain(name), positionOf(at.file, at.start).line];
    }),
    [
      ["Microsoft.Storage/storageAccounts", "sa0", 4],
      ["Microsoft.Storage/storageAccounts/blobServices", "sa0/default", 6],
      ["Microsoft.Storage/storageAccounts/blobServices/containers", "sa0/default/x", 8],
      ["Microsoft.Storage/storageAccounts", "sb1", 4],
      ["Microsoft.Storage/storageAccounts/blobServices", "sb1/default", 6],
      ["Microsoft.Storage/storageAccounts/blobServices/containers", "sb1/default/x", 8],
      ["Microsoft.X/may", "n", 15],
      ["Microsoft.X/all", "${n.name}", 16],
      ["Microsoft.Sql/servers/auditingSettings", "sql/default", 18],
    ],
  );
});

test("What cannot be known stays unknown, and only that", () => {
  const unit = read({
    "main.bicep": `param on bool
param extra object
param maybe object?
param list array
${storage} {
  name: 'n'
  properties: {
    a: on ? 'x' : 'y'
    b: on ? 'same' : 'same'
    c: maybe.?x.y ?? 'default'
    d: true || on
    e: { p: 1, ...extra, q: 2 }
    f: [for item in list: { v: item.v, w: 3 }]
    g: [1, ...[2, 3]]
    h: vault.properties.vaultUri
    i: vault.getSecret('s')
    j: undeclared.x
  }
}
resource vault 'Microsoft.KeyVault/vaults@1' existing = { name: 'kv' }`,
  });
  const deploy = "known only when it is deployed: vault";
  assert.deepEqual(properties(unit), {
    a: "<parameter on has no default>",
    b: "same",
    c: "default",
    d: true,
    e: { p: "<parameter extra has no default>", q: 2 },
    f: [{ v: "<parameter list has no default>", w: 3 }],
    g: [1, 2, 3],
    h: `<${deploy}>`,
    i: "<getSecret is known only when it is deployed>",
    j: "<undeclared is not declared>",
  });
  const body = deployed(unit)[0]?.body.get("properties")?.value;
  const part = (key: string) => (body?.is === "block" ? body.get(key)?.value : undefined);
  const [e, f, h] = [part("e"), part("f"), part("h")];
  assert.ok(e?.is === "block" && e.open);
  assert.ok(f?.is === "list" && f.open && f.items[0]?.is === "block" && f.items[0].maybe);
  assert.deepEqual(h?.is === "unknown" && h.refs, ["Microsoft.KeyVault/vaults.kv"]);
});

test("Modules are read with what they are given; outputs, imports and circles", () => {
  const files = {
    "app/main.bicep": `import { tags, join2 as j } from 'shared.bicep'
import * as lib from 'shared.bicep'
module net '../net/net.bicep' = [for i in range(0, 2): {
  name: 'net'
  params: { tls: 'T\${i}', keep: null }
}]
module far 'br/public:avm/res/x:1.0' = { name: 'far' }
resource r 'Microsoft.X/r@1' = {
  name: 'r'
  properties: { a: net[1].outputs.tls, b: far.outputs.z, c: j('p', 'q'), d: lib.tags.env, e: tags.env }
}`,
    "app/shared.bicep":
      "@export()\nvar tags = { env: 'dev' }\n@export()\nfunc join2(a string, b string) string => '${a}+${b}'",
    "net/net.bicep": `param tls string
param keep bool = true
module again '../app/main.bicep' = { name: 'x' }
resource n 'Microsoft.X/n@1' = { name: 'n', properties: { tls: tls, keep: keep } }
output tls string = n.properties.tls`,
  };
  const unit = read(files, "app/main.bicep");
  assert.deepEqual(properties(unit, 0), { tls: "T0", keep: true });
  assert.deepEqual(properties(unit, 1), { tls: "T1", keep: true });
  assert.deepEqual(properties(unit, 2), {
    a: "T1",
    b: "<module far is not in the repository>",
    c: "p+q",
    d: "dev",
    e: "dev",
  });
  const [first, second] = deployed(unit);
  assert.deepEqual(
    first?.calledFrom.map(({ file, start }) => [file.path, positionOf(file, start).line]),
    [["app/main.bicep", 3]],
  );
  assert.notEqual(first?.address, second?.address);
  const linked = Object.entries(files).map(([path, text]) => ({ path, links: bicep.links(fileOf(path, text)) }));
  const alone = { path: "app/main.dev.bicepparam", links: ["app/main.bicep"] };
  assert.deepEqual(bicep.units([...linked, alone]), [
    {
      root: "app/main.bicep",
      paths: ["app/main.bicep", "app/shared.bicep", "net/net.bicep", "app/main.dev.bicepparam"],
    },
  ]);
});

test("Resources are connected by symbol, parent, id and name, through modules; unseen modules leave it open", () => {
  const unit = read({
    "main.bicep": `param name string
resource one 'Microsoft.Sql/servers@1' = { name: 'same' }
resource two 'Microsoft.Sql/servers@1' = {
  name: 'same'
  resource audit 'auditingSettings' = { name: 'default' }
}
resource three 'Microsoft.Sql/servers@1' = { name: name }
resource rule 'Microsoft.Sql/servers/firewallRules@1' = { name: '\${name}/all' }
resource log 'Microsoft.X/logs@1' = { name: 'l', properties: { of: resourceId('Microsoft.Sql/servers', name) } }
module m 'm.bicep' = { name: 'm', params: { target: three.id } }
resource four 'Microsoft.Sql/servers@1' = { name: 'four' }
module far 'br/public:x:1' = { name: 'f', params: { server: four.name } }`,
    "m.bicep": "param target string\nresource deep 'Microsoft.X/deep@1' = { name: 'd', properties: { t: target } }",
  });
  const types = [
    "microsoft.sql/servers/auditingSettings",
    "Microsoft.Sql/servers/firewallRules",
    "Microsoft.X/logs",
    "Microsoft.X/deep",
  ];
  const near = deployed(unit)
    .filter(({ types: [type] }) => type === "Microsoft.Sql/servers")
    .map((server) => {
      const { resources, open } = server.connected(types);
      return [
        server.address.replace(/.*\./, ""),
        resources.map(({ address }) => address.replace(/.*\./, "")).join(" "),
        open,
      ];
    });
  assert.deepEqual(near, [
    ["one", "", undefined],
    ["two", "two::audit", undefined],
    ["three", "rule log deep", undefined],
    ["four", "", "module far is not in the repository"],
  ]);
});

test("Of thousands of resources with one address a hundred are neighbours of what names it", () => {
  const id = "resourceId('Microsoft.Storage/storageAccounts', 'same')";
  const text = Array.from(
    { length: 300 },
    (_, n) => `resource s${n} 'Microsoft.Storage/storageAccounts@2023-01-01' = { name: 'same', tags: { of: ${id} } }\n`,
  );
  const found = deployed(read({ "main.bicep": text.join("") }));
  assert.equal(found.length, 300);
  assert.equal(found.at(-1)?.connected(["Microsoft.Storage/storageAccounts"]).resources.length, 100);
});

test("Parameters and outputs are told as ARM templates have them, from their first decorator on", () => {
  const { resources } = read({
    "main.bicep": `type hidden = { a: string }

@description('x')
@secure()
param password string = 'p'
param numbers int[] = [1]
@secure()
param settings hidden = { a: 'b' }
output key string = 'k'`,
  });
  const told = resources.map(({ types, body, at }) => {
    const line = positionOf(at.file, at.start).line;
    return [
      types[0],
      plain(body.get("name")?.value),
      plain(body.get("type")?.value),
      plain(body.get("defaultValue")?.value),
      line,
    ];
  });
  assert.deepEqual(told.slice(1), [
    ["parameter", "password", "securestring", "p", 3],
    ["parameter", "numbers", "array", [1], 6],
    ["parameter", "settings", "secureobject", { a: "b" }, 7],
    ["output", "key", "string", undefined, 9],
  ]);
});

test("What is written in circles ends, and what cannot be read is a problem beside the rest", () => {
  const unit = read({
    "main.bicep": `var a = b
var b = a
func f(x int) int => f(x + 1)
resource p 'Microsoft.X/p@1' = { parent: q, name: p.name, properties: { a: a, f: f(1), ...p.properties } }
resource q 'Microsoft.X/p/q@1' = { parent: p, name: 'q' }
resource l 'Microsoft.X/l@1' = [for x in l: { name: 'l' }]
var broken = {
resource ok 'Microsoft.X/ok@1' = { name: 'ok' }`,
  });
  const found = deployed(unit);
  for (const resource of found) {
    plain(resource.body);
    resource.connected(["Microsoft.X/p"]);
  }
  assert.equal(found.at(-1)?.types[0], "Microsoft.X/ok");
  assert.deepEqual(
    unit.problems.map(({ code, path, line }) => [code, path, line]),
    [["syntax", "main.bicep", 8]],
  );
});

test("Mutated files are read without a crash", () => {
  const text = `param names array = ['a']
${storage} [for (n, i) in names: {
  name: 's\${n}'
  properties: { a: sa[i].id, ...(i == 0 ? { b: '\${i}' } : {}) }
  resource blob 'blobServices' = { name: 'default', properties: { c: blob.id } }
}]
module m 'main.bicep' = { name: 'm', params: { names: map(names, x => x) } }`;
  const pieces = ["{", "}", "[", "]", "'", "${", "\\n", "@", "sa", "::", "...", "for ", "if (", "="];
  const random = randomFrom(1);
  for (let round = 0; round < 300; round++) {
    for (const resource of read({ "main.bicep": mutateText(text, random, pieces) }).resources) {
      plain(resource.body);
      resource.connected(["Microsoft.Storage/storageAccounts"]);
    }
  }
});
