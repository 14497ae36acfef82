import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseKnowledgeConfig } from "./sources.ts";

describe("the configuration of sources", () => {
  it("reads YAML and JSON, and fills in what is usual", () => {
    const text = `
sources:
  - { name: osv, kind: osv, ecosystems: [NuGet, npm], required: true }
  - name: mirror
    kind: osv
    address: https://mirror.example.com/osv/
    licence: CC-BY-4.0
  - { name: ours, kind: osv, folder: /srv/advisories, licence: internal }
`;
    const parsed = parseKnowledgeConfig(text);
    assert.ok(parsed.is === "config");
    const [osv, mirror, ours] = parsed.config.sources;
    assert.deepEqual([osv?.from.is, osv?.ecosystems, osv?.isRequired], ["address", ["NuGet", "npm"], true]);
    assert.match(osv?.attribution ?? "", /GitHub Advisory Database/);
    assert.deepEqual(mirror?.from, { is: "address", address: "https://mirror.example.com/osv" });
    assert.deepEqual([mirror?.attribution, mirror?.isRequired], [undefined, false]);
    assert.deepEqual(ours?.from, { is: "folder", folder: "/srv/advisories" });
    assert.equal(parseKnowledgeConfig('{"publicKey": "AAAA"}').is, "config");
  });

  it("reads who is asked about packages", () => {
    const read = (text: string) => {
      const parsed = parseKnowledgeConfig(text);
      assert.ok(parsed.is === "config");
      return parsed.config.packageFacts;
    };
    const usual = read("sources: []");
    assert.deepEqual(usual, { ...usual, asksRegistries: true, publicNames: [], privateNames: [] });
    assert.ok(usual.depsDev);
    const text = `
packageFacts:
  depsDev: https://deps.example/
  registries: off
  publicNames: [Serilog*]
  privateNames: [Contoso.*, "@contoso/*"]
`;
    assert.deepEqual(read(text), {
      depsDev: "https://deps.example",
      github: "https://github.com",
      asksRegistries: false,
      publicNames: ["Serilog*"],
      privateNames: ["Contoso.*", "@contoso/*"],
    });
    const off = { asksRegistries: true, publicNames: [], privateNames: [] };
    assert.deepEqual(read("packageFacts: { depsDev: off, registries: on }"), off);
    assert.deepEqual(read('{ "packageFacts": { "depsDev": false, "registries": true } }'), off);
  });

  const mistakes: readonly (readonly [string, RegExp])[] = [
    ["sources: 7", /must be a list/],
    ["hello", /a list under sources/],
    ["source: []", /"source" is no setting/],
    ["sources: [{ name: ../x, kind: osv }]", /needs a name/],
    ["sources: [{ name: x, kind: nvd }]", /kind must be one of/],
    ["sources: [{ name: x, kind: osv, adress: y }]", /"adress" is no setting/],
    ["sources: [{ name: x, kind: osv, address: ftp://x }]", /address must be like/],
    ["sources: [{ name: x, kind: osv, folder: relative }]", /folder must be a whole path/],
    ["sources: [{ name: x, kind: osv, folder: /a, address: https://b }]", /exclude each other/],
    ["sources: [{ name: x, kind: osv, ecosystems: [nuget] }]", /names like NuGet/],
    ["sources: [{ name: x, kind: kev }, { name: x, kind: epss }]", /two sources/],
    ["packageFacts: off", /packageFacts must be settings/],
    ["packageFacts: { depsdev: off }", /"depsdev" is no setting/],
    ["packageFacts: { depsDev: https://any:p@deps.example }", /depsDev must be an address/],
    ["packageFacts: { registries: never }", /registries must be on or off/],
    ["packageFacts: { privateNames: Contoso.* }", /privateNames must be a list/],
    ["packageFacts: { publicNames: [7] }", /publicNames must be a list/],
    ["sources: [", /.+/],
  ];
  for (const [text, message] of mistakes) {
    it(`refuses ${text}`, () => {
      const parsed = parseKnowledgeConfig(text);
      assert.ok(parsed.is === "mistake");
      assert.match(parsed.message, message);
    });
  }
});
