// biome-ignore-all lint/suspicious/noTemplateCurlyInString: holes in texts of Bicep look like that
import assert from "node:assert/strict";
import test from "node:test";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { positionOf } from "../text-file.ts";
import { parseBicep } from "./parse-bicep.ts";
import type { Statement } from "./syntax.ts";

const parse = (text: string) => parseBicep({ path: "main.bicep", text });

const nameOf = (statement: Statement) => ("name" in statement ? statement.name.name : statement.is);

/** What people leave behind while they write. */
const halfWritten: readonly string[] = [
  ..."param,param p string =,param p (a |,param p {,var,var v,var v =,var v = a +,var v = -,var v = a ?,var v = a ? b".split(
    ",",
  ),
  "var v = a ? b :",
  "var v = a ??",
  "var v = a.",
  "var v = a. + b.",
  "var v = a[",
  "var v = a[1",
  "var v = (",
  "var v = f(1,",
  "var v = f(a b)",
  "var v = x =>",
  "var v = [][]",
  "var v = {\n  1: true\n  +\n  a\n  b $\n  c =\n  d : %\n}",
  "var v = 'abc",
  "var v = 'a${b",
  "var v = 'a${'b",
  "var v = 'a${'b${c}'}",
  "var v = 'a\\q'",
  'var v = "abc"',
  "output,output o,output o string,output o string =,resource,resource r,resource r 'a/b@1',resource r 'a/b@1' =",
  "resource r 'a/b@1' = if (",
  "resource r 'a/b@1' = if (true)",
  "resource r 'a/b@1' = {\n  name: 'r'\n  properties: {\n    a: [\n      1\n  }\n}",
  "resource r 'a/b@1' = {\n  name: 'r\n  kind\n}",
  "module,module m,module m 'm.bicep',module m 'm.bicep' =",
  "module m 'm.bicep' = [for x in",
  "module m 'm.bicep' = [for x in y:]",
  "type,type t,type t =,type t = [,type t = a[,type t = 'a' |,type t = resourceInput<'a/b@1'",
  "func,func f,func f(,func f(a,func f(a string,func f(a string) string =>",
  "import,import {a,import * as,import * as x from,extension,extension x as,using,extends,targetScope =,metadata m =",
  "@,@secure,@f() nonsense,nonsense,},),],<<<<<<< HEAD,$x = 1",
].flatMap((text) => (text.includes("\n") || text.includes("(1,") ? [text] : text.split(",")));

test("A statement that ends too early costs nothing of those after it", () => {
  for (const text of halfWritten) {
    const { statements, problems } = parse(
      `param before string\n${text}\nvar after = 1\n\nresource kept 'a/b@1' = {\n  name: 'k'\n}\n@secure()\nparam last string\n`,
    );
    const names = statements.map(nameOf);
    for (const name of ["before", "after", "kept", "last"]) assert.ok(names.includes(name), `${text}: ${name} is lost`);
    const kept = statements.find((statement) => nameOf(statement) === "kept");
    assert.ok(kept?.is === "resource" && kept.value.is === "object" && !kept.value.broken, text);
    assert.ok(problems.length > 0, `${text}: nothing is said`);
  }
});

test("A member without a value keeps its name and those around it; one without a colon leaves the object open", () => {
  const text =
    "resource r 'a/b@1' = {\n  name: 'r'\n  kind:\n  location:\n\n  properties: {\n    a:\n    b: 1\n    c\n  }\n}";
  const { statements, problems } = parse(text);
  const [resource] = statements;
  const body = resource?.is === "resource" && resource.value.is === "object" ? resource.value : undefined;
  const members = body?.members.map((member) =>
    member.is === "property" && member.key.is === "literal" ? [member.key.value, member.value.is] : [],
  );
  assert.deepEqual(members, [
    ["name", "literal"],
    ["kind", "broken"],
    ["location", "broken"],
    ["properties", "object"],
  ]);
  const last = body?.members.at(-1);
  const inner = last?.is === "property" && last.value.is === "object" ? last.value : undefined;
  assert.deepEqual([body?.broken, inner?.broken, inner?.members.length], [false, true, 2]);
  const places = problems.map(({ place }) => positionOf(place.file, place.start));
  assert.deepEqual([places[0]?.line, places[0]?.column], [4, 3]);
});

test("What is closed nowhere ends with its line, and is told with the place where it begins", () => {
  const text = "param a string\n/* a note\nparam b string\nvar c = '''\nparam d string\nvar e = 'x${'\nvar f = 2\n";
  const { statements, problems } = parse(text);
  assert.deepEqual(statements.map(nameOf), ["a", "b", "c", "d", "e", "f"]);
  const lines = problems.map(({ place }) => positionOf(place.file, place.start).line);
  assert.deepEqual([lines.includes(2), lines.includes(4), lines.includes(6)], [true, true, true]);
});

test("A whole comment and a whole text may hold what looks like a statement", () => {
  const { statements, problems } = parse("/*\nparam a string\n*/\nvar b = '''\nparam c string\n'''\nvar d = [\n  1\n]");
  assert.deepEqual([statements.map(nameOf), problems], [["b", "d"], []]);
});

test("Long hostile texts end soon", () => {
  const count = 300_000;
  for (const piece of [
    "$",
    "/*\n",
    "var a = '''\n",
    "var a = '${\n",
    "@x(\n",
    "!",
    "$'''",
    "resource a 'b@1' = {\n",
    "b||",
  ]) {
    const text = piece.repeat(Math.ceil(count / piece.length) | 1); // odd: the last text in ''' is open
    const { problems } = takesAtMost(10, () => parse(text), piece);
    assert.ok(problems.length > 0, piece);
  }
});
