/** What lies outside of a hit's sight must not matter: it is changed, and the rule must say the same. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type RandomBelow, randomBelow } from "#model/testing/random.ts";
import { sample } from "../examples/example-values.ts";
import { isReportable } from "../judgement/judge-candidates.ts";
import { anyFacts } from "../paths/path-facts.ts";
import type { SecretRule } from "../rule/secret-rule.ts";
import { secretRules } from "../rules.generated.ts";
import { reportedScore } from "../scoring/score.ts";
import { type Hit, noProposal, type Proposal } from "../text/view.ts";
import { compileRules } from "./compile-rules.ts";
import type { CompiledAnchor } from "./compiled-anchor.ts";
import { confirm, eachHit } from "./find-hits.ts";
import { rangeOf } from "./find-long-runs.ts";
import { planRules } from "./plan-rules.ts";
import { refusalReach } from "./rule-reach.ts";
import { type Sight, sightOf } from "./sight.ts";

const rules: readonly SecretRule[] = secretRules;
const compiled = compileRules(rules, planRules(rules));

/** Ways of writing that look for the value in other lines, or before the name. */
const hard = [
  'const password =\n  "gT4kq0Zr8x17"\n',
  'token = decode(\n  "gT4kq0Zr8x17Kw2"\n)\n',
  'password: "gT4kq\\\nZr8x17"\nnext: 1\n',
  '"apiKey"   :   {\n "type": "string",\n\n "value": "gT4kq0Zr8x17Kw2" }\n',
  "- name: DB_PASSWORD\n  value: gT4kq0Zr8x17\n",
  "password\n\n\n\n\n\nvalue = 'gT4kq0Zr8x17'\n",
  'if (password.equals(\n  "gT4kq0Zr8x17")) {}\n',
  `$${"{"}DB_PASSWORD:-gT4kq0Zr8x17\n}\n`,
  "<password>\n  gT4kq0Zr8x17\n</password>\n",
  '<add key="SmtpPassword"\n     value="gT4kq0Zr8x17" />\n',
  'cipher.init(); const key = "gT4kq0Zr8x17Kw2Lp"; encrypt(key);\n',
  'host: "db.shop", user: "shop",\n  password: "gT4kq0Zr"\n',
  `${"x = 1; ".repeat(60)}password = "gT4kq0Zr8x17"; ${"y = 2; ".repeat(60)}\n`,
  `password${" ".repeat(300)}= "gT4kq0Zr8x17"\n`,
  "see http://shop:gT4kq0Zr8x17@db.shop.internal/path and https://docs.shop/page#token\n",
  `https://${"a".repeat(400)}@host\n`,
  'String apiKey = "gT4kq0Zr8x17" +\n    "Kw2LpVn5Tc3Rb" +\n    "8Yd1Hs6Jf9Gm";\n',
  'api_key = "gT4kq0Zr8x17"\n    + "Kw2LpVn5Tc3Rb"\n\n    + "8Yd1Hs6Jf9Gm"\n',
  'static const char *api_key = "gT4kq0Zr8x17"\n    "Kw2LpVn5Tc3Rb"\n    "8Yd1Hs6Jf9Gm";\n',
  'PASSWORD="gT4kq0Zr8x17" \\\n  "Kw2LpVn5Tc3Rb" \\\n "8Yd1Hs6Jf9Gm"\n',
  'x = token || "gT4kq0Zr8x17"; y = pass | mask\n',
  "user,password\nops,gT4kq0Zr8x17\n",
  "login(user,password)\nops,gT4kq0Zr8x17\n",
  ...[
    "keys[i];",
    "search.key",
    "string,",
    "undefined) {",
    "()",
    "[",
    "(",
    "_",
    "#",
    "// why",
    "abcd efgh",
    "+",
    "a ||",
    "|",
    "&a",
  ].flatMap((value) => [
    `key = ${value}\n  "gT4kq0Zr8x17Kw2"\n`,
    `copy[key] === ${value}\n  'gT4kq0Zr8x17Kw2' }\n`,
    `"key": ${value}\n value: gT4kq0Zr8x17Kw2\n`,
  ]),
  "| password | gT4kq0Zr8x17 |\n| user | ops |\n",
  `  | user | password |\n${"  # of the shop\n".repeat(20)}  | ops | gT4kq0Zr8x17 |\n`,
  "tokens: # of the shop\n  - name: x\n    role: y\n  # and\n  - ''\n  - gT4kq0Zr8x17Kw2Lp\n",
  "tokens: x\n  - gT4kq0Zr8x17Kw2Lp\n",
  "| key | password |\n  # of the shop\n  # and of others\nuser\n",
  "x\n+---+---+\n| user | password |\n+---+---+\n| ops | gT4kq0Zr8x17 |\n+---+---+\n",
  "|===\n|user |password\n\n|ops\n|gT4kq0Zr8x17\n\n|ann\n\n|===\n",
  "email,phone,password\nops,1,gT4kq0Zr8x17\n",
  "tokens: &all [ # of the shop\n  x, [y, z],\n  gT4kq0Zr8x17Kw2Lp,\n]\n",
  "chpasswd <<EOF\nroot:$PW\n# of the shop\nops:gT4kq0Zr8x17\nEOF\nann:gT4kq0Zr8x17\n",
];

