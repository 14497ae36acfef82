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
