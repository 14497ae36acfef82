/** Findings stand where the text is wrong, files are known by what they hold, and no file makes the scanner throw. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isSpan } from "#model/span.ts";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { sourceFileOf } from "../../source-file-of.ts";
import { githubActions } from "./github-actions.ts";

const context = { fingerprintKey: new Uint8Array(32), includePassed: true };

function fileOf(text: string, path = "a.yml") {
  return sourceFileOf(path, "0", new TextEncoder().encode(text));
}

function placesOf(rule: string, text: string): readonly string[] {
  return githubActions.scan("a.yml", [fileOf(text)], context).findings.flatMap(({ rule: id, at }) => {
    if (id !== `cicd/github-${rule}` || !isSpan(at)) return [];
    const line = text.split("\n")[at.startLine - 1] ?? "";
    return [
      `${at.startLine}: ${line.slice(at.startColumn - 1, at.endLine === at.startLine ? at.endColumn - 1 : undefined)}`,
    ];
  });
}

const workflow = (steps: string) => `on: push\njobs:\n  a:\n    steps:\n${steps}`;

describe("places", () => {
  it("of an expression in a block, a folded text, quotes and behind an escape", () => {
    const text = workflow(
      `      - run: |
          one
            two \${{ github.head_ref }}
      - run: >-
          a
          \${{ github.event.issue.title
          || 'x' }}
      - run: 'it''s \${{ inputs.a }}'
      - run: "say \\"hi\\" \\t\${{ inputs.b }}"
`,
    );
    assert.deepEqual(placesOf("template-injection", text), [
      "7: github.head_ref",
      "10: github.event.issue.title",
      "12: inputs.a",
      "13: inputs.b",
    ]);
  });

  it("of a step that an alias repeats is that of its anchor", () => {
    const text = `on: push\njobs:\n  a: &a\n    steps:\n      - run: echo \${{ github.head_ref }}\n  b: *a\n`;
    assert.deepEqual(placesOf("template-injection", text), ["5: github.head_ref", "5: github.head_ref"]);
  });

  it("of secrets are named by the step, job or file that they stand in", () => {
    const all = "env:\n  ALL: ${{ toJSON(secrets) }}\n";
    const inJob = all.replaceAll(/^/gm, "    ").trimEnd();
    const text = `${all}on: push\njobs:\n  a:\n    steps:\n      - id: one\n        run: make \${{ toJSON(secrets) }}\n  b:\n${inJob}\n    steps: []\n`;
    const { findings } = githubActions.scan("a.yml", [fileOf(text)], context);
    assert.deepEqual(
      findings.filter(({ rule }) => rule === "cicd/github-all-secrets").map(({ resource }) => resource?.address),
      ["workflow: toJSON(secrets)", "a/one: toJSON(secrets)", "b: toJSON(secrets)"],
    );
  });

  it("of a command in a script", () => {
    const text = workflow("      - run: |\n          make\n          curl https://get.example/x | sh\n");
    assert.deepEqual(placesOf("remote-script", text), ["7: sh"]);
  });
});

const kinds: readonly (readonly [string, string, boolean])[] = [
  ["a.yml", "on: push\njobs:\n  a:\n    steps: []\n", true],
  [".github/workflows/a.yml", "jobs: {}\n", true],
  ["action.yml", "runs:\n  using: composite\n  steps: []\n", true],
  ["azure-pipelines.yml", "trigger: none\njobs:\n- job: a\n", false],
  [".github/dependabot.yml", "version: 2\n", false],
];

describe("recognizes", () => {
  for (const [path, text, expected] of kinds)
    it(`${path}: ${expected}`, () => assert.equal(githubActions.recognizes(fileOf(text, path)), expected));
});

describe("scan", () => {
  it("says what could not be read, and nothing of a file that is no workflow", () => {
    assert.match(
      githubActions.scan("a.yml", [fileOf("on: push\njobs: [\n")], context).problems[0]?.message ?? "",
      /not be read/,
    );
    assert.deepEqual(githubActions.scan("a.yml", [fileOf("foo: bar\n")], context).findings, []);
  });

  it("says what was left out of a file without end", () => {
    const text = workflow("      - run: a\n".repeat(10_010));
    assert.match(githubActions.scan("a.yml", [fileOf(text)], context).problems[0]?.message ?? "", /10 were left out/);
  });

  it("says that there are more expressions than are looked at, of a text and of a file", () => {
    const told = (text: string) =>
      githubActions.scan("a.yml", [fileOf(text)], context).problems.map(({ line }) => line);
    const run = (count: number) => `      - run: "${"${{ a }}".repeat(count)}"\n`;
    assert.deepEqual(told(workflow(run(2_000))), []);
    assert.deepEqual(told(workflow(run(1) + run(2_001))), [6]);
    assert.deepEqual(told(workflow(run(2_000).repeat(10))), []);
    assert.deepEqual(told(workflow(run(2_000).repeat(11))), [15]);
  });

  it("says of a file that is too large that it was not read", () => {
    const large = fileOf(workflow(`      - run: make\n${"        # a\n".repeat(170_000)}`));
    assert.equal(githubActions.recognizes(large), true);
    const [problem] = githubActions.scan("a.yml", [large], context).problems;
    assert.deepEqual([problem?.code, problem?.path], ["too-large", "a.yml"]);
  });

  it("is known in a moment among lines without end", () => {
    const text = `runs:${"\n".repeat(100_000)}x`;
    takesAtMost(1, () => githubActions.recognizes(fileOf(text)));
  });

  it("withstands every mutation", () => {
    const text = `on: {pull_request_target: }\njobs:\n  a: &a\n    if: "\${{ a }} "\n    runs-on: \${{ matrix.x }}\n    strategy: { matrix: { x: [1], include: [{x: 2}], exclude: [{x: 1}] } }\n    env: { E: '\${{ env.E }}' }\n    container: \${{ matrix.x || 'a' }}\n    steps:\n    - run: |\n        echo \${{ fromJSON(secrets[env.E]).a }} >> $GITHUB_ENV\n    - uses: actions/checkout@v4\n      with: { ref: '\${{ env.E }}' }\n  b: *a\n`;
    for (let at = 0; at < text.length; at += 5) {
      for (const piece of ["", "\n", ":", "[", "- ", "*a", "${{", "\u0000"]) {
        const mutated = text.slice(0, at) + piece + text.slice(at + 1 + (at % 3));
        githubActions.scan("a.yml", [fileOf(mutated)], context);
      }
    }
  });

  it("is done in a moment with beginnings of expressions without end", () => {
    const text = workflow(`      - run: "curl \${{ a }} ${"${{".repeat(150_000)}"\n`);
    takesAtMost(2, () => githubActions.scan("a.yml", [fileOf(text)], context));
  });

  it("is done in a moment with ends of groups without end", () => {
    const text = `on: issues\njobs:\n  a:\n    steps:\n      - run: |\n${"          x ) >> $GITHUB_ENV\n".repeat(40_000)}`;
    takesAtMost(6, () => githubActions.scan("a.yml", [fileOf(text)], context));
  });

  it("is done in a moment with a line of many findings", () => {
    const text = workflow(`      - run: "${"curl x | sh | ".repeat(60_000)}"\n`);
    takesAtMost(5, () => githubActions.scan("a.yml", [fileOf(text)], context));
  });

  it("is done in a moment with what is made to be long", () => {
    takesAtMost(8, () => {
      const long = [
        workflow(`      - run: "${"${{ ".repeat(5_000)}"\n`),
        workflow(`      - run: "${"${{ a || ".repeat(5_000)}"\n`),
        workflow(`      - run: "${"${{ github.head_ref }}".repeat(5_000)}"\n`),
        workflow(`      - run: "${"cat <<EOF >> $GITHUB_ENV; ".repeat(5_000)}"\n`),
        workflow(`      - run: "${"curl -o a x; sh a; ".repeat(5_000)}"\n`),
        workflow("      - uses: a/b@c\n".repeat(5_000)),
        `on: push\nenv:\n${Array.from({ length: 3_000 }, (_, n) => `  A${n}: \${{ env.A${n + 1} }}\n`).join("")}jobs:\n  a:\n    steps:\n${"      - run: a ${{ env.A0 }}\n".repeat(100)}`,
      ];
      for (const text of long) githubActions.scan("a.yml", [fileOf(text)], context);
    });
  });
});
