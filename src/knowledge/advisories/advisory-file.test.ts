import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import type { Ecosystem } from "#model/ecosystem.ts";
import { buildAdvisoryFile, publishAdvisoryFile } from "./build-advisory-file.ts";
import { DamagedFileError } from "./damaged-file.ts";
import { openAdvisoryFile, readAdvisoryMeta } from "./open-advisory-file.ts";

const folder = mkdtempSync(join(tmpdir(), "advisory-file-"));
after(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

async function buildFile(ecosystem: Ecosystem, records: readonly object[]) {
  files += 1;
  const path = join(folder, `${files}.advisories`);
  const source = records.map((record) => ({ json: JSON.stringify(record), label: "Test (CC0-1.0)" }));
  await buildAdvisoryFile({ path, ecosystem, inputs: [], records: source });
  publishAdvisoryFile(path);
  return path;
}

async function look(ecosystem: Ecosystem, records: readonly object[], name: string) {
  const file = openAdvisoryFile(await buildFile(ecosystem, records));
  try {
    return file.advisoriesOf(name);
  } finally {
    file.close();
  }
}

const range = (...events: readonly object[]) => ({ type: "SEMVER", events });
const lodash = (id: string, more: object = {}) => ({
  id,
  modified: "2024-01-02T00:00:00Z",
  published: "2024-01-01T00:00:00Z",
  summary: `About ${id}`,
  affected: [
    { package: { ecosystem: "npm", name: "lodash" }, ranges: [range({ introduced: "0" }, { fixed: "4.17.21" })] },
  ],
  ...more,
});

describe("an advisory file", () => {
  it("answers with everything that the records say of a package, and with nothing for others", async () => {
    const record = lodash("GHSA-1", {
      aliases: ["CVE-2024-1"],
      details: "Long.",
      severity: [
        { type: "CVSS_V3", score: "CVSS:3.1/AV:N" },
        { type: "CVSS_V3", score: "" },
      ],
      references: [
        { type: "WEB", url: "https://example.com/a" },
        { type: "WEB", url: "javascript:alert(1)" },
      ],
      database_specific: { severity: "MODERATE", cwe_ids: ["CWE-1321"] },
    });
    const file = openAdvisoryFile(await buildFile("npm", [record]));
    assert.deepEqual(file.advisoriesOf("lodash"), [
      {
        id: "GHSA-1",
        aliases: ["CVE-2024-1"],
        isMalicious: false,
        title: "About GHSA-1",
        details: "Long.",
        published: "2024-01-01T00:00:00Z",
        modified: "2024-01-02T00:00:00Z",
        vectors: ["CVSS:3.1/AV:N"],
        severityWord: "medium",
        weaknesses: ["CWE-1321"],
        references: ["https://example.com/a"],
        source: "GitHub Advisory Database (CC-BY-4.0)",
        affected: [{ ranges: [{ events: [{ introduced: "0" }, { fixed: "4.17.21" }] }], versions: [] }],
      },
    ]);
    assert.deepEqual(file.advisoriesOf("lodash-es"), []);
    assert.deepEqual(file.advisoriesOf("Lodash"), []);
    file.close();
  });

  it("makes one advisory of all records that share an id or an alias, under the id that people know", async () => {
    const go = (id: string, aliases: readonly string[], parts?: object) => ({
      id,
      aliases,
      summary: id,
      affected: [
        {
          package: { ecosystem: "Go", name: "golang.org/x/net" },
          ranges: [range({ introduced: "0" }, { fixed: id.startsWith("GO") ? "0.17.0" : "0.18.0" })],
          ...(parts && { ecosystem_specific: { imports: [parts] } }),
        },
      ],
    });
    const imports = { path: "golang.org/x/net/http2", symbols: ["Server.Serve"] };
    const found = await look(
      "Go",
      [go("GHSA-a", ["CVE-1"]), go("GO-1", ["CVE-1"], imports), go("GHSA-b", ["CVE-2"])],
      "golang.org/x/net",
    );
    assert.deepEqual(
      found.map(({ id, aliases }) => [id, aliases]),
      [
        ["GO-1", ["GHSA-a", "CVE-1"]],
        ["GHSA-b", ["CVE-2"]],
      ],
    );
    // The Go database knows which package is meant; the others would make it the whole module.
    const merged = found.find(({ id }) => id === "GO-1");
    assert.deepEqual(merged?.affected, [
      { ranges: [{ events: [{ introduced: "0" }, { fixed: "0.17.0" }] }], versions: [], parts: [imports] },
    ]);
  });

  it("adds up what the records say elsewhere", async () => {
    const python = (id: string, alias: string, fixed: string) => ({
      id,
      aliases: [alias],
      affected: [
        {
          package: { ecosystem: "PyPI", name: "Pillow" },
          ranges: [{ type: "ECOSYSTEM", events: [{ introduced: "0" }, { fixed }] }],
          versions: ["1.0", "1.1"],
        },
      ],
    });
    const [found, ...more] = await look(
      "PyPI",
      [python("GHSA-a", "CVE-1", "9"), python("PYSEC-1", "CVE-1", "10")],
      "pillow",
    );
    assert.deepEqual(more, []);
    assert.equal(found?.id, "PYSEC-1");
    assert.deepEqual(
      found?.affected.map(({ versions }) => versions),
      [[], []],
    );
    assert.equal(found?.affected.length, 2);
  });

  it("keeps of the versions that are listed those that no range surely holds", async () => {
    const listed = ["0.9", "1.0", "1.5", "1.5rc1", "1.9.0", "2.0", "2.1", "3.0"];
    const entry = (ranges: readonly object[], more: object = {}) => ({
      package: { ecosystem: "PyPI", name: "shop" },
      ranges: ranges.map((events) => ({ type: "ECOSYSTEM", events })),
      versions: listed,
      ...more,
    });
    const open = { database_specific: { last_known_affected_version_range: "<= 2.0" } };
    const affected = [
      entry([[{ introduced: "1.0" }, { fixed: "2.0" }]]),
      entry([[{ introduced: "0" }, { last_affected: "1.5" }], [{ introduced: "2.0.0" }]]),
      entry([[{ introduced: "0" }]]),
      entry([[{ introduced: "0" }]], open),
    ];
    const [found] = await look("PyPI", [{ id: "PYSEC-1", affected }], "shop");
    assert.deepEqual(
      found?.affected.map(({ versions }) => versions),
      [["0.9", "1.5rc1", "2.0", "2.1", "3.0"], ["1.5rc1", "1.9.0", "2.0"], [], []],
    );
  });

  const few: readonly (readonly [string, readonly object[], readonly string[]])[] = [
    ["a withdrawn record is gone", [lodash("GHSA-1", { withdrawn: "2024-02-01T00:00:00Z" })], []],
    [
      "the newest of one id counts",
      [lodash("GHSA-1", { modified: "2024-03-01T00:00:00.5Z", summary: "new" }), lodash("GHSA-1", { summary: "old" })],
      ["new"],
    ],
    [
      "also when the newest takes it back",
      [lodash("GHSA-1"), lodash("GHSA-1", { modified: "2024-03-01T00:00:00Z", withdrawn: "2024-03-01T00:00:00Z" })],
      [],
    ],
    [
      "also when the newest speaks of another ecosystem",
      [
        lodash("GHSA-1", {
          modified: "2024-03-01T00:00:00Z",
          affected: [{ package: { ecosystem: "PyPI", name: "lodash" }, ranges: [range({ introduced: "0" })] }],
        }),
        lodash("GHSA-1"),
      ],
      [],
    ],
    [
      "commits alone say nothing about versions",
      [
        lodash("GHSA-1", {
          affected: [
            { package: { ecosystem: "npm", name: "lodash" }, ranges: [{ type: "GIT", events: [{ introduced: "0" }] }] },
          ],
        }),
      ],
      [],
    ],
    ["what is no record is passed over", [{ hello: 1 }, { id: 7 }, lodash("GHSA-2")], ["About GHSA-2"]],
  ];
  for (const [what, records, titles] of few) {
    it(what, async () => {
      const found = await look("npm", records, "lodash");
      assert.deepEqual(
        found.map(({ title }) => title),
        titles,
      );
    });
  }

  it("keeps wholly malicious packages in a table, unless others speak of them too", async () => {
    const malware = (number: number, name: string, more: object = {}) => ({
      id: `MAL-2025-${number}`,
      published: "2025-03-04T05:06:07Z",
      modified: "2025-03-05T05:06:07Z",
      affected: [{ package: { ecosystem: "npm", name }, ranges: [range({ introduced: "0" })], versions: ["1.0.0"] }],
      ...more,
    });
    const records = [
      ...Array.from({ length: 500 }, (_, number) => malware(number + 1, `evil-${number + 1}`)),
      malware(9001, "taken", { affected: [{ package: { ecosystem: "npm", name: "taken" }, versions: ["6.6.6"] }] }),
      lodash("GHSA-m", { aliases: ["MAL-2025-7"], affected: [{ package: { ecosystem: "npm", name: "evil-7" } }] }),
    ];
    const file = openAdvisoryFile(await buildFile("npm", records));
    assert.equal(file.meta.counts.malicious, 499);
    const [found] = file.advisoriesOf("evil-321");
    assert.deepEqual(
      [found?.id, found?.isMalicious, found?.published, found?.affected],
      ["MAL-2025-321", true, "2025-03-04", [{ ranges: [{ events: [{ introduced: "0" }] }], versions: [] }]],
    );
    assert.deepEqual(file.advisoriesOf("taken")[0]?.affected, [{ ranges: [], versions: ["6.6.6"] }]);
    const both = file.advisoriesOf("evil-7");
    assert.deepEqual([both.length, both[0]?.id, both[0]?.isMalicious], [1, "GHSA-m", true]);
    assert.deepEqual(file.advisoriesOf("good"), []);
    file.close();
  });

  it("is refused when damaged, cut off or something else, and says what to do", async () => {
    const path = await buildFile("npm", [lodash("GHSA-1")]);
    const whole = readFileSync(path);
    const changed = Buffer.from(whole);
    changed[whole.length - 9] = (changed[whole.length - 9] ?? 0) ^ 1;
    const spoiled: readonly (readonly [string, () => void])[] = [
      ["cut off", () => truncateSync(path, whole.length - 100)],
      ["damaged", () => writeFileSync(path, changed)],
      ["no advisory file", () => writeFileSync(path, "hello".repeat(100))],
      ["cut off", () => writeFileSync(path, "")],
    ];
    for (const [word, spoil] of spoiled) {
      spoil();
      assert.throws(
        () => openAdvisoryFile(path),
        (error) => {
          assert.ok(error instanceof DamagedFileError);
          assert.match(error.message, new RegExp(`${word}.*sallyport advisories update --rebuild`));
          return true;
        },
      );
    }
  });

  it("says so when a block is damaged", async () => {
    const path = await buildFile("npm", [lodash("GHSA-1")]);
    const bytes = readFileSync(path);
    bytes[70] = (bytes[70] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const file = openAdvisoryFile(path);
    assert.throws(() => file.advisoriesOf("lodash"), DamagedFileError);
    file.close();
  });

  it("reads details when they are looked at, and has none where they cannot be read any more", async () => {
    const path = await buildFile("npm", [lodash("GHSA-1", { details: "Long." })]);
    const problems: string[] = [];
    const file = openAdvisoryFile(path, ({ message }) => problems.push(message));
    const [first] = file.advisoriesOf("lodash");
    assert.deepEqual(JSON.parse(JSON.stringify(first)), first);
    assert.equal({ ...first }.details, "Long.");
    const unread = openAdvisoryFile(path, ({ message }) => problems.push(message));
    const [second] = unread.advisoriesOf("lodash");
    unread.close();
    file.close();
    assert.deepEqual([second?.title, second?.details, second?.references], ["About GHSA-1", "", []]);
    assert.match(problems[0] ?? "", /cannot be read any more/);
  });

  it("is not there before it is published, and who has it open keeps it", async () => {
    const path = await buildFile("npm", [lodash("GHSA-old")]);
    const old = openAdvisoryFile(path);
    await buildAdvisoryFile({
      path,
      ecosystem: "npm",
      inputs: [],
      records: [{ json: JSON.stringify(lodash("GHSA-new")), label: "" }],
    });
    assert.equal(readAdvisoryMeta(path).meta.built, old.meta.built);
    publishAdvisoryFile(path);
    assert.equal(old.advisoriesOf("lodash")[0]?.id, "GHSA-old");
    old.close();
    const fresh = openAdvisoryFile(path);
    assert.equal(fresh.advisoriesOf("lodash")[0]?.id, "GHSA-new");
    fresh.close();
    assert.deepEqual(
      readdirSync(folder).filter((name) => !name.endsWith(".advisories")),
      [],
    );
    assert.ok(existsSync(path));
  });
});
