import assert from "node:assert/strict";
import { test } from "node:test";
import type { SourceFile } from "#model/source-file.ts";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { child, itemsOf, type Node } from "../../../formats/node.ts";
import { type Place, spanOf } from "../../../formats/text-file.ts";
import { terraformPlan } from "./terraform-plan.ts";

const main = `locals {
  key = azurerm_key_vault_key.cmk.id
}

module "store" {
  source = "./store"
  for_each = toset(["a"])
  name   = each.key
  key_id = local.key
}

resource "azurerm_key_vault_key" "cmk" {
  name     = "cmk"
  key_type = "RSA"
}

resource "azurerm_network_security_group" "web" {
  name = "web"
  security_rule {
    name   = "ssh"
    access = "Allow"
  }
  security_rule {
    name   = "web"
    access = "Deny"
  }
}
`;

const store = `variable "name" {}
resource "azurerm_storage_account" "this" {
  name                     = var.name
  min_tls_version          = "TLS1_0"
  identity {
    type = "SystemAssigned"
  }
}

resource "azurerm_storage_account_customer_managed_key" "this" {
  storage_account_id = azurerm_storage_account.this.id
  key_vault_key_id   = var.key_id
}
`;

const account = "azurerm_storage_account.this";
const managedKey = "azurerm_storage_account_customer_managed_key.this";
const refer = (...references: readonly string[]) => ({ references });
const plan = {
  format_version: "1.2",
  planned_values: {
    root_module: {
      resources: [
        managed("", "azurerm_key_vault_key", "cmk", { name: "cmk", key_type: "RSA", key_size: null, timeouts: null }),
        managed("", "azurerm_network_security_group", "web", {
          name: "web",
          security_rule: [
            { name: "web", access: "Deny", description: "" },
            { name: "ssh", access: "Allow", description: "" },
          ],
        }),
      ],
      child_modules: [
        {
          address: 'module.store["a"]',
          resources: [
            managed('module.store["a"].', "azurerm_storage_account", "this", {
              name: "a",
              min_tls_version: "TLS1_0",
              shared_access_key_enabled: true,
              identity: [{ type: "SystemAssigned", identity_ids: null }],
              static_website: [],
            }),
            managed('module.store["a"].', "azurerm_storage_account_customer_managed_key", "this", {}),
          ],
        },
      ],
    },
  },
  resource_changes: [
    change(`module.store["a"].${account}`, { id: true, identity: [{ principal_id: true }], primary_key: true }),
    change(`module.store["a"].${managedKey}`, { storage_account_id: true, key_vault_key_id: true }),
    { address: "azurerm_dns_zone.gone", change: { actions: ["delete"], after: null } },
  ],
  prior_state: {
    values: {
      root_module: {
        resources: [{ ...managed("data.", "azurerm_client_config", "me", { tenant_id: "t" }), mode: "data" }],
      },
    },
  },
  configuration: {
    provider_config: { azurerm: { name: "azurerm", expressions: { features: [{}] } } },
    root_module: {
      resources: [
        configured("azurerm_key_vault_key.cmk", { name: { constant_value: "cmk" } }),
        configured("azurerm_network_security_group.web", { name: {}, security_rule: [{ name: {} }, { name: {} }] }),
      ],
      module_calls: {
        store: {
          source: "./store",
          expressions: { name: refer("each.key"), key_id: refer("local.key") },
          module: {
            resources: [
              configured(account, { name: refer("var.name"), min_tls_version: {}, identity: [{ type: {} }] }),
              configured(managedKey, {
                storage_account_id: refer(`${account}.id`, account),
                key_vault_key_id: refer("var.key_id"),
              }),
            ],
          },
        },
      },
    },
  },
};

function managed(module: string, type: string, name: string, values: object) {
  return { address: `${module}${type}.${name}`, mode: "managed", type, name, values };
}

function configured(address: string, expressions: object) {
  return { address, expressions };
}

function change(address: string, unknown: object) {
  return { address, change: { actions: ["create"], after_unknown: unknown } };
}

function fileOf(path: string, text: string): SourceFile {
  return { path, objectId: "", size: text.length, bytes: () => Buffer.from(text), text: () => text };
}

