import assert from "node:assert/strict";
import { test } from "node:test";
import { readCrateFacts } from "./cargo-published.ts";
import { readDepsDevPackage, readDepsDevProject, readDepsDevVersion } from "./deps-dev-facts.ts";
import { mavenAddresses, readMavenMetadata, readPom } from "./maven-facts.ts";
import { readPackument } from "./npm-facts.ts";
import { nugetFacts, readRegistration, readSearch, readServiceIndex } from "./nuget-facts.ts";
import { withPlausibleDates } from "./plausible-dates.ts";
import { readPypiProject } from "./pypi-facts.ts";

test("npm: a packument", () => {
  const facts = readPackument({
    "dist-tags": { latest: "1.1.0" },
    time: {
      created: "2020-01-01T00:00:00Z",
      "1.0.0": "2020-01-01T00:00:00Z",
      "1.0.1": "2020-02-01T00:00:00Z",
      "1.1.0": "2021-01-01T00:00:00Z",
    },
    maintainers: [{ name: "ann" }],
    repository: { type: "git", url: "git+https://git.example/a.git" },
    versions: {
      "1.0.0": { license: "MIT", scripts: { test: "x" }, deprecated: "", dist: { signatures: [], attestations: {} } },
      "1.1.0": {
        license: { type: "ISC" },
        scripts: { postinstall: "node x" },
        deprecated: "use b",
        _npmUser: { name: "ann" },
        dist: { integrity: "sha512-x", signatures: [] },
      },
    },
  });
  assert.deepEqual(facts, {
    versions: [
      {
        version: "1.0.0",
        published: "2020-01-01T00:00:00Z",
        licenses: ["MIT"],
        runsInstallScript: false,
        hasProvenance: true,
      },
      {
        version: "1.1.0",
        published: "2021-01-01T00:00:00Z",
        deprecated: "use b",
        licenses: ["ISC"],
        integrity: "sha512-x",
        runsInstallScript: true,
        hasProvenance: false,
        publisher: "ann",
      },
      { version: "1.0.1", published: "2020-02-01T00:00:00Z", withdrawn: "unpublished" },
    ],
    abandoned: { reason: "use b" },
    repository: "git+https://git.example/a.git",
    maintainers: { count: 1 },
  });
  assert.deepEqual(readPackument({ versions: { "1.0.0": null }, time: [] }), {
    versions: [{ version: "1.0.0" }],
  });
});

test("of more versions than are read, the newest are", () => {
  const numbers = Array.from({ length: 10_002 }, (_, at) => `1.0.${at}`);
  const packument = {
    versions: Object.fromEntries(numbers.map((version) => [version, {}])),
    time: Object.fromEntries(numbers.map((version) => [version, "2020-01-01T00:00:00Z"])),
  };
  const names = numbers.map((version) => `<version>${version}</version>`).join("");
  const lines = numbers.map((vers) => JSON.stringify({ vers })).join("\n");
  const entries = numbers.map((version) => ({ version }));
  for (const { versions } of [
    readPackument(packument),
    readMavenMetadata(`<metadata><versioning><versions>${names}</versions></versioning></metadata>`),
    readCrateFacts(`${lines}\n`),
    nugetFacts(entries, undefined),
    readPypiProject({ name: "a", versions: numbers, files: numbers.map((one) => ({ filename: `a-${one}.zip` })) }),
  ]) {
    assert.deepEqual(
      [versions?.length, versions?.at(-1)?.version, versions?.some(({ withdrawn }) => withdrawn !== undefined)],
      [10_000, "1.0.10001", false],
    );
  }
});

test("NuGet: service index, registration in pages, search", () => {
  const resource = (type: string, id: string) => ({ "@type": type, "@id": id });
  assert.deepEqual(
    readServiceIndex({
      resources: [
        resource("RegistrationsBaseUrl", "https://feed.example/old/"),
        resource("RegistrationsBaseUrl/3.6.0", "https://feed.example/new/"),
        resource("SearchQueryService", "https://feed.example/query"),
      ],
    }),
    { registrations: "https://feed.example/new/", search: "https://feed.example/query" },
  );
  const { entries, pages } = readRegistration({
    items: [
      { "@id": "https://feed.example/new/a/page0.json", lower: "1.0.0", upper: "2.0.0" },
      {
        items: [
          { catalogEntry: { version: "2.1.0+build", published: "1900-01-01T00:00:00Z", licenseExpression: "MIT" } },
          {
            catalogEntry: {
              version: "2.2.0",
              published: "2020-01-01T00:00:00Z",
              listed: true,
              deprecation: { reasons: ["Legacy"], alternatePackage: { id: "B" } },
            },
          },
        ],
      },
    ],
  });
  assert.deepEqual(pages, ["https://feed.example/new/a/page0.json"]);
  const hit = readSearch({ data: [{ id: "A", totalDownloads: 1000, owners: ["ann", "bob"] }] }, "a");
  assert.deepEqual(nugetFacts(entries, hit), {
    versions: [
      { version: "2.1.0", withdrawn: "unlisted", licenses: ["MIT"] },
      { version: "2.2.0", published: "2020-01-01T00:00:00Z", deprecated: "Legacy; use B" },
    ],
    abandoned: { reason: "legacy", replacement: "B" },
    downloads: { count: 1000, unit: "all time" },
    maintainers: { count: 2 },
  });
  assert.equal(readSearch({ data: [{ id: "A.Other" }] }, "a"), undefined);
});

