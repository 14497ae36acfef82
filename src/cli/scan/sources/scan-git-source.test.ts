/** Where nothing can be kept of a history. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { withCrc32Base62 } from "#scan/secrets/examples/example-values.ts";
import { folderOf, git, sallyport } from "../../testing/scan-process.ts";

// Linux alone has a folder that says of what is to be made in it that it is not there.
const skip = process.platform !== "linux";

test("a history is read where the home folder takes nothing, again each time", { skip, timeout: 60_000 }, async () => {
  const folder = folderOf("homeless", { "a.ts": `const t = "${withCrc32Base62("ghp_", "homeless")}";\n` });
  git(folder, "init", "-q");
  git(folder, "add", ".");
  git(folder, "commit", "-qm", "one");
  const args = ["scan", folder, "--history", "--scanners", "secrets", "--quiet"];
  for (let times = 0; times < 2; times++) {
    const { code, stdout } = await sallyport(args, folder, { variables: { HOME: "/proc" } });
    assert.equal(code, 1);
    assert.match(stdout, /\n1 critical in 1 file \(/);
  }
});
