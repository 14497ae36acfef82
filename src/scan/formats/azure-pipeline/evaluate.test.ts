/** Expressions come to what Azure makes of them: its coercions, its functions, and unknown where it cannot be known. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Answer, isTree, knownOf, textOfValue, unknownOf } from "./answer.ts";
import { evaluate } from "./evaluate.ts";
import { parseExpression } from "./parse-expression.ts";

const free = { kind: "parameter", name: "p" } as const;
const names: Readonly<Record<string, Answer>> = {
  later: unknownOf("later", [free]),
  chosen: knownOf("dev", [free]),
  map: knownOf({
    is: "lookup",
    get: (name) => (name === "a" ? knownOf(1) : undefined),
  }),
};

function say(text: string): string {
  const parsed = parseExpression(text);
  if (parsed.is === "refused") return `refused: ${parsed.message}`;
  const refused: string[] = [];
  const answer = evaluate(parsed.expression, {
    at: { file: { path: "a", text: "" }, start: 0, end: 0 },
    budget: { left: 100_000 },
    refuse: (message) => refused.push(message),
    name: (name) => names[name.toLowerCase()],
  });
  if (refused[0] !== undefined) return `refused: ${refused[0]}`;
  const by = answer.taints.length > 0 ? " (chosen)" : "";
  if (answer.is === "unknown") return `unknown${by}`;
  const { value } = answer;
  const items =
    isTree(value) && value.is === "list"
      ? value.items.map((item) => (item.is === "scalar" ? item.text : "?"))
      : undefined;
  return `${items ? `[${items.join("|")}]` : JSON.stringify(typeof value === "object" ? textOfValue(value) : value)}${by}`;
}

const cases: readonly (readonly [string, string])[] = [
  ["eq('A', 'a')", "true"],
  ["eq(true, 'False')", "true"],
  ["eq('False', false)", "true"],
  ["eq(0, '')", "true"],
  ["eq(null, '')", "true"],
  ["eq(1, 'x')", "false"],
  ["ne(1, 'x')", "true"],
  ["gt(1.2.10, '1.2.9')", "true"],
  ["lt('a', 'B')", "true"],
  ["and(true, 'x', 1)", "true"],
  ["or(false, '', 0, 0.0.0.0)", "true"],
  ["xor(true, 'a')", "false"],
  ["not('False')", "false"],
  ["in('B', 'a', 'b')", "true"],
  ["notIn('c', 'a', 'b')", "true"],
  ["contains('ABC', 'bc')", "true"],
  ["containsValue(split('a,b', ','), 'B')", "true"],
  ["startsWith('refs/heads/x', 'REFS/')", "true"],
  ["split('a,b;c', ',;')", "[a|b|c]"],
  ["split('a,b', ',')[1]", '"b"'],
  ["join('-', split('a b', ' '))", '"a-b"'],
  ["format('{0}{{x}}{1}', 'a', true)", '"a{x}True"'],
  ["replace('a.b.c', '.', '-')", '"a-b-c"'],
  ["substring('refs/heads/x', 5, 5)", '"heads"'],
  ["length('abc')", "3"],
  ["trim(' a ')", '"a"'],
  ["upper(lower('aB'))", '"AB"'],
  ["coalesce('', null, 'x')", '"x"'],
  ["iif(false, 1, 2)", "2"],
  ["convertToJson('it''s')", String.raw`"\"it's\""`],
  ["map.a", "1"],
  ["map['b']", '""'],
  ["counter('x', 1)", "unknown"],
  ["later.x", "unknown (chosen)"],
  ["and(false, later)", "false"],
  ["or(later, true)", "true"],
  ["and(true, later)", "unknown (chosen)"],
  ["iif(true, 'a', later)", '"a"'],
  ["eq(chosen, 'DEV')", "true (chosen)"],
  ["format('x-{0}', chosen)", '"x-dev" (chosen)'],
  ["nothing", "refused: Unrecognized named-value: 'nothing'"],
  ["nope(1)", "refused: Unrecognized function: 'nope'"],
  ["not(1, 2)", "refused: not() does not take 2 values"],
  ["and(3 + 4)", "refused: Unexpected symbol: '+'"],
  ["eq(1, 2", "refused: the expression ends too early"],
  ["'abc", "refused: a text in quotes does not end"],
];

for (const [text, expected] of cases) test(text, () => assert.equal(say(text), expected));

test("hostile expressions end soon", () => {
  assert.match(say(`${"not(".repeat(4000)}1${")".repeat(4000)}`), /refused: the expression is nested deeper/);
  assert.match(say("a".repeat(50_000)), /refused: the expression is longer/);
  const bomb =
    "replace(replace(replace(replace(replace('aaaaaaaaaa','a','aaaaaaaaaa'),'a','aaaaaaaaaa'),'a','aaaaaaaaaa'),'a','aaaaaaaaaa'),'a','aaaaaaaaaa')";
  assert.match(say(bomb), /refused: the expressions make too much text/);
});
