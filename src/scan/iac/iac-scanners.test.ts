import assert from "node:assert/strict";
import { test } from "node:test";
import { iacScanners } from "./iac-scanners.ts";

test("the door lets through whatever the scanner selects", async () => {
  const [door] = iacScanners.tree;
  assert(door);
  const scanner = await door.load();
  assert.equal(scanner.name, door.name);
  const endings = [
    "ts",
    "py",
    "go",
    "md",
    "png",
    "csv",
    "lock",
    "tf",
    "json",
    "yaml",
    "bicep",
    "tpl",
    "txt",
    "tfvars",
    "tgz",
    "",
  ];
  const folders = ["", "templates/", "charts/", "charts/web/templates/", ".github/workflows/", "modules/a/"];
  const names = [
    "main",
    "Dockerfile",
    "app.dockerfile",
    "Containerfile",
    "Chart",
    "kustomization",
    "compose",
    "README",
  ];
  const paths = folders.flatMap((folder) =>
    names.flatMap((name) => endings.map((ending) => `${folder}${name}${ending === "" ? "" : `.${ending}`}`)),
  );
  assert.deepEqual(
    paths.filter((path) => scanner.selects(path) && !door.mayTake(path)),
    [],
  );
  assert(!door.mayTake("src/app.ts") && !door.mayTake(".gitignore"));
});
