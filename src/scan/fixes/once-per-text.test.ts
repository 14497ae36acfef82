/** What a plan remembers of texts: the same answer as without, and no work done twice. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { sourceFileOf } from "../source-file-of.ts";
import { areSame, lastFew } from "./last-few.ts";
import { manifestReading } from "./manifest-reading.ts";
import { oncePerText } from "./once-per-text.ts";

test("a text is parsed once in a plan, also if nothing can be read from it", () => {
  const parsed: string[] = [];
  const lengthOf = oncePerText((text) => {
    parsed.push(text);
    return text === "" ? undefined : text.length;
  });
  const [plan, other] = [{}, {}];
  assert.deepEqual(
    [lengthOf(plan, "abc"), lengthOf(plan, ""), lengthOf(plan, "abc"), lengthOf(plan, "")],
    [3, undefined, 3, undefined],
  );
  assert.deepEqual(parsed, ["abc", ""]);
  assert.equal(lengthOf(other, "abc"), 3);
  assert.deepEqual(parsed, ["abc", "", "abc"]);
});

test("of many large texts only the last ones are kept", () => {
  let count = 0;
  const firstOf = oncePerText((text) => {
    count++;
    return text.charAt(0);
  });
  const plan = {};
  const [a, b, c] = ["a", "b", "c"].map((letter) => letter.repeat(900_000)) as [string, string, string];
  assert.deepEqual(
    [a, b, a, c, a].map((text) => firstOf(plan, text)),
    ["a", "b", "a", "c", "a"],
  );
  assert.equal(count, 3);
  assert.equal(firstOf(plan, b), "b");
  assert.equal(count, 4);
});

test("the last few results are kept, by the things they were made of", () => {
  const once = lastFew<readonly object[], number>(2, areSame);
  const [one, other] = [{}, {}];
  let made = 0;
  const ask = (...parts: object[]) => once(parts, () => ++made);
  assert.deepEqual([ask(one), ask(one, other), ask(one), ask(other), ask(one), ask(one, other)], [1, 2, 1, 3, 1, 4]);
});

test("files are read again with other texts, and once with the same", () => {
  const text = "a==1\nb==1\n";
  const files = [sourceFileOf("requirements.txt", "0", Buffer.from(text))];
  const versions = (texts: ReadonlyMap<string, string>) =>
    manifestReading(files)
      .read(["requirements.txt"], texts)
      .manifests.flatMap(({ packages }) => packages.map(({ name, version }) => `${name} ${version}`));
  const raised = new Map([["requirements.txt", "a==2\nb==1\n"]]);
  assert.deepEqual(versions(new Map()), ["a 1", "b 1"]);
  assert.deepEqual(versions(raised), ["a 2", "b 1"]);
  assert.deepEqual(versions(new Map()), ["a 1", "b 1"]);
  const [one, other] = [raised, new Map(raised)].map((texts) =>
    manifestReading(files).read(["requirements.txt"], texts),
  );
  assert.equal(one?.manifests[0], other?.manifests[0]);
  const gone = manifestReading(files).read(["requirements.txt"], raised, new Set(["requirements.txt"]));
  assert.deepEqual(gone.manifests, []);
});
