import assert from "node:assert/strict";
import { test } from "node:test";
import { flushPacket, packetLine } from "./packet-lines.ts";
import { readAdvertisement } from "./read-advertisement.ts";

const [one, two] = ["1".repeat(40), "2".repeat(40)];
const service = packetLine("# service=git-upload-pack\n") + flushPacket;
const read = (text: string) => readAdvertisement(Buffer.from(text));

test("refs are read as the remote names them, without HEAD and peeled tags", () => {
  const list = [`${one} HEAD\0multi_ack side-band-64k\n`, `${one} refs/heads/größe\n`, `${two} refs/tags/v1\n`];
  const raw = [...list, `${one} refs/tags/v1^{}\n`].map(packetLine).join("") + flushPacket;
  const answer = read(service + raw);
  assert.deepEqual(
    [...(answer?.refs ?? [])],
    [
      ["refs/heads/größe", one],
      ["refs/tags/v1", two],
    ],
  );
  assert.equal(answer?.raw.toString(), raw);
});

test("what is cut off, empty, of another protocol or not of git is left to git", () => {
  const line = packetLine(`${one} refs/heads/main\n`);
  for (const text of [
    "",
    "<html>",
    service,
    service + line,
    service + line.slice(0, 20),
    `${service}${packetLine("version 2\n")}${flushPacket}`,
    `${service}${packetLine(`${"0".repeat(40)} capabilities^{}\0ofs-delta\n`)}${line}${flushPacket}more`,
    `${service}${packetLine(`${one} refs/heads/a\x01b\n`)}${flushPacket}`,
  ])
    assert.equal(read(text), undefined, JSON.stringify(text));
});
