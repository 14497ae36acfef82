/** What is one value and what is not where literals follow each other, as languages have it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { sample } from "../examples/example-values.ts";
import { anyFacts, pathFacts } from "../paths/path-facts.ts";
import { readSecret } from "../readers/named-literal.ts";
import { readNamedLiteral } from "./read-named-literal.ts";

const [a, b, c] = ["a", "b", "c"].map((seed) => sample("base62", 12, seed)) as [string, string, string];

function hitIn(text: string) {
  const start = text.search(/key/i);
  return { start, end: start + 3 };
}

function valueIn(path: string, text: string): string | undefined {
  const facts = pathFacts(path);
  assert.ok(facts);
  return readNamedLiteral({ bytes: Buffer.from(text), facts }, hitIn(text))?.value;
}

test("pieces with a sign between them are one, in as many lines as they take", () => {
  assert.equal(valueIn("A.java", `String apiKey = "${a}" +\n    "${b}" +\n    "${c}";\n`), a + b + c);
  assert.equal(valueIn("A.java", `String apiKey = "${a}"\r\n    + "${b}"\r\n    + "${c}";\r\n`), a + b + c);
  assert.equal(valueIn("a.php", `$apiKey = '${a}' . "${b}";`), a + b);
  assert.equal(valueIn("a.ps1", `$apiKey = "${a}" + "${b}"\n`), a + b);
  assert.equal(valueIn("a.vb", `apiKey = "${a}" & "${b}"\n`), a + b);
  assert.equal(valueIn("a.js", `apiKey = "${a}" + "${b}" + page;`), a);
  assert.equal(valueIn("a.js", `apiKey = "${a}" + page;`), a);
  assert.equal(valueIn("a.js", `apiKey = "${a}à" + "à${b}" + "Рà";`), `${a}àà${b}Рà`);
});

test("a note, an empty line or the underscore of Basic may stand between", () => {
  assert.equal(
    valueIn("A.java", `String apiKey = "${a}" + // "first"\n    "${b}" // second\r\n    + "${c}";\n`),
    a + b + c,
  );
  assert.equal(valueIn("A.java", `String apiKey = "${a}"\n\n    + "${b}";\n`), a + b);
  assert.equal(valueIn("a.vb", `apiKey = "${a}" & _\r\n    "${b}" & _\r\n    "${c}"\r\n`), a + b + c);
  assert.equal(valueIn("a.py", `api_key = ("${a}"  # first\n    "${b}")\n`), a + b);
  assert.equal(valueIn("a.c", `const char *api_key = "${a}" // first\n    "${b}";\n`), a + b);
  assert.equal(valueIn("a.ts", `const apiKey = "${a}" /* of */ + /* the shop */ "${b}";\n`), a + b);
  assert.equal(valueIn("a.py", `api_key = ("${a}"\n    # second\n    "${b}")\n`), a + b);
  assert.equal(valueIn("A.java", `String apiKey = "${a}" +\n    // second\n    "${b}";\n`), a + b);
  assert.equal(valueIn("A.java", `String apiKey = "${a}"\n    // second\n    + "${b}";\n`), a + b);
  assert.equal(valueIn("a.ps1", `$apiKey = "${a}" + \`\r\n  "${b}"\r\n`), a + b);
  assert.equal(valueIn("a.py", `api_key = "${a}"  # + "${b}"\nname = "${c}"\n`), a);
  assert.equal(valueIn("A.java", `String apiKey = "${a}"; // of\n   "${b}".trim();\n`), a);
});

test("backticks, bars and a call put pieces together as well", () => {
  assert.equal(valueIn("a.ts", `const apiKey = \`${a}\` + \`${b}\`;\n`), a + b);
  assert.equal(valueIn("a.go", `apiKey := "${a}" + \`${b}\`\n`), a + b);
  assert.equal(valueIn("a.ts", `const apiKey = \`${a}\` + \`\${page}${b}\`;\n`), a);
  assert.equal(valueIn("a.sql", `api_key = '${a}' || '${b}';\n`), a + b);
  assert.equal(valueIn("A.java", `String apiKey = "${a}".concat("${b}");\n`), a + b);
  assert.equal(valueIn("a.py", `api_key = ('${a}'\n    "${b}")\n`), a + b);
  assert.equal(valueIn("a.py", `api_key = '${a}' "${b}"\n`), a);
  assert.equal(valueIn("a.sh", `API_KEY='${a}' || "${b}"\n`), a);
});

