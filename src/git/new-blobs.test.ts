/** What commits bring on their way, by what git says of made-up histories. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { RepositoryId } from "#model/ids.ts";
import { defaultGitLimits } from "./mirror.ts";
import type { NewBlobs } from "./new-blobs.ts";
import { mirrorWorld } from "./testing/mirror-world.ts";
import { commit, git } from "./testing/write-repository.ts";

const id = "4b7d3f7e-5f57-4c53-8a3c-0d5b6c1f0a03" as RepositoryId;
const { signal } = new AbortController();

test("versions between two commits are told with the first that brought them, and what they replaced", async (t) => {
  const { mirrors, url, remote } = await mirrorWorld(t);
  const from = await commit(remote, "refs/heads/main", { "a.txt": "old", "kept.txt": "kept" });
  const first = await commit(remote, "refs/heads/main", { "a.txt": "in between", "b.txt": "only there" });
  const second = await commit(remote, "refs/heads/main", { "a.txt": "new", "b.txt": undefined });
  const again = await commit(remote, "refs/heads/main", { "a.txt": "in between" });
  const mirror = await mirrors.fetch({ id, url });
  const texts = await textsOf(remote, await mirror.newBlobs({ from, to: again, signal }));
  assert.deepEqual(texts.before, ["a.txt old"]);
  assert.deepEqual(texts.after, [`a.txt in between ${first}`, `b.txt only there ${first}`, `a.txt new ${second}`]);
  const all = await textsOf(remote, await mirror.newBlobs({ to: first, signal }));
  assert.deepEqual(all.before, []);
  assert.deepEqual(
    all.after.map((line) => line.split(" ")[0]),
    ["a.txt", "kept.txt", "a.txt", "b.txt"],
  );
});

test("of a merge only what none of its parents had", async (t) => {
  const { mirrors, url, remote } = await mirrorWorld(t);
  const from = await commit(remote, "refs/heads/main", { "a.txt": "old" });
  await git(remote, ["update-ref", "refs/heads/side", from]);
  const side = await commit(remote, "refs/heads/side", { "s.txt": "side" });
  const main = await commit(remote, "refs/heads/main", { "m.txt": "main" });
  const merge = await mergeOf(remote, [main, side], { "a.txt": "evil", "m.txt": "main", "s.txt": "side" });
  await git(remote, ["update-ref", "refs/heads/main", merge]);
  const mirror = await mirrors.fetch({ id, url });
  const { after } = await textsOf(remote, await mirror.newBlobs({ from: main, to: merge, signal }));
  assert.deepEqual(after, [`s.txt side ${side}`, `a.txt evil ${merge}`]);
});

test("the commit of a submodule is no version of a file, before or after", async (t) => {
  const { mirrors, url, remote } = await mirrorWorld(t);
  const from = await commit(remote, "refs/heads/main", { "a.txt": "old" });
  const text = await git(remote, ["hash-object", "-w", "--stdin"], "now");
  const kept = `100644 blob ${await git(remote, ["rev-parse", `${from}:a.txt`])}\ta.txt\n`;
  const pointed = await commitOf(remote, [from], `${kept}160000 commit ${from}\tlib\n`);
  const moved = await commitOf(remote, [pointed], `${kept}160000 commit ${pointed}\tlib\n`);
  const file = await commitOf(remote, [moved], `${kept}100644 blob ${text}\tlib\n`);
  await git(remote, ["update-ref", "refs/heads/main", file]);
  const mirror = await mirrors.fetch({ id, url });
  const texts = await textsOf(remote, await mirror.newBlobs({ from, to: file, signal }));
  assert.deepEqual(texts, { after: [`lib now ${file}`], before: [] });
});

test("a list that would take more memory than output is allowed is refused", async (t) => {
  const limits = { ...defaultGitLimits, outputBytes: 4 * 1024 };
  const { mirrors, url, remote } = await mirrorWorld(t, { mirrors: { limits } });
  const from = await commit(remote, "refs/heads/main", { "a.txt": "old" });
  const files = Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`${index}.txt`, `${index}`]));
  const to = await commit(remote, "refs/heads/main", files);
  const mirror = await mirrors.fetch({ id, url });
  assert.equal((await mirror.diffTrees(from, to)).length, 15);
  await assert.rejects(mirror.newBlobs({ from, to, signal }), { code: "refused" });
});

async function textsOf(remote: string, { after, before }: NewBlobs) {
  const said = async (blobs: NewBlobs["after"]) => {
    const lines: string[] = [];
    for (const { path, objectId, commit: by = "" } of blobs) {
      lines.push(`${path} ${await git(remote, ["cat-file", "blob", objectId])} ${by}`.trim());
    }
    return lines;
  };
  return { after: await said(after), before: (await said(before)).map((line) => line.split(" ", 2).join(" ")) };
}

async function mergeOf(remote: string, parents: readonly string[], files: Readonly<Record<string, string>>) {
  const lines: string[] = [];
  for (const [path, text] of Object.entries(files)) {
    lines.push(`100644 blob ${await git(remote, ["hash-object", "-w", "--stdin"], text)}\t${path}\n`);
  }
  return commitOf(remote, parents, lines.join(""));
}

async function commitOf(remote: string, parents: readonly string[], entries: string): Promise<string> {
  const tree = await git(remote, ["mktree", "--missing"], entries);
  return git(remote, ["commit-tree", tree, ...parents.flatMap((parent) => ["-p", parent]), "-m", "more"]);
}
