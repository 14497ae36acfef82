/** Small templates and what is read from them; longer than other files because the templates are written out. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: unknown parts look like that

import assert from "node:assert/strict";
import { test } from "node:test";
import type { SourceFile } from "#model/source-file.ts";
import { randomFrom } from "#model/testing/random.ts";
import { jsonOf } from "../../../formats/azure-template/values.ts";
import { child, type Node } from "../../../formats/node.ts";
import type { ReadUnit, Resource } from "../../resource.ts";
import { mutateText } from "../../testing/mutate-text.ts";
import { arm } from "./arm.ts";

const schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";
const parametersSchema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#";

function source(path: string, content: object | string): SourceFile {
  const text = typeof content === "string" ? content : JSON.stringify(content, undefined, 2);
  return { path, objectId: path, size: text.length, bytes: () => Buffer.from(text), text: () => text };
}

/** Reads files as one unit; a template is what its members say, with a schema. */
function read(files: Record<string, object | string>): ReadUnit {
  const sources = Object.entries(files).map(([path, content]) => source(path, content));
  const [plan, ...others] = arm.units(sources.map((file) => ({ path: file.path, links: arm.links(file) })));
  assert.deepEqual(others, []);
  return arm.read({ root: plan?.root ?? "", files: sources });
}

function deployed(unit: ReadUnit): readonly Resource[] {
  return unit.resources.filter(({ types }) => types[0]?.includes("/"));
}

function template(members: object): object {
  return { $schema: schema, contentVersion: "1.0.0.0", ...members };
}

function at(resource: Resource | undefined, path: string): Node | undefined {
  return path.split(".").reduce<Node | undefined>((node, key) => child(node, key), resource?.body);
}

function plain(node: Node | undefined): unknown {
  if (!node) return undefined;
  return node.is === "unknown" ? `unknown: ${node.reason}` : JSON.parse(jsonOf(node) ?? '"partly unknown"');
}

function written(place: { file: { text: string }; start: number; end: number } | undefined): string | undefined {
  return place?.file.text.slice(place.start, place.end);
}

const storage = { type: "Microsoft.Storage/storageAccounts", apiVersion: "2023-01-01" };

test("a parameter's value is its file's, then its default, and tells where it was decided", () => {
  const main = template({
    parameters: {
      tls: { type: "string", defaultValue: "TLS1_2" },
      public: { type: "bool", defaultValue: true },
      name: { type: "string" },
    },
    variables: { props: { minimumTlsVersion: "[parameters('tls')]", allowBlobPublicAccess: "[parameters('public')]" } },
    resources: [{ ...storage, name: "[concat(parameters('name'), 'sa')]", properties: "[variables('props')]" }],
  });
  const parameters = {
    $schema: parametersSchema,
    parameters: { tls: { value: "TLS1_0" }, key: { reference: { keyVault: {} } } },
  };
  const unit = read({ "infra/main.json": main, "infra/main.parameters.json": parameters });
  const [account] = deployed(unit);
  assert.equal(account?.address, "Microsoft.Storage/storageAccounts.${parameters('name')}sa");
  assert.equal(plain(at(account, "properties.MinimumTlsVersion")), "TLS1_0");
  const tls = at(account, "properties.minimumTlsVersion");
  assert.equal(tls?.from?.file.path, "infra/main.parameters.json");
  assert.equal(written(tls?.from), '"TLS1_0"');
  assert.equal(written(tls?.at), `"[parameters('tls')]"`);
  assert.equal(plain(at(account, "properties.allowBlobPublicAccess")), true);
  assert.equal(plain(at(account, "name")), "unknown: parameter name has no default");
  assert.ok(written(account?.at)?.startsWith("{") && written(account?.at)?.endsWith("}"));
});

