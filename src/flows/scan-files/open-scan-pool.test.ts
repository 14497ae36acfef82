import assert from "node:assert/strict";
import { test } from "node:test";
import { sampleAdoPat } from "#scan/secrets/example-values.ts";
import { openScanPool, type ScanPoolOptions } from "./open-scan-pool.ts";
import type { BlobToScan, ScannedBlob } from "./scan-pool.ts";

const fingerprintKey = new Uint8Array(32).fill(1);

function blob(path: string, text: string): BlobToScan {
  return { path, objectId: path, bytes: Buffer.from(text) };
}

/** Every tenth file holds a token. */
function* tree(count: number): Generator<BlobToScan> {
  for (let index = 0; index < count; index++) {
    yield blob(
      `src/file-${index}.ts`,
      index % 10 === 0 ? `const pat = "${sampleAdoPat(`${index}`)}";` : "export {};\n",
    );
  }
}

async function collect(scanned: AsyncIterable<ScannedBlob>): Promise<readonly ScannedBlob[]> {
  const all: ScannedBlob[] = [];
  for await (const one of scanned) all.push(one);
  return all;
}

async function scanAll(
  options: Omit<ScanPoolOptions, "fingerprintKey">,
  blobs: Iterable<BlobToScan>,
): Promise<readonly ScannedBlob[]> {
  const pool = openScanPool({ ...options, fingerprintKey });
  try {
    return await collect(pool.scan(blobs));
  } finally {
    await pool.close();
  }
}

function findings(blobs: readonly ScannedBlob[]): readonly string[] {
  return blobs
    .flatMap(({ results }) => results.flatMap(({ result }) => result.findings.map(({ fingerprint }) => fingerprint)))
    .sort();
}

function problems(blobs: readonly ScannedBlob[]): readonly string[] {
  return blobs.flatMap(({ path, results }) =>
    results.flatMap(({ result }) => result.problems.map(({ code }) => `${path} ${code}`)),
  );
}

test("threads and the calling thread find the same, each blob once", async () => {
  const inline = await scanAll({ threads: 0 }, tree(1000));
  const threaded = await scanAll({ threads: 2, inlineBytes: 0 }, tree(1000));
  assert.equal(inline.length, 1000);
  assert.equal(new Set(threaded.map(({ path }) => path)).size, 1000);
  assert.equal(findings(inline).length, 100);
  assert.deepEqual(findings(threaded), findings(inline));
  assert.ok(threaded.every(({ results }) => results.length === 1));
});

test("a shard that takes too long is tried again file by file", async () => {
  const scanned = await scanAll({ threads: 2, inlineBytes: 0, shardMilliseconds: 0 }, slowTree());
  assert.equal(scanned.length, 3);
  assert.equal(findings(scanned).length, 1);
  assert.deepEqual(problems(scanned), ["big.txt gave-up"]);
});

test("a file that takes too long becomes a problem, and its neighbours are scanned", async () => {
  const limits = { threads: 1, shardMilliseconds: 0, fileMilliseconds: 0, inlineBytes: 0 };
  const scanned = await scanAll({ ...limits, threads: 2 }, slowTree());
  assert.ok(problems(scanned).includes("big.txt timed-out"));
  assert.equal(scanned.length, 3);
});

function* slowTree(): Generator<BlobToScan> {
  yield blob("a.ts", `const pat = "${sampleAdoPat()}";`);
  yield blob("big.txt", "password = key secret token ".repeat(400_000));
  yield blob("z.ts", "export {};\n");
}

test("a file that ends its thread becomes a problem, and its neighbours are scanned", async () => {
  const program = new URL("./testing/dying-thread.ts", import.meta.url);
  const blobs = [...tree(500), blob("deadly.ts", "x"), ...tree(500)];
  const scanned = await scanAll({ threads: 2, inlineBytes: 0, program }, blobs);
  assert.equal(scanned.length, 1001);
  assert.deepEqual(problems(scanned), ["deadly.ts failed"]);
});

test("reads no further than results are taken", async () => {
  let read = 0;
  function* endless(): Generator<BlobToScan> {
    for (;;) {
      read++;
      yield blob("a.ts", "x".repeat(100_000));
    }
  }
  const pool = openScanPool({ threads: 2, fingerprintKey, inlineBytes: 0 });
  for await (const _ of pool.scan(endless())) break;
  await pool.close();
  // At most threads + 1 shards of 1 MB under way, and one being gathered.
  assert.ok(read <= 5 * 11, `${read} blobs were read`);
});

test("an abort ends the scan, and a failing input reaches the reader", async () => {
  const pool = openScanPool({ threads: 2, fingerprintKey, inlineBytes: 0 });
  const controller = new AbortController();
  await assert.rejects(async () => {
    for await (const _ of pool.scan(tree(5000), { signal: controller.signal })) controller.abort();
  }, /abort/i);
  async function* failing(): AsyncGenerator<BlobToScan> {
    yield* tree(3);
    throw new Error("the repository is gone");
  }
  await assert.rejects(() => collect(pool.scan(failing())), /repository is gone/);
  await pool.close();
  await assert.rejects(() => collect(pool.scan(tree(1))), /closed/);
});
