/** Names that prefilter.wat refuses for their words: none of them is one of a secret, and few that are none are left to the readers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { randomBelow } from "#model/testing/random.ts";
import { mayAssign } from "../assignments/may-assign.ts";
import { nameKind, nameWords } from "../assignments/name-words.ts";
import { placeOfName } from "../assignments/read-assignment.ts";
import { aboutSecrets, keyedThings, keyKinds, ofOthers, promisingWords } from "../assignments/words-of-names.ts";
import { prefilterImage } from "../search/prefilter-image.ts";
import { openPrefilter } from "./prefilter.ts";

const anchors = ["secret", "token", "pass", "auth", "salt", "key", "pat"];
const rare = { firsts: new Uint8Array(256), pairs: [], near: { leastRun: 17, before: 5 } };
const around = anchors.map(() => 3 as const);
const prefilter = openPrefilter(prefilterImage({ anchors, around, named: [], namedReach: 40, rare }));

const lists: readonly (readonly string[])[] = [
  ...[aboutSecrets, ofOthers, keyKinds, keyedThings, ...Object.values(promisingWords)].map((list) => [...list]),
  "of x acme word board 2 12 s é ETag mot de passe mat khau kata sandi api amz identified by confirmation".split(" "),
];
const random = randomBelow(7);
const pick = <Item>(list: readonly Item[]): Item => list[random(list.length)]!;
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

const styles: readonly ((words: readonly string[]) => string)[] = [
  (words) => words.join("_"),
  (words) => words.join("-"),
  (words) => words.join(""),
  (words) => words.join("_").toUpperCase(),
  (words) => words.map(capital).join(""),
  ([first = "", ...others]) => first + others.map(capital).join(""),
  (words) => words.map((word) => (random(3) === 0 ? word.toUpperCase() : capital(word))).join(""),
];

function madeUp(): Buffer {
  const words = Array.from({ length: 1 + random(3) }, () => pick(pick(lists)));
  return Buffer.from(`x ${pick(styles)(words.toSpliced(random(words.length + 1), 0, pick(anchors)))} = "v"`);
}

test("names that hold no secret are refused, and no others", () => {
  let refused = 0;
  let none = 0;
  for (let count = 0; count < 60_000; count++) {
    const bytes = madeUp();
    const ends = new Set<number>();
    prefilter.load(bytes, 0);
    prefilter.anchors(bytes, Int32Array.of(0, bytes.length), (end) => ends.add(end).size > 0);
    for (const anchor of anchors) {
      const start = bytes.toString("latin1").toLowerCase().indexOf(anchor);
      const end = start + anchor.length;
      const place = placeOfName(bytes, { start, end });
      if (start < 0 || !mayAssign(bytes, place)) continue;
      const name = bytes.toString("latin1", place.start, place.end);
      const words = nameWords(name);
      const isNone = nameKind(words) === undefined && words.at(-1) !== "pat";
      assert.ok(isNone || ends.has(end), `${name} is refused`);
      if (isNone) none++;
      if (!ends.has(end)) refused++;
    }
  }
  assert.ok(refused > 0.8 * none, `${refused} of ${none} are refused`);
});
