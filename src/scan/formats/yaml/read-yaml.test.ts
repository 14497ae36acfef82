import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseAllDocuments } from "yaml";
import type { Node } from "../node.ts";
import type { Place } from "../text-file.ts";
import { readYaml } from "./read-yaml.ts";

function bare(node: Node | undefined): unknown {
  if (!node) return null;
  if (node.is === "scalar") return node.value;
  if (node.is === "list") return node.items.map(bare);
  if (node.is === "block") return Object.fromEntries(node.keys().map((key) => [key, bare(node.get(key)?.value)]));
  return `unknown: ${node.reason}`;
}

const textAt = ({ file, start, end }: Place) => file.text.slice(start, end);
const read = (text: string, options = {}) => readYaml({ path: "a.yaml", text }, options);
const valuesOf = (text: string, options = {}) => read(text, options).documents.map(({ node }) => bare(node));

const sameAsOracle: readonly string[] = [
  "a: 1\nb: [x, 'y', \"z\\n\"]\nc: {d: true, e: ~, f: }\n",
  "- 1\n- -2.5\n- 1e3\n- 0x1F\n- 0o17\n- 0644\n- .inf\n- 1.\n- +3\n- 1_000\n- 12:30\n- 2001-01-01",
  "- yes\n- No\n- on\n- True\n- FALSE\n- null\n- Null\n- ''\n- y",
  "a: |\n  one\n\n  two\nb: >-\n  folded\n  line\n\n  end\nc: |+\n  keep\n\nd: |2\n    two more\n",
  "a: &x {k: 1, l: [2]}\nb: *x\nc:\n  <<: *x\n  k: 3\n",
  "x: &x {a: 1, b: 2}\ny: &y {b: 3, c: 4}\nz:\n  <<: [*x, *y]\n  d: 5\n",
  "---\na: 1\n---\n# only a comment\n---\nb: 2\n...\n---\nc: 3\n",
  "? a\n: b\n? [ k ]\n: v\n",
  "[a: b, { c: d }: e, [ f ]: g, {h: i}]",
  "a:\n- 1\n-\n- b: 2\n  c:\n    - d\n-   - e\n    - f\n",
  "a: 'it''s'\nb: \"\\u00e9 \\x41 \\\n  joined\"\nc: plain\n  on two lines\n",
  "a: !!str 1\nb: !!int '2'\nc: !local 3\nd: !seq [1]\ne: !empty\n",
  "\ufeffa: 1\r\nb: |\r\n  x\r\n  y\r\n",
  '# comment\n\nkey with space: v # comment\n"quoted": #none\n  - x\n',
  "a: {b: [1, 2, # comment ]}\n 3], c: d}\n",
  "",
  "# nothing",
  "--- text\n--- |\n block\n",
];

