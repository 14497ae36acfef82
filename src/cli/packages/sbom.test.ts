import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { runSallyport } from "../testing/run-sallyport.ts";

interface CycloneDx {
  readonly metadata: {
    readonly timestamp: string;
    readonly component: { readonly name: string; readonly version?: string };
  };
  readonly components: readonly { readonly purl: string }[];
}

describe("bills of materials on the command line", () => {
  let folder: string;
  let project: string;
  const file = (name: string) => join(folder, name);

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "sbom-"));
    project = file("shop");
    mkdirSync(project);
    writeFileSync(join(project, "requirements.txt"), "flask==2.0.1\n");
    writeFileSync(join(project, "package-lock.json"), "{");
    for (const name of ["requirements.txt", "package-lock.json"]) {
      utimesSync(join(project, name), 1_700_000_000, 1_700_000_000);
    }
  });
  after(() => rmSync(folder, { recursive: true }));

  it("writes one of a folder, twice the same", async () => {
    const first = await runSallyport(["sbom", project]);
    assert.equal(first.code, 0);
    const { metadata, components } = JSON.parse(first.stdout) as CycloneDx;
    assert.deepEqual(
      [metadata.component.name, metadata.timestamp, components.map(({ purl }) => purl)],
      ["shop", "2023-11-14T22:13:20Z", ["pkg:pypi/flask@2.0.1"]],
    );
    assert.equal((await runSallyport(["sbom", project])).stdout, first.stdout);
    // What could not be read is said beside it.
    assert.match(first.stderr, /^problem {3}package-lock\.json:1: /m);
  });

  it("says of no list that it is everything where a file could not be read, and ends with 2 where nothing could", async () => {
    const gap = file("gap");
    mkdirSync(gap);
    const lock = { name: "a", lockfileVersion: 3, packages: { "": { name: "a" } } };
    writeFileSync(join(gap, "package-lock.json"), JSON.stringify(lock));
    const aggregates = (text: string) =>
      (JSON.parse(text) as { compositions: { aggregate: string }[] }).compositions.map(({ aggregate }) => aggregate);
    const whole = await runSallyport(["sbom", gap]);
    assert.deepEqual([whole.code, aggregates(whole.stdout)], [0, ["complete"]]);
    writeFileSync(join(gap, "Cargo.lock"), Buffer.alloc(33 * 1024 * 1024, "#"));
    const partly = await runSallyport(["sbom", gap]);
    assert.deepEqual([partly.code, aggregates(partly.stdout)], [0, ["incomplete"]]);
    assert.match((await runSallyport(["sbom", gap, "--format", "spdx"])).stdout, /"NOASSERTION"\}\n?\]/);
    rmSync(join(gap, "package-lock.json"));
    for (const command of ["sbom", "packages", "fix"]) {
      const { code, stderr } = await runSallyport([command, gap]);
      assert.equal(code, 2, command);
      assert.match(stderr, /^sallyport: nothing was examined/m);
    }
    const bare = file("bare.git");
    execFileSync("git", ["init", "-q", "--bare", bare]);
    for (const command of ["sbom", "packages"])
      assert.match((await runSallyport([command, bare])).stderr, /bare repository: it has no files/);
  });

  it("takes time and version from the commit", async () => {
    const git = (...args: readonly string[]) =>
      execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", ...args], {
        cwd: project,
        env: { ...process.env, GIT_COMMITTER_DATE: "1600000000 +0200" },
      });
    git("init", "-q");
    assert.deepEqual((await runSallyport(["sbom", project])).code, 0, "also without a commit");
    git("add", ".");
    git("commit", "-q", "-m", "First\n\ncommitter Eve <eve@example.com> 1 +0000");
    const commit = git("rev-parse", "HEAD").toString().trim();
    const { stdout } = await runSallyport(["sbom", project, "--name", "contoso/shop"]);
    const { metadata } = JSON.parse(stdout) as CycloneDx;
    assert.deepEqual([metadata.component.name, metadata.component.version], ["contoso/shop", commit]);
    assert.equal(metadata.timestamp, "2020-09-13T12:26:40Z");
  });

  it("compares two, of whichever format", async () => {
    const [old, now] = [file("old.json"), file("new.json")];
    assert.equal((await runSallyport(["sbom", project, "--output", old])).code, 0);
    writeFileSync(join(project, "requirements.txt"), "flask==2.0.2\nrequests==2.31.0\n");
    assert.equal((await runSallyport(["sbom", project, "--format", "spdx", "--output", now])).code, 0);
    assert.match(readFileSync(now, "utf8"), /"SPDX-2\.3"/);
    const { code, stdout } = await runSallyport(["sbom", "diff", old, now]);
    assert.equal(code, 0);
    assert.deepEqual(stdout.split("\n"), [
      "added    PyPI requests 2.31.0",
      "raised   PyPI flask 2.0.1 -> 2.0.2",
      "",
      "1 added, 0 removed, 1 in other versions, 0 under other licences",
    ]);
    const json = await runSallyport(["sbom", "diff", old, now, "--format", "json"]);
    assert.deepEqual((JSON.parse(json.stdout) as { readonly removed: object }).removed, []);
  });

  it("says in one line what is no bill of materials", async () => {
    for (const path of ["/nowhere/at/all", join(project, "requirements.txt")]) {
      const { code, stderr } = await runSallyport(["sbom", "diff", path, path]);
      assert.equal(code, 2);
      assert.match(stderr, /^sallyport: [^\n]+\n$/);
    }
  });
});
