/** Inputs made to stall a scanner: the cost must grow with the size, not with its square. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { leastProcessorTimeOf, processorTimeOf, takesAtMost } from "#model/testing/processor-time.ts";
import { sourceFileOf } from "../source-file-of.ts";
import { base64, sample, sampleBytes } from "./examples/example-values.ts";
import { findSuspects } from "./history/find-suspects.ts";
import { secretRules } from "./rules.generated.ts";
import { secretsScanner } from "./secrets-scanner.ts";

const context = { fingerprintKey: new Uint8Array(32) };
const megabyte = 1024 * 1024;

function filled(piece: string, bytes: number): string {
  return piece.repeat(Math.ceil(bytes / piece.length)).slice(0, bytes);
}

const small = 32 * 1024;
const large = 8 * small;
/** Seconds that the large text may take. */
const mostOfLarge = 1.5;
/** Eight times the size, three times for noise; a square would be 64. */
const mostGrowth = 24;

/** What may be done with a text: searched as a file of a tree, or, without a path, as a version in a history. */
function look(text: string, path: string | undefined): void {
  const bytes = Buffer.from(text, "latin1");
  if (path === undefined) findSuspects(bytes, undefined);
  else secretsScanner.scan(sourceFileOf(path, "0", bytes), context);
}

function growsWithSize(piece: string, path: string | undefined): void {
  const work = (size: number) => () => look(filled(piece, size), path);
  const ofSmall = Math.max(processorTimeOf(work(small)), 0.01);
  const ofLarge = leastProcessorTimeOf(work(large), Math.min(mostOfLarge, mostGrowth * ofSmall));
  const what = `${path ?? "in a history"}: ${small} bytes ${ofSmall.toFixed(3)} s, ${large} bytes ${ofLarge.toFixed(3)} s`;
  assert.ok(ofLarge < mostGrowth * ofSmall && ofLarge < mostOfLarge, what);
}

const anchors = secretRules.flatMap((rule) => rule.anchors.map((anchor) => anchor.text));
const deep = Array.from({ length: 40 }, (_, index) => `"a${index}": {"password": "${"\\".repeat(index)}`).join("");

const pieces: Readonly<Record<string, string>> = {
  "one character": "a",
  "one base64 character": "A",
  spaces: " ",
  quotes: '"',
  dashes: "-----BEGIN RSA PRIVATE KEY-----\n",
  "open keys": `-----BEGIN PRIVATE KEY-----\n${sample("base64", 64)}\n`,
  "all anchors": anchors.join(" "),
  "all anchors without a gap": anchors.join(""),
  names: "passwordpassword_secret_token_",
  "assignments without an end": "password='",
  assignments: `password="${sample("base62", 5)}!" `,
  "nested quotes": deep,
  "token heads": "eyJ.eyJ",
  "token chains": "eyJhbGciOiJIUzI1NiJ9.",
  addresses: "://a:b",
  "addresses with ats": "://a:@@@@@@@@@@@@@@@@@@",
  basic: `Basic ${base64("Aladdin:open")} `,
  documents: "kind: Secret\n",
  "documents with data": "kind: Secret\ndata:\n  a: QUJDREVGRw==\n",
  "objects within an object": '{"kind":"Secret",',
  "key files": "PuTTY-User-Key-File-2: a\nEncryption: none\n",
  "service accounts": '"private_key": "-----BEGIN PRIVATE KEY-----\\n',
  signatures: "&sig=%2B&sv=2020-01-01&se=1&",
  markers: "sallyport:allow jwt ",
  xml: "<password>",
  tables: `\n| password |\n${"| aB3kkq9Z |\n".repeat(40)}`,
  "headings of tables": "| password |\n|---|\n",
  "keys of a cloud": "AKIA secret ",
  runs: "abcdefgh234567abcdefgh234567abcdefgh234567abcdefgh23 ",
};

for (const [name, piece] of Object.entries(pieces)) {
  test(`${name}: cost grows with the size`, () => {
    for (const path of ["a.ts", "a.yaml", undefined]) growsWithSize(piece, path);
  });
}

const headings = "user,password,".repeat(60);

/** Hits that stand side by side ask for the same table or list, in trees and in histories. */
const ofLists: Readonly<Record<string, readonly [path: string, piece: string]>> = {
  "a cell of blanks": ["a.csv", `user,password\n${" ".repeat(60_000)}x\n`],
  "cells of quotes": ["a.csv", `user,password\n${'",""",""a,"'.repeat(6000)}\n`],
  "headings of AsciiDoc": ["a.adoc", "|===\n|user |password\n\n|x\n"],
  "names in grids": ["a.rst", "+---+---+\n| user | password |\n"],
  "names of columns in one line": ["a.csv", `${headings}x\n${`${"a,".repeat(120)}a\n`.repeat(30)}`],
  "names of columns that are none": ["a.csv", `${headings}(\n`],
  "names in one heading": [
    "a.md",
    `\n${"| password ".repeat(85)}|\n${"|---".repeat(85)}|\n${`${"| a".repeat(85)}|\n`.repeat(200)}`,
  ],
  "names without a bar at the end": ["a.md", `${"password | ".repeat(85)}\n${"x".repeat(990)}\n`],
  "tables of users in their comments": ["a.py", "'a': 'b', # users = {\n"],
  "lists in lists": ["a.yaml", Array.from({ length: 56 }, (_, depth) => `${" ".repeat(depth)}- keys:\n`).join("")],
  "lists without an entry": ["a.yaml", "- keys:\n"],
  "lists in brackets without an end": ["a.yaml", "- keys: [[\"\\\"a\\\"b\", 'c''d'\n"],
  "lists of lists": ["a.yaml", `${"- keys: ".repeat(12)}[\n`],
  "a cell of backticks": ["a.md", `| password |\n|---|\n${`| x${" `".repeat(490)}x |\n`.repeat(60)}`],
};

for (const [name, [path, piece]] of Object.entries(ofLists)) {
  test(`${name}: cost grows with the size`, () => {
    for (const way of [path, undefined]) growsWithSize(piece, way);
  });
}

test("what is judged in tables counts as work", () => {
  const row = `${Array.from({ length: 90 }, (_, column) => `|harbor${column}`).join("")}|\n`;
  const table = `\n${"|token ".repeat(90)}|\n${"|---".repeat(90)}|\n${row.repeat(60)}`;
  const bytes = Buffer.from(filled(table, 4 * megabyte));
  assert.equal(secretsScanner.scan(sourceFileOf("a.md", "0", bytes), context).problems.length, 1);
});

test("random bytes and random text neither stall nor find", () => {
  const noise = Buffer.concat(Array.from({ length: 16 }, (_, index) => sampleBytes(megabyte / 8, `noise${index}`)));
  const text = Buffer.from(noise.toString("base64"));
  for (const [bytes, path] of [
    [noise, "a.txt"],
    [text, "a.txt"],
    [text, "a.yaml"],
  ] as const) {
    const { findings, problems } = secretsScanner.scan(sourceFileOf(path, "0", bytes), context);
    assert.deepEqual([findings.length, problems.length], [0, 0]);
  }
});

test("passwords in base64 are not judged one by one, only to be left alone", () => {
  const lines = Array.from({ length: 25_000 }, (_, index) => base64(`password=aB3kkq9ZpLmW2${index}`));
  takesAtMost(2.5, () => look(lines.join("\n"), "a.txt"));
});
