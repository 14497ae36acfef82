import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { describe, it } from "node:test";
import { root } from "./source-files.ts";

const tracked = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" })
  .split("\0")
  .filter((path) => path !== "" && existsSync(`${root}${path}`));

const texts = tracked
  .filter((path) => !/\.(png|ico|woff2?)$/.test(path) && statSync(`${root}${path}`).size < 2_000_000)
  .map((path) => ({ path, text: readFileSync(`${root}${path}`, "utf8") }));

describe("the whole project", () => {
  it("the lockfile names no address", () => {
    const lock = readFileSync(`${root}package-lock.json`, "utf8");
    assert.doesNotMatch(
      lock,
      /"resolved"|https?:\/\/(?!github\.com|opencollective|[a-z.]*tidelift|www\.patreon|paypal|ko-fi|feross|dotenvx)[^"]*registry/,
    );
  });

  it("no address of a package registry stands anywhere", () => {
    const names = [
      "registry.npm" + "js.org",
      "//py" + "pi.org/",
      "api.nu" + "get.org",
      "repo1.ma" + "ven.org",
      "files.python" + "hosted.org",
    ];
    const wrong = texts.filter(({ text }) => names.some((name) => text.includes(name))).map(({ path }) => path);
    assert.deepEqual(wrong, []);
  });

  it("relative links of the documentation lead somewhere", () => {
    const broken = texts
      .filter(({ path }) => path.endsWith(".md"))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
          .map((match) => new URL(match[1] ?? "", `file://${root}${path}`).pathname)
          .filter((target) => !existsSync(decodeURIComponent(target)))
          .map((target) => `${path} -> ${target.slice(root.length)}`),
      );
    assert.deepEqual(broken, []);
  });

  it("no check is silenced without a reason beside it", () => {
    const wrong = texts
      .filter(({ path }) => /\.tsx?$/.test(path) && !path.startsWith("test/conventions/"))
      .flatMap(({ path, text }) =>
        text
          .split("\n")
          .map((line, index) => ({ line, at: `${path}:${index + 1}` }))
          .filter(({ line }) =>
            /@ts-(ignore|expect-error|nocheck)|(biome-ignore|oxlint-disable)(?![^\n]*[:-] \w+ \w+)|\b(it|test|describe)\.(skip|only|todo)\(/.test(
              line,
            ),
          )
          .map(({ at }) => at),
      );
    assert.deepEqual(wrong, []);
  });
});
