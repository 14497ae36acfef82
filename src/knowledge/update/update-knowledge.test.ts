import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import type { ServerResponse } from "node:http";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { openKnowledge } from "../open-knowledge.ts";
import type { KnowledgeSource } from "../sources.ts";
import { osvFiles, osvJson, type TestRecord } from "../testing/osv-files.ts";
import { serveFiles } from "../testing/serve-files.ts";
import { writeZip } from "../testing/write-zip.ts";
import type { KnowledgeProgress } from "./journal.ts";
import { LockedError } from "./lock-folder.ts";
import { updateKnowledge } from "./update-knowledge.ts";

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "knowledge-"));
  folders.push(folder);
  return folder;
}

function osv(address: string, more: Partial<KnowledgeSource> = {}): KnowledgeSource {
  return {
    name: "osv",
    kind: "osv",
    from: { is: "address", address },
    licence: "CC0-1.0",
    ecosystems: ["npm"],
    isRequired: true,
    ...more,
  };
}

function titles(folder: string, ...names: readonly string[]): readonly string[] {
  const knowledge = openKnowledge(folder);
  try {
    return names.flatMap((name) => knowledge.advisoriesOf("npm", name).map(({ title }) => title));
  } finally {
    knowledge.close();
  }
}

/** More than a few, so that some may change without the archive being fetched again. */
const many: readonly TestRecord[] = Array.from({ length: 60 }, (_, number) => ({
  id: `GHSA-${number}`,
  modified: `2020-01-01T00:00:${String(number).padStart(2, "0")}Z`,
  name: `package-${number}`,
}));

