import assert from "node:assert/strict";
import { basename } from "node:path";
import { describe, it } from "node:test";
import { sourceFiles } from "./source-files.ts";

const everything = sourceFiles("src", "emulator", "console/src", "scripts", "test", "bench");
const refused = /^(utils?|helpers?|common|misc|managers?|services?|base|types|constants|index)\.tsx?$/;

describe("names and sizes", () => {
  it("files are named in kebab-case, for what they export", () => {
    const wrong = everything.filter(
      ({ path }) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.tsx?$/.test(basename(path)) || refused.test(basename(path)),
    );
    assert.deepEqual(
      wrong.map((file) => file.path),
      [],
    );
  });

  it("a file over 300 lines says why in its first comment", () => {
    const wrong = everything
      .filter(({ path }) => !/\.test\.ts$|\/rules\/|\/policies\/|\/seeds\//.test(path))
      .filter(({ text }) => text.split("\n").length > 301 && !saysWhyItIsLong(text));
    assert.deepEqual(
      wrong.map((file) => `${file.path}: ${file.text.split("\n").length} lines`),
      [],
    );
  });

  it("exports are named, and no file only passes on what others export", () => {
    const wrong = everything.filter(({ path, text }) => {
      if (path === "console/vite.config.ts") return false;
      const lines = text.split("\n").filter((line) => line.trim() !== "" && !/^\s*(\/\/|\/?\*)/.test(line));
      return (
        /^export default /m.test(text) || (lines.length > 0 && lines.every((line) => /^export .* from /.test(line)))
      );
    });
    assert.deepEqual(
      wrong.map((file) => file.path),
      [],
    );
  });
});

function saysWhyItIsLong(text: string): boolean {
  const comment = /^\s*(\/\*\*[\s\S]*?\*\/|(?:\/\/.*\n)+)/.exec(text)?.[0] ?? "";
  return /\b(long|longer|lines|one file|one place|together)\b/i.test(comment);
}
