import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { scopes } from "#model/scopes.ts";

test("docs/connecting.md lists every scope with the words that the console prints", async () => {
  const page = await readFile(new URL("../../docs/connecting.md", import.meta.url), "utf8");
  for (const scope of scopes) {
    const onTokenPage = "onTokenPage" in scope ? scope.onTokenPage : "";
    const line = `| \`${scope.name}\` | ${onTokenPage}${onTokenPage && " "}| ${scope.why} |`;
    assert(page.includes(line), `docs/connecting.md lacks the line: ${line}`);
  }
});
