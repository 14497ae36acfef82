import assert from "node:assert/strict";
import { test } from "node:test";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { readPackages } from "../../testing/read-packages.ts";

test("a package file asks for versions", () => {
  const text = `opam-version: "2.0"
name: "app"
license: "ISC"
depends: [
  "ocaml" {>= "4.08" & < "5.0"}
  # "never"
  "dune" {build & >= "2.0"}
  ("alcotest" {with-test} | "ounit")
]
depopts: "lwt"
`;
  const { lines, manifests, problems } = readPackages({ "app.opam": text });
  assert.deepEqual(lines, [
    "alcotest@? app.opam:8 dev",
    "app@? app.opam:1",
    "dune@? app.opam:7",
    "lwt@? app.opam:10",
    "ocaml@? app.opam:5",
    "ounit@? app.opam:8",
  ]);
  assert.equal(manifests[0]?.packages[1]?.requirement, '>= "4.08" & < "5.0"');
  assert.equal(problems[0]?.code, "not-locked");
});

test("locked files, exported switches and lists have versions", () => {
  const locked = 'opam-version: "2.0"\ndepends: [\n  "dune" {= "3.7.2"}\n]\n';
  assert.ok(readPackages({ "app.opam.locked": locked }).lines.includes("dune@3.7.2 app.opam.locked:3"));
  const exported = 'opam-version: "2.0"\nroots: ["dune.3.7.2"]\ninstalled: ["dune.3.7.2" "base-unix.base"]\n';
  assert.deepEqual(readPackages({ "x.opam.export": exported }).lines, [
    "base-unix@base x.opam.export:3 transitive",
    "dune@3.7.2 x.opam.export:3",
  ]);
  assert.deepEqual(readPackages({ opam: "# list\ndune.3.7.2\ncore.0.15.1 # it\n" }).lines, [
    "core@0.15.1 opam:3",
    "dune@3.7.2 opam:2",
  ]);
});

test("hostile files cost little", () => {
  takesAtMost(10, () => {
    for (const piece of ['depends: ["', '"a" {', "installed: [", "name.1\n"])
      readPackages({ "a.opam": `${piece}\n`.repeat(20_000) });
  });
});
