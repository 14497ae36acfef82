import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { openKnowledge } from "../open-knowledge.ts";
import { osvFiles } from "../testing/osv-files.ts";
import { serveFiles } from "../testing/serve-files.ts";
import { updateKnowledge } from "../update/update-knowledge.ts";
import { exportKnowledge } from "./export-knowledge.ts";
import { importKnowledge } from "./import-knowledge.ts";

const folder = mkdtempSync(join(tmpdir(), "bundle-"));
const [from, to] = [join(folder, "from"), join(folder, "to")];
const [plain, signed] = [join(folder, "plain.tar"), join(folder, "signed.tar")];
const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const key = publicKey.export({ format: "der", type: "spki" }).subarray(-32).toString("base64");

before(async () => {
  await using server = await serveFiles(osvFiles([{ id: "GHSA-1", modified: "2024-01-01T00:00:00Z", name: "lodash" }]));
  const source = { name: "osv", kind: "osv", licence: "CC0-1.0", ecosystems: ["npm"], isRequired: true } as const;
  await updateKnowledge({ folder: from, sources: [{ ...source, from: { is: "address", address: server.url } }] });
  await exportKnowledge({ folder: from, file: plain });
  await exportKnowledge({
    folder: from,
    file: signed,
    privateKey: privateKey.export({ format: "pem", type: "pkcs8" }) as string,
  });
});
after(() => rmSync(folder, { recursive: true, force: true }));

function ask(): readonly string[] {
  const knowledge = openKnowledge(to);
  const found = knowledge.advisoriesOf("npm", "lodash").map(({ id }) => id);
  knowledge.close();
  return found;
}

describe("a bundle", () => {
  const wrong: readonly (readonly [string, () => { readonly file: string; readonly publicKey?: string }, RegExp])[] = [
    [
      "with a wrong checksum",
      () => ({ file: changed(plain, (bytes) => (bytes[bytes.length - 2000] = 0x7f)) }),
      /the checksum of .* differs|is damaged/,
    ],
    ["that is cut off", () => ({ file: written(readFileSync(plain).subarray(0, 3000)) }), /cut off|is missing/],
    ["that is something else", () => ({ file: written(Buffer.alloc(2000, "x")) }), /no tar file/],
    ["without a signature where a key is configured", () => ({ file: plain, publicKey: key }), /not signed/],
    [
      "with a manifest that was changed after it was signed",
      () => ({
        file: changed(signed, (bytes) => bytes.write("9", bytes.indexOf('"created": "2') + 12)),
        publicKey: key,
      }),
      /signature is of another key/,
    ],
    ["that leaves its folder", () => ({ file: replaced(plain, "npm/all.zip", "npm/../../x") }), /names a file/],
  ];
  for (const [what, make, message] of wrong) {
    it(`${what} is refused, and changes nothing`, async () => {
      await assert.rejects(importKnowledge({ folder: to, ...make() }), message);
      assert.deepEqual(ask(), []);
      assert.ok(!existsSync(join(to, "import.part")) && !existsSync(join(to, "sources")));
    });
  }

  it("brings everything to a machine without a network, with its age", async () => {
    const { built, sources } = await importKnowledge({ folder: to, file: signed, publicKey: key });
    assert.deepEqual([built, sources], [["advisories-npm"], ["osv"]]);
    assert.deepEqual(ask(), ["GHSA-1"]);
    const [there, here] = [openKnowledge(from), openKnowledge(to)];
    assert.deepEqual(here.status().sources, there.status().sources);
    there.close();
    here.close();
    assert.deepEqual((await importKnowledge({ folder: to, file: plain })).built, []);
  });
});

function written(bytes: Buffer): string {
  const file = join(folder, "wrong.tar");
  writeFileSync(file, bytes);
  return file;
}

function changed(file: string, change: (bytes: Buffer) => void): string {
  const bytes = Buffer.from(readFileSync(file));
  change(bytes);
  return written(bytes);
}

/** In the manifest, which stands first. */
function replaced(file: string, text: string, by: string): string {
  return changed(file, (bytes) => bytes.write(by, bytes.indexOf(text)));
}
