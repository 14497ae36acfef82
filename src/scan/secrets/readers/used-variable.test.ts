import assert from "node:assert/strict";
import { test } from "node:test";
import { sample, samplePassword } from "../examples/example-values.ts";
import { anyFacts } from "../paths/path-facts.ts";
import { readUsedVariable } from "./used-variable.ts";

const key = sample("base62", 32, "used");
const password = samplePassword("used");

/** What is found at the last place where the anchor stands. */
function found(text: string, anchor: string): readonly string[] {
  const bytes = Buffer.from(text);
  const start = bytes.lastIndexOf(anchor);
  assert.ok(start >= 0, anchor);
  const { candidates } = readUsedVariable({ bytes, facts: anyFacts }, { start, end: start + anchor.length });
  return candidates.map((one) => bytes.toString("utf8", one.start, one.end));
}

test("the variable is found in whatever makes bytes of it", () => {
  for (const given of ["k", "self.k", "this->k", "k.encode()", "bytes(k, 'utf-8')", "[]byte(k)", "K8s.from(k)"])
    assert.deepEqual(found(`k = "${key}"\nFernet(${given})`, "Fernet("), [key], given);
  for (const given of ["k[0]", "k()", "k + x", "load(k)", `"${key}"`])
    assert.deepEqual(found(`k = "${key}"\nFernet(${given})`, "Fernet("), [], given);
});

test("the literal may be assigned in any language", () => {
  for (const assigned of [
    `k := []byte("${key}")`,
    `let k: String = "${key}"`,
    `{ k: '${key}' }`,
    `"k": "${key}"`,
    `k=b"${key}"`,
  ])
    assert.deepEqual(found(`${assigned}\nFernet(k)`, "Fernet("), [key], assigned);
  for (const assigned of [
    `ok = "${key}"`,
    `k == "${key}"`,
    `k2 = "${key}"`,
    `k = x("${key}")`,
    `k = "${key}"\nk = load()`,
  ])
    assert.deepEqual(found(`${assigned}\nFernet(k)`, "Fernet("), [], assigned);
});

test("a parameter takes it in an address, a table or a text that goes on", () => {
  for (const given of ["=$k", `=\${k}`, "={k}", "=#{k}", "=\\(k)", '=" + k', "=' . $k", '": k', '" => $k', '", k'])
    assert.deepEqual(found(`k = "${key}"\n"?api_key${given}`, "api_key"), [key], given);
  for (const given of ["=k", '="k', '": k.name', '": k()', '": k[0]'])
    assert.deepEqual(found(`k = "${key}"\n"?api_key${given}`, "api_key"), [], given);
});

test("it is found up to 800 bytes before, and the last argument only where the call is seen to end", () => {
  assert.deepEqual(found(`k = "${key}"\n${" ".repeat(740)}Fernet(k)`, "Fernet("), [key]);
  assert.deepEqual(found(`k = "${key}"\n${" ".repeat(840)}Fernet(k)`, "Fernet("), []);
  const connect = (more: string) => found(`p = "${password}"\ngetConnection(url, p${more})`, "getConnection(");
  assert.deepEqual(connect(" "), [password]);
  assert.deepEqual(connect(`${" ".repeat(200)}, more`), []);
});

test("names that say it are left to others, and a number of an application is none", () => {
  assert.deepEqual(found(`secret = "${key}"\nFernet(secret)`, "Fernet("), []);
  const digits = sample("hexLower", 32, "used");
  assert.deepEqual(found(`k = "${digits}"\n"?appid=" + k`, "appid"), [digits]);
  assert.deepEqual(found(`k = "${digits}"\n{ appId: k }`, "appId"), []);
  assert.deepEqual(found(`k = "${key}"\n"?appid=" + k`, "appid"), []);
});
