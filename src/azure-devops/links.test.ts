import assert from "node:assert/strict";
import { test } from "node:test";
import { addressesFrom } from "./addresses.ts";
import { commitAddress, lineAddress, threadAddress } from "./links.ts";

test("a line of a file in a commit, the commit, and a thread", () => {
  const at = { path: "a b/ü&.ts", startLine: 3, startColumn: 5, endLine: 3, endColumn: 9 };
  assert.equal(
    lineAddress("https://dev.azure.com/o/p/_git/r", "abc", at),
    "https://dev.azure.com/o/p/_git/r?path=%2Fa%20b%2F%C3%BC%26.ts&version=GCabc&line=3&lineEnd=3&lineStartColumn=5&lineEndColumn=9&lineStyle=plain&_a=contents",
  );
  assert.equal(commitAddress("https://dev.azure.com/o/p/_git/r", "abc"), "https://dev.azure.com/o/p/_git/r/commit/abc");
  assert.equal(threadAddress("https://x/pullrequest/7", 4), "https://x/pullrequest/7?discussionId=4");
});

test("hosts: the real ones, or all behind one address", () => {
  assert.equal(addressesFrom()["vssps.dev.azure.com"], "https://vssps.dev.azure.com");
  const local = addressesFrom("http://127.0.0.1:9/base/");
  assert.equal(local["dev.azure.com"], "http://127.0.0.1:9/base");
  assert.equal(local["vsaex.dev.azure.com"], "http://127.0.0.1:9/base/_hosts/vsaex.dev.azure.com");
  for (const bad of ["http://example.com", "ftp://127.0.0.1", "nonsense", "https://user@example.com"]) {
    assert.throws(() => addressesFrom(bad), bad);
  }
});

test("a server has one address for everything, and older versions", () => {
  const server = addressesFrom({ serverUrl: "https://tfs.example/tfs/" });
  assert.deepEqual([server.edition, server.newestVersion], ["server", "6.0"]);
  for (const host of ["dev.azure.com", "vssps.dev.azure.com", "vsrm.dev.azure.com"] as const) {
    assert.equal(server[host], "https://tfs.example/tfs");
  }
  assert.deepEqual([addressesFrom().edition, addressesFrom({ url: undefined }).newestVersion], ["services", "7.1"]);
  for (const wrong of [
    { serverUrl: "http://tfs.example/tfs" },
    { serverUrl: "https://tfs.example/tfs", serverVersion: "2020" },
    { serverUrl: "https://tfs.example/tfs", url: "http://127.0.0.1:9" },
  ]) {
    assert.throws(() => addressesFrom(wrong));
  }
});
