import assert from "node:assert/strict";
import { test } from "node:test";
import type { Advisory } from "#model/advisory.ts";
import type { Finding } from "#model/finding.ts";
import type { Reachability } from "#model/package-finding.ts";
import type { PackageUse } from "#model/package-manifest.ts";
import { manifestOf, use } from "../packages/testing/written-packages.ts";
import { advisory, judged, type KnownWorld } from "./testing/judge-packages-of.ts";

const id = "GHSA-2222-2222-2222";
const fixed = advisory(id, ["1.0.0", "1.2.0"], { aliases: ["CVE-2021-0001"] });
const unfixed = advisory(id, ["0"]);

function judge(packages: readonly PackageUse[], world: KnownWorld): readonly Finding[] {
  return judged(manifestOf(packages), world).findings;
}

function judgeOne(packages: readonly PackageUse[], world: KnownWorld): Finding {
  const [finding, ...others] = judge(packages, world);
  assert.ok(finding);
  assert.equal(others.length, 0);
  return finding;
}

const ranges = (...events: Advisory["affected"][number]["ranges"][number]["events"][]): Partial<Advisory> => ({
  affected: [{ ranges: events.map((one) => ({ events: one })), versions: [] }],
});

const matching: Readonly<
  Record<
    string,
    { readonly one: PackageUse; readonly by: Advisory; readonly message?: string; readonly signals?: readonly string[] }
  >
> = {
  "within the range": {
    one: use("a@1.1.0"),
    by: fixed,
    message: "a 1.1.0 is vulnerable: Prototype pollution (CVE-2021-0001)",
  },
  "before it": { one: use("a@0.9.0"), by: fixed },
  "at its fix": { one: use("a@1.2.0"), by: fixed },
  "the last affected one": {
    one: use("a@1.2.0"),
    by: advisory(id, ["0"], ranges([{ introduced: "0" }, { lastAffected: "1.2.0" }])),
    message: `a 1.2.0 is vulnerable: Prototype pollution (${id}); no fix is published`,
  },
  "a version by name": {
    one: use("a@1.2.0"),
    by: advisory(id, ["0"], { affected: [{ ranges: [], versions: ["1.2.0"] }] }),
    message: `a 1.2.0 is vulnerable: Prototype pollution (${id}); no fix is published`,
  },
  "no fix": {
    one: use("a@1.0.0"),
    by: unfixed,
    message: `a 1.0.0 is vulnerable: Prototype pollution (${id}); no fix is published`,
  },
  "a fix that is no step up": {
    one: use("a@2.0.0"),
    by: advisory(id, ["0"], ranges([{ introduced: "0" }, { fixed: "1.5.0" }], [{ introduced: "2.0.0" }])),
    message: `a 2.0.0 is vulnerable: Prototype pollution (${id})`,
    signals: ["fixed only in 1.5.0"],
  },
  "a lower bound": {
    one: use("a", { requirement: "^1.1.0" }),
    by: fixed,
    message: "a 1.1.0 is vulnerable: Prototype pollution (CVE-2021-0001)",
    signals: ["lower bound of ^1.1.0"],
  },
  "a bound that bounds nothing": {
    one: use("a", { ecosystem: "RubyGems", requirement: ">= 0" }),
    by: advisory(id, ["0", "1.2.0"]),
  },
  "a moving tag, whose newest release is free of it": {
    one: use("a@v1", { ecosystem: "GitHub Actions" }),
    by: fixed,
  },
  "a moving tag of an old line": {
    one: use("a@v1.1", { ecosystem: "GitHub Actions" }),
    by: fixed,
    message: "a v1.1 is vulnerable: Prototype pollution (CVE-2021-0001)",
    signals: ["the newest of a moving tag"],
  },
  "a commit that looks like a number": {
    one: use("a", { ecosystem: "GitHub Actions", requirement: "1f4b7f84864484a7bf31766abe9204da3cbe65b3" }),
    by: fixed,
  },
  "nothing known of the version": { one: use("a", { requirement: "latest" }), by: fixed },
  "nothing known of the version, but all are affected": {
    one: use("a"),
    by: unfixed,
    message: `a is vulnerable: Prototype pollution (${id}); no fix is published`,
    signals: ["version not known, but all are affected"],
  },
  "the project itself": { one: use("a@1.1.0", { relation: "root" }), by: fixed },
  "a member of the workspace": { one: use("a@1.1.0", { relation: "workspace" }), by: fixed },
  "a folder of the repository": { one: use("a@1.1.0", { source: { is: "path", path: "../a" } }), by: fixed },
  "what the framework carries": { one: use("a@1.1.0", { providedBy: "Microsoft.NETCore.App" }), by: fixed },
  "a fork": {
    one: use("a@1.1.0", { source: { is: "git", url: "https://git.example/a" } }),
    by: fixed,
    message: "a 1.1.0 is vulnerable: Prototype pollution (CVE-2021-0001)",
    signals: ["not from the registry: it may differ"],
  },
  "a malicious package": {
    one: use("a@1.0.0"),
    by: advisory("MAL-2024-1", ["0"], { isMalicious: true }),
    message: "a 1.0.0 is malicious: remove it (MAL-2024-1)",
  },
  "a repository with the name of a malicious package": {
    one: use("a@1.0.0", { source: { is: "git", url: "https://git.example/a" } }),
    by: advisory("MAL-2024-1", ["0"], { isMalicious: true }),
  },
  "a title that is none": {
    one: use("a@1.1.0"),
    by: { ...fixed, title: " \n" },
    message: "a 1.1.0 is vulnerable (CVE-2021-0001)",
  },
};

