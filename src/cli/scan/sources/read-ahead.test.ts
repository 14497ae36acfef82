/** What a second thread reads ahead is what the first would have read and found. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { openScanPool } from "#flows/scan-files/open-scan-pool.ts";
import { secretsImage } from "#scan/secrets/secrets-scanner.ts";
import { runScanners } from "../run-scanners.ts";
import { type AheadFile, openReadAhead } from "./read-ahead.ts";
import { openTreeSource } from "./scan-tree-source.ts";

const top = mkdtempSync(join(tmpdir(), "sallyport-ahead-"));
const pool = openScanPool({ threads: 0, fingerprintKey: new Uint8Array(32) });
after(async () => {
  await pool.close();
  rmSync(top, { recursive: true });
});

/** Not twice the same, and nothing that anybody uses. */
const secretOf = (index: number) => createHash("sha256").update(`harbour ${index}`).digest("base64url").slice(0, 24);
const line = (index: number) => `DB_PASSWORD="${secretOf(index)}"\n`;

/** Files of every kind that is read otherwise, amid thousands of small ones. */
function folderOfFiles(): string {
  const folder = join(top, "tree");
  mkdirSync(folder);
  const write = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);
  for (let index = 0; index < 3200; index++) {
    const number = String(index).padStart(4, "0");
    write(`f${number}.sh`, index % 50 === 0 ? `echo ${index}\n${line(index)}` : `echo ${index} token\n`);
  }
  write("f0600-empty.sh", "");
  write("f0601-mark.sh", `\ufeff${line(1601)}`);
  write("f0602-wide.sh", Buffer.from(`\ufeff${line(1602)}`, "utf16le"));
  write("f0603-large.sh", "echo password\n".repeat(100_000) + line(1603));
  write("f0604-binary.sh", Buffer.concat([Buffer.alloc(100), Buffer.from(line(1604))]));
  write("f0605-escaped.js", `const password = "${escapedOf(secretOf(1605))}";\n`);
  write("f0606-half.sh", "echo ".repeat(130_000) + line(1606));
  symlinkSync(join(folder, "f0000.sh"), join(folder, "f0607-link.sh"));
  return folder;
}

function escapedOf(text: string): string {
  return Array.from(text, (character) => `\\x${character.charCodeAt(0).toString(16)}`).join("");
}

async function scanned(folder: string, ahead: number) {
  const { treeScanners } = pool;
  const source = await openTreeSource({ folder, scanners: ["secrets"], treeScanners, skip: [], inGit: false, ahead });
  const { findings, files, bytes, problems } = await runScanners(pool, source, { scanners: ["secrets"], quiet: true });
  source.close();
  const told = findings.map(({ rule, at, fingerprint }) => JSON.stringify([rule, at, fingerprint])).sort();
  return { findings: told, files, bytes, problems: [...source.problems, ...problems] };
}

test("a folder is scanned to the same result with and without it", async () => {
  const folder = folderOfFiles();
  const alone = await scanned(folder, 0);
  assert.ok(alone.findings.length >= 64 + 5, `${alone.findings.length} findings`);
  assert.deepEqual(await scanned(folder, Number.POSITIVE_INFINITY), alone);
  const { treeScanners } = pool;
  const source = await openTreeSource({
    folder,
    scanners: undefined,
    treeScanners,
    skip: [],
    inGit: false,
    ahead: 1e9,
  });
  let ahead = 0;
  for await (const { precomputed } of source.blobs()) if (precomputed !== undefined) ahead++;
  assert.ok(ahead > 2900, `${ahead} files read ahead`);
});

async function readAhead(names: readonly string[], most: number, tables = secretsImage().tables) {
  const thread = openReadAhead(1);
  const paths = Buffer.from(names.map((name) => `${join(top, name)}\0`).join(""));
  thread.begin({ paths, most, image: { ...secretsImage(), tables } });
  const files: (AheadFile | undefined)[] = [];
  for await (const file of thread.files()) files.push(file);
  await thread.close();
  return files.map((file) => file && Buffer.from(file.bytes).toString());
}

test("files are told in order; what is gone, too large or no file is left to the asker", async () => {
  writeFileSync(join(top, "a"), "one");
  writeFileSync(join(top, "b"), "x".repeat(2 * 1024 * 1024));
  writeFileSync(join(top, "c"), "three");
  mkdirSync(join(top, "d"));
  const names = ["a", "b", "missing", "d", "c"];
  assert.deepEqual(await readAhead(names, 1000), ["one", undefined, undefined, undefined, "three"]);
});

test("it ends when it has read as much as it may, and where its thread fails", async () => {
  const names = Array.from({ length: 450 }, (_, index) => `many-${index}`);
  for (const name of names) writeFileSync(join(top, name), name);
  // In three batches, of which one may wait for its turn.
  assert.deepEqual(await readAhead(names, Number.POSITIVE_INFINITY), names);
  const read = await readAhead(names, 3000);
  assert.ok(read.length >= 200 && read.length < 450, `${read.length} files`);
  assert.deepEqual(read, names.slice(0, read.length));
  assert.deepEqual(await readAhead(names, 3000, new Uint8Array(64 * 1024 * 1024)), []);
});
