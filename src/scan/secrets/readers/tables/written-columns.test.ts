import assert from "node:assert/strict";
import { test } from "node:test";
import { sample } from "../../examples/example-values.ts";
import { pathFacts } from "../../paths/path-facts.ts";
import { reportedScore } from "../../scoring/score.ts";
import type { View } from "../../text/view.ts";
import { columnHeads, readWrittenColumns } from "./written-columns.ts";

const first = `gT${sample("base62", 9, "written")}7`;
const second = `gT${sample("base62", 9, "below")}7`;

function viewOf(text: string): View {
  const facts = pathFacts("export.csv");
  assert.ok(facts);
  return { bytes: Buffer.from(text), facts };
}

/** What is found at the first neighbours of a heading. */
function inColumns(text: string): readonly string[] {
  const view = viewOf(text);
  const found = new RegExp(columnHeads.join("|"), "i").exec(text);
  assert.ok(found);
  const start = Buffer.byteLength(text.slice(0, found.index));
  return readWrittenColumns(view, { start, end: start + found[0].length })
    .candidates.filter(({ score = 0 }) => score >= reportedScore)
    .map(({ start: from, end, value }) => value ?? view.bytes.toString("utf8", from, end));
}

test("every column that names a password or key is read", () => {
  assert.deepEqual(inColumns(`user,password,admin_password\nops,${first},${second}\n`), [first, second]);
  assert.deepEqual(inColumns(`user;password;note\nops;${first};${second}\n`), [first]);
});

test("an empty line, one of another width and a long one end nothing", () => {
  const rows = ["user,password,note", "", `ann,x`, `ops,${first},${"n".repeat(1500)}`, `bob,${second},y`];
  assert.deepEqual(inColumns(rows.join("\n")), [first, second]);
  assert.deepEqual(inColumns(rows.join("\r\n")), [first, second]);
  assert.deepEqual(inColumns(rows.join("\r")), [first, second]);
});

test("exports are read as they come: tabs between quotes, doubled quotes, lines within a cell", () => {
  assert.deepEqual(inColumns(`"username"\t"password"\n"ops"\t"${first}"\n`), [first]);
  assert.deepEqual(inColumns(`user,password\nops,"${first}"","\nann, ${second} \n`), [`${first}",`, second]);
  const notes = `"One ""note"",\nand another, of two lines"`;
  assert.deepEqual(inColumns(`name,note,username,password\nshop,${notes},ops,${first}\n`), [first]);
  assert.deepEqual(inColumns(`note,username,password\n"of no end,ops,x\n,ann,${first}\n`), [first]);
  assert.deepEqual(inColumns(`name,login_username,login_password\nshop,ops,${first}\n`), [first]);
});

test("a formula of a spreadsheet is a text, and what is doubled within quotes stands once", () => {
  assert.deepEqual(inColumns(`user,password\n="ops",="${first}"\n`), [first]);
  assert.deepEqual(inColumns(`user,password\n"ops","=""${first}"""\n`), [first]);
});

test("a cell in quotes is as long as it is, and a quote that none closes belongs to no value", () => {
  const note = `"{${'""key"": 1, '.repeat(40)}${"of the shop, and more\n".repeat(200)}}"`;
  assert.deepEqual(inColumns(`user,password,note\nops,${first},${note}\nann,${second},x\n`), [first, second]);
  assert.deepEqual(inColumns(`user,password\nops,"${first}\nann,"${second}"\n`), [first, second]);
  assert.deepEqual(inColumns(`note,user,password\n"a,b"x,ops,${first}\n"a"x,ann,${second}\n`), [second]);
});

test("a table ends where another one begins, whatever its sign", () => {
  assert.deepEqual(inColumns(`user,password\nops,${first}\n\nuser;password\nann;${second}\n`), [first]);
});

test("a long file is read to its end, as far as the next heading", () => {
  const rows = Array.from({ length: 600 }, (_, row) => `ops${row},${row === 500 ? first : "changeme"}\n`);
  assert.deepEqual(inColumns(`user,password\n${rows.join("")}`), [first]);
  assert.deepEqual(inColumns(`user,password\nops,${first}\nname,password\nann,${second}\n`), [first]);
  assert.deepEqual(inColumns(`user,password\ntestuser,password!\nann,${second}\n`), [second]);
});

test("a heading may end with its separator, and names anything", () => {
  assert.deepEqual(inColumns(`user,password,\nops,${first},\nann,${second}\n`), [first, second]);
  assert.deepEqual(inColumns(`user,password\nops,${first},\nann,${second},of the shop\n`), [first]);
  assert.deepEqual(inColumns(`Name;user;password;Straße\nShop;ops;${first};Am Tor\n`), [first]);
  assert.deepEqual(inColumns(`user,password (plain),last used?\nops,${first},today\n`), [first]);
  assert.deepEqual(inColumns(`user, password\nops, ${first}\n`), [first]);
  assert.deepEqual(inColumns(`#user,password*\nops,${first}\n`), [first]);
  assert.deepEqual(inColumns(`'user','password'\n'ops','${first}'\n`), [first]);
});

test("a heading is a line of names", () => {
  assert.deepEqual(inColumns(`login(user,password)\n${first},${first}\n`), []);
  assert.deepEqual(inColumns(`${"x".repeat(1000)},user,password\na,ops,${first}\n`), []);
});