test("of several parameter files for several surroundings none is taken", () => {
  const main = template({
    parameters: { sku: { type: "string" } },
    resources: [{ ...storage, name: "a", sku: { name: "[parameters('sku')]" } }],
  });
  const file = (value: string) => ({ $schema: parametersSchema, parameters: { sku: { value } } });
  const two = read({
    "main.json": main,
    "main.parameters.dev.json": file("A"),
    "main.parameters.prod.json": file("B"),
  });
  assert.equal(plain(at(deployed(two)[0], "sku.name")), "unknown: parameter sku has no default");
  const one = read({ "main.json": main, "main.prod.parameters.json": file("B") });
  assert.equal(plain(at(deployed(one)[0], "sku.name")), "B");
});

test("loops are unrolled where their count is known", () => {
  const unit = read({
    "main.json": template({
      parameters: { sites: { type: "int" } },
      variables: {
        regions: ["north", "south"],
        copy: [{ name: "ranges", count: 2, input: "[cidrSubnet('10.0.0.0/16', 24, copyIndex('ranges'))]" }],
      },
      resources: [
        {
          ...storage,
          name: "[concat('sa', copyIndex(1), variables('regions')[copyIndex()])]",
          copy: { name: "accounts", count: "[length(variables('regions'))]" },
          properties: {
            copy: [
              {
                name: "rules",
                count: 2,
                input: { of: "[copyIndex('accounts')]", range: "[variables('ranges')[copyIndex('rules')]]" },
              },
            ],
          },
        },
        {
          type: "Microsoft.Web/sites",
          name: "[format('site{0}', copyIndex())]",
          copy: { name: "sites", count: "[parameters('sites')]" },
        },
        { type: "Microsoft.Web/serverfarms", name: "none", copy: { name: "never", count: 0 } },
      ],
    }),
  });
  const addresses = deployed(unit).map(({ address }) => address);
  assert.deepEqual(addresses, [
    "Microsoft.Storage/storageAccounts.sa1north",
    "Microsoft.Storage/storageAccounts.sa2south",
    "Microsoft.Web/sites.site${copyIndex('sites')}",
  ]);
  const rules = plain(at(deployed(unit)[1], "properties.rules"));
  assert.deepEqual(rules, [
    { of: 1, range: "10.0.0.0/24" },
    { of: 1, range: "10.0.1.0/24" },
  ]);
});

test("a loop whose count is unknown gives one block that may not be there", () => {
  const unit = read({
    "main.json": template({
      parameters: { n: { type: "int" } },
      resources: [
        {
          type: "A.B/c",
          name: "d",
          properties: { copy: [{ name: "rules", count: "[parameters('n')]", input: { a: 1 } }] },
        },
      ],
    }),
  });
  const rules = at(deployed(unit)[0], "properties.rules");
  assert.ok(rules?.is === "list" && rules.open === "parameter n has no default");
  assert.ok(rules.items[0]?.is === "block" && rules.items[0].maybe);
});

test("a resource whose condition is false gives nothing, one that cannot be known is kept", () => {
  const unit = read({
    "main.json": template({
      parameters: { on: { type: "bool", defaultValue: false }, maybe: { type: "bool" } },
      resources: [
        {
          ...storage,
          name: "off",
          condition: "[parameters('on')]",
          resources: [{ type: "blobServices", name: "default" }],
        },
        { ...storage, name: "kept", condition: "[parameters('maybe')]" },
      ],
    }),
  });
  assert.deepEqual(
    deployed(unit).map(({ address }) => address),
    ["Microsoft.Storage/storageAccounts.kept"],
  );
});

