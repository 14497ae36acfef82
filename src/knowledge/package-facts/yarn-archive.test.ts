import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { yarnChecksum } from "./yarn-archive.ts";

interface Member {
  readonly path: string;
  readonly content?: string;
  readonly mode?: number;
  readonly kind?: string;
  readonly target?: string;
}

function header({ path, content = "", mode = 0o644, kind = "0", target = "" }: Member): Buffer {
  const block = Buffer.alloc(512);
  block.write(path, 0);
  block.write(mode.toString(8).padStart(7, "0"), 100);
  block.write(Buffer.byteLength(content).toString(8).padStart(11, "0"), 124);
  block.write("        ", 148);
  block.write(kind, 156);
  block.write(target, 157);
  block.write("ustar\x0000", 257);
  const sum = block.reduce((all, byte) => all + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

function packed(members: readonly Member[]): Buffer {
  const blocks = members.flatMap((member) => {
    const content = Buffer.from(member.content ?? "");
    return [header(member), content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

const membersOf = (name: string): readonly Member[] => [
  { path: "package/package.json", content: JSON.stringify({ name, version: "1.0.0" }) },
  { path: "package/bin/run.js", content: "#!/usr/bin/env node\n", mode: 0o755 },
  { path: "package/lib/deep/a.js", content: "exports.a = 1;\n", mode: 0o600 },
  { path: "package/lib/b.js" },
  { path: "package/link", kind: "2", target: "lib/b.js" },
];

/** By Yarn 4 itself, of the same archives. */
const sums: Readonly<Record<string, string>> = {
  plain:
    "dcceeb3402f89b3998595efa53aa889e605be4965fa308847bc2e43880eb77359c6ce7f0d37d2d6fa5ef99c274658a97ccb2ca42e223d380b83b797852e146af",
  "@scope/name":
    "d2338b7f14ddead26a16ee924a443c84d45217fff4540d27ee52cb853a912ed357c1c0d0ba6c88162e622b7b603500ff86add35bf68c31d65795a7795d6d9cc7",
};

test("the archive that Yarn makes is made again: folders when they are needed, one time, two modes", async () => {
  for (const [name, sum] of Object.entries(sums))
    assert.equal(await yarnChecksum(packed(membersOf(name)), name), sum, name);
});

test("what Yarn would not take, and what cannot be known, has no checksum", async () => {
  const file = { path: "package/a.js", content: "1" };
  assert.equal(await yarnChecksum(packed([file, file]), "a"), undefined);
  assert.equal(await yarnChecksum(packed([{ ...file, path: "package/\u00e4.js" }]), "a"), undefined);
  assert.equal(await yarnChecksum(Buffer.from("no archive"), "a"), undefined);
  assert.equal(await yarnChecksum(packed([file]).subarray(0, 40), "a"), undefined);
});