for (const [name, { one, by, message, signals }] of Object.entries(matching)) {
  test(`matched: ${name}`, () => {
    const [finding, ...others] = judge([one], { advisories: { a: [by] } });
    assert.equal(finding?.message, message);
    assert.deepEqual(finding?.signals, signals);
    assert.equal(others.length, 0);
  });
}

test("severity is that of the vector, else the source's word, else medium and said so", () => {
  const vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
  const { severityWord: _, ...wordless } = fixed;
  const said: readonly (readonly [Advisory, string, readonly string[] | undefined])[] = [
    [{ ...fixed, vectors: ["", vector], severityWord: "low" }, "critical", undefined],
    [{ ...fixed, severityWord: "low" }, "low", undefined],
    [wordless, "medium", ["severity not stated"]],
    [{ ...wordless, isMalicious: true }, "critical", undefined],
  ];
  for (const [known, severity, signals] of said) {
    const finding = judgeOne([use("a@1.1.0")], { advisories: { a: [known] } });
    assert.equal(finding.severity, severity);
    assert.deepEqual(finding.signals, signals);
  }
});

test("what is known about exploitation is that of any of its names", () => {
  const { advisory: shown, aliases } = judgeOne([use("a@1.1.0")], {
    advisories: { a: [{ ...fixed, aliases: ["CVE-2021-0001", "CVE-2021-0002"] }] },
    exploitLikelihood: (cve) => ({ probability: cve.endsWith("2") ? 0.9 : 0.1, percentile: 0.5, asOf: "2026-01-30" }),
    knownExploited: (cve) => (cve.endsWith("1") ? { added: "2021-12-10", inRansomware: true } : undefined),
  });
  assert.equal(shown?.likelihood?.probability, 0.9);
  assert.equal(shown.exploited?.added, "2021-12-10");
  assert.deepEqual(shown.fixedIn, ["1.2.0"]);
  assert.deepEqual(aliases, [id, "CVE-2021-0001", "CVE-2021-0002"]);
});

test("several versions in one manifest are one finding, at the one that the project asks for", () => {
  const transitive = use("a@1.0.1", { relation: "transitive", isDevelopment: true });
  const finding = judgeOne([transitive, use("a@1.1.0"), use("a@0.1.0")], { advisories: { a: [fixed] } });
  assert.equal(finding.message, "a (1.0.1, 1.1.0) is vulnerable: Prototype pollution (CVE-2021-0001)");
  assert.equal(finding.package?.version, "1.1.0");
  assert.equal(finding.package.isDevelopment, false);
  const dev = judgeOne([use("a@1.1.0", { isDevelopment: true })], { advisories: { a: [fixed] } });
  assert.equal(dev.package?.isDevelopment, true);
});

test("a fingerprint outlives versions and names that are added later", () => {
  const print = (version: string, known: Advisory) =>
    judgeOne([use(`a@${version}`)], { advisories: { a: [known] } }).fingerprint;
  const first = print("1.0.0", { ...fixed, aliases: [] });
  assert.match(first, /^[\da-f]{64}$/);
  assert.equal(print("1.1.0", { ...fixed, aliases: ["CVE-2021-0001", "SNYK-1"] }), first);
  assert.equal(print("1.1.0", { ...fixed, id: "SNYK-1", aliases: [id] }), first);
  assert.notEqual(print("1.1.0", { ...fixed, id: "GHSA-3333-3333-3333" }), first);
});