const long = sample("base62", 240, "ash");
const inPieces = [0, 60, 120, 180].map((start) => long.slice(start, start + 60));
/** The same with much between the name and what decides. */
const far = [
  `const token =\n  "${long}"\n`,
  `token = (\n    "${long}")\n`,
  `"adminPassword": {\n${' "a": 1,\n'.repeat(28)} "value": "gT4kq0Zr8x17" }\n`,
  `password = {\n${"# b\n".repeat(60)} value = "gT4kq0Zr8x17"\n}\n`,
  `- name: DB_PASSWORD\n  type: x\n  readonly: no\n  isSecret: ${"yes ".repeat(56)}\n  value: gT4kq0Zr8x17\n`,
  `db = { password = "harbour4711"\n\n\n#${"-".repeat(70)}\nhost: "db.shop"\nuser = "shop"\n`,
  `key = "${long.slice(0, 44)}"\n\n\n#${"-".repeat(85)}\naes.encrypt()\n`,
  `<password>\n\n\n\n${long}</password>\n`,
  `token = // ${"n".repeat(40)}\n  "${long.slice(0, 100)}" +\n  "${long.slice(100)}"\n`,
  `token =\n  // ${"n".repeat(40)}\n  "${long.slice(0, 100)}" +\n  "${long.slice(100)}"\n`,
  `token = /* ${"n".repeat(36)} */\n  "${long.slice(0, 100)}" +\n  "${long.slice(100)}"\n`,
  `token = "${long.slice(0, 40)}" +${"\n  ".repeat(10)}"${long.slice(40, 80)}" +\n\t"${long.slice(80, 120)}";\n`,
  `token = "${Array.from({ length: 8 }, (_, index) => long.slice(index * 20, index * 20 + 20)).join(`"\n${" ".repeat(24)}. "`)}"\n`,
  ...[" + // a", " // a", " & _", " /* a */", " ||", " + `", "\n  // a", " +\n  # a"].map(
    (sign) => `api_key = "${inPieces.join(`"${sign}\n${" ".repeat(24)}"`)}"\n`,
  ),
  `| User | Password |\n|---|---|\n${"| ops | changeme |\n".repeat(90)}| ops | gT4kq0Zr8x17 |\nhost: "db.shop"\n`,
  `user,password\n${"ops,changeme\n".repeat(90)}ops,gT4kq0Zr8x17\n\nhost: "db.shop"\n`,
  `password = "a\\\nb\\\n${long.slice(0, 100)}\\\n${long.slice(0, 90)}"\n`,
  `${"n".repeat(200)} | Password | ${"n".repeat(45)}\n--- | --- | ---\na | gT4kq0Zr8x17 | b\n`,
  `${"n".repeat(200)} {"value": "Sandstone5",${" ".repeat(36)}"type": "text",${" ".repeat(36)}"name": "DB_PASSWORD"}\n`,
  `crudini --set /etc/${"x".repeat(40)}.conf section_of_shop ${"x".repeat(30)}_password Sandstone5\n${"n".repeat(200)}\n`,
  `x=${"h".repeat(100)}:5432:shop:ops:gT4kq0Zr8x17\n`,
];

const texts = [
  ...hard,
  ...far,
  ...rules
    .filter(({ generic, shape }) => generic === true || shape.is === "reader")
    .flatMap(({ examples }) => examples.bad("ash"))
    .map((example) => (typeof example === "string" ? example : example.text)),
];

const pieces = [
  "\n",
  '"',
  "'",
  " ",
  "=",
  ":",
  "{",
  "}",
  "<",
  ">",
  "\\",
  "(",
  ")",
  ",",
  "\n\n",
  "a",
  "7",
  "value",
  "key",
  "host = x7",
  "// ",
];