describe("readYaml", () => {
  for (const [index, text] of sameAsOracle.entries()) {
    it(`gives the values that another reader gives (${index + 1})`, () => {
      const oracle = parseAllDocuments(text, { merge: true, uniqueKeys: false, logLevel: "silent" });
      const expected = Array.isArray(oracle) ? oracle.map((document) => document.toJS()) : [];
      assert.deepEqual(valuesOf(text), expected);
    });
  }

  it("reads the words of YAML 1.1 where asked", () => {
    assert.deepEqual(valuesOf("[yes, No, on, OFF, 0644, 0b11, 1_000, 'yes', y]", { yaml11: true }), [
      [true, false, true, false, 420, 3, 1000, "yes", "y"],
    ]);
  });

  it("names no anchor that does not exist: what begins with an asterisk may be a password", () => {
    const { documents, problems } = read("password: *quokka7\nuser: x\n");
    const message = "an alias names an anchor that does not exist";
    assert.deepEqual(bare(documents[0]?.node), { password: `unknown: ${message}`, user: "x" });
    assert.deepEqual(
      problems.map((one) => one.message),
      [message],
    );
  });

  it("tells where everything stands", () => {
    const text =
      "# head\n---\n# more\nkey: 'v'\nblock: |\n  one\n  two\n\nlist:\n  - {a: 1, b: [2, 3] } # end\nnone:\nlast: x\n# tail\n";
    const [document] = read(text).documents;
    assert.ok(document?.node?.is === "block");
    const member = (key: string) => (document.node?.is === "block" ? document.node.get(key) : undefined);
    assert.equal(textAt(document.at), text.slice(text.indexOf("key:"), text.indexOf("\n# tail")));
    const places = ["key", "block", "list", "none"].map((key) => {
      const found = member(key);
      return found && [textAt(found.key), textAt(found.whole), textAt(found.value.at)];
    });
    assert.deepEqual(places, [
      ["key", "key: 'v'", "'v'"],
      ["block", "block: |\n  one\n  two", "one\n  two"],
      ["list", "list:\n  - {a: 1, b: [2, 3] }", "- {a: 1, b: [2, 3] }"],
      ["none", "none:", ""],
    ]);
    const list = member("list")?.value;
    assert.equal(list?.is === "list" && list.items[0] && textAt(list.items[0].at), "{a: 1, b: [2, 3] }");
  });

  it("shows an alias where it is used and where it was decided", () => {
    const [document] = read("a: &x [1]\nb: *x\nc:\n  <<: {d: 2}\n").documents;
    const alias = document?.node?.is === "block" ? document.node.get("b")?.value : undefined;
    assert.deepEqual(alias && [textAt(alias.at), alias.from && textAt(alias.from)], ["*x", "[1]"]);
  });

  it("allows lines in brackets and quotes that are indented too little", () => {
    const text = 'a:\n  b: [\n    1, # one\n2,\n  # none\n  3\n  ]\n  c: {\n    d: "x\n y # z\n"\n}\n';
    const [document] = read(text).documents;
    assert.deepEqual(bare(document?.node), { a: { b: [1, 2, 3], c: { d: "x y # z " } } });
    assert.equal(document && textAt(document.at), text.trimEnd());
  });

  it("hands tags to whoever knows them", () => {
    const seen: string[] = [];
    const tag = (name: string, node: Node, at: Place) => {
      seen.push(`${name} ${node.is} ${textAt(at)}`);
      return name === "!Ref" ? ({ is: "unknown", at, reason: "ref", refs: [] } as const) : undefined;
    };
    assert.deepEqual(valuesOf("- !Ref 1\n- !Sub\n  - x\n- !<tag:yaml.org,2002:str> 2\n- !GetAtt\n", { tag }), [
      ["unknown: ref", ["x"], "2", ""],
    ]);
    assert.deepEqual(seen, ["!Ref scalar !Ref 1", "!Sub list !Sub\n  - x", "!GetAtt scalar !GetAtt"]);
  });

  it("keeps the documents beside a broken one", () => {
    const { documents, problems } = read("a: 1\n---\nb: [\n---\nc: 3\n---\nd: {{ x }}y\n");
    assert.deepEqual(
      documents.map(({ node, at }) => [bare(node), textAt(at)]),
      [
        [{ a: 1 }, "a: 1"],
        [{ c: 3 }, "c: 3"],
      ],
    );
    assert.deepEqual(
      problems.map(({ code, place }) => [code, textAt(place)]),
      [
        ["syntax", "-"],
        ["syntax", "y"],
      ],
    );
  });

  it("counts what aliases would unfold to", () => {
    const levels = Array.from({ length: 30 }, (_, n) => `l${n + 1}: &l${n + 1} [*l${n}, *l${n}, *l${n}]`).join("\n");
    const { problems } = read(`l0: &l0 [x, y]\n${levels}\n`);
    assert.deepEqual(
      problems.map(({ code }) => code),
      ["too-large"],
    );
  });

  it("turns away what is nested without end", () => {
    for (const text of ["[".repeat(100_000), "- ".repeat(100_000), "{a: ".repeat(100_000)]) {
      assert.equal(read(text).problems[0]?.code, "too-deep");
    }
  });
});
