import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { osvFiles } from "#knowledge/testing/osv-files.ts";
import { serveFiles } from "#knowledge/testing/serve-files.ts";
import { startSallyport } from "../testing/run-sallyport.ts";

const folder = mkdtempSync(join(tmpdir(), "advisories-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const environment = { SALLYPORT_KNOWLEDGE: join(folder, "knowledge") };
const elsewhere = { SALLYPORT_KNOWLEDGE: join(folder, "elsewhere") };

describe("sallyport advisories", () => {
  it("says that there is no data", async () => {
    const { code, stdout } = await startSallyport(["advisories", "status"], environment).ended;
    assert.equal(code, 0);
    assert.match(stdout, /no data: run "sallyport advisories update"/);
  });

  it("updates, says how old it is, and carries it to another machine", async () => {
    await using server = await serveFiles(
      osvFiles([{ id: "GHSA-1", modified: "2024-01-01T00:00:00Z", name: "lodash" }]),
    );
    const sources = join(folder, "sources.yml");
    const source = { name: "osv", kind: "osv", address: server.url, ecosystems: ["npm"], required: true };
    writeFileSync(sources, JSON.stringify({ sources: [source] }));
    const updated = await startSallyport(["advisories", "update", "--sources", sources], environment).ended;
    assert.deepEqual([updated.code, updated.stderr], [0, ""]);
    assert.match(updated.stdout, /^1 files built/);
    const status = await startSallyport(["advisories", "status"], environment).ended;
    assert.match(status.stdout, /^npm +1 +1 +0 .*just now$/m);
    assert.match(status.stdout, /GitHub Advisory Database/);

    const bundle = join(folder, "bundle.tar");
    assert.equal((await startSallyport(["advisories", "export", bundle], environment).ended).code, 0);
    const imported = await startSallyport(["advisories", "import", bundle], elsewhere).ended;
    assert.deepEqual([imported.code, imported.stderr], [0, ""]);
    const json = await startSallyport(["advisories", "status", "--format", "json"], elsewhere).ended;
    const { ecosystems } = JSON.parse(json.stdout) as {
      readonly ecosystems: readonly { readonly advisories: number }[];
    };
    assert.deepEqual(
      ecosystems.map(({ advisories }) => advisories),
      [1],
    );
    const again = await startSallyport(["advisories", "update", "--rebuild"], elsewhere).ended;
    assert.deepEqual([again.code, again.stdout.startsWith("1 files built")], [0, true]);
  });

  const mistakes: readonly (readonly [string, readonly string[]])[] = [
    ["an update without the network", ["update", "--offline"]],
    ["sources that are not there", ["update", "--sources", join(folder, "nowhere.yml")]],
    ["a bundle that is not there", ["import", join(folder, "nowhere.tar")]],
    ["an export of nothing", ["export", join(folder, "x.tar")]],
  ];
  for (const [what, args] of mistakes) {
    it(`says in one line what is wrong: ${what}`, async () => {
      const { code, stderr } = await startSallyport(["advisories", ...args], {
        SALLYPORT_KNOWLEDGE: join(folder, "none"),
      }).ended;
      assert.equal(code, 2);
      assert.match(stderr, /^sallyport: [^\n]+\n$/);
    });
  }
});