describe("an update of the local copy", () => {
  it("fetches the archive once, then what has changed, then nothing", async () => {
    const folder = newFolder();
    await using server = await serveFiles(osvFiles(many));
    const sources = [osv(server.url)];
    const first = await updateKnowledge({ folder, sources });
    assert.deepEqual(first, { failures: [], built: ["advisories-npm"] });
    assert.deepEqual(titles(folder, "package-7", "package-8", "other"), ["GHSA-7", "GHSA-8"]);

    server.answers.length = 0;
    assert.deepEqual((await updateKnowledge({ folder, sources })).built, []);
    assert.deepEqual(server.answers, ["304 /npm/modified_id.csv"]);

    server.answers.length = 0;
    const changed = { id: "GHSA-7", modified: "2099-01-02T00:00:00Z", name: "package-7", title: "changed" };
    const added = { id: "GHSA-new", modified: "2099-01-01T00:00:00Z", name: "package-8", title: "added" };
    const now = [...many.filter(({ id }) => id !== "GHSA-7"), changed, added];
    for (const [path, file] of Object.entries(osvFiles(now, many))) server.files.set(path, file);
    await updateKnowledge({ folder, sources });
    assert.deepEqual(titles(folder, "package-7", "package-8"), ["changed", "GHSA-8", "added"]);
    assert.deepEqual([...server.answers].sort(), [
      "200 /npm/GHSA-7.json",
      "200 /npm/GHSA-new.json",
      "200 /npm/modified_id.csv",
    ]);

    server.answers.length = 0;
    await updateKnowledge({ folder, sources });
    assert.deepEqual(server.answers, ["304 /npm/modified_id.csv"]);
  });

  it("fetches the archive again when much has changed, and what the archive lacks", async () => {
    const folder = newFolder();
    await using server = await serveFiles(osvFiles(many.slice(0, 5)));
    const sources = [osv(server.url)];
    await updateKnowledge({ folder, sources });
    server.answers.length = 0;
    for (const [path, file] of Object.entries(osvFiles(many, many.slice(0, 58)))) server.files.set(path, file);
    await updateKnowledge({ folder, sources });
    assert.deepEqual(titles(folder, "package-0", "package-57", "package-59"), ["GHSA-0", "GHSA-57", "GHSA-59"]);
    assert.ok(server.answers.includes("200 /npm/all.zip") && server.answers.includes("200 /npm/GHSA-59.json"));
    assert.ok(!server.answers.includes("200 /npm/GHSA-57.json"));
  });

  it("goes on where a download was broken off", async () => {
    const folder = newFolder();
    await using server = await serveFiles(osvFiles(many));
    const archive = server.files.get("/npm/all.zip") as Buffer;
    let half: ServerResponse | undefined;
    server.spoil = (path, response) => {
      if (path !== "/npm/all.zip" || half) return false;
      half = response;
      // The tag that the whole file has, and a part of it.
      response.writeHead(200, { ETag: etagOf(archive), "Content-Length": archive.length });
      response.write(archive.subarray(0, 1000));
      return true;
    };
    const sources = [osv(server.url)];
    const breakOff = ({ what }: KnowledgeProgress) => what === "npm/all.zip" && half?.destroy();
    const first = await updateKnowledge({ folder, sources, onProgress: breakOff });
    assert.equal(first.failures.length, 1);
    assert.deepEqual([first.failures[0]?.isFatal, first.built], [true, []]);
    const second = await updateKnowledge({ folder, sources });
    assert.deepEqual(second.failures, []);
    assert.ok(
      server.answers.some((answer) => /^206 \/npm\/all\.zip from \d+$/.test(answer)),
      server.answers.join(", "),
    );
    assert.deepEqual(titles(folder, "package-59"), ["GHSA-59"]);
  });

  it("lets a source that fails take nothing from the others, and says so", async () => {
    const folder = newFolder();
    await using server = await serveFiles({
      ...osvFiles(many),
      "/scores.csv.gz": gzipSync(
        "#model_version:v2025.03.14,score_date:2026-03-28T12:55:00Z\ncve,epss,percentile\nCVE-2021-44228,0.94358,0.9996\nCVE-1999-1,x,y\n",
      ),
    });
    const broken = osv("http://127.0.0.1:1/osv", { name: "broken", isRequired: false });
    const epss: KnowledgeSource = {
      ...broken,
      name: "epss",
      kind: "epss",
      from: { is: "address", address: `${server.url}/scores.csv.gz` },
    };
    const kev: KnowledgeSource = {
      ...broken,
      name: "kev",
      kind: "kev",
      from: { is: "address", address: `${server.url}/nothing` },
    };
    const { failures } = await updateKnowledge({ folder, sources: [broken, osv(server.url), epss, kev] });
    assert.deepEqual(
      failures.map(({ source, isFatal }) => [source, isFatal]),
      [
        ["broken", false],
        ["kev", false],
      ],
    );
    const knowledge = openKnowledge(folder);
    assert.equal(knowledge.advisoriesOf("npm", "package-1").length, 1);
    assert.deepEqual(knowledge.exploitLikelihood("CVE-2021-44228"), {
      probability: 0.94358,
      percentile: 0.9996,
      asOf: "2026-03-28",
    });
    assert.equal(knowledge.exploitLikelihood("CVE-2021-44229"), undefined);
    assert.equal(knowledge.knownExploited("constructor"), undefined);
    const status = knowledge.status();
    assert.match(
      status.sources.find(({ name }) => name === "broken")?.problems[0]?.message ?? "",
      /ECONNREFUSED|could not be reached/,
    );
    assert.equal(status.sources.find(({ name }) => name === "broken")?.checked, undefined);
    assert.ok(status.sources.find(({ name }) => name === "osv")?.checked);
    assert.deepEqual(
      status.ecosystems.map(({ ecosystem, advisories, packages }) => [ecosystem, advisories, packages]),
      [["npm", 60, 60]],
    );
    knowledge.close();
  });

  it("keeps what it has when an archive arrives damaged, and fetches it again", async () => {
    const folder = newFolder();
    await using server = await serveFiles(osvFiles(many.slice(0, 3)));
    const sources = [osv(server.url)];
    await updateKnowledge({ folder, sources });
    const good = osvFiles(many);
    for (const [path, file] of Object.entries(good)) server.files.set(path, file);
    server.files.set("/npm/all.zip", "no zip");
    const { failures } = await updateKnowledge({ folder, sources });
    assert.match(failures[0]?.message ?? "", /no zip file/);
    assert.deepEqual(titles(folder, "package-2", "package-50"), ["GHSA-2"]);
    server.files.set("/npm/all.zip", good["/npm/all.zip"] as Buffer);
    assert.deepEqual((await updateKnowledge({ folder, sources })).failures, []);
    assert.deepEqual(titles(folder, "package-2", "package-50"), ["GHSA-2", "GHSA-50"]);
  });

  it("survives an end in the middle of a build, and builds again what is damaged", async () => {
    const folder = newFolder();
    await using server = await serveFiles(osvFiles(many));
    const sources = [osv(server.url)];
    const stopped = new AbortController();
    const halting = updateKnowledge({
      folder,
      sources,
      signal: stopped.signal,
      onProgress: ({ step }) => step === "download" && stopped.abort(new Error("stopped")),
    });
    await assert.rejects(halting, /stopped/);
    assert.deepEqual(titles(folder, "package-1"), []);
    await updateKnowledge({ folder, sources });

    const built = join(folder, "built");
    const [file = ""] = readdirSync(built);
    writeFileSync(join(built, `${file.slice(0, -1)}2.part`), "half");
    // Of a process that is no more.
    writeFileSync(join(folder, "update.lock"), JSON.stringify({ process: 2 ** 22 + 1, host: hostname() }));
    assert.deepEqual(titles(folder, "package-1"), ["GHSA-1"]);
    truncateSync(join(built, file), 100);
    const knowledge = openKnowledge(folder);
    assert.deepEqual(knowledge.advisoriesOf("npm", "package-1"), []);
    assert.match(knowledge.status().problems[0] ?? "", /cut off.*sallyport advisories update --rebuild/);
    knowledge.close();
    await server[Symbol.asyncDispose]();
    assert.deepEqual((await updateKnowledge({ folder, sources, rebuild: true })).built, ["advisories-npm"]);
    assert.deepEqual(titles(folder, "package-1"), ["GHSA-1"]);
    assert.equal(readdirSync(built).length, 1);
  });

  it("leaves the folder to whoever updates it, and takes it over where nobody does for long, whatever its number", async () => {
    const folder = newFolder();
    await using server = await serveFiles(osvFiles(many));
    const update = { folder, sources: [osv(server.url)] };
    const lock = join(folder, "update.lock");
    writeFileSync(lock, JSON.stringify({ process: process.pid, host: hostname() }));
    await assert.rejects(updateKnowledge(update), LockedError);
    utimesSync(lock, 0, 0);
    await updateKnowledge(update);
    assert.deepEqual(titles(folder, "package-1"), ["GHSA-1"]);
  });

  it("keeps what it has when a source moves to where nobody answers, and takes over what moves for good", async () => {
    const folder = newFolder();
    await using server = await serveFiles(osvFiles(many));
    await updateKnowledge({ folder, sources: [osv(server.url)] });
    const { failures } = await updateKnowledge({ folder, sources: [osv("http://127.0.0.1:1/osv")] });
    assert.equal(failures.length, 1);
    assert.deepEqual(titles(folder, "package-1"), ["GHSA-1"]);
    await using other = await serveFiles(
      osvFiles([{ id: "GHSA-other", modified: "2019-01-01T00:00:00Z", name: "other" }]),
    );
    await updateKnowledge({ folder, sources: [osv(other.url)] });
    assert.deepEqual(titles(folder, "package-1", "other"), ["GHSA-other"]);
    const records = newFolder();
    writeFileSync(
      join(records, "a.json"),
      osvJson({ id: "GHSA-ours", modified: "2019-01-01T00:00:00Z", name: "ours" }),
    );
    await updateKnowledge({ folder, sources: [osv("", { from: { is: "folder", folder: records } })] });
    assert.deepEqual(titles(folder, "other", "ours"), ["GHSA-ours"]);
    await updateKnowledge({ folder, sources: [osv(other.url)] });
    assert.deepEqual(titles(folder, "other", "ours"), ["GHSA-other"]);
    await updateKnowledge({ folder, sources: [osv(other.url, { ecosystems: ["NuGet"] })] });
    assert.deepEqual(titles(folder, "other", "ours"), []);
  });

  it("is refused while another one runs", async () => {
    const folder = newFolder();
    await using server = await serveFiles(osvFiles(many));
    const sources = [osv(server.url)];
    const first = updateKnowledge({ folder, sources });
    await assert.rejects(updateKnowledge({ folder, sources }), /another update .* is running/);
    await first;
    assert.ok(!existsSync(join(folder, "update.lock")));
  });

  it("follows no redirect that leaves https, and reads nothing without end", async () => {
    const folder = newFolder();
    await using server = await serveFiles({});
    server.spoil = (_, response) => {
      response.writeHead(302, { Location: `${server.url}/elsewhere` }).end();
      return true;
    };
    const { failures } = await updateKnowledge({ folder, sources: [osv(server.url)] });
    assert.match(failures[0]?.message ?? "", /redirects to an address that is not https/);
  });

  it("reads folders of records and archives, and asks nobody", async () => {
    const folder = newFolder();
    const records = newFolder();
    mkdirSync(join(records, "deep"));
    writeFileSync(
      join(records, "deep", "one.json"),
      osvJson({ id: "OURS-1", modified: "2024-01-01T00:00:00Z", name: "ours" }),
    );
    writeFileSync(
      join(records, "more.zip"),
      writeZip([
        ["a.json", osvJson({ id: "GHSA-1", modified: "2024-01-01T00:00:00Z", name: "Newtonsoft.Json" }, "NuGet")],
      ]),
    );
    writeFileSync(join(records, "bad.json"), "{");
    const { ecosystems: _, ...everywhere } = osv("", {
      name: "ours",
      licence: "internal",
      from: { is: "folder", folder: records },
    });
    const update = { folder, sources: [everywhere], offline: true, fetch: () => assert.fail("nobody is to be asked") };
    const { failures, built } = await updateKnowledge(update);
    assert.deepEqual(
      failures.map(({ isFatal, message }) => [isFatal, /^1 files of .* are no OSV records$/.test(message)]),
      [[false, true]],
    );
    assert.deepEqual(built, ["advisories-NuGet", "advisories-npm"]);
    const knowledge = openKnowledge(folder);
    assert.equal(knowledge.advisoriesOf("npm", "ours")[0]?.source, "ours (internal)");
    assert.equal(knowledge.advisoriesOf("NuGet", "newtonsoft.json").length, 1);
    knowledge.close();
    assert.deepEqual((await updateKnowledge(update)).built, []);
    rmSync(join(records, "more.zip"));
    assert.deepEqual((await updateKnowledge(update)).built, ["advisories-NuGet", "advisories-npm"].slice(0, 1));
    assert.deepEqual(titles(folder, "ours"), ["OURS-1"]);
  });

  it("knows the releases of .NET and what they fix", async () => {
    const folder = newFolder();
    const file = (name: string) => readFileSync(new URL(`../testing/dotnet/${name}`, import.meta.url), "utf8");
    const names = [
      "releases-index.json",
      "8.0/releases.json",
      "timeline/index.json",
      "timeline/2024/index.json",
      "timeline/2024/01/cve.json",
    ];
    await using server = await serveFiles(
      Object.fromEntries(names.map((name) => [`/${name}`, file(name.replaceAll("/", "-"))])),
    );
    const dotnet: KnowledgeSource = {
      name: "dotnet",
      kind: "dotnet",
      from: { is: "address", address: server.url },
      licence: "MIT",
      isRequired: true,
    };
    const { failures } = await updateKnowledge({ folder, sources: [dotnet] });
    assert.deepEqual(
      failures.map(({ message }) => message),
      ["1 files are missing, first 9.0/releases.json"],
    );
    const knowledge = openKnowledge(folder);
    const [newest, eight] = knowledge.runtimes;
    assert.deepEqual([newest?.channel, newest?.endOfLife, newest?.isLongTerm], ["9.0", "2026-11-10", false]);
    assert.deepEqual(eight?.releases[0], {
      version: "8.0.1",
      released: "2024-01-09",
      sdks: ["8.0.101"],
      fixes: ["CVE-2024-0057", "CVE-2024-21319"],
    });
    const [runtime] = knowledge.advisoriesOf(".NET", "Microsoft.NETCore.App");
    assert.deepEqual(
      [runtime?.id, runtime?.source, runtime?.weaknesses],
      ["CVE-2024-0057", "dotnet/core (MIT)", ["CWE-20"]],
    );
    assert.deepEqual(
      runtime?.affected.flatMap(({ ranges }) => ranges),
      [{ events: [{ introduced: "8.0.0" }, { fixed: "8.0.1" }] }],
    );
    assert.equal(knowledge.advisoriesOf(".NET", "Microsoft.AspNetCore.App")[0]?.id, "CVE-2024-21319");
    knowledge.close();
  });

  it("a source that has gone, or whose network answers in its place, is no source that was asked", async () => {
    const folder = newFolder();
    await using server = await serveFiles(osvFiles(many));
    await updateKnowledge({ folder, sources: [osv(server.url)] });
    const before = openKnowledge(folder).status().sources[0]?.checked;
    for (const [status, text, message] of [
      [404, "", /has npm no more/],
      [200, "<html>Please sign in</html>", /something else than the list/],
      [200, "", /something else than the list/],
    ] as const) {
      server.spoil = (_, response: ServerResponse) => {
        response.writeHead(status).end(text);
        return true;
      };
      const { failures } = await updateKnowledge({ folder, sources: [osv(server.url)] });
      assert.match(failures[0]?.message ?? "", message);
      assert.equal(openKnowledge(folder).status().sources[0]?.checked, before);
    }
  });

  it("a foreign file with the highest number does not stand in the way for ever", async () => {
    const folder = newFolder();
    await using server = await serveFiles(osvFiles(many));
    await updateKnowledge({ folder, sources: [osv(server.url)] });
    writeFileSync(join(folder, "built", "advisories-npm.99999999"), "hello");
    assert.equal(openKnowledge(folder).status().problems.length, 1);
    await updateKnowledge({ folder, sources: [osv(server.url)] });
    const { ecosystems, problems } = openKnowledge(folder).status();
    assert.deepEqual([ecosystems.map(({ advisories }) => advisories), problems], [[many.length], []]);
  });
});

function etagOf(bytes: Buffer): string {
  return `"${createHash("md5").update(bytes).digest("hex")}"`;
}
