// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of HCL look like that
import assert from "node:assert/strict";
import { test } from "node:test";
import { compareHcl } from "./compare-hcl.ts";

const sources: readonly string[] = [
  'resource "a" "b" {\n  x = 1\n  y {\n    z = [1, "two", null, true]\n  }\n  y {}\n}\n',
  'a {\n  lbl "x" y {\n    v = -1.5e2\n  }\n}\n/* c */ b = 1 # d\nc = 2 // e\n',
  'x = "a${b}c %{ if d }e%{ else }f%{ endif } $${g} %%{h} \\n\\t\\"\\\\ \\u00e9"\n',
  "x = <<A\n one ${b}\n  two\n\nA\ny = <<-B\n    three\n      four ${c ? 1 : 2}\n\n   five\n  B\nz = 1\n",
  "x = <<-A\n    %{ for k, v in b ~}\n    ${k}=${v}\n    %{ endfor ~}\n  A\n",
  'x = {\n  a = 1, b : 2\n  "c" = { d = [for e in f : e.g if e != null] }\n  (h) = i[*].j[0]\n  "k${l}" = m.*.n\n}\n',
  "x = { for k, v in y : upper(k) => v... if can(v.z) }\nw = provider::a::b(c, d...)\nv = a ? b : c ? d : e\n",
  'x = !a && (b || c) == (d >= e) \nz = a[b]["c"].d.0.e\nq = (1 + 2) * 3 % 4 / -5\n',
  "x = [\n  1, # one\n  2,\n]\ny = f(\n  1,\n  g(2),\n)\nz = a - b\nw = a-b\n",
];

test("our reader understands what an independent one understands", async () => {
  for (const source of sources) assert.equal(await compareHcl("a.tf", source), "same", source);
});

test("both refuse the same broken texts", async () => {
  for (const text of [
    "a = \n",
    "a = [1 2]\n",
    "a {\n",
    'a = "b\n',
    "a = <<X\nb\n",
    "a = b c\n",
    "a = f(,)\n",
    "= 1\n",
    "a b\n",
  ]) {
    assert.equal(await compareHcl("a.tf", text), "both refuse", text);
  }
});
