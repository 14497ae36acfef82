/** Plans grow with the state: what one may have, and what is done with it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { sourceFileOf } from "../../../source-file-of.ts";
import { iacScanner } from "../../iac-scanner.ts";
import { terraformPlan } from "./terraform-plan.ts";

const context = { fingerprintKey: new Uint8Array(32), includePassed: false };
const account = (index: number) => ({
  address: `azurerm_storage_account.a[${index}]`,
  mode: "managed",
  type: "azurerm_storage_account",
  name: "a",
  index,
  values: {
    name: `a${index}`,
    min_tls_version: index === 3999 ? "TLS1_0" : "TLS1_2",
    tags: { filling: "x".repeat(1200) },
  },
});

function planOf(accounts: number): string {
  const resources = Array.from({ length: accounts }, (_, index) => account(index));
  const changes = resources.map(({ values, ...one }) => ({
    ...one,
    change: { actions: ["update"], before: values, after: values },
  }));
  return JSON.stringify({
    format_version: "1.2",
    planned_values: { root_module: { resources } },
    resource_changes: changes,
    prior_state: { values: { root_module: { resources } } },
  });
}

function scan(text: string) {
  const file = sourceFileOf("plan.json", "0", new TextEncoder().encode(text));
  const [unit] = iacScanner.units([{ path: file.path, survey: iacScanner.survey(file) }]);
  assert.ok(unit);
  return { ...iacScanner.scan(unit, [file], context), largest: iacScanner.largestFile?.(unit) ?? 0 };
}

test("a plan of more than 16 MiB is read, and its findings carry no edits of it", () => {
  const text = planOf(4000);
  assert.ok(text.length > 16 * 1024 ** 2);
  const { findings, problems, largest } = scan(text);
  assert.ok(largest > text.length);
  assert.deepEqual(problems, []);
  const found = findings.find(({ aliases }) => aliases?.includes("CKV_AZURE_44"));
  assert.equal(found?.resource?.address, "azurerm_storage_account.a[3999]");
  assert.deepEqual(
    findings.filter(({ fix }) => fix),
    [],
  );
});

test("a large plan that is broken is a problem, and no attempt to understand the rest of it", () => {
  const { findings, problems } = scan(`${planOf(4000).slice(0, -1)},}`);
  assert.deepEqual(findings, []);
  assert.deepEqual(
    problems.map(({ code, path }) => [code, path]),
    [["too-large", "plan.json"]],
  );
  assert.match(problems[0]?.message ?? "", /has to be JSON to the letter/);
});

test("other languages keep to the size of all tree scanners", () => {
  assert.equal(iacScanner.largestFile?.({ language: "arm", root: "a.json", paths: [] }), 16 * 1024 ** 2);
});

test("locals may refer to each other in a long chain", () => {
  const length = 20_000;
  const locals = Array.from({ length }, (_, index) => `  l${index + 1} = local.l${index}\n`).join("");
  const main = `locals {\n  l0 = azurerm_key_vault_key.cmk.id\n${locals}}\n`;
  const own = "azurerm_storage_account_customer_managed_key";
  const resources = [
    ["azurerm_key_vault_key", "cmk"],
    [own, "a"],
  ].map(([type, name]) => ({ address: `${type}.${name}`, mode: "managed", type, name, values: {} }));
  const written = { address: `${own}.a`, expressions: { key_vault_key_id: { references: [`local.l${length}`] } } };
  const plan = JSON.stringify({
    format_version: "1.2",
    planned_values: { root_module: { resources } },
    configuration: { root_module: { resources: [written] } },
  });
  const files = Object.entries({ "plan.json": plan, "main.tf": main }).map(([path, text]) =>
    sourceFileOf(path, path, new TextEncoder().encode(text)),
  );
  const { resources: read } = terraformPlan.read({ root: "plan.json", files });
  const connected = read.map((one) => one.connected(["azurerm_key_vault_key", own]).resources);
  assert.deepEqual(
    connected.map(([other]) => other?.address),
    [`${own}.a`, "azurerm_key_vault_key.cmk"],
  );
});