const planFile = fileOf("infra/tfplan.json", JSON.stringify(plan, undefined, 1));
const source = [fileOf("infra/main.tf", main), fileOf("infra/store/main.tf", store), fileOf("infra/other/x.tf", "")];

function read(files: readonly SourceFile[]) {
  const own = files
    .filter(({ path }) => terraformPlan.selects(path))
    .filter((file) => terraformPlan.recognizes?.(file));
  const [unit] = terraformPlan.units(own.map((file) => ({ path: file.path, links: terraformPlan.links(file) })));
  assert.ok(unit);
  const result = terraformPlan.read({ root: unit.root, files: own.filter(({ path }) => unit.paths.includes(path)) });
  assert.deepEqual(result.problems, []);
  const at = (address: string) => {
    const found = result.resources.find((one) => one.address === address);
    assert.ok(found, address);
    return found;
  };
  return { unit, at, resources: result.resources };
}

const where = (place: Place | undefined) => place && `${place.file.path}:${spanOf(place).startLine}`;
const placesOf = (node: Node | undefined) => [where(node?.at), where(node?.from)];

test("a plan alone: addresses and types, what will be, what is not known yet", () => {
  const { unit, at, resources } = read([planFile]);
  assert.deepEqual(unit, { root: "infra/tfplan.json", paths: ["infra/tfplan.json"] });
  assert.deepEqual(
    resources.map(({ address }) => address),
    [
      "azurerm_key_vault_key.cmk",
      "azurerm_network_security_group.web",
      `module.store["a"].${account}`,
      `module.store["a"].${managedKey}`,
      "data.azurerm_client_config.me",
      "module.store",
      "provider.azurerm",
    ],
  );
  const { body, types } = at(`module.store["a"].${account}`);
  assert.deepEqual(types, ["azurerm_storage_account"]);
  assert.deepEqual(body.keys(), ["name", "min_tls_version", "shared_access_key_enabled", "identity"]);
  const [identity] = itemsOf(child(body, "identity"));
  assert.deepEqual(identity?.is === "block" && identity.keys(), ["type"]);
  const { start, end, file } = child(body, "min_tls_version")?.at ?? at("provider.azurerm").at;
  assert.equal(file.text.slice(start, end), '"TLS1_0"');
  const id = child(at(`module.store["a"].${managedKey}`).body, "storage_account_id");
  assert.deepEqual(id?.is === "unknown" && id.refs, [`module.store.${account}`]);
});

test("with its source: resources and attributes stand in the files, calls are told, locals are followed", () => {
  const { unit, at } = read([planFile, ...source]);
  assert.deepEqual(unit.paths, ["infra/tfplan.json", "infra/main.tf", "infra/store/main.tf"]);
  const found = at(`module.store["a"].${account}`);
  assert.equal(where(found.at), "infra/store/main.tf:2");
  assert.deepEqual(found.calledFrom.map(where), ["infra/main.tf:5"]);
  assert.deepEqual(placesOf(child(found.body, "min_tls_version")), ["infra/store/main.tf:4", undefined]);
  const [name, ...places] = [child(found.body, "name"), ...placesOf(child(found.body, "name"))];
  assert.equal(name?.is === "scalar" && name.value, "a");
  assert.match(places.join(" "), /^infra\/store\/main.tf:3 infra\/tfplan.json:\d+$/);
  assert.equal(where(child(found.body, "shared_access_key_enabled")?.at), "infra/store/main.tf:2");
  assert.equal(where(at("module.store").at), "infra/main.tf:5");
  const rules = itemsOf(child(at("azurerm_network_security_group.web").body, "security_rule"));
  assert.deepEqual(
    rules.map((rule) => where(child(rule, "access")?.at)),
    ["infra/main.tf:25", "infra/main.tf:21"],
  );
  const key = child(at(`module.store["a"].${managedKey}`).body, "key_vault_key_id");
  assert.deepEqual(key?.is === "unknown" && key.refs, ["azurerm_key_vault_key.cmk"]);
  const connected = (address: string, ...types: readonly string[]) =>
    at(address)
      .connected(types)
      .resources.map((one) => one.address);
  const customerKey = "azurerm_storage_account_customer_managed_key";
  assert.deepEqual(connected(`module.store["a"].${account}`, customerKey), [`module.store["a"].${managedKey}`]);
  assert.deepEqual(connected("azurerm_key_vault_key.cmk", customerKey), [`module.store["a"].${managedKey}`]);
});

