/** Charts that stand packed in charts/ are read like unpacked ones, within limits. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { writeTar } from "../../../formats/tar/testing/write-tar.ts";
import { sourceFileOf } from "../../../source-file-of.ts";
import { iacScanner } from "../../iac-scanner.ts";
import { iacScanners } from "../../iac-scanners.ts";

type Files = Readonly<Record<string, string | Uint8Array>>;

function pack(files: Files): Buffer {
  return gzipSync(writeTar(Object.entries(files).map(([path, content]) => ({ path, content }))));
}

/** What a repository with these files gives, through the scanner. */
function scan(files: Files) {
  const sources = Object.entries(files)
    .filter(([path]) => iacScanner.selects(path))
    .map(([path, content]) => sourceFileOf(path, "0", new Uint8Array(Buffer.from(content))));
  const results = iacScanner
    .units(sources.map((file) => ({ path: file.path, survey: iacScanner.survey(file) })))
    .filter(({ language }) => language === "helm")
    .map((unit) =>
      iacScanner.scan(
        unit,
        sources.filter(({ path }) => unit.paths.includes(path)),
        { includePassed: true, fingerprintKey: new Uint8Array(32) },
      ),
    );
  return {
    findings: results.flatMap(({ findings }) => findings),
    problems: results.flatMap(({ problems }) => problems),
    addresses: [
      ...new Set(results.flatMap(({ evaluations }) => evaluations.map(({ resource }) => resource?.address))),
    ].sort(),
  };
}

function pod(name: string): string {
  return `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n  containers:\n    - name: a\n      image: a:1\n      securityContext:\n        privileged: {{ .Values.privileged }}\n`;
}

const chart = (name: string, more = "") => `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n${more}`;
const db: Files = {
  "db/Chart.yaml": chart("db"),
  "db/values.yaml": "privileged: true\n",
  "db/templates/db.yaml": pod("db"),
};
const app: Files = {
  "app/Chart.yaml": chart("app", "dependencies:\n  - { name: db, version: 1.x.x, condition: db.enabled }\n"),
  "app/values.yaml": "db: { enabled: true }\n",
};

test("findings stand at the archive and say where in it", () => {
  assert.ok(iacScanners.tree.some(({ mayTake }) => mayTake("app/charts/db-1.0.0.tgz")));
  const { findings, problems } = scan({ ...app, "app/charts/db-1.0.0.tgz": pack(db) });
  assert.deepEqual(problems, []);
  const found = findings.find(({ aliases }) => aliases?.includes("CKV_K8S_16"));
  assert.deepEqual(found?.at, {
    path: "app/charts/db-1.0.0.tgz",
    startLine: 1,
    startColumn: 1,
    endLine: 1,
    endColumn: 1,
  });
  assert.match(found?.message ?? "", /\(db\/templates\/db\.yaml, line 10, in the archive\)$/);
  // Who unpacks the chart, or takes another version of it, keeps the issue.
  const unpacked = Object.fromEntries(Object.entries(db).map(([path, text]) => [`app/charts/${path}`, text]));
  const prints = (files: Files) =>
    scan({ ...app, ...files })
      .findings.map(({ fingerprint }) => fingerprint)
      .sort();
  assert.deepEqual(prints({ "app/charts/db-1.0.0.tgz": pack(db) }), prints(unpacked));
});

test("the parent's values count: they set, fix and switch off", () => {
  const archive = pack(db);
  const privilegedIn = (values: string) =>
    scan({ ...app, "app/values.yaml": values, "app/charts/db-1.0.0.tgz": archive }).findings.filter(({ aliases }) =>
      aliases?.includes("CKV_K8S_16"),
    );
  assert.equal(privilegedIn("db: { privileged: false }\n").length, 0);
  assert.deepEqual(
    scan({ ...app, "app/values.yaml": "db: { enabled: false }\n", "app/charts/db.tgz": archive }).addresses,
    [],
  );
  const [found] = privilegedIn("db:\n  privileged: true\n");
  assert.equal(found?.fix?.edits[0]?.at.path, "app/values.yaml");
});

test("charts within packed charts, packed or not", () => {
  const kit = { "kit/Chart.yaml": chart("kit"), "kit/templates/kit.yaml": pod("kit") };
  const inner = {
    ...db,
    "db/charts/kit-1.0.0.tgz": pack(kit),
    "db/charts/lib/Chart.yaml": chart("lib"),
    "db/charts/lib/templates/lib.yaml": pod("lib"),
  };
  const { addresses, problems } = scan({ ...app, "app/charts/db-1.0.0.tgz": pack(inner) });
  assert.deepEqual(addresses, ["Pod.default.db", "Pod.default.kit", "Pod.default.lib"]);
  assert.deepEqual(problems, []);
});

test("of several versions the wanted one is rendered, else the newest", () => {
  const version = (number: string, name: string) =>
    pack({ "db/Chart.yaml": `name: db\nversion: ${number}\n`, "db/templates/x.yaml": pod(name) });
  const files = (wanted: string): Files => ({
    "app/Chart.yaml": chart("app", `dependencies:\n  - { name: db, version: ${wanted} }\n`),
    "app/charts/db-1.9.0.tgz": version("1.9.0", "old"),
    "app/charts/db-1.10.0.tgz": version("1.10.0", "new"),
  });
  const newest = scan(files("^1.0.0"));
  assert.deepEqual(newest.addresses, ["Pod.default.new"]);
  assert.deepEqual(
    newest.problems.map(({ code, path, isNotice }) => [code, path, isNotice]),
    [["unused-chart", "app/charts/db-1.9.0.tgz", true]],
  );
  assert.deepEqual(scan(files("1.9.0")).addresses, ["Pod.default.old"]);
});

