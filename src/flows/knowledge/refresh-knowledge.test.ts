import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { pino } from "pino";
import type { KnowledgeSource } from "#knowledge/sources.ts";
import { startRefreshing } from "./refresh-knowledge.ts";

test("what could not be fetched is a warning that names it, all else a line", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "sallyport-refresh-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const lines = new PassThrough();
  const sourceOf = (name: string, file: string): KnowledgeSource => ({
    ...{ name, kind: "kev", licence: "CC0-1.0", isRequired: false },
    from: { is: "folder", folder: join(folder, file) },
  });
  const refresh = async (sources: readonly KnowledgeSource[]) => {
    const refreshing = startRefreshing({ log: pino(lines) }, { folder: join(folder, "copy"), sources });
    refreshing.start();
    const [line] = (await once(lines, "data")) as [Buffer];
    await refreshing.stop();
    const { level, msg } = JSON.parse(line.toString()) as { level: number; msg: string };
    return [level, msg];
  };
  const vulnerabilities = [{ cveID: "CVE-2026-10001", dateAdded: "2026-01-02" }];
  await writeFile(join(folder, "exploited.json"), JSON.stringify({ vulnerabilities }));
  const here = sourceOf("here", "exploited.json");
  assert.deepEqual(await refresh([here]), [30, "knowledge refreshed"]);
  const missing = sourceOf("missing", "nowhere.json");
  const expected = "knowledge not refreshed, or not all of it: missing";
  assert.deepEqual(await refresh([here, missing]), [40, expected]);
});
