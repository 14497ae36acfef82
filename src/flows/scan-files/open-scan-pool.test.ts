import assert from "node:assert/strict";
import { test } from "node:test";
import { sampleAdoPat } from "#scan/secrets/examples/example-values.ts";
import { openScanPool, type ScanPoolOptions } from "./open-scan-pool.ts";
import type { BlobToScan, ScannedBlob, ScannedUnit, UnitToScan } from "./scan-pool.ts";

const fingerprintKey = new Uint8Array(32).fill(1);

function blob(path: string, text: string): BlobToScan {
  // As in Git, another content has another id.
  return { path, objectId: text, bytes: Buffer.from(text) };
}

/** Every tenth file holds a token, the others import a package. */
function* tree(count: number): Generator<BlobToScan> {
  for (let index = 0; index < count; index++) {
    yield blob(
      `src/file-${index}.ts`,
      index % 10 === 0 ? `const pat = "${sampleAdoPat(`${index}`)}";` : `import "package-${index}";\n`,
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

function imports(blobs: readonly ScannedBlob[]): readonly string[] {
  return blobs.flatMap(({ results }) => results.flatMap(({ result }) => result.imports ?? [])).sort();
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
  assert.equal(imports(inline).length, 900);
  assert.deepEqual(imports(threaded), imports(inline));
  assert.ok(threaded.every(({ results }) => results[0]?.scanner === "secrets"));
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

test("rules of the code's owner have a bound for the whole scan: behind it files are searched without them, and say so", async () => {
  const text = `[[rules]]\nid = "slow"\nregex = '[a-z][0-9]#'\n[[rules]]\nid = "own"\nregex = 'own_[0-9]{8}'\n`;
  const secrets = { ruleFiles: [{ path: ".sallyport/secrets/own.toml", text }] };
  const files = Array.from({ length: 60 }, (_, at) =>
    blob(`${at}.txt`, `${"q1 ".repeat(60_000)} own_${10_000_000 + at}`),
  );
  for (const options of [{ threads: 0 }, { threads: 2, inlineBytes: 0 }]) {
    for (const mostOwnRuleWork of [undefined, 1]) {
      const pool = openScanPool({ ...options, fingerprintKey, ...(mostOwnRuleWork && { mostOwnRuleWork }) });
      const scanned = await collect(pool.scan(files, { secrets }));
      await pool.close();
      const found = scanned.filter((one) => findings([one]).length > 0).map(({ path }) => path);
      const left = problems(scanned);
      assert.deepEqual([found.length + left.length, scanned.length], [60, 60]);
      assert.equal(left.length === 0, mostOwnRuleWork === undefined, `${left.length} left`);
      assert.ok(left.every((one) => one.endsWith(" own-rules-left")));
    }
  }
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

const treeScannersModule = import.meta.resolve("./testing/unit-scanner.ts");

function unit(root: string, ...texts: readonly string[]): UnitToScan {
  const files = texts.map((text, index) => blob(index === 0 ? root : `${root}.${index}.unit`, text));
  return { scanner: "iac", unit: { language: "unit", root, paths: files.map(({ path }) => path) }, files };
}

async function scanUnits(
  options: Omit<ScanPoolOptions, "fingerprintKey" | "treeScannersModule">,
  units: Iterable<UnitToScan>,
): Promise<ReadonlyMap<string, ScannedUnit>> {
  const pool = openScanPool({ ...options, fingerprintKey, treeScannersModule });
  const scanned = new Map<string, ScannedUnit>();
  try {
    for await (const one of pool.scanUnits(units, { includePassed: true })) scanned.set(one.unit.root, one);
    return scanned;
  } finally {
    await pool.close();
  }
}

test("threads and the calling thread say the same of units and surveys", async () => {
  for (const threads of [0, 2]) {
    const options = { threads, inlineBytes: 0, inlineUnitBytes: 0 };
    const units = await scanUnits(options, [unit("a.unit", "bad x\ngood y", "bad z"), unit("b.unit", "good x")]);
    assert.equal(units.get("a.unit")?.result.findings.length, 2);
    assert.equal(units.get("a.unit")?.result.evaluations.length, 3);
    assert.deepEqual(units.get("b.unit")?.result.findings, []);
    const pool = openScanPool({ ...options, fingerprintKey, treeScannersModule });
    const blobs = [blob("a.unit", "include b.unit"), blob("a.ts", "export {};")];
    const scanned: ScannedBlob[] = [];
    for await (const one of pool.scan(blobs, { surveys: true })) scanned.push(one);
    await pool.close();
    assert.deepEqual(
      scanned.map(({ surveys }) => surveys),
      [[{ scanner: "iac", survey: { unit: ["b.unit"] } }], []],
    );
  }
});

test("a unit that crashes, hangs or ends its thread becomes a problem, and the others are scanned", async () => {
  const options = { threads: 2, inlineUnitBytes: 0, shardMilliseconds: 300, unitMilliseconds: 300 };
  const bad = ["crash", "hang", "exit"].map((word) => unit(`${word}.unit`, word));
  const units = await scanUnits(options, [unit("a.unit", "bad x"), ...bad, unit("z.unit", "bad x")]);
  const codes = [...units.values()].map(({ unit: { root }, result }) => [root, result.problems[0]?.code]);
  assert.deepEqual(Object.fromEntries(codes), {
    "a.unit": undefined,
    "crash.unit": "failed",
    "hang.unit": "timed-out",
    "exit.unit": "failed",
    "z.unit": undefined,
  });
  assert.equal(units.get("z.unit")?.result.findings.length, 1);
});
