/** What a Python index tells of versions for lock files, in each of the forms in which indexes answer. */
import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { test } from "node:test";
import { askPublished } from "./ask-published.ts";

const [one, two] = ["1".repeat(64), "2".repeat(64)];
const metadata = [
  ...["Metadata-Version: 2.3", "Name: json", "Version: 1.2.0", "Summary: Reads it", "License: MIT"],
  ...["Requires-Python: >=3.9", "Requires-Dist: inner<2,>=1", "Requires-Dist: more>=3 ; extra == 'all'"],
  ...["", "Requires-Dist: none", ""],
].join("\r\n");

const inJson = JSON.stringify({
  files: [
    {
      filename: "json-1.2.0-py3-none-any.whl",
      url: "../../files/json-1.2.0-py3-none-any.whl",
      hashes: { sha256: one },
      size: 12,
      "upload-time": "2026-01-02T03:04:05.678901Z",
      "core-metadata": { sha256: hash("sha256", metadata) },
    },
    { filename: "json-1.2.0.tar.gz", url: "https://files.example/json-1.2.0.tar.gz", hashes: { sha256: two } },
    { filename: "json-1.2.0.linux-x86_64.tar.gz", url: "x", hashes: {} },
    { filename: "json-1.1.0.tar.gz", url: "x", hashes: { md5: "0" } },
  ],
});
const inHtml = [
  `<a href="../../files/json-1.2.0-py3-none-any.whl#sha256=${one}" data-requires-python="&gt;=3.9" data-core-metadata="true">json-1.2.0-py3-none-any.whl</a><br>`,
  `<a data-yanked href='https://files.example/json-1.2.0.tar.gz#sha256=${two}'>json-1.2.0.tar.gz</a>`,
].join("\n");

async function told(pages: Readonly<Record<string, string>>) {
  const feed = { ecosystem: "PyPI", address: "https://index.example/simple/", isPublic: true } as const;
  const asked: string[] = [];
  const fetch = async (address: string | URL | Request) => {
    const path = (address instanceof Request ? address.url : new URL(address).href).replace(
      "https://index.example/",
      "",
    );
    asked.push(path);
    return Object.hasOwn(pages, path) ? new Response(pages[path]) : new Response("", { status: 404 });
  };
  const packages = [{ ecosystem: "PyPI", name: "json", versions: ["1.2.0", "1.1.0"] }] as const;
  const found = await askPublished({ fetch, sources: { feeds: [feed] }, packages, wait: async () => {} });
  return { found: Object.fromEntries(found), asked };
}

const wheel = { name: "json-1.2.0-py3-none-any.whl", hash: `sha256:${one}` };
const wheelUrl = "https://index.example/files/json-1.2.0-py3-none-any.whl";
const source = {
  name: "json-1.2.0.tar.gz",
  hash: `sha256:${two}`,
  url: "https://files.example/json-1.2.0.tar.gz",
};
const described = {
  requirements: ["inner<2,>=1", "more>=3 ; extra == 'all'"],
  requiresPython: ">=3.9",
  entry: { summary: "Reads it" },
  licenses: ["MIT"],
};

test("an index in JSON, with the metadata of a wheel; a version without a sha256 is not told", async () => {
  const { found } = await told({ "simple/json/": inJson, "files/json-1.2.0-py3-none-any.whl.metadata": metadata });
  const files = [{ ...wheel, url: wheelUrl, size: 12, uploadedAt: "2026-01-02T03:04:05.678901Z" }, source];
  assert.deepEqual(found, { "PyPI json 1.2.0": { files, ...described } });
});

test("an index in HTML", async () => {
  const { found } = await told({ "simple/json/": inHtml, "files/json-1.2.0-py3-none-any.whl.metadata": metadata });
  assert.deepEqual(found, { "PyPI json 1.2.0": { files: [{ ...wheel, url: wheelUrl }, source], ...described } });
});

test("metadata that is not what the index says is not taken; what is told of the version may be", async () => {
  const pages = { "simple/json/": inJson, "files/json-1.2.0-py3-none-any.whl.metadata": "Requires-Dist: evil\n\n" };
  assert.equal((await told(pages)).found["PyPI json 1.2.0"]?.requirements, undefined);
  const info = JSON.stringify({ info: { requires_dist: ["inner"], requires_python: null, summary: null } });
  const { found } = await told({ ...pages, "pypi/json/1.2.0/json": info });
  assert.deepEqual(found["PyPI json 1.2.0"]?.requirements, ["inner"]);
});

test("what is no page of an index tells nothing", async () => {
  for (const page of ["", "{", "[]", "<html>", '{"files": 1}', "<a ".repeat(100_000)])
    assert.deepEqual((await told({ "simple/json/": page })).found, {});
});
