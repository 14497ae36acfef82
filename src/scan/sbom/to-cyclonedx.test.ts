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
import { cyclonedxMistakes } from "./testing/validate-cyclonedx.ts";
import { toCyclonedx } from "./to-cyclonedx.ts";

interface Document {
  readonly serialNumber: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly components: readonly (Readonly<Record<string, unknown>> & { readonly "bom-ref": string })[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
  readonly compositions: readonly { readonly aggregate: string; readonly dependencies: readonly string[] }[];
}

const written = (manifests = sampleManifests()) => JSON.parse(toCyclonedx(manifests, sampleSubject)) as Document;

test("valid by the official schema, and the same bytes whatever the order of the manifests", () => {
  const manifests = sampleManifests();
  assert.deepEqual(cyclonedxMistakes(written()), []);
  const text = toCyclonedx(manifests, sampleSubject);
  assert.equal(toCyclonedx(manifests.toReversed(), sampleSubject), text);
  assert.notEqual(written(manifests.slice(1)).serialNumber, written().serialNumber);
});

test("what is known of a package is in its component", () => {
  const { components, metadata } = written();
  const [a] = components.filter(({ name }) => name === "a");
  assert.deepEqual(a, {
    type: "library",
    "bom-ref": "pkg:npm/%40scope/a@1.2.3",
    group: "@scope",
    name: "a",
    version: "1.2.3",
    scope: "required",
    hashes: [{ alg: "SHA-512", content: "01".repeat(64) }],
    licenses: [{ license: { id: "MIT", acknowledgement: "declared" } }],
    purl: "pkg:npm/%40scope/a@1.2.3",
    evidence: {
      identity: [
        {
          field: "purl",
          confidence: 1,
          concludedValue: "pkg:npm/%40scope/a@1.2.3",
          methods: [{ technique: "manifest-analysis", confidence: 1, value: "web/package-lock.json" }],
        },
      ],
      occurrences: [{ location: "web/package-lock.json", line: 16 }],
    },
  });
  assert.equal(metadata.timestamp, "2026-03-04T03:06:07Z");
  assert.deepEqual(metadata.lifecycles, [{ phase: "pre-build" }]);
});

test("scopes, licences, sources and what has no version", () => {
  const { components } = written();
  const told = Object.fromEntries(
    components.map(({ name, scope, licenses, externalReferences, properties }) => [
      String(name),
      JSON.stringify([scope, licenses, externalReferences, properties].filter((one) => one !== undefined)),
    ]),
  );
  assert.equal(told.b, '["required",[{"expression":"MIT OR Apache-2.0","acknowledgement":"declared"}]]');
  assert.equal(told.c, '["optional",[{"license":{"name":"SEE LICENSE IN EULA.txt","acknowledgement":"declared"}}]]');
  assert.equal(told.tool, '["excluded",[{"license":{"name":"MIT OR Our-Own-1","acknowledgement":"declared"}}]]');
  assert.equal(told["tool-part"], '["excluded",[{"type":"vcs","url":"ssh://git@git.example/tool/part.git"}]]');
  assert.match(told.Serilog ?? "", /"sallyport:requirement","value":"\$\(SerilogVersion\)"/);
});

test("every component has its dependencies, and it is said whether they are all", () => {
  const { components, dependencies, compositions } = written();
  assert.deepEqual(
    dependencies.map(({ ref }) => ref),
    ["subject", ...components.map((one) => one["bom-ref"])],
  );
  const of = (ref: string) => dependencies.find((one) => one.ref === ref)?.dependsOn;
  assert.deepEqual(of("pkg:npm/%40scope/a@1.2.3"), ["pkg:npm/b@2.0.0", "pkg:npm/c@3.0.0"]);
  assert.ok(of("subject")?.includes("pkg:npm/tool@4.0.0") && !of("subject")?.includes("pkg:npm/tool-part@4.1.0"));
  const [complete, incomplete] = compositions;
  assert.deepEqual([complete?.aggregate, incomplete?.aggregate], ["complete", "incomplete"]);
  assert.ok(complete?.dependencies.includes("pkg:npm/b@2.0.0"));
  assert.ok(incomplete?.dependencies.includes("pkg:nuget/Newtonsoft.Json@13.0.1"));
});

test("one package in several manifests is one component, unless they contradict each other", () => {
  const [flask, ...others] = written().components.filter(({ name }) => /^flask$/i.test(String(name)));
  assert.equal(others.length, 0);
  assert.match(JSON.stringify(flask?.evidence), /jobs\/requirements.*tools\/requirements/);
  const x = { name: "x", version: "1", licenses: ["MIT"] };
  const git = { is: "git", url: "https://git.example/x" } as const;
  const manifests = [
    manifestOf("a/lock", [x]),
    manifestOf("b/lock", [{ ...x, isDevelopment: true }]),
    manifestOf("c/lock", [
      { ...x, source: git },
      { ...x, source: git },
    ]),
  ];
  const { components } = written(manifests);
  assert.deepEqual(
    components.map((one) => [one["bom-ref"], one.purl, one.scope]),
    [
      ["pkg:npm/x@1 in a/lock:1:1", "pkg:npm/x@1", "required"],
      ["pkg:npm/x@1 in c/lock:1:1", "pkg:npm/x@1", "required"],
    ],
  );
});

test("read again it says the same", () => {
  const npm = sampleManifests().filter(({ ecosystem }) => ecosystem === "npm");
  assert.deepEqual(readAgain("bom.json", toCyclonedx(npm, sampleSubject)), toldBy(npm));
});

test("hostile names, licences, addresses and cycles", () => {
  const text = toCyclonedx([hostileManifest()], { name: "\0\ud800", time: "yesterday" });
  assert.deepEqual(cyclonedxMistakes(JSON.parse(text)), []);
  assert.doesNotMatch(text, /password|sig=1|\\u001b|\\ud800/);
});

test("as many contradictions as packages, all in one place", () => {
  const packages = Array.from({ length: 20_000 }, (_, index) => ({ requirement: `^${index}` }));
  const references = new Set(written([manifestOf("lock", packages)]).components.map((one) => one["bom-ref"]));
  assert.equal(references.size, 20_000);
});

test("20,000 packages are written fast", () => {
  const manifests = [largeManifest(20_000)];
  toCyclonedx(manifests, sampleSubject);
  // Some 0.3 s; far more would be a loop in a loop.
  takesAtMost(6, () => {
    assert.equal((JSON.parse(toCyclonedx(manifests, sampleSubject)) as Document).components.length, 20_000);
  });
});
