import assert from "node:assert/strict";
import { test } from "node:test";
import { readPackages } from "../../testing/read-packages.ts";

test("renv.lock: repositories, remotes and the graph", () => {
  const { lines, manifests } = readPackages({
    "renv.lock": `{ "R": { "Version": "4.3.1" }, "Packages": {
  "markdown": { "Package": "markdown", "Version": "1.0", "Source": "Repository", "Repository": "CRAN", "Hash": "45",
    "Requirements": ["R", "mime"] },
  "mime": { "Package": "mime", "Version": "0.12.1", "Source": "GitHub", "RemoteHost": "api.git.example",
    "RemoteUsername": "yihui", "RemoteRepo": "mime", "RemoteSha": "1763" }
} }`,
  });
  assert.deepEqual(lines, ["markdown@1.0 renv.lock:2", "mime@0.12.1 renv.lock:4"]);
  const [markdown, mime] = manifests[0]?.packages ?? [];
  assert.deepEqual([markdown?.dependsOn, markdown?.groups, markdown?.integrity], [[1], ["CRAN"], "45"]);
  assert.deepEqual(mime?.source, { is: "git", url: "https://git.example/yihui/mime", commit: "1763" });
});

test("a broken file gives what stands before", () => {
  const { lines, problems } = readPackages({ "renv.lock": '{ "Packages": { "a": { "Version": "1.0" }, "b" ' });
  assert.deepEqual([lines, problems[0]?.code], [["a@1.0 renv.lock:1"], "syntax"]);
});