test("resources inside another, by symbol or in the old notation have full types and names and know each other", () => {
  const unit = read({
    "main.json": template({
      languageVersion: "2.0",
      parameters: { server: { type: "string" } },
      resources: {
        sql: {
          type: "Microsoft.Sql/servers",
          name: "[parameters('server')]",
          resources: [
            { type: "databases", name: "db", resources: [{ type: "transparentDataEncryption", name: "current" }] },
          ],
        },
        vault: { existing: true, type: "Microsoft.KeyVault/vaults", name: "kv" },
        lock: {
          type: "Microsoft.Sql/servers/providers/locks",
          name: "[concat(parameters('server'), '/Microsoft.Authorization/keep')]",
        },
        alert: { type: "Microsoft.Insights/alerts", name: "a", dependsOn: ["sql"] },
        app: {
          type: "Microsoft.Web/sites",
          name: "app",
          properties: { server: "[reference(resourceId('Microsoft.Sql/servers', parameters('server'))).fqdn]" },
        },
      },
    }),
  });
  const byType = new Map(deployed(unit).map((resource) => [resource.types.at(-1), resource]));
  assert.deepEqual(
    [...byType.keys()],
    [
      "Microsoft.Sql/servers",
      "Microsoft.Sql/servers/databases",
      "Microsoft.Sql/servers/databases/transparentDataEncryption",
      "Microsoft.Authorization/locks",
      "Microsoft.Insights/alerts",
      "Microsoft.Web/sites",
    ],
  );
  assert.equal(
    byType.get("Microsoft.Sql/servers/databases")?.address,
    "Microsoft.Sql/servers/databases.${parameters('server')}/db",
  );
  const server = byType.get("Microsoft.Sql/servers");
  for (const type of [...byType.keys()].slice(1)) {
    assert.equal(server?.connected([type ?? ""]).resources[0], byType.get(type), type);
    assert.equal(byType.get(type)?.connected(["microsoft.sql/servers"]).resources[0], server, type);
  }
  assert.deepEqual(byType.get("Microsoft.Web/sites")?.connected(["Microsoft.Insights/alerts"]).resources, []);
});

test("separate resources are connected by the names in their ids", () => {
  const unit = read({
    "main.json": template({
      parameters: { name: { type: "string" } },
      variables: { id: "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'front')]" },
      resources: [
        { type: "Microsoft.Network/virtualNetworks", name: "net" },
        {
          type: "Microsoft.Network/networkInterfaces",
          name: "nic",
          properties: { subnet: { id: "[variables('id')]" } },
        },
        { ...storage, name: "[parameters('name')]" },
        { type: "Microsoft.Storage/storageAccounts/blobServices", name: "[format('{0}/default', parameters('name'))]" },
        {
          type: "Microsoft.Authorization/locks",
          name: "l",
          scope: "[concat('Microsoft.Storage/storageAccounts/', parameters('name'))]",
        },
      ],
    }),
  });
  const [net, nic, account, blobs, lock] = deployed(unit);
  assert.deepEqual(nic?.connected(["Microsoft.Network/virtualNetworks"]).resources, [net]);
  assert.deepEqual(account?.connected(["Microsoft.Storage/storageAccounts/blobServices"]).resources, [blobs]);
  assert.deepEqual(lock?.connected(["Microsoft.Storage/storageAccounts"]).resources, [account]);
});

test("nested templates are computed inside or outside of themselves, and their outputs can be asked for", () => {
  const nested = (scope: string) => ({
    type: "Microsoft.Resources/deployments",
    name: `${scope}-deployment`,
    properties: {
      expressionEvaluationOptions: { scope },
      parameters: { tls: { value: "[toUpper('tls1_1')]" } },
      template: template({
        parameters: { tls: { type: "string" } },
        resources: [{ ...storage, name: scope, properties: { minimumTlsVersion: "[parameters('tls')]" } }],
        outputs: { id: { type: "string", value: `[resourceId('Microsoft.Storage/storageAccounts', '${scope}')]` } },
      }),
    },
  });
  const unit = read({
    "main.json": template({
      parameters: { tls: { type: "string", defaultValue: "TLS1_2" } },
      resources: [
        nested("inner"),
        nested("outer"),
        { type: "A.B/c", name: "d", properties: { of: "[reference('inner-deployment').outputs.id.value]" } },
      ],
    }),
  });
  const [deployment, inner, , outer, user] = deployed(unit);
  assert.equal(plain(at(inner, "properties.minimumTlsVersion")), "TLS1_1");
  assert.equal(plain(at(outer, "properties.minimumTlsVersion")), "TLS1_2");
  assert.deepEqual(inner?.calledFrom, [deployment?.at]);
  assert.deepEqual(user?.connected(["Microsoft.Storage/storageAccounts"]).resources, [inner]);
});

