/** Content hashes against archives that never had a signature, and what a feed is asked for a version. */
import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { askPublished, publishedKey } from "./ask-published.ts";
import { contentHashOf } from "./nuget-content-hash.ts";

const signature = [".signature.p7s", "signed"] as const;
const files = [
  ["a.nuspec", "<package />"],
  ["lib/net8.0/a.dll", "MZ".repeat(200)],
  ["[Content_Types].xml", "<Types />"],
] as const;

/** A plain zip; with `comment` at its end, and an extra field and a comment for each entry. */
function zipOf(entries: readonly (readonly [string, string])[], comment = ""): Buffer {
  const [bodies, records]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [name, text] of entries) {
    const data = deflateRawSync(text);
    const [head, record] = [Buffer.alloc(30), Buffer.alloc(46)];
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(data.length, 18);
    head.writeUInt32LE(text.length, 22);
    head.writeUInt16LE(Buffer.byteLength(name), 26);
    record.writeUInt32LE(0x02014b50, 0);
    head.copy(record, 8, 6, 28);
    record.writeUInt16LE(4, 30);
    record.writeUInt16LE(2, 32);
    record.writeUInt32LE(offset, 42);
    bodies.push(head, Buffer.from(name), data);
    records.push(record, Buffer.from(name), Buffer.from([1, 0, 0, 0]), Buffer.from("ok"));
    offset += head.length + Buffer.byteLength(name) + data.length;
  }
  const directory = Buffer.concat(records);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...bodies, directory, end, Buffer.from(comment)]);
}

const sumOf = (bytes: Buffer) => hash("sha512", bytes, "base64");

test("a signed archive has the hash of the same archive without its signature, wherever that stands", () => {
  for (const comment of ["", "PK\u0005\u0006 is no end here, for it would be too long"]) {
    const plain = zipOf(files, comment);
    assert.deepEqual(contentHashOf(plain), { hash: sumOf(plain), isSigned: false });
    for (let place = 0; place <= files.length; place++) {
      const signed = zipOf([...files.slice(0, place), signature, ...files.slice(place)], comment);
      assert.deepEqual(contentHashOf(signed), { hash: sumOf(plain), isSigned: true });
    }
  }
});

test("what is no plain archive has no content hash", () => {
  const signed = zipOf([...files, signature]);
  const changed = (change: (copy: Buffer, end: number) => void) => {
    const copy = Buffer.from(signed);
    change(copy, copy.length - 22);
    return copy;
  };
  const broken: readonly Buffer[] = [
    Buffer.alloc(0),
    Buffer.from("PK"),
    Buffer.alloc(100_000, "PK\u0005\u0006"),
    signed.subarray(0, -1),
    Buffer.concat([Buffer.from("x"), signed]),
    zipOf([...files, signature, signature]),
    // The larger form of the format, another count, and a header that is not there.
    changed((copy, end) => copy.writeUInt32LE(0xffffffff, end + 16)),
    changed((copy, end) => copy.writeUInt16LE(0xffff, end + 10)),
    changed((copy, end) => copy.writeUInt16LE(2, end + 10)),
    changed((copy, end) => copy.writeUInt32LE(7, copy.readUInt32LE(end + 16) + 42)),
  ];
  for (const archive of broken) assert.equal(contentHashOf(archive), undefined);
});

const base = "https://feed.example";
const archive = zipOf([...files, signature]);

async function published(entry: Readonly<Record<string, unknown>>, detail: unknown, version = "1.2.0-Beta") {
  const resource = (type: string, id: string) => ({ "@type": type, "@id": `${base}/${id}/` });
  const answers: Readonly<Record<string, unknown>> = {
    [`${base}/index.json`]: {
      resources: [resource("RegistrationsBaseUrl/3.6.0", "reg"), resource("PackageBaseAddress/3.0.0", "flat")],
    },
    [`${base}/reg/json.net/index.json`]: { items: [{ items: [{ catalogEntry: entry }] }] },
    [`${base}/leaf.json`]: detail,
    [`${base}/flat/json.net/1.2.0-beta/json.net.1.2.0-beta.nupkg`]: archive,
  };
  const asked: string[] = [];
  const found = await askPublished({
    sources: { feeds: [{ ecosystem: "NuGet", address: `${base}/index.json`, isPublic: true }] },
    packages: [{ ecosystem: "NuGet", name: "json.net", versions: [version] }],
    wait: async () => {},
    fetch: async (input) => {
      const address = input instanceof Request ? input.url : new URL(input).href;
      asked.push(address.slice(base.length));
      const told = answers[address];
      if (told === undefined) return new Response(null, { status: 404 });
      return new Response(told instanceof Buffer ? new Uint8Array(told) : JSON.stringify(told));
    },
  });
  return { one: found.get(publishedKey("NuGet", "json.net", version)), asked };
}

const entry = {
  version: "1.2.0-Beta+build",
  licenseExpression: "MIT",
  dependencyGroups: [
    { targetFramework: "net8.0", dependencies: [{ id: "Inner", range: "[1.0.0, )" }, { id: "Any" }] },
    { targetFramework: ".NETStandard2.0" },
  ],
};

test("a version of a feed: its content hash, what it asks for by framework, its licence", async () => {
  const told = await published(entry, undefined);
  assert.deepEqual(told.one, {
    integrity: sumOf(zipOf(files)),
    frameworks: [
      { framework: "net8.0", dependencies: { Inner: "[1.0.0, )", Any: "(, )" } },
      { framework: ".NETStandard2.0", dependencies: {} },
    ],
    licenses: ["MIT"],
  });
  assert.deepEqual(told.asked, [
    "/index.json",
    "/reg/json.net/index.json",
    "/flat/json.net/1.2.0-beta/json.net.1.2.0-beta.nupkg",
  ]);
});

test("an archive that is not the one that the feed tells of is not used", async () => {
  const more = { ...entry, "@id": `${base}/leaf.json` };
  const right = { packageHash: sumOf(archive), packageHashAlgorithm: "SHA512" };
  assert.ok((await published({ ...entry, ...right }, undefined)).one);
  assert.ok((await published(more, right)).one);
  assert.ok((await published(more, { packageHash: "x", packageHashAlgorithm: "SHA3" })).one);
  assert.equal((await published(more, { packageHash: "x" })).one, undefined);
  assert.equal((await published({ ...entry, packageHash: "x" }, right)).one, undefined);
  assert.equal((await published(entry, undefined, "1.3.0")).one, undefined);
});