test("a note may stand between a name and its value", () => {
  assert.equal(valueIn("a.ts", `const apiKey = /* of the shop */ "${a}";\n`), a);
  assert.equal(valueIn("a.ts", `const apiKey =\n  // of the shop\n  "${a}";\n`), a);
  assert.equal(valueIn("a.ts", `const apiKey = // of the shop\r\n  "${a}" +\r\n  "${b}";\r\n`), a + b);
  assert.equal(valueIn("a.yml", `apiKey:\n  # of the shop\n  "other": "${a}"\n`), undefined);
  assert.equal(valueIn("a.env", `API_KEY=/a/"${a}"\n`), undefined);
});

test("of more pieces than are read the first are the value", () => {
  const pieces = Array.from({ length: 12 }, (_, index) => sample("base62", 8, `${index}`));
  const text = `String apiKey = "${pieces.join('"\n  + "')}";`;
  assert.equal(valueIn("A.java", text), pieces.slice(0, 9).join(""));
});

test("pieces side by side are one where the language has it so", () => {
  assert.equal(valueIn("a.py", `API_KEY = (\n    "${a}"\n    "${b}"\n)\n`), a + b);
  assert.equal(valueIn("a.py", `API_KEY_OF_THE_SHOP = (\n    "${a}"\n    "${b}"\n)\n`), a + b);
  assert.equal(valueIn("a.py", `shop = Shop(api_key="${a}"\n            "${b}", port=1)\n`), a + b);
  assert.equal(valueIn("a.rb", `api_key = '${a}' \\\n  '${b}'\n`), a + b);
  assert.equal(valueIn("a.c", `const char *api_key = "${a}" "${b}";`), a + b);
  assert.equal(valueIn("a.c", `const char *api_key =\n    "${a}"\n    "${b}"\n    "${c}";`), a + b + c);
  assert.equal(valueIn("a.py", `api_key = "${a}" "à${b}"\n`), `${a}à${b}`);
  assert.equal(valueIn("a.ml", `connect ~api_key:"${a}"\n  "${b}"\n`), a);
  assert.equal(valueIn("a.el", `(setq api-key="${a}" "${b}")\n`), a);
});

test("a command behind a variable of its own is none of it, and no sentence behind a value", () => {
  for (const path of ["a.sh", "a.yml", "Dockerfile", "a.md", "a.log", "a.conf", "Makefile"]) {
    assert.equal(valueIn(path, `RUN API_KEY='${a}' "$TOOL" publish\n`), a, path);
    assert.equal(valueIn(path, `API_KEY="${a}" "tool"\n`), a, path);
    assert.equal(valueIn(path, `export API_KEYS=("${a}" "${b}")\n`), a, path);
    assert.equal(valueIn(path, `API_KEY="${a}" \\\n  "tool" publish\n`), a, path);
  }
  assert.equal(valueIn("a.sh", `API_KEY="${a}" . "./tool.sh"\n`), a);
  assert.equal(valueIn("a.bat", `set API_KEY="${a}" & "C:/tool.exe"\n`), a);
  for (const path of ["a.md", "a.txt", "a.log", "a.conf", "a.html"]) {
    for (const sign of [".", "..", "&"])
      assert.equal(valueIn(path, `Use api_key = "${a}" ${sign} "Other".\n`), a, path);
    assert.equal(valueIn(path, `apiKey = "${a}" + "${b}";\n`), a + b, path);
  }
  const held = [
    `API_KEY="${a}" "tool"`,
    `API_KEY="${a}" \\\n  "tool"`,
    `API_KEY="${a}"\n  "$TOOL"`,
    `API_KEY="${a}"\n  "tool" x`,
  ];
  for (const command of held) assert.equal(valueIn("a.py", `run("""\n  ${command}\n""")\n`), a, command);
  assert.equal(valueIn("a.py", `run("API_KEY='${a}' 'tool'")\n`), a);
});

test("words below a name are about it", () => {
  assert.equal(valueIn("a.py", `class Shop:\n    api_key = "${a}"\n    "Of the shop."\n`), a);
});

test("without a path either may be the value", () => {
  const text = `API_KEY = "${a}${b}"\n  "${c}"\n`;
  const { candidates } = readSecret({ bytes: Buffer.from(text), facts: anyFacts }, hitIn(text));
  assert.deepEqual(
    candidates.map(({ start, end, value }) => value ?? text.slice(start, end)),
    [a + b + c, a + b],
  );
});
