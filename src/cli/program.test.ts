import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { runSallyport, startSallyport } from "./testing/run-sallyport.ts";
import { version } from "./version.ts";

describe("the command line", () => {
  it("says its version and its commands", async () => {
    const said = await runSallyport(["--version"]);
    assert.deepEqual([said.code, said.stdout], [0, version]);
    const help = await runSallyport(["--help"]);
    assert.equal(help.code, 0);
    for (const command of [
      "scan",
      "packages",
      "policy",
      "rules",
      "advisories",
      "serve",
      "doctor",
      "backup",
      "restore",
    ]) {
      assert.match(help.stdout, new RegExp(`^ {2}${command} `, "m"));
    }
  });

  const mistakes: readonly (readonly [string, readonly string[], Record<string, string>?])[] = [
    ["an unknown command", ["frobnicate"]],
    ["an unknown option", ["serve", "--fast"]],
    ["a wrong choice", ["serve", "--role", "king"]],
    ["a wrong scanner", ["scan", "--scanners", "secrets,luck"]],
    ["a missing argument", ["backup"]],
    ["a wrong variable", ["serve"], { SALLYPORT_PORT: "eighty" }],
    ["a role without an address", ["serve", "--role", "worker"]],
    ["a backup of nothing", ["backup", "file"], { SALLYPORT_DATA: "/nowhere/at/all" }],
    ["a password for nobody", ["new-password", "anna"], { SALLYPORT_DATA: "/nowhere/at/all" }],
    ["a restore of nothing", ["restore", "/nowhere/at/all"]],
  ];
  for (const [what, args, environment] of mistakes) {
    it(`says in one line what is wrong: ${what}`, async () => {
      const run = args[0] === "serve" ? startSallyport(args, environment).ended : runSallyport(args, environment);
      const { code, stdout, stderr } = await run;
      assert.equal(code, 2);
      assert.equal(stdout, "");
      assert.match(stderr, /^sallyport: [^\n]+\n$/);
    });
  }
});