function noise(random: RandomBelow, length: number): string {
  let text = "";
  while (text.length < length) text += pieces[random(pieces.length)]!;
  return text.slice(0, length);
}

interface Seen {
  readonly anchor: CompiledAnchor;
  readonly hit: Hit;
  readonly sight: Sight;
}

function hitsIn(bytes: Buffer): readonly Seen[] {
  const found: Seen[] = [];
  eachHit(compiled, { bytes, facts: anyFacts }, rangeOf(compiled, bytes, 0, bytes.length), (anchor, hit) => {
    found.push({ anchor, hit, sight: sightOf(rules[anchor.rule]!, anchor, bytes, hit) });
    return true;
  });
  return found;
}

function proposed(bytes: Buffer, { anchor, hit }: Pick<Seen, "anchor" | "hit">): Proposal {
  return confirm(compiled, { bytes, facts: anyFacts }, anchor, hit)?.proposal ?? noProposal;
}

/** Candidates by their distance from the hit, and whether each would be reported. */
function said(bytes: Buffer, { anchor, hit }: Pick<Seen, "anchor" | "hit">) {
  const view = { bytes, facts: anyFacts };
  const { candidates } = proposed(bytes, { anchor, hit });
  return candidates.map(({ start, end, score, ...rest }) => [
    start - hit.start,
    end - hit.start,
    score,
    isReportable(
      { start, end, ...(score !== undefined && { score }), ...rest, rule: rules[anchor.rule]! },
      view,
      reportedScore,
    ),
  ]);
}

test("what a hit does not see changes nothing of what its rule says", () => {
  let narrowed = 0;
  let refused = 0;
  for (const [index, text] of texts.entries()) {
    const random = randomBelow(index + 1);
    const before = noise(random, random(3) * 300);
    const bytes = Buffer.from(`${before}\n${text}${noise(random, random(3) * 700)}`, "latin1");
    for (const seen of hitsIn(bytes)) {
      const { anchor, hit, sight } = seen;
      const told = `${rules[anchor.rule]!.id} at ${hit.start} of text ${index}`;
      const here = said(bytes, seen);
      if (sight.isRefused === true) {
        refused++;
        assert.deepEqual(here, [], told);
      }
      if (sight.to < hit.end + anchor.reach.after) narrowed++;
      const [from, to] = [Math.max(0, sight.from), Math.min(bytes.length, sight.to)];
      for (let round = 0; round < 4; round++) {
        // Where the end of the file was seen nothing can stand behind it.
        const head = sight.from < 0 ? "" : noise(random, [from, random(400)][round % 2]!);
        const tail = sight.to > bytes.length ? "" : noise(random, random(500));
        const other = Buffer.concat([Buffer.from(head), bytes.subarray(from, to), Buffer.from(tail)]);
        const move = head.length - from;
        const moved = { start: hit.start + move, end: hit.end + move };
        assert.deepEqual(said(other, { anchor, hit: moved }), here, told);
        const again = sightOf(rules[anchor.rule]!, anchor, other, moved);
        assert.equal(again.isRefused, sight.isRefused, told);
        assert.ok(again.from - move <= Math.max(0, sight.from) && again.to - move >= to, `${told}: another sight`);
      }
    }
  }
  assert.ok(narrowed > texts.length && refused > texts.length / 4, `${narrowed} were narrowed, ${refused} refused`);
});

test("a refusal at sight rests on nothing that windows around a change do not hold", () => {
  let refused = 0;
  for (const [index, text] of texts.entries()) {
    const random = randomBelow(index + 1);
    const bytes = Buffer.from(`${noise(random, 300)}\n${text}${noise(random, 700)}`, "latin1");
    for (const seen of hitsIn(bytes)) {
      const { anchor, hit } = seen;
      if (proposed(bytes, seen).looked !== "at-the-hit") continue;
      refused++;
      const near = bytes.subarray(hit.start - refusalReach.before, hit.end + refusalReach.after);
      for (const head of ["", "\n", "\n| ", noise(random, 300)]) {
        const other = Buffer.concat([Buffer.from(head), near, Buffer.from(noise(random, 300))]);
        const start = head.length + refusalReach.before;
        const moved = { start, end: start + hit.end - hit.start };
        assert.deepEqual(said(other, { anchor, hit: moved }), [], `${rules[anchor.rule]!.id} in text ${index}`);
      }
    }
  }
  assert.ok(refused > texts.length / 4, `${refused} were refused`);
});
