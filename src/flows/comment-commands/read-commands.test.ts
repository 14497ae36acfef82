import assert from "node:assert/strict";
import { test } from "node:test";
import { type Command, readCommands } from "./read-commands.ts";

const until = new Date("2027-02-01T00:00:00Z");

const said: readonly (readonly [string, Command])[] = [
  ["/sallyport ignore only in tests", { is: "ignore", reason: "only in tests" }],
  ["/sallyport ignore only in tests until 2027-01-31", { is: "ignore", reason: "only in tests", until }],
  ["/Sallyport Ignore until: 2027-01-31  only in tests.", { is: "ignore", reason: "only in tests.", until }],
  ["/sallyport ignore we wait until spring", { is: "ignore", reason: "we wait until spring" }],
  ["/sallyport false-positive", { is: "false-positive", reason: "" }],
  ["/sallyport false-positive a sample until 2027-01-31.", { is: "false-positive", reason: "a sample", until }],
  ["/sallyport rotated", { is: "rotated", reason: "" }],
  ["/sallyport rotated with ticket 17", { is: "rotated", reason: "with ticket 17" }],
  ["  /sallyport rescan", { is: "rescan" }],
  ["Thanks!\r\n/sallyport explain\r\nplease", { is: "explain" }],
  ["/sallyport fix", { is: "fix" }],
];

for (const [text, command] of said) {
  test(`a command: ${JSON.stringify(text)}`, () => {
    assert.deepEqual(readCommands(text), [command]);
  });
}

for (const text of [
  "/sallyport",
  "/sallyport ignor it",
  "/sallyport ignore",
  "/sallyport ignore until 2027-01-31",
  "/sallyport ignore it until 31.1.2027",
  "/sallyport ignore it until 2027-02-30",
  "/sallyport ignore it until 2027-01-01 until 2027-02-01",
]) {
  test(`understood to be a command, and not guessed: ${text}`, () => {
    assert.deepEqual(
      readCommands(text).map(({ is }) => is),
      ["malformed"],
    );
  });
}

for (const text of [
  "write `/sallyport rescan` to scan again",
  "please /sallyport rescan",
  "> /sallyport rescan",
  "    /sallyport rescan",
  "```\n/sallyport rescan\n```",
  "~~~~text\n/sallyport rescan\n~~~\n/sallyport fix\n~~~~",
  "<!--\n/sallyport rescan\n-->",
  "/sallyports rescan",
  "/sallyport/rescan",
]) {
  test(`no command: ${JSON.stringify(text)}`, () => {
    assert.deepEqual(readCommands(text), []);
  });
}

test("a long comment costs little, and of many commands few are read", () => {
  assert.equal(readCommands("/sallyport rescan\n".repeat(8_000)).length, 5);
  assert.equal(readCommands(`/sallyport ignore ${"until ".repeat(25_000)}`).length, 1);
});
