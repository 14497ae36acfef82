import assert from "node:assert/strict";
import { test } from "node:test";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { readPackages } from "../../testing/read-packages.ts";

const told = (path: string, text: string) =>
  readPackages({ [path]: text }).manifests.flatMap(({ packages }) =>
    packages.map(({ ecosystem, name, version, at, relation, isDevelopment, licenses, integrity, dependsOn }) =>
      [
        ecosystem,
        `${name}@${version}`,
        at.startLine,
        relation,
        isDevelopment ? "dev" : "",
        licenses?.join() ?? "",
        integrity ?? "",
        dependsOn?.join() ?? "",
      ].join("|"),
    ),
  );

test("CycloneDX JSON: purls, nesting, licences, hashes, scopes and the graph", () => {
  const text = `{ "bomFormat": "CycloneDX", "metadata": { "component": { "bom-ref": "me", "name": "app", "version": "1" } },
"components": [
  { "bom-ref": "a", "type": "library", "name": "lodash", "purl": "pkg:npm/%40scope/lodash@4.17.0",
    "licenses": [ { "license": { "id": "MIT" } } ], "hashes": [ { "alg": "SHA-256", "content": "aa" } ],
    "components": [
      { "bom-ref": "b", "name": "log4j", "group": "org.apache", "purl": "pkg:maven/org.apache/log4j@1.2", "scope": "excluded" } ] },
  { "name": "Nginx", "version": "1.21.1", "cpe": "cpe:2.3:a:nginx:nginx:1.21.1" }
],
"dependencies": [ { "ref": "me", "dependsOn": ["a"] }, { "ref": "a", "dependsOn": ["b"] } ] }`;
  assert.deepEqual(told("bom.json", text), [
    "npm|@scope/lodash@4.17.0|3|direct||MIT|SHA-256:aa|1",
    "Maven|org.apache:log4j@1.2|6|transitive|dev||| ".trimEnd(),
    "Generic|Nginx@1.21.1|7|transitive||||",
  ]);
});

test("files, data and keys that a CycloneDX document lists are no packages, but what stands within them is", () => {
  const text = `{ "bomFormat": "CycloneDX", "components": [
{ "type": "data", "name": "train.csv" }, { "type": "cryptographic-asset", "name": "RSA" },
{ "type": "file", "name": "app.jar", "components": [ { "type": "library", "name": "a", "purl": "pkg:npm/a@1" } ] },
{ "type": "file", "name": "x.whl", "purl": "pkg:pypi/x@2" } ] }`;
  assert.deepEqual(told("bom.json", text), ["npm|a@1|3|unknown||||", "PyPI|x@2|4|unknown||||"]);
});

test("CycloneDX XML", () => {
  const text = `<?xml version="1.0"?>
<bom xmlns="http://cyclonedx.example/schema/bom/1.4"><components>
  <component type="library" bom-ref="a"><name>Newtonsoft.Json</name><version>9</version>
    <licenses><expression>MIT OR Apache-2.0</expression></licenses><purl>pkg:nuget/Newtonsoft.Json@13.0.1</purl></component>
  <component type="library"><name>tool</name><purl>pkg:npm/tool@1</purl>
    <properties><property name="cdx:npm:package:development">true</property></properties></component>
</components></bom>`;
  assert.deepEqual(told("x.cdx.xml", text), [
    "NuGet|Newtonsoft.Json@13.0.1|3|unknown||MIT OR Apache-2.0||",
    "npm|tool@1|5|unknown|dev|||",
  ]);
});

const spdx = [
  "npm|lodash@4.17.21|$|direct||MIT|SHA256:aa|2",
  "Generic|Nginx@1.21|$|root||||0",
  "PyPI|pytest@7|$|transitive|dev|||",
];

test("SPDX JSON as GitHub's API wraps it", () => {
  const text = `{ "sbom": { "spdxVersion": "SPDX-2.3", "packages": [
{ "SPDXID": "SPDXRef-a", "name": "npm:a", "externalRefs": [ { "referenceType": "purl", "referenceLocator": "pkg:npm/a@1" } ] } ] } }`;
  assert.deepEqual(told("a.spdx.json", text), ["npm|a@1|2|unknown||||"]);
});