test("linked templates of the repository are read with what they are given", () => {
  const linked = template({
    parameters: { tls: { type: "string" } },
    resources: [{ ...storage, name: "a", properties: { minimumTlsVersion: "[parameters('tls')]" } }],
  });
  const deployment = (name: string, templateLink: object) => ({
    type: "Microsoft.Resources/deployments",
    name,
    properties: { templateLink, parameters: { tls: { value: "TLS1_0" } } },
  });
  const main = template({
    parameters: { base: { type: "string" } },
    resources: [
      deployment("relative", { relativePath: "nested/storage.json" }),
      deployment("uri", { uri: "[uri(parameters('base'), concat('nested/', 'storage.json'))]" }),
      deployment("gone", { relativePath: "../elsewhere/gone.json" }),
    ],
  });
  const unit = read({ "deploy/main.json": main, "deploy/nested/storage.json": linked });
  const accounts = deployed(unit).filter(({ types }) => types.includes(storage.type));
  assert.deepEqual(
    accounts.map((account) => plain(at(account, "properties.minimumTlsVersion"))),
    ["TLS1_0", "TLS1_0"],
  );
  assert.equal(accounts[0]?.at.file.path, "deploy/nested/storage.json");
  assert.match(unit.problems[0]?.message ?? "", /elsewhere\/gone\.json is not in the repository/);
  assert.match(accounts[0]?.connected(["A.B/c"]).open ?? "", /linked template/);
});

test("functions of the template, secure parameters, outputs and skips", () => {
  const unit = read({
    "main.json": template({
      functions: [
        {
          namespace: "our",
          members: {
            named: {
              parameters: [{ name: "x", type: "string" }],
              output: { type: "string", value: "[concat('our-', toLower(parameters('x')))]" },
            },
          },
        },
      ],
      parameters: { password: { type: "securestring", defaultValue: "P" } },
      resources: [
        {
          ...storage,
          name: "[our.named('ABC')]",
          metadata: { checkov: ["CKV_AZURE_33:no queues here", "CKV_AZURE_59"], sallyport: "iac/x" },
        },
      ],
      outputs: {
        secret: { type: "string", value: "[parameters('password')]" },
        off: { condition: false, type: "string", value: "" },
      },
    }),
  });
  assert.deepEqual(
    unit.resources.map(({ types, address }) => `${types[0]} ${address}`),
    [
      "Microsoft.Storage/storageAccounts Microsoft.Storage/storageAccounts.our-abc",
      "template main.json",
      "parameter parameter.password",
      "output output.secret",
    ],
  );
  assert.deepEqual(
    unit.resources[0]?.skips.map(({ id, reason }) => [id, reason]),
    [
      ["iac/x", undefined],
      ["CKV_AZURE_33", "no queues here"],
      ["CKV_AZURE_59", undefined],
    ],
  );
  assert.deepEqual(plain(unit.resources[2]?.body), { name: "password", type: "securestring", defaultValue: "P" });
});