test("other JSON is no plan, a broken plan is a problem", () => {
  assert.equal(terraformPlan.recognizes?.(fileOf("package.json", '{"name": "x"}')), false);
  const broken = fileOf("tfplan.json", '{"format_version": "1.2", "planned_values": {"root_module": {"resources": [');
  const result = terraformPlan.read({ root: "tfplan.json", files: [broken] });
  assert.deepEqual(result.resources, []);
  assert.deepEqual(
    result.problems.map(({ code, path, line }) => [code, path, line]),
    [["syntax", "tfplan.json", 1]],
  );
});

test("of many instances those with the same key belong together; names tell the rest", () => {
  const keyed = (type: string, index: number, values: object) => ({
    ...managed("", type, `b[${index}]`, values),
    name: "b",
    index,
  });
  const resources = [0, 1].flatMap((index) => [
    keyed("aws_s3_bucket", index, { bucket: `logs-${index}` }),
    keyed("aws_s3_bucket_policy", index, { policy: '{"Version":"2012-10-17"}' }),
    keyed("aws_s3_bucket_versioning", index, { bucket: `logs-${index}` }),
  ]);
  const policy = configured("aws_s3_bucket_policy.b", { bucket: refer("aws_s3_bucket.b", "count.index") });
  const large = {
    format_version: "1.2",
    planned_values: { root_module: { resources } },
    configuration: { root_module: { resources: [policy] } },
  };
  const { at } = read([fileOf("tfplan.json", JSON.stringify(large))]);
  const types = ["aws_s3_bucket", "aws_s3_bucket_policy", "aws_s3_bucket_versioning"];
  const connected = (address: string) =>
    at(address)
      .connected(types)
      .resources.map((one) => one.address);
  assert.deepEqual(connected("aws_s3_bucket.b[1]"), ["aws_s3_bucket_policy.b[1]", "aws_s3_bucket_versioning.b[1]"]);
  assert.deepEqual(connected("aws_s3_bucket_versioning.b[0]"), ["aws_s3_bucket.b[0]"]);
  const document = child(at("aws_s3_bucket_policy.b[0]").body, "policy");
  assert.equal(document?.is === "scalar" && child(document.content, "Version")?.is, "scalar");
});

test("instances of called modules are looked up by the keys that both share", () => {
  const keys = Array.from({ length: 3000 }, (_, index) => `k${index}`);
  const instances = (type: string) =>
    keys.map((key) => ({
      address: `module.m["${key}"].module.${type}.${type}.b["x"]`,
      mode: "managed",
      type,
      name: "b",
      index: "x",
      values: { from: key },
    }));
  const inner = (name: string, resource: object) => ({ source: `./${name}`, module: { resources: [resource] } });
  const module = {
    module_calls: {
      t_one: {
        ...inner("t_one", configured("t_one.b", {})),
        module: { resources: [configured("t_one.b", {})], outputs: { id: { expression: refer("t_one.b") } } },
      },
      t_two: {
        ...inner("t_two", configured("t_two.b", { one: refer("var.one") })),
        expressions: { one: refer("module.t_one.id") },
      },
    },
  };
  const modules = [...instances("t_one"), ...instances("t_two")].map((resource) => ({
    address: resource.address.replace(/\.t_\w+\.b\["x"\]$/, ""),
    resources: [resource],
  }));
  const whole = {
    format_version: "1.2",
    planned_values: { root_module: { child_modules: modules } },
    configuration: { root_module: { module_calls: { m: { source: "./m", module } } } },
  };
  const { at } = read([fileOf("tfplan.json", JSON.stringify(whole))]);
  takesAtMost(5, () => {
    for (const key of keys) {
      const one = `module.m["${key}"].module.t_one.t_one.b["x"]`;
      const two = one.replaceAll("t_one", "t_two");
      const addressesOf = (address: string, type: string) =>
        at(address)
          .connected([type])
          .resources.map((other) => other.address);
      assert.deepEqual([addressesOf(one, "t_two"), addressesOf(two, "t_one")], [[two], [one]]);
    }
  });
});
