/** What readAssignment reads must not be refused before. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { anyFacts } from "../paths/path-facts.ts";
import { readAssignment } from "./read-assignment.ts";

function valueIn(text: string): string | undefined {
  const start = text.indexOf("password");
  const found = readAssignment({ bytes: Buffer.from(text), facts: anyFacts }, { start, end: start + 8 });
  return found && text.slice(found.start, found.end);
}

test("every method that takes a value is read behind a name, and behind a call that has it", () => {
  const methods = "equals equalsIgnoreCase compareTo eql? sendKeys send_keys fill type set setValue set_value".split(
    " ",
  );
  for (const method of methods) {
    assert.equal(valueIn(`password.${method}("harbor")`), "harbor", method);
    assert.equal(valueIn(`find("password").${method}("harbor")`), "harbor", method);
    assert.equal(valueIn(`my.password.${method}( 'harbor')`), "harbor", method);
  }
  assert.equal(valueIn('password.trim("harbor")'), undefined);
  assert.equal(valueIn('password.set("shop", "harbor")'), undefined);
  assert.equal(valueIn('password.fill("harbor", { force: true })'), "harbor");
});

test("every line that may stand alone below a name is read", () => {
  for (const line of ["value", "default", "parameterValue"])
    assert.equal(valueIn(`password:\n  ${line}: harbor\n`), "harbor", line);
});