test("what cannot be unpacked is told, and only that", () => {
  const own = { ...app, "app/templates/own.yaml": pod("own") };
  const whole = pack(db);
  const outside = pack({ ...db, "../../etc/templates/x.yaml": pod("x"), "/abs/templates/y.yaml": pod("y") });
  const cases: readonly (readonly [Uint8Array, RegExp, readonly string[]])[] = [
    [whole.subarray(0, whole.length - 20), /damaged/, ["own"]],
    [Buffer.from("version https://git-lfs.example/spec\n"), /not compressed with gzip/, ["own"]],
    [gzipSync("text"), /no tar archive/, ["own"]],
    [pack({ "readme.md": "x" }), /holds no chart/, ["own"]],
    [outside, /2 paths that lead out of it/, ["db", "own"]],
    [gzipSync(Buffer.alloc(40 * 1024 ** 2)), /more than 33554432 bytes/, ["own"]],
    [pack({ ...db, "db/charts/bad-1.tgz": "x" }), /db\/charts\/bad-1\.tgz: it is not compressed/, ["db", "own"]],
  ];
  for (const [archive, message, names] of cases) {
    const { addresses, problems } = scan({ ...own, "app/charts/db-1.0.0.tgz": archive });
    assert.deepEqual(
      addresses,
      names.map((name) => `Pod.default.${name}`),
      String(message),
    );
    assert.deepEqual(
      problems.map(({ code, path }) => [code, path]),
      [["chart-archive", "app/charts/db-1.0.0.tgz"]],
    );
    assert.match(problems[0]?.message ?? "", message);
  }
});

test("archives that grow together beyond all measure are left alone", () => {
  const large = pack({ ...db, "db/large.bin": Buffer.alloc(30 * 1024 ** 2) });
  const many = Object.fromEntries(["a", "b", "c", "d", "e"].map((name) => [`app/charts/${name}.tgz`, large]));
  const { problems } = scan({ ...app, ...many });
  assert.deepEqual(
    problems.filter(({ code }) => code === "chart-archive").map(({ path }) => path),
    ["app/charts/e.tgz"],
  );
});

test("a packed chart outside of charts/ is a chart of its own; other archives are nothing", () => {
  for (const path of [
    "db-1.0.0.tgz",
    "released/db-1.0.0.tgz",
    "charts/db-1.0.0.tgz",
    "app/files/charts/db-1.0.0.tgz",
  ]) {
    const { addresses, findings, problems } = scan({ ...app, [path]: pack(db) });
    assert.deepEqual(addresses, ["Pod.default.db"], path);
    assert.deepEqual(new Set(findings.flatMap(({ at }) => ("path" in at ? at.path : []))), new Set([path]));
    // What app names is still not where Helm looks for it.
    assert.deepEqual(
      problems.map(({ code }) => code),
      ["missing-chart"],
    );
  }
  const npm = pack({ "package/package.json": "{}", "package/deep/Chart.yaml": chart("no") });
  const others = {
    "a/left-1.0.0.tgz": npm,
    "b/charts/left-1.0.0.tgz": npm,
    "c.tgz": "no archive",
    "d.tgz": gzipSync("text"),
    "e.tgz": gzipSync(Buffer.alloc(40 * 1024 ** 2)),
    "f.tgz": pack(db).subarray(0, 30),
  };
  assert.deepEqual(scan(others), { findings: [], problems: [], addresses: [] });
});

test("of many versions of a packed chart the newest is read, and the others are named once", () => {
  const files = Object.fromEntries(
    [9, 10, 2, 3, 4, 5, 6, 7].map((minor) => [
      `docs/db-1.${minor}.0.tgz`,
      pack({ "db/Chart.yaml": `name: db\nversion: 1.${minor}.0\n`, "db/templates/x.yaml": pod(`of${minor}`) }),
    ]),
  );
  const { addresses, problems } = scan({
    ...files,
    "docs/web-1.0.0.tgz": pack({ "web/Chart.yaml": chart("web"), "web/templates/x.yaml": pod("web") }),
  });
  assert.deepEqual(addresses, ["Pod.default.of10", "Pod.default.web"]);
  assert.deepEqual(
    problems.map(({ code, path, isNotice }) => [code, path, isNotice]),
    [["unused-chart", "docs/db-1.10.0.tgz", true]],
  );
  assert.match(problems[0]?.message ?? "", /: docs\/db-1\.2\.0\.tgz, .* and 2 more\.$/);
});

test("a packed chart that cannot be unpacked to its end is told", () => {
  const { addresses, problems } = scan({
    "db-1.0.0.tgz": pack({ ...db, "db/files/noise.txt": randomBytes(200_000).toString("hex") }).subarray(0, 120_000),
  });
  assert.deepEqual(addresses, []);
  assert.deepEqual(
    problems.map(({ code, path }) => [code, path]),
    [["chart-archive", "db-1.0.0.tgz"]],
  );
  // Charts that others packed with tar have Chart.yaml somewhere.
  const late = pack({ "db/.helmignore": "x", "db/LICENSE": "y".repeat(30_000), ...db });
  assert.deepEqual(scan({ "db.tgz": late }).addresses, ["Pod.default.db"]);
});