test("PyPI: the simple API in JSON", () => {
  const facts = readPypiProject({
    name: "a",
    "project-status": { status: "deprecated", reason: "use b" },
    versions: ["1.0", "1.1"],
    files: [
      { filename: "a-1.0.tar.gz", "upload-time": "2020-01-02T00:00:00Z", yanked: "broken", provenance: null },
      { filename: "a-1.0-py3-none-any.whl", "upload-time": "2020-01-01T00:00:00Z", yanked: true },
      {
        filename: "a-1.1-py3-none-any.whl",
        "upload-time": "2021-01-01T00:00:00Z",
        yanked: false,
        provenance: "https://x",
      },
      { filename: "a-1.1.tar.gz", yanked: "only the source" },
    ],
  });
  assert.deepEqual(facts, {
    versions: [
      { version: "1.0", published: "2020-01-01T00:00:00Z", withdrawn: "broken", hasProvenance: false },
      { version: "1.1", published: "2021-01-01T00:00:00Z", hasProvenance: true },
    ],
    abandoned: { reason: "use b" },
  });
});

test("PyPI: versions of old sources hold hyphens, and what is not among the versions is none", () => {
  const files = ["A_b-1.0-1.zip", "a-b-1.0-beta.tar.gz", "a.b-1.0.tar.gz", "a-b-1.0.linux-x86_64.tar.gz"];
  const project = { name: "a-b", files: files.map((filename) => ({ filename })) };
  const versions = ["1.0-1", "1.0-beta", "1.0"];
  const names = (one: typeof project) => readPypiProject(one).versions?.map(({ version }) => version);
  assert.deepEqual(names({ ...project, ...{ versions } }), versions);
  assert.deepEqual(names(project), [...versions, "1.0.linux-x86_64"]);
});

test("Maven: metadata and the POM", () => {
  assert.equal(
    mavenAddresses("https://maven.example/", "org.a:b")?.pom("1.0"),
    "https://maven.example/org/a/b/1.0/b-1.0.pom",
  );
  assert.deepEqual(
    readMavenMetadata(
      "<metadata><versioning><release>1.1</release><versions><version>1.0</version><version>1.1</version></versions><lastUpdated>20210203040506</lastUpdated></versioning></metadata>",
    ),
    { versions: [{ version: "1.0" }, { version: "1.1", published: "2021-02-03T04:05:06Z" }] },
  );
  assert.deepEqual(
    readPom(
      "<project><licenses><license><name>Apache-2.0 &amp; more</name></license></licenses><scm><url>https://git.example/b</url></scm><distributionManagement><relocation><groupId>org.c</groupId></relocation></distributionManagement></project>",
    ),
    {
      licenses: ["Apache-2.0 & more"],
      repository: "https://git.example/b",
      abandoned: { reason: "relocated", replacement: "org.c" },
    },
  );
});

test("deps.dev: package, version, project", () => {
  const versionKey = { system: "GO", name: "a.example/b", version: "v1.2.3" };
  assert.deepEqual(
    readDepsDevPackage({
      versions: [{ versionKey, publishedAt: "2020-01-01T00:00:00Z", isDefault: true, isDeprecated: true }],
    }),
    { versions: [{ version: "1.2.3", published: "2020-01-01T00:00:00Z", deprecated: "" }], main: "1.2.3" },
  );
  assert.deepEqual(
    readDepsDevVersion({
      versionKey,
      licenses: ["MIT"],
      links: [{ label: "SOURCE_REPO", url: "https://git.example/b" }],
      relatedProjects: [{ projectKey: { id: "github.com/a/b" }, relationType: "SOURCE_REPO" }],
    }),
    { facts: { version: "1.2.3", licenses: ["MIT"] }, repository: "https://git.example/b", project: "github.com/a/b" },
  );
  const project = (reason: string) => ({ scorecard: { checks: [{ name: "Maintained", score: 0, reason }] } });
  assert.deepEqual(readDepsDevProject(project("project is archived")), { isArchived: true });
  assert.deepEqual(readDepsDevProject(project("30 commits in the last 90 days")), { isArchived: false });
  assert.deepEqual(readDepsDevProject({}), {});
});

test("dates of proxies that build their answers anew are unknown", () => {
  const dated = (pairs: Readonly<Record<string, string>>) =>
    Object.entries(pairs).map(([version, published]) => ({ version, published }));
  const without = (versions: ReturnType<typeof dated>) => versions.map(({ version }) => ({ version }));
  const ofOneDay = dated({
    "1.0.0": "2025-05-05T01:00:00Z",
    "1.1.0": "2025-05-05T02:00:00Z",
    "2.0.0": "2025-05-05T03:00:00Z",
  });
  assert.deepEqual(withPlausibleDates(ofOneDay), without(ofOneDay));
  const backwards = dated({
    "1.0.0": "2025-05-05",
    "1.0.1": "2025-04-05",
    "1.0.2": "2025-03-05",
    "1.0.3": "2025-02-05",
    "1.0.4": "2025-01-05",
  });
  assert.deepEqual(withPlausibleDates(backwards), without(backwards));
  const maintained = dated({
    "1.0.0": "2020-01-01",
    "2.0.0": "2021-01-01",
    "1.0.1": "2022-01-01",
    "2.0.1": "2021-02-01",
  });
  assert.equal(withPlausibleDates(maintained), maintained);
});
