import assert from "node:assert/strict";
import { test } from "node:test";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { readAgain, toldBy } from "./testing/round-trip.ts";
import {
  hostileManifest,
  largeManifest,
  manifestOf,
  sampleManifests,
  sampleSubject,
} from "./testing/sample-manifests.ts";
import { spdxMistakes } from "./testing/validate-spdx.ts";
import { toSpdx } from "./to-spdx.ts";

interface Document {
  readonly documentNamespace: string;
  readonly creationInfo: object;
  readonly packages: readonly Readonly<Record<string, unknown>>[];
  readonly relationships: readonly {
    readonly spdxElementId: string;
    readonly relationshipType: string;
    readonly relatedSpdxElement: string;
  }[];
  readonly hasExtractedLicensingInfos: readonly { readonly licenseId: string; readonly extractedText: string }[];
}

const written = (manifests = sampleManifests()) => JSON.parse(toSpdx(manifests, sampleSubject)) as Document;

test("valid, and the same bytes whatever the order of the manifests", () => {
  const manifests = sampleManifests();
  assert.deepEqual(spdxMistakes(written()), []);
  assert.equal(toSpdx(manifests.toReversed(), sampleSubject), toSpdx(manifests, sampleSubject));
  assert.notEqual(written(manifests.slice(1)).documentNamespace, written().documentNamespace);
  assert.deepEqual(written().creationInfo, { created: "2026-03-04T03:06:07Z", creators: ["Tool: Sallyport-1.2.3"] });
});

test("what is known of a package is in its entry", () => {
  const { packages } = written();
  assert.deepEqual(
    packages.find(({ name }) => name === "@scope/a"),
    {
      SPDXID: "SPDXRef-Package-npm-scope-a-1.2.3",
      name: "@scope/a",
      versionInfo: "1.2.3",
      downloadLocation: "NOASSERTION",
      filesAnalyzed: false,
      checksums: [{ algorithm: "SHA512", checksumValue: "01".repeat(64) }],
      licenseConcluded: "NOASSERTION",
      licenseDeclared: "MIT",
      copyrightText: "NOASSERTION",
      externalRefs: [
        { referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: "pkg:npm/%40scope/a@1.2.3" },
      ],
      primaryPackagePurpose: "LIBRARY",
      sourceInfo: "found in web/package-lock.json:16",
    },
  );
  assert.equal(
    packages.find(({ name }) => name === "tool-part")?.downloadLocation,
    "git+ssh://git@git.example/tool/part.git@0123456789abcdef0123456789abcdef01234567",
  );
});

test("relationships tell who needs whom, and for what", () => {
  const { relationships } = written(sampleManifests().filter(({ ecosystem }) => ecosystem === "npm"));
  const short = (id: string) => id.replace(/^SPDXRef-(?:Package-npm-)?/, "");
  assert.deepEqual(
    relationships.map((one) =>
      [short(one.spdxElementId), one.relationshipType, short(one.relatedSpdxElement)].join(" "),
    ),
    [
      "DOCUMENT DESCRIBES Subject",
      "Subject DEPENDS_ON scope-a-1.2.3",
      "tool-4.0.0 DEV_DEPENDENCY_OF Subject",
      "scope-a-1.2.3 DEPENDS_ON b-2.0.0",
      "c-3.0.0 OPTIONAL_DEPENDENCY_OF scope-a-1.2.3",
      "b-2.0.0 DEPENDS_ON scope-a-1.2.3",
      "tool-part-4.1.0 DEV_DEPENDENCY_OF tool-4.0.0",
    ],
  );
});

test("licences that SPDX does not list are extracted texts", () => {
  const { packages, hasExtractedLicensingInfos: texts } = written();
  const declared = (name: string) => packages.find((one) => one.name === name)?.licenseDeclared;
  assert.deepEqual([declared("b"), declared("tool")], ["MIT OR Apache-2.0", "MIT OR LicenseRef-Our-Own-1"]);
  assert.match(String(declared("c")), /^LicenseRef-SEE-LICENSE-IN-EULA.txt-[\da-f]{8}$/);
  assert.deepEqual(
    texts.map(({ extractedText }) => extractedText),
    ["Our-Own-1", "SEE LICENSE IN EULA.txt"],
  );
});

test("read again it says the same", () => {
  const npm = sampleManifests().filter(({ ecosystem }) => ecosystem === "npm");
  assert.deepEqual(readAgain("a.spdx.json", toSpdx(npm, sampleSubject)), toldBy(npm));
});

test("names that become the same id are numbered, and nothing at all is said as such", () => {
  const { packages } = written([manifestOf("lock", [{ name: "a_b" }, { name: "a~b" }, { name: "a$b-2" }])]);
  assert.equal(new Set(packages.map(({ SPDXID }) => SPDXID)).size, 4);
  assert.deepEqual(readAgain("a.spdx.json", toSpdx([], sampleSubject)), []);
});

test("hostile names, licences, addresses and cycles", () => {
  const text = toSpdx([hostileManifest()], { name: "\0\ud800", time: "yesterday" });
  assert.deepEqual(spdxMistakes(JSON.parse(text)), []);
  assert.doesNotMatch(text, /password|sig=1|\\u001b|\\ud800/);
});

test("20,000 packages are written fast", () => {
  const manifests = [largeManifest(20_000)];
  toSpdx(manifests, sampleSubject);
  // Some 0.3 s; far more would be a loop in a loop.
  takesAtMost(6, () => {
    assert.equal((JSON.parse(toSpdx(manifests, sampleSubject)) as Document).packages.length, 20_001);
  });
});
