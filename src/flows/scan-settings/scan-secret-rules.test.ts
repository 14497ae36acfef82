/** A repository's own rules for secrets on the server: kept results are those of the rules that made them. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { pino } from "pino";
import { openLocalRepository } from "#git/open-local-repository.ts";
import { type FreshDatabase, freshDatabase } from "#store/testing/fresh-database.ts";
import { sampleWorld } from "#store/testing/sample-world.ts";
import { openScanPool } from "../scan-files/open-scan-pool.ts";
import { scanBlobs } from "../scan-tree/scan-blobs.ts";
import { readScanSettings } from "./read-scan-settings.ts";

let database: FreshDatabase;
before(async () => {
  database = await freshDatabase();
});
after(() => database.drop());

test("rules of the commit are used, and another rule asks the same file again", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "sallyport-rules-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const git = (...args: readonly string[]) =>
    execFileSync(
      "git",
      ["-c", "user.name=a", "-c", "user.email=a@contoso.net", "-c", "commit.gpgsign=false", ...args],
      {
        cwd: folder,
      },
    );
  git("init", "-q");
  const repository = await openLocalRepository(folder, {
    log: pino({ level: "silent" }),
    surrounding: { PATH: process.env.PATH },
  });
  assert.ok(repository);
  t.after(() => repository.release());
  const { instanceId } = await sampleWorld(database.store.db);
  const scanPool = openScanPool({ threads: 0, fingerprintKey: new Uint8Array(32).fill(1) });
  t.after(() => scanPool.close());
  const signal = new AbortController().signal;
  const scan = async (files: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    git("add", "-A");
    git("commit", "-qm", "x");
    const head = (await repository.resolve("HEAD")) ?? "";
    const tree = (await repository.listTree(head)).filter(({ path }) => path.startsWith("src/"));
    const { secrets } = await readScanSettings(repository, head);
    const result = await scanBlobs(
      { db: database.store.db, scanPool },
      { instanceId, mirror: repository, files: tree, signal, secrets },
    );
    return [result.findings.filter(({ rule }) => rule.startsWith("secrets/custom-")).length, result.cache.misses > 0];
  };
  const rule = (paths: string) =>
    `rules:\n  - id: ours\n    keywords: [ours]\n    pattern: 'ours-([a-z]{12})'\n    paths: [${paths}]\n`;
  const path = ".sallyport/secrets/a.yml";
  assert.deepEqual(await scan({ "src/a.txt": "ours-qzjkvbxwmphf\n", "src/b.txt": "ours-qzjkvbxwmphf\n" }), [0, true]);
  assert.deepEqual(await scan({ [path]: rule("'src/a.*'") }), [1, true]);
  assert.deepEqual(await scan({ "readme.md": "more\n" }), [1, false]);
  assert.deepEqual(await scan({ [path]: rule("'**'") }), [2, true]);
});