test("what leads back to itself is unknown, and broken files are read as far as they can be", () => {
  const unit = read({
    "main.json": template({
      variables: { a: "[variables('b')]", b: ["[variables('a')]"] },
      resources: [
        { ...storage, name: "x", properties: "[variables('a')]" },
        {
          type: "Microsoft.Resources/deployments",
          name: "me",
          properties: { templateLink: { relativePath: "main.json" } },
        },
      ],
    }),
  });
  const properties = at(deployed(unit)[0], "properties");
  assert.ok(properties?.is === "list" && properties.items[0]?.is !== "scalar");
  const broken = read({
    "a.json": `{ "$schema": "${schema}", // a comment\n "resources": [ { "type": "A.B/c", "name": "d", }, { "type": `,
  });
  assert.equal(deployed(broken)[0]?.address, "A.B/c.d");
  assert.equal(broken.problems[0]?.path, "a.json");
});

test("of thousands of resources with one address a hundred are neighbours of what names it", () => {
  const resources = Array.from({ length: 300 }, () => ({ ...storage, name: "same", dependsOn: ["same"] }));
  const found = deployed(read({ "main.json": template({ resources }) }));
  assert.equal(found.length, 300);
  assert.equal(found.at(-1)?.connected([storage.type]).resources.length, 100);
});

test("mutated templates never throw", () => {
  const text = JSON.stringify(
    template({
      parameters: { a: { type: "int", defaultValue: 2 } },
      variables: {
        copy: [{ name: "v", count: 3, input: "[copyIndex('v')]" }],
        w: "[union(variables('v'), createArray(1))]",
      },
      resources: [
        {
          ...storage,
          name: "[format('a{0}', copyIndex())]",
          copy: { name: "c", count: "[parameters('a')]" },
          properties: { x: "[variables('w')[0]]" },
        },
        {
          type: "Microsoft.Resources/deployments",
          name: "n",
          properties: { template: { resources: { s: { type: "A.B/c", name: "[reference('n').outputs.x]" } } } },
        },
      ],
      outputs: { o: { type: "string", value: "[resourceId('A.B/c', if(true(), 'x', 'y'))]" } },
    }),
  );
  const random = randomFrom(7);
  const pieces = ['"', "[", "]", "{", "}", "'", "(", ")", ",", "copyIndex()", "variables('w')", "null", "1", ":", "\\"];
  for (let round = 0; round < 400; round++) {
    let mutated = text;
    for (let change = 0; change <= round % 3; change++) mutated = mutateText(mutated, random, pieces);
    for (const resource of read({ "main.json": mutated }).resources) {
      jsonOf(resource.body);
      resource.connected([storage.type]);
    }
  }
});

test("values that double themselves and templates that link in circles come to an end", () => {
  const doubling = (last: unknown, next: (name: string) => unknown) =>
    Object.fromEntries(
      Array.from({ length: 61 }, (_, i) => [`v${i}`, i === 60 ? last : next(`variables('v${i + 1}')`)]),
    );
  const value = (variables: object, expression: string) => {
    const unit = read({ "a.json": template({ variables, resources: [{ type: "A.B/c", name: "d", p: expression }] }) });
    return at(deployed(unit)[0], "p")?.is;
  };
  assert.equal(
    value(
      doubling("x", (next) => `[concat(${next}, ${next})]`),
      "[variables('v0')]",
    ),
    "unknown",
  );
  assert.equal(
    value(
      doubling({}, (next) => ({ a: `[${next}]`, b: `[${next}]` })),
      "[string(union(variables('v0'), variables('v0')))]",
    ),
    "unknown",
  );
  assert.equal(value({ v: ["[variables('v')]", "[variables('v')]"] }, "[string(variables('v'))]"), "unknown");
  const link = (relativePath: string, name: string) => ({
    type: "Microsoft.Resources/deployments",
    name,
    properties: { templateLink: { relativePath } },
  });
  const circle = read({
    "a.json": template({ resources: [link("b.json", "x"), link("b.json", "y")] }),
    "b.json": template({ resources: [link("a.json", "z"), { type: "A.B/c", name: "d" }] }),
  });
  assert.equal(deployed(circle).filter(({ types }) => types[0] === "A.B/c").length, 2);
  assert.equal(circle.problems.length, 1);
});
