/** Rules are listed and explained, also those that a folder brings along. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { sallyport, top, write } from "./testing/git-clones.ts";

write(
  top,
  ".sallyport/secrets/own.yaml",
  `rules:
  - id: acme-token
    title: "Acme\\e[31m token"
    why: |
      Opens
      every order.
    pattern: 'acme_[a-z]{9}'
  - { id: broken, pattern: '(?=x)' }
`,
);
write(top, ".sallyport.yml", "secrets: { rules: [security/more.toml] }\n");
write(
  top,
  "security/more.toml",
  `[[rules]]\nid = "Contoso_Key"\ndescription = "Contoso key"\nregex = "cts-[a-z]{9}"\n`,
);
write(top, "elsewhere/other.yml", "secrets: { rules: [other.yaml] }\n");
write(top, "elsewhere/other.yaml", "rules: [{ id: fabrikam, pattern: 'fbk_[a-z]{9}' }]\n");

test("rules of one's own are listed among the others, with their file", async () => {
  const { code, stdout, stderr } = await sallyport(top, "rules");
  assert.equal(code, 0, stderr);
  assert.match(
    stdout,
    /^high {6}secrets\/custom-acme-token {2,}Acme\?\[31m token \(your own: \.sallyport\/secrets\/own\.yaml\)$/m,
  );
  assert.match(stdout, /^high {6}secrets\/custom-contoso-key {2,}Contoso key \(your own: security\/more\.toml\)$/m);
  assert.match(stdout, / rules, 2 of them your own; /);
  assert.match(stderr, /^sallyport: \.sallyport\/secrets\/own\.yaml:8: A rule is left out/);
  const elsewhere = await sallyport(top, "rules", "--config", "elsewhere/other.yml");
  assert.match(elsewhere.stdout, / rules, 2 of them your own; /);
  assert.match(elsewhere.stdout, /fabrikam \(your own: other\.yaml\)/);
});

test("a rule of one's own is explained by its id and by the name that its file gives it", async () => {
  for (const name of ["secrets/custom-acme-token", "custom-acme-token", "acme-token"]) {
    const { code, stdout } = await sallyport(top, "rules", name);
    assert.equal(code, 0, name);
    assert.match(stdout, /^secrets\/custom-acme-token \(high\)\nAcme\?\[31m token\n\nOpens every order\.\n/);
    assert.match(stdout, /\nYour own rule: \.sallyport\/secrets\/own\.yaml\n/);
  }
  const told = JSON.parse((await sallyport(top, "rules", "acme-token", "--format", "json")).stdout);
  assert.deepEqual([told.id, told.file], ["secrets/custom-acme-token", ".sallyport/secrets/own.yaml"]);
  assert.match((await sallyport(top, "rules", "Contoso_Key")).stdout, /^secrets\/custom-contoso-key /);
  assert.match((await sallyport(top, "rules", "github-token")).stdout, /^secrets\/github-token /);
  const unknown = await sallyport(top, "rules", "fabrikam");
  assert.deepEqual([unknown.code, unknown.stdout], [2, ""]);
});

test("of an id that no rule has the nearest one is told, also of one's own", async () => {
  for (const [written, meant] of [
    ["ckv_azure_44", "CKV_AZURE_44"],
    ["secrets/githb-token", "secrets/github-token"],
    ["contoso_kye", "Contoso_Key"],
  ]) {
    const { code, stderr } = await sallyport(top, "rules", written ?? "");
    assert.equal(code, 2);
    assert.match(stderr, new RegExp(`there is no rule "${written}"; the nearest is ${meant}; `));
  }
});

test("settings that are wrong are told, and keep nobody from the other rules unless they were named", async () => {
  write(top, "wrong/.sallyport.yml", "skip: 1\n");
  const folder = join(top, "wrong");
  const { code, stdout, stderr } = await sallyport(folder, "rules", "github-token");
  assert.deepEqual([code, stdout.split(" ")[0]], [0, "secrets/github-token"]);
  assert.match(stderr, /^sallyport: \S*\.sallyport\.yml:1: skip must be a list/);
  assert.equal((await sallyport(folder, "rules", "github-token", "--config", ".sallyport.yml")).code, 2);
});