test("SPDX JSON, YAML, and tags and values say the same", () => {
  const packages = `[
{ "SPDXID": "SPDXRef-a", "name": "x", "versionInfo": "4.17.21", "licenseDeclared": "MIT", "licenseConcluded": "NOASSERTION",
  "checksums": [ { "algorithm": "SHA256", "checksumValue": "aa" } ],
  "externalRefs": [ { "referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": "pkg:npm/lodash@4.17.21" } ] },
{ "SPDXID": "SPDXRef-n", "name": "Nginx", "versionInfo": "1.21" },
{ "SPDXID": "SPDXRef-p", "name": "pytest", "externalRefs": [ { "referenceType": "purl", "referenceLocator": "pkg:pypi/pytest@7" } ] } ]`;
  const relationships = `[ { "spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "SPDXRef-n" },
{ "spdxElementId": "SPDXRef-n", "relationshipType": "DEPENDS_ON", "relatedSpdxElement": "SPDXRef-a" },
{ "spdxElementId": "SPDXRef-p", "relationshipType": "DEV_DEPENDENCY_OF", "relatedSpdxElement": "SPDXRef-a" } ]`;
  const tags = `SPDXVersion: SPDX-2.3
Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-n
PackageName: x
SPDXID: SPDXRef-a
PackageVersion: 4.17.21
PackageLicenseDeclared: MIT
PackageChecksum: SHA256: aa
PackageComment: <text>
PackageName: no
</text>
ExternalRef: PACKAGE-MANAGER purl pkg:npm/lodash@4.17.21
PackageName: Nginx
SPDXID: SPDXRef-n
PackageVersion: 1.21
Relationship: SPDXRef-n DEPENDS_ON SPDXRef-a
PackageName: pytest
SPDXID: SPDXRef-p
ExternalRef: PACKAGE-MANAGER purl pkg:pypi/pytest@7
Relationship: SPDXRef-p DEV_DEPENDENCY_OF SPDXRef-a
`;
  const at = (lines: readonly number[]) => spdx.map((one, index) => one.replace("$", String(lines[index])));
  const json = `{ "spdxVersion": "SPDX-2.3", "packages": ${packages}, "relationships": ${relationships} }`;
  assert.deepEqual(told("a.spdx.json", json), at([2, 5, 6]));
  const yaml = `spdxVersion: "SPDX-2.3"\npackages: ${packages.replaceAll("\n", "\n  ")}\nrelationships: ${relationships.replaceAll("\n", "\n  ")}\n`;
  assert.deepEqual(told("a.spdx.yml", yaml), at([3, 6, 7]));
  assert.deepEqual(told("a.spdx", tags), at([3, 12, 16]));
});

test("broken and hostile documents are problems", () => {
  assert.equal(readPackages({ "bom.json": "{}" }).problems[0]?.code, "syntax");
  assert.equal(readPackages({ "bom.json": '{ "bomFormat": "CycloneDX", "components": [' }).problems[0]?.code, "syntax");
  takesAtMost(15, () => {
    for (const piece of [
      '{"components":[',
      '{"bomFormat":"CycloneDX","components":[',
      "<bom>",
      "PackageName: <text>\n",
    ]) {
      const text = `{"bomFormat":"CycloneDX","spdxVersion":"","components":[${piece.repeat(20_000)}`;
      readPackages({
        "bom.json": text,
        "a.spdx": `SPDXVersion: 2\n${piece.repeat(20_000)}`,
        "bom.xml": piece.repeat(20_000),
      });
    }
  });
});

test("SPDX 3: elements and the relationships between them", () => {
  const elements = [
    { type: "SpdxDocument", spdxId: "doc", rootElement: ["app"] },
    { type: "software_Package", spdxId: "app", name: "app", software_packageVersion: "1.0" },
    {
      type: "software_Package",
      spdxId: "json",
      name: "Newtonsoft.Json",
      software_packageVersion: "12.0.3",
      externalIdentifier: [{ externalIdentifierType: "packageUrl", identifier: "pkg:nuget/Newtonsoft.Json@12.0.3" }],
      verifiedUsing: [{ type: "Hash", algorithm: "sha256", hashValue: "aa" }],
    },
    { type: "software_Package", spdxId: "lib", name: "lib", software_packageUrl: "pkg:npm/lib@2.0.0" },
    { type: "software_Package", spdxId: "test", name: "test", software_packageUrl: "pkg:npm/test@3.0.0" },
    { type: "software_File", spdxId: "file", name: "a.txt" },
    { type: "simplelicensing_LicenseExpression", spdxId: "mit", simplelicensing_licenseExpression: "MIT" },
    { type: "Relationship", from: "json", relationshipType: "hasDeclaredLicense", to: ["mit"] },
    { type: "Relationship", from: "app", relationshipType: "dependsOn", to: ["json"] },
    { type: "Relationship", from: "json", relationshipType: "dependsOn", to: ["lib"] },
    { type: "LifecycleScopedRelationship", from: "app", relationshipType: "dependsOn", scope: "test", to: ["test"] },
  ].map((one) => JSON.stringify(one));
  const text = `{"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": [\n${elements.join(",\n")}\n]}`;
  const path = "_manifest/spdx_3.0/manifest.spdx.json";
  const { lines, manifests, problems } = readPackages({ [path]: text });
  assert.deepEqual(lines, [
    `Newtonsoft.Json@12.0.3 ${path}:4`,
    `app@1.0 ${path}:3`,
    `lib@2.0.0 ${path}:5 transitive`,
    `test@3.0.0 ${path}:6 dev`,
  ]);
  const [manifest] = manifests;
  assert.deepEqual(
    manifest?.packages.map(({ ecosystem, relation, licenses, dependsOn }) => [
      ecosystem,
      relation,
      licenses,
      dependsOn,
    ]),
    [
      ["Generic", "root", undefined, [1, 3]],
      ["NuGet", "direct", ["MIT"], [2]],
      ["npm", "transitive", undefined, []],
      ["npm", "direct", undefined, []],
    ],
  );
  assert.deepEqual([manifest?.root, problems], [{ name: "app", version: "1.0" }, []]);
  const cut = readPackages({ [path]: text.slice(0, -40) });
  assert.deepEqual([cut.lines.length, cut.problems.length], [4, 1]);
  assert.equal(readPackages({ "a.spdx.json": '{"@graph": []}' }).problems.length, 1);
});
