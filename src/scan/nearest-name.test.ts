import assert from "node:assert/strict";
import { test } from "node:test";
import { nearestName } from "./nearest-name.ts";

const names = ["secrets/password", "secrets/azure-sas", "iac/storage-https", "CKV_AZURE_3", "CKV_AZURE_33"];

test("a slip, another case, or the name without its scanner", () => {
  assert.equal(nearestName("secrets/pasword", names), "secrets/password");
  assert.equal(nearestName("secret/password", names), "secrets/password");
  assert.equal(nearestName("ckv_azure_33", names), "CKV_AZURE_33");
  assert.equal(nearestName("storage-http", names), "iac/storage-https");
  assert.equal(nearestName("SECRETS/AZURE_SAS", names), "secrets/azure-sas");
});

test("what is like none is told to be like none", () => {
  assert.equal(nearestName("generic-api-key", names), undefined);
  assert.equal(nearestName("", names), undefined);
  assert.equal(nearestName("x".repeat(100_000), names), undefined);
});
