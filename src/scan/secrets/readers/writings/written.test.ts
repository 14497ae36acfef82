import assert from "node:assert/strict";
import { test } from "node:test";
import { sample } from "../../examples/example-values.ts";
import { pathFacts } from "../../paths/path-facts.ts";
import { reportedScore } from "../../scoring/score.ts";
import type { Proposal, View } from "../../text/view.ts";
import { readWrittenTable } from "../tables/written-table.ts";
import { writings } from "./writings.ts";
import { readWrittenCredential } from "./written-credential.ts";

const first = `gT${sample("base62", 9, "written")}7`;
const second = `gT${sample("base62", 9, "below")}7`;

function viewOf(path: string, text: string): View {
  const facts = pathFacts(path);
  assert.ok(facts);
  return { bytes: Buffer.from(text), facts };
}

function valuesOf({ bytes }: View, { candidates }: Proposal): readonly string[] {
  return candidates
    .filter(({ score = 0 }) => score >= reportedScore)
    .map(({ start, end }) => bytes.toString("utf8", start, end));
}

function inTable(text: string): readonly string[] {
  const view = viewOf("notes.md", text);
  const start = text.search(/\| *\**password/i);
  return valuesOf(view, readWrittenTable(view, { start: Buffer.byteLength(text.slice(0, start)), end: start + 10 }));
}

function written(path: string, text: string, anchor: string): readonly string[] {
  assert.ok(writings.has(anchor), anchor);
  const view = viewOf(path, text);
  const start = Buffer.byteLength(text.slice(0, text.toLowerCase().indexOf(anchor)));
  return valuesOf(view, readWrittenCredential(view, { start, end: start + anchor.length }));
}

test("of a sentence the value alone is read, whatever signs its script has", () => {
  const told = (text: string) => written("notes.md", `${text}\n`, "password is ");
  for (const text of [
    `“${first}”.`,
    `‘${first}’`,
    `«${first}»`,
    `「${first}」`,
    `${first}…`,
    `${first}&nbsp;`,
    `${first}, ok`,
    `${first}: keep it`,
    `${first}，然后`,
    `${first}。`,
  ])
    assert.deepEqual(told(`The password is ${text}`), [first], text);
});

test("every row below a heading is read, with either line end and behind other scripts", () => {
  const rows = [
    "| Büro | **Password** |",
    "|:---|---|",
    `| süd | \`${first}\` |`,
    `| west | ${second} |`,
    "",
    "| a | b |",
  ];
  assert.deepEqual(inTable(rows.join("\n")), [first, second]);
  assert.deepEqual(inTable(rows.join("\r\n")), [first, second]);
});

test("a row whose first cell is the name has its value in the second", () => {
  assert.deepEqual(inTable(`| Field | Value |\n|---|---|\n| Password | ${first} |\n`), [first]);
  assert.deepEqual(inTable(`| Field | Value | Note |\n|---|---|---|\n| x | Password | ${first} |\n`), []);
});

test("rows of another width, a user's own name and a line too long to be read give nothing and end nothing", () => {
  const head = "| Name | Password |\n|---|---|\n";
  assert.deepEqual(inTable(`${head}| a | b | ${first} |\n| a | ${first} | b |\n`), []);
  assert.deepEqual(inTable(`${head}| ${first} | ${first} |\n`), []);
  assert.deepEqual(inTable(`${head}| ${"x".repeat(1000)} | ${first} |\n| b | ${second} |\n`), [second]);
});

test("every column that names a password or key is read, as far as the next heading", () => {
  const next = `| Password | Note |\n|---|---|\n| ${first} | ${second} |\n`;
  const text = `| Old | Password | API Key |\n|---|---|---|\n| ops | ${first} | ${second} |\n${next}`;
  assert.deepEqual(inTable(text), [first, second]);
  const rows = Array.from({ length: 40 }, (_, row) => `| ops${row} | ${row === 39 ? first : "changeme"} |\n`);
  assert.deepEqual(inTable(`| User | Password |\n|---|---|\n${rows.join("")}`), [first]);
});

test("a bar behind a backslash is part of a cell, and stands alone in its value", () => {
  const view = viewOf("notes.md", `| Password | Note |\n|---|---|\n| ${first}\\|x | a \\| b |\n`);
  const [found] = readWrittenTable(view, { start: 0, end: 10 }).candidates;
  assert.equal(found?.value, `${first}|x`);
});

test("the first of two settings is no heading, and the words of one are no passwords", () => {
  assert.deepEqual(inTable(`| password | ${first} |\n| user | ops |\n`), [first]);
  assert.deepEqual(inTable("| password | strength |\n| harbor | good |\n"), []);
  assert.deepEqual(inTable(`| password | ${first} |\n|---|---|\n| harbor | good |\n`), []);
});

test("letters that hold the byte of a no-break space are letters", () => {
  assert.deepEqual(inTable(`| Р | Password |\n|---|---|\n| ops | ${first}à |\n`), [`${first}à`]);
  assert.deepEqual(inTable(`| Р | Password |\n|---|---|\n| ops |\u00a0${first}\u00a0|\n`), [first]);
});

test("a variable of Robot Framework is one only at the start of its line", () => {
  assert.deepEqual(written("a.robot", `\${DB_PASSWORD}    ${first}    # note\n`, "password}"), [first]);
  assert.deepEqual(written("a.robot", `    Log    \${DB_PASSWORD}    ${first}\n`, "password}"), []);
  assert.deepEqual(written("a.robot", `\${PASSWORD_HINT}    ${first}\n${"$"}{SECRET}    \${other}\n`, "secret}"), []);
});

