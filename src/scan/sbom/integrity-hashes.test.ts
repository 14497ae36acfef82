import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ecosystem } from "#model/ecosystem.ts";
import { hashesOf } from "./integrity-hashes.ts";

const base64 = (length: number) => Buffer.alloc(length, 0xab).toString("base64");
const hex = (length: number) => "ab".repeat(length);

const cases: readonly (readonly [Ecosystem, string, string])[] = [
  ["npm", `sha512-${base64(64)}`, "SHA-512"],
  ["npm", `sha1-${base64(20)} sha512-${base64(64)}?foo`, "SHA-512 SHA-1"],
  ["NuGet", `SHA-512:${hex(64)}`, "SHA-512"],
  ["PyPI", `sha256:${hex(32)}`, "SHA-256"],
  ["RubyGems", `sha256=${hex(32).toUpperCase()}`, "SHA-256"],
  ["crates.io", hex(32), "SHA-256"],
  ["Packagist", hex(20), "SHA-1"],
  ["Docker", `sha256:${hex(32)}`, "SHA-256"],
  ["opam", `md5=${hex(16)}`, "MD5"],
  ["Generic", `SHA384:${hex(48)}`, "SHA-384"],
  // No hashes of files, or none that are whole.
  ["Go", `h1:${base64(32)}`, ""],
  ["NuGet", base64(64), ""],
  ["NuGet", `sha512-${base64(64)}`, ""],
  ["npm", `10c0/${hex(64)}`, ""],
  ["GitHub Actions", hex(20), ""],
  ["Julia", hex(20), ""],
  ["npm", `sha512-${base64(63)}`, ""],
  ["crates.io", `${hex(31)}zz`, ""],
  ["npm", "sha512-".repeat(100_000), ""],
];

for (const [ecosystem, integrity, algorithms] of cases) {
  test(`${ecosystem} ${integrity.slice(0, 40)}`, () => {
    const found = hashesOf({ ecosystem, integrity });
    assert.equal(found.map(({ algorithm }) => algorithm).join(" "), algorithms);
    assert.ok(found.every((one) => /^(?:ab)+$/.test(one.hex)));
  });
}
