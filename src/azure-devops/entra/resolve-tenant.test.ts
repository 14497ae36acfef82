import assert from "node:assert/strict";
import { test } from "node:test";
import { addOrganization } from "../../../emulator/build-world.ts";
import { emulatedDirectory } from "../testing/emulated-directory.ts";
import { resolveTenant, tenantOfOrganization } from "./resolve-tenant.ts";

test("a name, an address, a domain or an e-mail address leads to the directory", async (t) => {
  const { options, home, away, emulator } = await emulatedDirectory(t);
  const organization = { is: "tenant", tenant: home.id, via: "organization", organization: "contoso" };
  const texts = [
    " contoso ",
    "https://dev.azure.com/contoso/Payments/_git/api?path=/a",
    "dev.azure.com/contoso/",
    "https://ada@dev.azure.com/contoso",
    "https://contoso.visualstudio.com/DefaultCollection",
    "git@ssh.dev.azure.com:v3/contoso/Payments/api",
    `${emulator.url}/contoso/Payments`,
  ];
  for (const text of texts) assert.deepEqual(await resolveTenant(options, text), organization, text);
  const byDomain = { is: "tenant", tenant: away.id, via: "domain" };
  assert.deepEqual(await resolveTenant(options, "harbour.example"), byDomain);
  assert.deepEqual(await resolveTenant(options, away.id.toUpperCase()), byDomain);
  const mail = "ada@contoso.example";
  const byMail = { is: "tenant", tenant: home.id, via: "e-mail", loginHint: mail };
  assert.deepEqual(await resolveTenant(options, mail), byMail);
});

test("what leads nowhere says why, and what to enter instead", async (t) => {
  const { options, world } = await emulatedDirectory(t);
  addOrganization(world, "hobby", { tenantId: "00000000-0000-0000-0000-000000000000" });
  assert.deepEqual(await resolveTenant(options, "hobby"), { is: "personal", organization: "hobby" });
  const stranger = "ada@unknown.example";
  assert.deepEqual(await resolveTenant(options, stranger), { is: "any-work-account", loginHint: stranger });
  const nowhere = [
    "",
    "unknown.example",
    "no-such-organization",
    "a b",
    "ada@outlook.com",
    "../x",
    "http://x.example/y",
  ];
  for (const text of nowhere) {
    const found = await resolveTenant(options, text);
    assert.equal(found.is, "not-found", text);
    assert.ok(found.is === "not-found" && found.reason.length > 20);
  }
  assert.equal(await tenantOfOrganization(options, "no-such-organization"), undefined);
});
