/** What registries are asked for lock files: who is asked about what, and that what is not told well is not told. */
import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { serveFiles } from "../testing/serve-files.ts";
import { askPublished, askVersions, askYarnChecksums } from "./ask-published.ts";
import type { AskedPackage } from "./source-part.ts";
import { yarnChecksum } from "./yarn-archive.ts";

const wait = async () => {};
const npm = (name: string, more: Partial<AskedPackage> = {}): AskedPackage => ({
  ...{ ecosystem: "npm", name, versions: ["1.0.0"] },
  ...more,
});

/** One empty file in a folder, as tar writes it. */
function archiveOf(path: string): Buffer {
  const block = Buffer.alloc(512);
  block.write(path);
  block.write("0000644\0", 100);
  block.write("00000000000\0", 124);
  block.write("        0", 148);
  block.write("ustar\x0000", 257);
  const sum = block.reduce((all, byte) => all + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return gzipSync(Buffer.concat([block, Buffer.alloc(1024)]));
}

const archive = archiveOf("package/a.js");
const integrity = `sha512-${hash("sha512", archive, "base64")}`;
const packument = (tarball: string, sum = integrity) =>
  JSON.stringify({ versions: { "1.0.0": { dist: { integrity: sum, tarball }, dependencies: { b: "^1.0.0" } } } });

test("npm tells versions, what they need, and Yarn's checksum of an archive that is whole and lies there", async () => {
  await using server = await serveFiles({ "/files/a.tgz": archive, "/files/broken.tgz": archive.subarray(1) });
  await using other = await serveFiles({ "/files/a.tgz": archive });
  const archives = { a: `${server.url}/files/a.tgz`, broken: `${server.url}/files/broken.tgz` };
  for (const [name, tarball] of Object.entries({ ...archives, far: `${other.url}/files/a.tgz`, bad: "no address" }))
    server.files.set(`/${name}`, packument(tarball));
  const request = {
    sources: { npm: { registry: `${server.url}/` } },
    packages: ["a", "broken", "far", "bad", "none"].map((name) => npm(name)),
    wait,
  };
  assert.deepEqual((await askPublished(request)).get("npm a 1.0.0"), {
    ...{ integrity, resolved: archives.a, dependencies: { b: "^1.0.0" }, entry: {} },
  });
  assert.deepEqual([...(await askVersions(request)).keys()], ["npm a", "npm broken", "npm far", "npm bad"]);
  assert.deepEqual([...(await askYarnChecksums(request))], [["npm a 1.0.0", await yarnChecksum(archive, "a")]]);
  assert.deepEqual(other.answers, []);
});

test("a registry that lies tells nothing", async () => {
  const lies: readonly string[] = [
    ...["", "[]", "null", "<html>", '{"versions": []}', '{"versions": {"1.0.0": 7}}', "[".repeat(100_000)],
    ...[
      packument("https://npm.example/a.tgz", "md5-x"),
      '{"versions": {"1.0.0": {"dist": {"integrity": ["sha512-"]}}}}',
    ],
  ];
  await using server = await serveFiles();
  for (const lie of lies) {
    server.files.set("/a", lie);
    const request = { sources: { npm: { registry: server.url } }, packages: [npm("a")], wait };
    assert.equal((await askPublished(request)).size, 0, lie.slice(0, 50));
    assert.equal((await askYarnChecksums(request)).size, 0, lie.slice(0, 50));
  }
});

test("a registry that fails is left alone, and one that hangs is given up when the caller gives up", async () => {
  await using server = await serveFiles();
  const packages = Array.from({ length: 30 }, (_, at) => npm(`p${at}`));
  const request = { sources: { npm: { registry: server.url } }, packages, wait };
  let asked = 0;
  server.spoil = (_, response) => {
    asked += 1;
    response.writeHead(503).end();
    return true;
  };
  for (const ask of [askPublished, askVersions, askYarnChecksums]) {
    asked = 0;
    assert.equal((await ask(request)).size, 0);
    assert.ok(asked <= 3, String(asked));
  }
  // It begins an answer, and never ends it.
  server.spoil = (_, response) => response.writeHead(200).write("{");
  for (const ask of [askPublished, askVersions, askYarnChecksums])
    assert.equal((await ask({ ...request, signal: AbortSignal.timeout(100) })).size, 0);
});

test("a name that may be private is asked about at private places alone, and no more packages than a fix has", async () => {
  await using server = await serveFiles();
  const about = (name: string, mayBePrivate: boolean) =>
    ({ ecosystem: "PyPI", name, versions: ["1.0.0"], mayBePrivate }) as const;
  const feed = { ecosystem: "PyPI", address: `${server.url}/simple/` } as const;
  const packages = [about("own", true), about("left", false)];
  await askPublished({ sources: { feeds: [{ ...feed, isPublic: true }] }, packages, wait });
  const names = () => server.answers.map((answer) => /simple\/([^/]+)/.exec(answer)?.[1]);
  assert.ok(names().includes("left") && !names().includes("own"), String(server.answers));
  server.answers.length = 0;
  await askPublished({ sources: { feeds: [{ ...feed, isPublic: false }] }, packages, wait });
  assert.ok(names().includes("own"));
  server.answers.length = 0;
  const many = Array.from({ length: 150 }, (_, at) => npm(`p${at}`));
  const sources = { npm: { registry: server.url } };
  await askVersions({ sources, packages: many, wait });
  assert.equal(server.answers.length, 100);
  server.answers.length = 0;
  await askYarnChecksums({ sources, packages: many, wait });
  assert.equal(server.answers.length, 40);
});