test("what a name says decides: a hint, a label or a page is no password", () => {
  assert.deepEqual(written("a.kt", `"resetPassword" to "${first}"`, 'password" to '), [first]);
  assert.deepEqual(written("a.md", `**Public Key**: \`${first}\``, "key**"), []);
  assert.deepEqual(written("a.ts", `**Password**: \`${first}\``, "password**"), []);
});

test("an initialisation vector stands in a name of its own, beside a cipher", () => {
  const vector = `gT${sample("base62", 13, "vector")}7`;
  assert.deepEqual(written("a.cs", `aes.IV = GetBytes("${vector}");`, "iv ="), [vector]);
  assert.deepEqual(written("a.js", `const div = '${vector}'; cipher();`, "iv ="), []);
  assert.deepEqual(written("a.py", `DIV = '${vector}'; cipher()`, "iv ="), []);
});

test("an entry that begins with its value ends in many ways", () => {
  const entry = `- value: ${first}\n  name: `;
  for (const name of ['"PASSWORD"\n', "'PASSWORD'\r\n", "PASSWORD # note\n", "PASSWORD"]) {
    assert.deepEqual(written("a.yml", `${entry}${name}`, "- value:"), [first], name);
    assert.deepEqual(written("a.py", `${entry}${name}`, "- value:"), [], name);
  }
  assert.deepEqual(written("a.yml", `${entry}PASSWORD_HINT\n`, "- value:"), []);
  assert.deepEqual(written("a.yml", `- value: ${first} # note\r\n  name: PASSWORD\n`, "- value:"), [first]);
  assert.deepEqual(written("a.yml", `- value: ${first}\n- name: PASSWORD\n`, "- value:"), []);
});

test("a value before its name belongs to the name of its own entry", () => {
  const entry = `{"value": "${first}", "name": "DB_PASSWORD"}`;
  assert.deepEqual(written("a.json", entry, 'password"}'), [first]);
  assert.deepEqual(written("a.json", `{"name": "x", "value": "${first}"}, {"name": "DB_PASSWORD"}`, 'password"}'), []);
});

test("a value before its name has that name, whatever owns it", () => {
  assert.deepEqual(written("a.java", `"${first}".equals(this.user.getPassword())`, '".equals('), [first]);
  assert.deepEqual(written("a.js", `'${first}' === req.body["password"]`, "' =="), [first]);
  assert.deepEqual(written("a.cs", `"${first}" == txtPassword.Text)`, '" =='), [first]);
  assert.deepEqual(written("a.java", `"${first}".equals(userName)`, '".equals('), []);
  assert.deepEqual(written("a.js", `'${first}' === password.length`, "' =="), []);
  assert.deepEqual(written("a.js", `'${first}' === password + other`, "' =="), []);
});

test("a literal before its name begins with the quote that ends it", () => {
  assert.deepEqual(written("a.java", `"don't${first}" == password)`, '" =='), [`don't${first}`]);
  assert.deepEqual(written("a.js", `'say "${first}' == password)`, "' =="), [`say "${first}`]);
  assert.deepEqual(written("a.js", `'it\\'s${first}' == password)`, "' =="), []);
  assert.deepEqual(written("a.swift", `setValue("${first}", forKey: "password")`, ', forkey: "'), [first]);
  assert.deepEqual(written("a.swift", `setValue("it\\"s${first}", forKey: "password")`, ', forkey: "'), []);
});

test("an assertion says what something is called in either order", () => {
  assert.deepEqual(written("a.py", `assertEqual('${first}', user.password)`, "assertequal("), [first]);
  assert.deepEqual(written("a.py", `assertEqual(user["password"], '${first}')`, 'password"],'), [first]);
  assert.deepEqual(written("a.py", `assertEqual('${first}', user.name)`, "assertequal("), []);
  assert.deepEqual(written("a.py", `users["password"], '${first}'`, 'password"],'), []);
});

test("what a function gives back is its name's only if it does nothing else", () => {
  assert.deepEqual(written("a.java", `String getPassword() { return "${first}"; }`, "password()"), [first]);
  assert.deepEqual(
    written("a.java", `String getPassword() throws IOException {\n\treturn "${first}";\n}`, "password()"),
    [first],
  );
  assert.deepEqual(written("a.py", `def password(self):\n    return "${first}" + x\n`, "password(self)"), []);
});

test("what a window cuts is no value", () => {
  const long = sample("base62", 90, "window");
  const statement = `setenv ${"A".repeat(50)}_TOKEN`;
  assert.deepEqual(written("a.csh", `${statement} ${long.slice(0, 80)}\n`, "setenv "), [long.slice(0, 80)]);
  assert.deepEqual(written("a.csh", `${statement} ${long}${long}\n`, "setenv "), []);
  assert.deepEqual(
    written(
      "a.tf",
      `"azurerm_key_vault_secret" "db" {\n  name = "${"a".repeat(56)}"\n  slot = "${"a".repeat(56)}"\n  value = "${first}"\n}`,
      '"azurerm_key_vault_secret" "',
    ),
    [first],
  );
});

test("characters of several bytes are no white space and none of the signs", () => {
  assert.deepEqual(written("a.conf", `requirepass ${first}à7\n`, "requirepass "), [`${first}à7`]);
  assert.deepEqual(written("a.md", `**Password**: \`Рà${first}\``, "password**"), [`Рà${first}`]);
  assert.deepEqual(written("a.md", `**Password**:\u00a0${first}\n`, "password**"), [first]);
});
