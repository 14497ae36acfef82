import assert from "node:assert/strict";
import { test } from "node:test";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { parseOwners } from "./parse-owners.ts";

const file = `
# Everybody, unless a line below says otherwise
*            @fabrikam/everyone
*.tf         ops@fabrikam.example   # infrastructure
/src/api/    @api "[Payments]\\API Team"
docs/*       @writers
/deploy      @ops
vendor/
my\\ folder/  @spaces
[a-c]*.sql   @data

[Security][2] @sec
auth/
^[Optional] @nobody
**/keys/*.pem @keys
`;

for (const [path, owner] of [
  ["README.md", "@fabrikam/everyone"],
  ["infra/main.tf", "ops@fabrikam.example"],
  ["src/api/deep/x.ts", "@api, [Payments]\\API Team"],
  ["other/src/api/x.ts", "@fabrikam/everyone"],
  ["docs/a.md", "@writers"],
  ["docs/deep/a.md", "@fabrikam/everyone"],
  ["deploy", "@ops"],
  ["deploy/.hidden/x", "@ops"],
  ["lib/vendor/x.js", undefined],
  ["my folder/x", "@spaces"],
  ["b1.sql", "@data"],
  ["src/auth/login.ts", "@fabrikam/everyone, @sec"],
  ["a/keys/x.pem", "@fabrikam/everyone, @keys"],
] as const) {
  test(`${path} belongs to ${owner ?? "nobody"}`, () => assert.equal(parseOwners(file).ownerOf(path), owner));
}

test("a line that cannot be read is told with its number, and the others count", () => {
  const owners = parseOwners("* @all\n!x @a\n/y everybody\n/z @z\n");
  assert.deepEqual(
    owners.problems.map(({ line }) => line),
    [2, 3],
  );
  assert.match(owners.problems[1]?.message ?? "", /"everybody" is no owner/);
  assert.deepEqual([owners.ownerOf("y"), owners.ownerOf("z")], ["@all", "@z"]);
});

test("hostile files are read in time", () => {
  takesAtMost(5, () => {
    const stars = `${"*a".repeat(400)} @a\n`.repeat(300);
    parseOwners(stars).ownerOf("a".repeat(2_000));
    parseOwners(`${"[".repeat(1_000)}\n`.repeat(20_000)).ownerOf("x");
    parseOwners("a/ @b\n".repeat(100_000)).ownerOf("x/y");
  });
});