test("the shortest way from a direct dependency is told, through circles and past positions that are none", () => {
  const packages = [
    use("app@1.0.0", { relation: "root", dependsOn: [1, 2] }),
    use("long@1.0.0", { dependsOn: [3, 0] }),
    use("short@2.0.0", { dependsOn: [4, 2] }),
    use("middle@1.0.0", { relation: "transitive", dependsOn: [4, 1] }),
    use("a@1.1.0", { relation: "transitive", dependsOn: [3, -1, 99, 0.5, Number.NaN] }),
  ];
  const finding = judgeOne(packages, { advisories: { a: [fixed] } });
  assert.deepEqual(finding.package?.via, ["short@2.0.0", "a@1.1.0"]);
  assert.equal(finding.upgrade?.by, "override");

  const chain = Array.from({ length: 5000 }, (_, at) =>
    use(`p${at}@1.0.0`, { relation: at === 0 ? "direct" : "transitive", dependsOn: [at + 1] }),
  );
  const deep = judgeOne([...chain, use("a@1.1.0", { relation: "transitive" })], { advisories: { a: [fixed] } });
  assert.equal(deep.package?.via?.length, 20);
  assert.deepEqual(deep.package.via.slice(0, 2), ["p0@1.0.0", "..."]);
  assert.equal(deep.package.via.at(-1), "a@1.1.0");
});

test("the smallest step up is free of all that is known against the package", () => {
  const second = advisory("GHSA-3333-3333-3333", ["1.2.0", "1.2.2"]);
  const beta = advisory("GHSA-4444-4444-4444", ["1.0.0", "1.3.0-beta.1"]);
  const cases: readonly (readonly [string, readonly Advisory[], readonly string[] | undefined, string | undefined])[] =
    [
      ["1.1.0", [fixed], undefined, "1.2.0"],
      ["1.1.0", [fixed, second], undefined, "1.2.2"],
      ["1.1.0", [fixed, second], ["1.0.0", "1.2.1", "1.2.3", "2.0.0"], "1.2.3"],
      ["1.1.0", [fixed], ["1.1.0", "1.2.0-rc.1", "2.0.0"], "2.0.0"],
      ["1.1.0", [fixed], ["1.0.0", "1.1.0"], "1.2.0"],
      ["1.1.0", [beta], undefined, undefined],
      ["1.1.0-beta.2", [beta], undefined, "1.3.0-beta.1"],
      ["1.1.0", [fixed, advisory("GHSA-5555-5555-5555", ["0"])], undefined, "1.2.0"],
    ];
  for (const [from, advisories, versions, to] of cases) {
    const world = { advisories: { a: advisories }, ...(versions && { versions: { a: versions } }) };
    const [finding] = judge([use(`a@${from}`)], world);
    assert.equal(finding?.upgrade?.to, to, `from ${from}`);
    if (to !== undefined) assert.equal(finding?.upgrade?.crossesMajor, to.startsWith("2"));
  }
});

test("of a Go module the packages that are affected count, and what is not imported is not hidden", () => {
  const affected = fixed.affected.map((one) => ({ ...one, parts: [{ path: "m.example/a/html", symbols: ["Parse"] }] }));
  const known = { ...fixed, affected };
  const go = use("m.example/a@1.1.0", { ecosystem: "Go" });
  const seen = (is: Reachability["is"], imports: boolean | undefined) =>
    judgeOne([go], {
      advisories: { "m.example/a": [known] },
      use: { reachabilityOf: () => ({ is }), importsPart: () => imports },
    });
  const used = seen("imported", true);
  assert.equal(used.reachability?.is, "imported");
  assert.deepEqual(used.signals, ["first-party code imports m.example/a/html, which is affected"]);
  assert.equal(seen("imported", false).reachability?.is, "not-imported");
  const open = seen("unknown", undefined);
  assert.equal(open.reachability?.is, "unknown");
  assert.match(open.signals?.[0] ?? "", /^matched by module/);
});

test("Go's version stands for its library and its commands", () => {
  const go = use("stdlib@1.21.3", { ecosystem: "Go" });
  const world = {
    advisories: { stdlib: [advisory("GO-1", ["0", "1.21.4"])], toolchain: [advisory("GO-2", ["0", "1.21.5"])] },
  };
  const messages = judge([go], world).map(({ message }) => message.split(" is ")[0]);
  assert.deepEqual(messages, ["Go's standard library 1.21.3", "Go's toolchain 1.21.3"]);
});

test("a manifest that is there to take time is judged in part, and that is said", () => {
  const many = Array.from({ length: 20_000 }, (_, at) => use(`a@1.0.${at}`));
  const advisories = Array.from({ length: 50 }, (_, at) => advisory(`GHSA-${at}`, ["0", `1.0.${at * 100 + 1}`]));
  const { findings, problems } = judged(manifestOf(many), { advisories: { a: advisories } });
  assert.equal(findings.length, 50);
  assert.deepEqual(
    problems.map(({ code, message }) => [code, message]),
    [["too-large", "There are more than 500 versions of a in this file; the first 500 were judged."]],
  );
});
